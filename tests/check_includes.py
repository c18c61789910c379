#!/usr/bin/env python3
"""Holds the #include arrows between folders to docs/ARCHITECTURE.md.

The table there has a row for each folder, and its third column names the
folders whose headers it may include besides its own; base and dateline.h are
open to all under src/. cli and bench see only dateline.h and what is theirs.
System headers are everyone's.

    check_includes.py SOURCE_ROOT
"""
import pathlib
import re
import sys

ROW = re.compile(r'\|\s*src/(\w+)\s*\|[^|]*\|([^|]*)\|')
INCLUDE = re.compile(r'\s*#\s*include\s*"([^"]+)"')


def read_arrows(root):
    """{folder: set of folders it may include} from the document's table."""
    text = (root / 'docs/ARCHITECTURE.md').read_text(encoding='utf-8')
    return {name: set(re.findall(r'\w+', may)) | {name, 'base'}
            for name, may in ROW.findall(text)}


def includes(path):
    lines = path.read_text(encoding='utf-8').split('\n')
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1]


def sources(folder):
    return sorted(p for p in folder.rglob('*')
                  if p.suffix in ('.c', '.h', '.cc', '.def'))


def check_library(root, arrows):
    """Wrong includes under src/, each as a line of text."""
    src = root / 'src'
    for folder in sorted(p for p in src.iterdir() if p.is_dir()):
        if sources(folder) and folder.name not in arrows:
            yield f'src/{folder.name}: has no row in docs/ARCHITECTURE.md'
            continue
        for path in sources(folder):
            for number, name in includes(path):
                place = f'{path.relative_to(root)}:{number}'
                if name == 'dateline.h':
                    continue
                if not (src / name).exists():
                    yield f'{place}: "{name}" is not a path below src/'
                elif name.split('/')[0] not in arrows[folder.name]:
                    yield (f'{place}: {folder.name} may not include '
                           f'"{name}"')


def check_outside(root, folder):
    """Wrong includes of a folder that sees only dateline.h."""
    for path in sources(root / folder):
        for number, name in includes(path):
            place = f'{path.relative_to(root)}:{number}'
            own = [(path.parent / name), root / folder / name]
            own = any(p.exists() and (root / folder) in p.resolve().parents
                      for p in own)
            if name != 'dateline.h' and not own:
                yield f'{place}: {folder} sees only dateline.h, not "{name}"'


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    arrows = read_arrows(root)
    if not arrows:
        print('docs/ARCHITECTURE.md has no table of folders')
        return 1
    wrong = list(check_library(root, arrows))
    for folder in ('cli', 'bench'):
        wrong += check_outside(root, folder)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
