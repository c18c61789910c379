#!/usr/bin/env python3
"""Reads the specimen of the public test data: one article as a text corpus
holds it, and as a page, against what must be found in each.

    check_specimen.py COMMAND SOURCE_ROOT

The data is looked for in SOURCE_ROOT/../shared/seed, or where DATELINE_SHARED
says: record.txt, page.html and expected.json. A list must be as long as the
expected one, and each object have at least the fields that are given;
"after_paragraph" counts paragraphs from 1. Of the times and the timeline more
may be found. Exit 77 without the data.
"""
import json
import os
import pathlib
import subprocess
import sys

PLAIN = ('published', 'modified', 'title', 'site', 'section', 'tags')
LISTS = ('authors', 'images', 'embeds', 'notes')


def holds(want, have):
    """Whether have is want, or an object or list that holds all of it."""
    if want is None:
        return have is None
    if isinstance(want, dict):
        return isinstance(have, dict) and all(
            holds(v, have.get(k)) for k, v in want.items())
    if isinstance(want, list):
        return (isinstance(have, list) and len(want) == len(have) and
                all(map(holds, want, have)))
    return want == have


def add_places(record):
    """Gives each embed the number of the paragraph that it follows."""
    paragraphs = 0
    for block in record['blocks']:
        if block['kind'] == 'embed':
            record['embeds'][block['item']]['after_paragraph'] = paragraphs
        elif block['kind'] not in ('image', 'caption'):
            paragraphs += 1
    return paragraphs


def add_paragraphs(record):
    """Gives each time the number of the paragraph that names it."""
    text = record['text'].encode('utf-8')
    for time in record.get('times', []):
        time['in_paragraph'] = text[:time['start']].count(b'\n\n') + 1


def missing_times(want, record, timeline):
    add_paragraphs(record)
    for time in want.get('times', []):
        if not any(holds(time, have) for have in record.get('times', [])):
            yield f'there is no time {time}'
    dates = [line.split('\t')[0] for line in timeline.splitlines()]
    for entry in want.get('timeline', []):
        date = entry[:24].replace(' to ', '/') if ' to ' in entry else \
            entry.split(' ')[0]
        if date.strip() not in dates:
            yield f'timeline: there is no {date}'
    if dates != sorted(dates, key=lambda d: d[:10]):
        yield 'timeline: out of order'


def quote_faults(want, quotes):
    """Faults of the quotations, of which none may be missing or too many;
    indirect ones are not among the wanted."""
    quotes = [q for q in quotes if q['kind'] != 'indirect']
    if len(want) != len(quotes):
        yield f'{len(quotes)} quotations, not {len(want)}'
    for wanted, quote in zip(want, quotes):
        text = wanted['text']
        if wanted.get('text_is') == 'beginning':
            same = quote['text'].startswith(text.rstrip(' …'))
        else:
            same = quote['text'] == text
        if not same:
            yield f'quotation {quote["text"]!r}, not {text!r}'
        if len(quote['spans']) != wanted.get('parts', 1):
            yield f'{len(quote["spans"])} parts of {text!r}'
        for name in ('kind', 'speaker', 'cue', 'medium'):
            if name in wanted and quote.get(name) != wanted[name]:
                yield f'{name} {quote.get(name)!r} of {text!r}'


def faults(want, record):
    paragraphs = add_places(record)
    if paragraphs != want['paragraphs']:
        yield f'{paragraphs} paragraphs, not {want["paragraphs"]}'
    if not record['text'].startswith(want.get('first_paragraph_begins', '')):
        yield f'begins {record["text"][:60]!r}'
    for words in want['never_in_text']:
        if words in record['text']:
            yield f'the text has {words!r}'
    yield from quote_faults(want['quotes'], record.get('quotes', []))
    for name in PLAIN + LISTS:
        if name in want and not holds(want[name], record.get(name)):
            yield f'{name}: {record.get(name)}, not {want[name]}'


def main():
    command, root = sys.argv[1:]
    shared = os.environ.get('DATELINE_SHARED', f'{root}/../shared')
    seed = pathlib.Path(shared) / 'seed'
    if not (seed / 'expected.json').exists():
        print(f'skipped: no {seed}/expected.json')
        return 77
    wanted = json.loads((seed / 'expected.json').read_text())
    for name in wanted['page']['same_as_record']:
        wanted['page'][name] = wanted['record'][name]
    bad = 0
    for part, name in (('record', 'record.txt'), ('page', 'page.html')):
        out = subprocess.run([command, 'read', '--json', seed / name],
                             capture_output=True, check=True)
        record = json.loads(out.stdout)
        timeline = subprocess.run(
            [command, 'read', '-p', 'timeline', seed / name],
            capture_output=True, check=True, text=True).stdout
        for fault in [*faults(wanted[part], record),
                      *missing_times(wanted[part], record, timeline)]:
            print(f'{name}: {fault}')
            bad += 1
    print(f'{bad} faults')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
