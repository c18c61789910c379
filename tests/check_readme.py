#!/usr/bin/env python3
"""Runs the examples of README.md and compares what they give.

An example is a fenced block marked "console": lines that begin with "$ " are
commands of the shell, run at the source root, and what follows each is its
output. build/dateline stands for PROGRAM.

    check_readme.py SOURCE_ROOT PROGRAM [--update]
"""
import difflib
import pathlib
import re
import shlex
import subprocess
import sys

BLOCK = re.compile(r'^```console\n(.*?)^```$', re.M | re.S)
COMMAND = re.compile(r'^\$ (.*)\n', re.M)


def run(root, program, command):
    command = command.replace('build/dateline', shlex.quote(program))
    return subprocess.run(['bash', '-c', command], cwd=root, text=True,
                          stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE).stdout


def give(root, program, block):
    """The block with what its commands give now."""
    commands = COMMAND.findall(block)
    # A line between two commands belongs to the output of the first.
    outputs = [run(root, program, command) for command in commands]
    return ''.join(f'$ {command}\n{output}'
                   for command, output in zip(commands, outputs))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    program = str(pathlib.Path(sys.argv[2]).resolve())
    path = root / 'README.md'
    text = path.read_text(encoding='utf-8')
    new = BLOCK.sub(lambda m: '```console\n' + give(root, program, m[1])
                    + '```', text)
    if '--update' in sys.argv:
        path.write_text(new, encoding='utf-8')
        return 0
    for line in difflib.unified_diff(text.split('\n'), new.split('\n'),
                                     'README.md', 'what it gives now',
                                     lineterm=''):
        print(line)
    if not BLOCK.search(text):
        print('README.md has no example')
        return 1
    return 1 if new != text else 0


if __name__ == '__main__':
    sys.exit(main())
