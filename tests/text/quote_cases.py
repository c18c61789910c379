#!/usr/bin/env python3
"""Holds quotations to the cases of a folder.

    quote_cases.py DUMP_QUOTES CASES [--update]

A case is a folder with input.txt and expected.json: {"language", "indirect",
"quotes"}, the quotations in order and none besides, each with the fields that
count; with "indirect" those without quote marks too.
"mention" is the source's text there, "parts" the number of spans.
--update writes what is found into the expected files.
"""
import json
import pathlib
import subprocess
import sys


def found(command, text, language, indirect=False):
    line = json.dumps({'id': '', 'text': text, 'language': language})
    run = subprocess.run([command] + ['--indirect'] * indirect, input=line.encode(), check=True,
                         stdout=subprocess.PIPE)
    quotes = json.loads(run.stdout)['quotes']
    raw = text.encode()
    for quote in quotes:
        for start, end in quote['spans']:
            raw[start:end].decode()
        quote['parts'] = len(quote['spans'])
        if 'mention' in quote:
            quote['mention'] = quote['mention']['text']
    return quotes


FIELDS = ('text', 'kind', 'speaker', 'mention', 'cue', 'medium', 'parts')


def faults(wanted, quotes):
    if len(wanted) != len(quotes):
        yield f'{len(quotes)} quotations, not {len(wanted)}: ' + \
            '; '.join(q['text'][:40] for q in quotes)
        return
    for want, have in zip(wanted, quotes):
        for name, value in want.items():
            if have.get(name) != value:
                yield f'{name}: {have.get(name)!r}, not {value!r}'


def update(path, case, quotes):
    case['quotes'] = [{name: quote[name] for name in FIELDS if name in quote}
                      for quote in quotes]
    path.write_text(json.dumps(case, indent=2, ensure_ascii=False) + '\n',
                    encoding='utf-8')


def main():
    command, folder = sys.argv[1:3]
    bad = count = 0
    for path in sorted(pathlib.Path(folder).glob('*/expected.json')):
        case = json.loads(path.read_text(encoding='utf-8'))
        text = (path.parent / 'input.txt').read_text(encoding='utf-8')
        quotes = found(command, text.rstrip('\n'), case['language'],
                       case.get('indirect', False))
        count += 1
        if '--update' in sys.argv:
            update(path, case, quotes)
            continue
        for fault in faults(case['quotes'], quotes):
            print(f'{path.parent.name}: {fault}')
            bad += 1
    print(f'{count} cases, {bad} faults')
    return 1 if bad or not count else 0


if __name__ == '__main__':
    sys.exit(main())
