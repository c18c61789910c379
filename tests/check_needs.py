#!/usr/bin/env python3
"""Looks that ./dev knows each library that the build asks for, and that the
README names each package that a build needs.

What ./dev does not know it cannot install, and a build on a bare system would
stop there.

    check_needs.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# Parts of the C library and of the compiler, not packages of their own.
BUILT_IN = {'threads', 'dl', 'm'}


def main():
    root = pathlib.Path(sys.argv[1])
    asked = {}
    for path in [root / 'meson.build',
                 *(root / 'src').rglob('meson.build'),
                 *(root / 'cli').rglob('meson.build'),
                 *(root / 'tests').rglob('meson.build')]:
        for name in re.findall(r"\bdependency\(\s*'([^']+)'",
                               path.read_text(encoding='utf-8')):
            asked[name] = path.relative_to(root)
    dev = (root / 'dev').read_text(encoding='utf-8')
    known = set(re.findall(r'^pc:(\S+)', dev, flags=re.M))
    wrong = [f'{path} asks for {name}, which ./dev does not install'
             for name, path in sorted(asked.items())
             if name not in known | BUILT_IN]
    wrong += [f'./dev installs {name}, which nothing asks for'
              for name in sorted(known - set(asked))]
    readme = (root / 'README.md').read_text(encoding='utf-8')
    table = re.search(r"^needs_build='(.*?)'", dev, flags=re.M | re.S)[1]
    for need in table.strip().split('\n'):
        wrong += [f'README.md does not name {package}'
                  for package in need.split()[1].split(',')
                  if package not in readme]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
