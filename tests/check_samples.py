#!/usr/bin/env python3
"""Reads the sample pages and the article cases with the command and lists
every difference between its records and the truth, field by field.

    check_samples.py [--update] [--only WORD] COMMAND SOURCE_ROOT

COMMAND is the built dateline. Three kinds of sample are read:

  examples/pages/NAME.html     against NAME.truth.json, written by hand, and
                               NAME.json, the record as it was printed before,
                               without its quotes and times
  examples/records/NAME.txt    the same
  cases/article/WHAT/page.*    against expected.json

A field that the truth leaves out is not looked at; null says that the record
must not have it; a list is complete and in order. White space and date
formats are made alike on both sides, words are not. "blocks" are those with
text of their own (images, embeds and captions have lists of theirs); one
given as a bare string may be of any kind. "after" of an embed is the index
of the last such block before it, -1 for none. "in_text" and "never_in_text"
list what must and must not be in the text; "origin" is that of every block.

Every record is looked at for itself too: its text and offsets must agree.
--update writes the NAME.json files. Exit 77 when there is no command.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

NO_TEXT = ('image', 'embed', 'caption')
# These have cases of their own, which say more than a record printed before.
APART = ('quotes', 'times', 'timeline')
NO_ARTICLE = ('listing', 'blocked', 'empty', 'refused')


def alike(value):
    """A text with every run of white space made one space, and lines kept."""
    lines = value.split('\n')
    return '\n'.join(' '.join(line.split()) for line in lines).strip()


def alike_table(value):
    rows = value.split('\n')
    return '\n'.join('\t'.join(alike(c) for c in r.split('\t')) for r in rows)


def alike_date(value):
    """A date without the second's fraction, UTC written one way."""
    value = re.sub(r'(:\d\d)\.\d+', r'\1', value)
    value = re.sub(r'(\d\d)(\d\d)$', r'\1:\2', value) if re.search(
        r'T.*[+-]\d{4}$', value) else value
    return re.sub(r'(Z|\+00:00)$', 'Z', value)


def run(command, path, url):
    """The record of one file and the exit status; the record is None where
    the command printed none."""
    argv = [command, 'read', '--format', 'json']
    argv += ['--url', url] if url else []
    result = subprocess.run(argv + [path.name], cwd=path.parent, timeout=60,
                            stdin=subprocess.DEVNULL, capture_output=True)
    try:
        return json.loads(result.stdout), result.returncode, result.stderr
    except ValueError:
        return None, result.returncode, result.stderr


def bodies(record):
    return [b for b in record.get('blocks', []) if b['kind'] not in NO_TEXT]


class Differences(list):
    """What is wrong with one record, a line each."""

    def value(self, field, truth, got, make=alike):
        """One value against another; null in the truth means absent."""
        if isinstance(truth, str) and isinstance(got, str):
            if make(truth) == make(got):
                return
        elif truth == got or (truth in (None, False) and not got):
            return
        self.append(f'{field}: {json.dumps(truth, ensure_ascii=False)}'
                    f' but got {json.dumps(got, ensure_ascii=False)}')

    def fields(self, name, truth, got, dates=()):
        """An object: every field that the truth has."""
        got = got or {}
        for key, value in truth.items():
            where = f'{name}.{key}'
            if isinstance(value, dict):
                self.fields(where, value, got.get(key), dates)
            else:
                make = alike_date if key in dates else alike
                self.value(where, value, got.get(key), make)

    def items(self, name, truth, got, dates=()):
        """A list of objects, in order and complete."""
        for i, value in enumerate(truth):
            if i < len(got):
                self.fields(f'{name}[{i}]', value, got[i], dates)
            else:
                self.append(f'{name}[{i}]: missing '
                            + json.dumps(value, ensure_ascii=False))
        for i in range(len(truth), len(got)):
            self.append(f'{name}[{i}]: not asked for '
                        + json.dumps(got[i], ensure_ascii=False))

    def blocks(self, truth, got):
        """Blocks in order: the two lists are laid side by side by their
        texts, so one block too many is one difference."""
        truth = [b if isinstance(b, dict) else {'text': b} for b in truth]
        want = [key_of(b) for b in truth]
        have = [key_of(b) for b in got]
        i = j = 0
        while i < len(want) or j < len(have):
            if i < len(want) and j < len(have) and want[i] == have[j]:
                self.fields(f'blocks[{i}]', {k: v for k, v in truth[i].items()
                                             if k != 'text'}, got[j],
                            ('published',))
                i, j = i + 1, j + 1
            elif i < len(want) and want[i] not in have[j:]:
                self.append(f'blocks[{i}]: missing {shown(truth[i])}')
                i += 1
            elif j < len(have):
                self.append(f'blocks[{i}]: not asked for {shown(got[j])}')
                j += 1


def key_of(block):
    if block.get('kind') == 'code':
        return block['text'].rstrip()
    make = alike_table if '\t' in block.get('text', '') else alike
    return make(block.get('text', ''))


def shown(block):
    text = block.get('text', '')
    text = text if len(text) < 100 else text[:97] + '...'
    return f'{block.get("kind", "block")} ' + json.dumps(text,
                                                         ensure_ascii=False)


def embeds_with_places(record):
    """The embeds, each with the index of the last block before it."""
    ends = [b['end'] for b in bodies(record)]
    return [{**e, 'after': sum(end <= e.get('at', 0) for end in ends) - 1}
            for e in record.get('embeds', [])]


def compare(truth, record, out):
    """Adds to out every difference of a record from its truth."""
    for key in ('status', 'kind', 'title', 'subtitle', 'section',
                'description', 'canonical_url', 'next_page'):
        if key in truth:
            out.value(key, truth[key], record.get(key))
    if 'language' in truth:
        out.value('language', truth['language'], record.get('language'),
                  lambda tag: tag.split('-')[0].lower())
    for key in ('site', 'access', 'published', 'modified'):
        if key in truth and truth[key] is None:
            out.value(key, None, record.get(key))
        elif key in truth:
            out.fields(key, truth[key], record.get(key), ('value',))
    if 'tags' in truth:
        out.value('tags', truth['tags'], record.get('tags', []))
    for key in ('authors', 'images', 'notes'):
        if key in truth:
            out.items(key, truth[key], record.get(key, []), ('published',))
    if 'embeds' in truth:
        out.items('embeds', truth['embeds'], embeds_with_places(record),
                  ('published',))
    if 'quotes' in truth:
        out.items('quotes', truth['quotes'], record.get('quotes', []))
    if 'blocks' in truth:
        out.blocks(truth['blocks'], bodies(record))
    for words in truth.get('in_text', []):
        if words not in alike(record.get('text', '')):
            out.append(f'text: lacks {json.dumps(words, ensure_ascii=False)}')
    for words in truth.get('never_in_text', []):
        if words in record.get('text', ''):
            out.append(f'text: has {json.dumps(words, ensure_ascii=False)}')
    if 'encoding' in truth:
        got = record.get('source', {}).get('encoding') or ''
        out.value('source.encoding', truth['encoding'], got.lower())
    if 'origin' in truth:
        for i, b in enumerate(bodies(record)):
            out.value(f'blocks[{i}].origin', truth['origin'], b.get('origin'))


def look_inside(record, out):
    """What must hold of any record, whatever its page."""
    text = record.get('text', '').encode()
    blocks = bodies(record)
    if '\n\n'.join(b['text'] for b in blocks).encode() != text:
        out.append('text: is not the texts of its blocks')
    for i, b in enumerate(blocks):
        if text[b['start']:b['end']] != b['text'].encode():
            out.append(f'blocks[{i}]: start and end are not its text')
        for link in b.get('links', []):
            if not 0 <= link['start'] <= link['end'] <= len(text):
                out.append(f'blocks[{i}]: a link outside the text')
    for i, e in enumerate(record.get('embeds', [])):
        if not 0 <= e.get('at', 0) <= len(text):
            out.append(f'embeds[{i}]: stands outside the text')
    for key, value in record.items():
        if value in ('', [], {}, None) and key not in ('text', 'blocks'):
            out.append(f'{key}: empty instead of absent')


def samples(root):
    """Each sample: name, page, its truth, its record as printed before."""
    for folder, ending in (('pages', '.html'), ('records', '.txt')):
        for truth in sorted((root / 'examples' / folder).glob('*.truth.json')):
            name = truth.name[:-len('.truth.json')]
            yield (f'{folder}/{name}', truth.with_name(name + ending), truth,
                   truth.with_name(name + '.json'))
    for truth in sorted((root / 'cases/article').glob('*/expected.json')):
        pages = sorted(truth.parent.glob('page.*'))
        if pages:
            yield f'article/{truth.parent.name}', pages[0], truth, None


def check(command, page, truth_path, golden, update):
    """What is wrong with one sample."""
    out = Differences()
    truth = json.loads(truth_path.read_text(encoding='utf-8'))
    record, status, stderr = run(command, page, truth.get('url'))
    if record is None:
        out.append(f'no record; exit {status}: '
                   + stderr.decode('utf-8', 'replace')[-300:].strip())
        return out
    compare(truth, record, out)
    look_inside(record, out)
    if status != (record.get('status') in NO_ARTICLE):
        out.append(f'exit status {status} with {record.get("status")}')
    for key in APART:
        record.pop(key, None)
    if golden and update:
        golden.write_text(json.dumps(record, ensure_ascii=False, indent=2)
                          + '\n', encoding='utf-8')
    elif golden and golden.is_file():
        before = json.loads(golden.read_text(encoding='utf-8'))
        for key in sorted(set(before) | set(record)):
            if before.get(key) != record.get(key):
                out.append(f'{key}: not as in {golden.name}')
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('--update', action='store_true')
    p.add_argument('--only', default='')
    p.add_argument('command')
    p.add_argument('root', type=pathlib.Path)
    a = p.parse_args()
    if not pathlib.Path(a.command).is_file():
        print(f'there is no {a.command}')
        return 77
    command = str(pathlib.Path(a.command).resolve())
    wrong = total = 0
    for name, page, truth, golden in samples(a.root.resolve()):
        if a.only not in name:
            continue
        total += 1
        found = check(command, page, truth, golden, a.update)
        wrong += bool(found)
        for line in found:
            print(f'{name}: {line}')
    print(f'{total - wrong} of {total} samples are right')
    return 1 if wrong or not total else 0


if __name__ == '__main__':
    sys.exit(main())
