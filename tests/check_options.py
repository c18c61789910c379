#!/usr/bin/env python3
"""Looks that --help, the man page and the completions of bash, zsh and fish
know the options that the command knows, and no others, and that the
completions know the names of the properties.

    check_options.py COMMAND SOURCE_ROOT

The options of each verb are read out of cli/VERB.c; of several long names for
the same thing the first is the one to tell. The properties are those that the command
names when it is asked for one that there is not.
"""
import pathlib
import re
import subprocess
import sys

# Known to the command itself, not to its verbs.
OF_THE_COMMAND = {'version'}
VERBS = ('read', 'annotate', 'ingest', 'warc')


def known_options(source):
    """Long names, the first of each meaning."""
    table = re.search(r'cli_option options\[\] = \{(.*?)\n\};', source,
                      flags=re.S)[1]
    rows = re.findall(r'\{"([a-z-]+)",\s*([^}]+)\}', table)
    first = {}
    for name, meaning in rows:
        first.setdefault(' '.join(meaning.split()), name)
    return set(first.values()), {name for name, _ in rows}


def long_options(text):
    """What looks like a long option in a text."""
    return set(re.findall(r'(?<![\w-])--([a-z][a-z-]+)', text))


def completions(root):
    folder = root / 'docs/completion'
    for name in ('dateline.bash', '_dateline', 'dateline.fish'):
        text = (folder / name).read_text(encoding='utf-8')
        if name.endswith('fish'):
            text = re.sub(r'(?<!\S)-l (?=[a-z])', '--', text)
        yield f'docs/completion/{name}', text


def compare(name, text, first, every):
    """What a document leaves out and what it makes up, each as a line."""
    told = long_options(text)
    for option in sorted(first - told):
        yield f'{name}: does not tell of --{option}'
    for option in sorted(told - every - OF_THE_COMMAND):
        yield f'{name}: tells of --{option}, which there is not'


def run(command, *args):
    result = subprocess.run([command, *args], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL)
    return result.stdout or result.stderr


def main():
    command, root = sys.argv[1], pathlib.Path(sys.argv[2])
    properties = run(command, 'read', '-p', '?', '-').split('one of ')[1]
    properties = set(properties.strip().split(', '))
    wrong, all_first, all_every = [], set(), set()
    for verb in VERBS:
        first, every = known_options(
            (root / f'cli/{verb}.c').read_text(encoding='utf-8'))
        man = f'docs/man/dateline-{verb}.1'
        wrong += compare(f'dateline {verb} --help',
                         run(command, verb, '--help'), first, every)
        wrong += compare(man, (root / man).read_text(encoding='utf-8')
                         .replace('\\-', '-'), first, every)
        all_first |= first
        all_every |= every
    for name, text in completions(root):
        wrong += compare(name, text, all_first, all_every)
        words = set(re.findall(r'[a-z_]+', text))
        wrong += [f'{name}: does not know the property {prop}'
                  for prop in sorted(properties - words)]
        wrong += [f'{name}: does not know the command {verb}'
                  for verb in VERBS[1:] if verb not in words]
    for line in wrong:
        print(line)
    return 1 if wrong or not all_first else 0


if __name__ == '__main__':
    sys.exit(main())
