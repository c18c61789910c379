#!/usr/bin/env python3
"""Holds the times found in text to the cases of a folder.

    time_cases.py COMMAND CASES

A case is a folder with cases.txt. Its first line is the date, the language and
perhaps "narrative"; each other line is a text in which the times that must be
found, and none besides, stand as [words|TYPE value]; [words|TYPE value
begin..end] asks for the ends too, [words|TYPE -] for a time without a value.
Lines that begin with # say something to the reader.
"""
import json
import pathlib
import re
import subprocess
import sys

TIME = re.compile(r'\[([^|\]]+)\|(\w+) ([^\]]+)\]')


def read(path):
    lines = path.read_text(encoding='utf-8').splitlines()
    lines = [line for line in lines if line and not line.startswith('#')]
    date, language, *rest = lines[0].split()
    for line in lines[1:]:
        yield date, language, 'narrative' in rest, line


def wanted(line):
    for words, kind, value in TIME.findall(line):
        value, _, ends = value.partition(' ')
        yield words, kind, value, ends


def found(time, ends):
    have = ''
    if ends and 'begin' in time:
        have = f'{time["begin"]}..{time.get("end_value", "")}'
    return time['text'], time['type'], time.get('value', '-'), have


def annotate(command, date, language, narrative, texts):
    lines = ''.join(json.dumps({'id': i, 'text': text, 'date': date,
                                'language': language}) + '\n'
                    for i, text in enumerate(texts))
    args = ['--narrative'] if narrative else []
    run = subprocess.run([command, 'annotate', '--jsonl', *args],
                         input=lines.encode(), check=True,
                         stdout=subprocess.PIPE)
    return [json.loads(line)['times'] for line in run.stdout.splitlines()]


def main():
    command, folder = sys.argv[1:]
    bad = count = 0
    for path in sorted(pathlib.Path(folder).glob('*/cases.txt')):
        rows = list(read(path))
        texts = [TIME.sub(r'\1', line) for *_, line in rows]
        answers = annotate(command, *rows[0][:3], texts)
        for (*_, line), times in zip(rows, answers):
            want = list(wanted(line))
            have = [found(time, ends) for time, (*_, ends) in
                    zip(times, want + [('', '', '', '')] * len(times))]
            count += 1
            if want != have:
                bad += 1
                print(f'{path.parent.name}: {line}\n  got {have}')
    print(f'{count} cases, {bad} failed')
    return 1 if bad or not count else 0


if __name__ == '__main__':
    sys.exit(main())
