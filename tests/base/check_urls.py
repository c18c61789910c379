#!/usr/bin/env python3
"""Resolves the web platform's URL cases and counts those that agree.

    check_urls.py URL_RESOLVE SOURCE_ROOT [--show]

The cases are in data/feeds/url of the shared data folder (DATELINE_SHARED,
else ../shared beside the sources); without it the test is skipped. Only http,
https and scheme-less cases count. Known to differ: IPv6 addresses are not
rewritten, and host characters are put in lower case and NFKC, not by the
UTS 46 table.
"""
import json
import os
import pathlib
import subprocess
import sys

LEAST = 0.95


def main():
    tool, root = sys.argv[1:3]
    shared = os.environ.get('DATELINE_SHARED')
    shared = pathlib.Path(shared or pathlib.Path(root) / '../shared')
    path = shared / 'data/feeds/url/wpt-urltestdata.json'
    if not path.is_file():
        print(f'skipped: no {path}')
        return 77
    cases = []
    for case in json.loads(path.read_text(encoding='utf-8')):
        if not isinstance(case, dict) or '\0' in case['input']:
            continue
        want = '' if case.get('failure') else case['href']
        base = case.get('base') or ''
        if want and not want.startswith(('http:', 'https:')):
            continue
        try:
            pair = f'{base}\0{case["input"]}\0'.encode()
        except UnicodeEncodeError:  # lone surrogates
            continue
        if not want and not (base + case['input']).startswith('http'):
            continue
        cases.append((case, want, pair))
    run = subprocess.run([tool], input=b''.join(c[2] for c in cases),
                         capture_output=True, check=True)
    lines = run.stdout.decode().split('\n')
    right = 0
    for (case, want, _), got in zip(cases, lines):
        right += want == got
        if want != got and '--show' in sys.argv:
            print(repr(case['input']), case.get('base'), repr(want), repr(got))
    print(f'{right} of {len(cases)} agree')
    return right < LEAST * len(cases)


if __name__ == '__main__':
    sys.exit(main())
