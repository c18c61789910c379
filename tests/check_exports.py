#!/usr/bin/env python3
"""Compares the shared library's symbols with what dateline.h declares, and
looks that every other non-static symbol of ours begins with dtl_.

    check_exports.py SOURCE_ROOT SHARED_LIBRARY STATIC_LIBRARY
"""
import pathlib
import re
import subprocess
import sys

# What the sanitizers and the tool chain add to an object file.
FOREIGN = re.compile(r'__|_init$|_fini$|asan\.|ubsan')


def symbols(library, *options):
    """Names that a library defines for others to see."""
    out = subprocess.run(['nm', '--defined-only', *options, library],
                         check=True, capture_output=True, text=True).stdout
    names = set()
    for line in out.split('\n'):
        # "address type name"; lower case types are local.
        match = re.match(r'[0-9a-f]* ([A-Zuv]) (\S+)', line)
        if match and not FOREIGN.match(match[2]):
            names.add(match[2].split('@')[0])
    return names


def declared(header):
    """Functions that a header declares with DTL_API."""
    text = re.sub(r'/\*.*?\*/', '', header.read_text(encoding='utf-8'),
                  flags=re.S)
    return set(re.findall(r'^DTL_API [^;(]*?(\w+)\s*\(', text, flags=re.M))


def main():
    root, shared, static = sys.argv[1:4]
    header = declared(pathlib.Path(root) / 'include/dateline.h')
    exported = symbols(shared, '-D')
    wrong = [f'{name}: exported, but dateline.h does not declare it'
             for name in sorted(exported - header)]
    wrong += [f'{name}: declared in dateline.h, but not exported'
              for name in sorted(header - exported)]
    wrong += [f'{name}: not static, but does not begin with dtl_'
              for name in sorted(symbols(static))
              if not name.startswith('dtl_')]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
