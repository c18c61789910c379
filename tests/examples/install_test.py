#!/usr/bin/env python3
"""Installs the build into a folder of its own, builds examples/read_page.c
against what is there with the flags that pkg-config gives, and compares what
the example prints of a page with the command's record of it.

    install_test.py SOURCE_ROOT BUILD_ROOT MESON SANITIZERS COMPILER...
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77


def run(*argv, **options):
    return subprocess.run([str(arg) for arg in argv], check=True,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, **options).stdout


def expected(record):
    """What the example prints of a record."""
    lines = [f'status: {record["status"]}']
    if 'title' in record:
        lines.append(f'title: {record["title"]}')
    lines += [f'author: {a["name"]}' for a in record.get('authors', [])]
    if 'published' in record:
        lines.append(f'published: {record["published"]["value"]}')
    lines += [f'{b["kind"]}: {b["text"]}' for b in record['blocks']
              if 'text' in b]
    return ''.join(line + '\n' for line in lines)


def installed(destination, name):
    found = list(pathlib.Path(destination).rglob(name))
    if len(found) != 1:
        sys.exit(f'{name}: installed {len(found)} times')
    return found[0]


def main():
    root, build, meson, sanitizers, *compiler = sys.argv[1:]
    if not shutil.which('pkg-config'):
        print('there is no pkg-config')
        return SKIP
    root = pathlib.Path(root)
    flags = [] if sanitizers == 'none' else [f'-fsanitize={sanitizers}']
    with tempfile.TemporaryDirectory(prefix='dateline-') as folder:
        run(*meson.split(), 'install', '-C', build, '--no-rebuild', '--quiet',
            '--destdir', folder)
        for name in ('dateline.h', 'dateline.1', 'dateline-read.1',
                     '_dateline', 'dateline.fish'):
            installed(folder, name)
        pc = installed(folder, 'dateline.pc')
        env = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=folder)
        env['PKG_CONFIG_PATH'] = str(pc.parent)
        for name in ('PKG_CONFIG_ALLOW_SYSTEM_CFLAGS',
                     'PKG_CONFIG_ALLOW_SYSTEM_LIBS'):
            env[name] = '1'
        packages = run('pkg-config', '--cflags', '--libs', 'dateline', env=env)
        example = pathlib.Path(folder) / 'read_page'
        run(*compiler, '-std=c11', '-Wall', '-Wextra', '-Werror', *flags,
            root / 'examples/read_page.c', '-o', example, *packages.split())
        libraries = installed(folder, 'libdateline.so').parent
        command = installed(folder, 'bin/dateline')
        env['LD_LIBRARY_PATH'] = str(libraries)
        for page in sorted((root / 'examples/pages').glob('*.html')):
            got = run(example, page, env=env)
            out = subprocess.run([command, '--json', page], env=env,
                                 stdin=subprocess.DEVNULL,
                                 capture_output=True).stdout
            if got != expected(json.loads(out)):
                print(f'{page.name}: the example prints\n{got}')
                return 1
    return 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        print(failure, failure.stdout, failure.stderr, sep='\n')
        sys.exit(1)
