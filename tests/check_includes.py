#!/usr/bin/env python3
"""Holds the #include arrows between folders to docs/ARCHITECTURE.md.

The table there has a row for each folder, and its third column names the
folders whose headers it may include besides its own; base and dateline.h are
open to all under src/. cli sees only dateline.h and its own headers. System
headers are everyone's.

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


def is_header(src, name):
    """Whether an included name is a file below src/, or one that the build
    makes there."""
    if (src / name).exists():
        return True
    build = (src / name).parent / 'meson.build'
    return build.exists() and f"'{(src / name).name}'" in build.read_text()


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
                if not is_header(src, name):
                    yield f'{place}: "{name}" is not a path below src/'
                elif name.split('/')[0] not in arrows[folder.name]:
                    yield (f'{place}: {folder.name} may not include '
                           f'"{name}"')


def check_command(root):
    """Wrong includes of cli/, each as a line of text."""
    cli = root / 'cli'
    for path in sources(cli):
        for number, name in includes(path):
            found = (path.parent / name).resolve()
            own = found.is_file() and cli in found.parents
            if name != 'dateline.h' and not own:
                yield (f'{path.relative_to(root)}:{number}: cli sees only '
                       f'dateline.h, not "{name}"')


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    arrows = read_arrows(root)
    if not arrows:
        print('docs/ARCHITECTURE.md has no table of folders')
        return 1
    wrong = [*check_library(root, arrows), *check_command(root)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
