#!/usr/bin/env python3
"""Looks that --help, the man page and the completions of bash, zsh and fish
know the options that the command knows, and no others, and that the
completions know the names of the properties.

    check_options.py COMMAND SOURCE_ROOT

The options are read out of cli/read.c; of several long names for the same
thing the first is the one to tell. The properties are those that the command
names when it is asked for one that there is not.
"""
import pathlib
import re
import subprocess
import sys

# Known to the command itself, not to its verb.
OF_THE_COMMAND = {'version'}


def known_options(source):
    """Long names, the first of each meaning."""
    table = re.search(r'struct option options\[\] = \{(.*?)\n\};', source,
                      flags=re.S)[1]
    rows = re.findall(r'\{"([a-z-]+)",\s*\w+,\s*NULL,\s*([^}]+)\}', table)
    first = {}
    for name, meaning in rows:
        first.setdefault(meaning.strip(), name)
    return set(first.values()), {name for name, _ in rows}


def long_options(text):
    """What looks like a long option in a text."""
    return set(re.findall(r'(?<![\w-])--([a-z][a-z-]+)', text))


def documents(root, help_text):
    man = (root / 'docs/man/dateline-read.1').read_text(encoding='utf-8')
    completion = root / 'docs/completion'
    fish = (completion / 'dateline.fish').read_text(encoding='utf-8')
    return {
        'dateline read --help': help_text,
        'docs/man/dateline-read.1': man.replace('\\-', '-'),
        'docs/completion/dateline.bash':
            (completion / 'dateline.bash').read_text(encoding='utf-8'),
        'docs/completion/_dateline':
            (completion / '_dateline').read_text(encoding='utf-8'),
        'docs/completion/dateline.fish':
            re.sub(r'(?<!\S)-l (?=[a-z])', '--', fish),
    }


def run(command, *args):
    result = subprocess.run([command, *args], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL)
    return result.stdout or result.stderr


def main():
    command, root = sys.argv[1], pathlib.Path(sys.argv[2])
    first, every = known_options(
        (root / 'cli/read.c').read_text(encoding='utf-8'))
    properties = run(command, 'read', '-p', '?', '-').split('one of ')[1]
    properties = set(properties.strip().split(', '))
    wrong = []
    for name, text in documents(root, run(command, 'read', '--help')).items():
        told = long_options(text)
        wrong += [f'{name}: does not tell of --{option}'
                  for option in sorted(first - told)]
        wrong += [f'{name}: tells of --{option}, which there is not'
                  for option in sorted(told - every - OF_THE_COMMAND)]
        if 'completion' in name:
            words = set(re.findall(r'[a-z_]+', text))
            wrong += [f'{name}: does not know the property {prop}'
                      for prop in sorted(properties - words)]
    for line in wrong:
        print(line)
    return 1 if wrong or not first else 0


if __name__ == '__main__':
    sys.exit(main())
