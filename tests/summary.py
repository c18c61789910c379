#!/usr/bin/env python3
"""Sums up a run of "meson test" from its testlog.json.

Names each failed test, and each skipped one with the reason it gave as its
last line of output; ends with "N passed, N failed, N skipped" alone on a
line. Exits 1 when a test failed or none ran.
"""
import json
import os
import sys

PASSED = ('OK', 'EXPECTEDFAIL')
SKIPPED = ('SKIP',)


def last_line(test):
    lines = (test.get('stdout', '') + test.get('stderr', '')).split('\n')
    lines = [line.strip() for line in lines if line.strip()]
    return lines[-1] if lines else 'it gives no reason'


def main():
    path = sys.argv[1]
    tests = []
    if os.path.exists(path):
        with open(path, encoding='utf-8') as log:
            tests = [json.loads(line) for line in log]
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    print()
    for test in tests:
        if test['result'] in PASSED:
            counts['passed'] += 1
        elif test['result'] in SKIPPED:
            counts['skipped'] += 1
            print(f"skipped  {test['name']}: {last_line(test)}")
        else:
            counts['failed'] += 1
            print(f"failed   {test['name']} ({test['result'].lower()})")
    print(', '.join(f'{n} {word}' for word, n in counts.items()))
    return 1 if counts['failed'] or not counts['passed'] else 0


if __name__ == '__main__':
    sys.exit(main())
