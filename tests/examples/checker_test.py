#!/usr/bin/env python3
"""Holds check_samples.py itself to its word, without the command.

A stand-in for the command prints records made out of the truths, so every
sample must be right; spoiled in one way after another, a page that has what
is spoiled must be named. It shows too that each truth is well formed.

    checker_test.py SOURCE_ROOT
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ONE = 'pages/celebrity-posts'  # has something of every field

STAND_IN = r'''#!/usr/bin/env -S python3 -S -E
import json, os, pathlib, sys
page = pathlib.Path(sys.argv[-1])
truth = (pathlib.Path('expected.json') if page.name.startswith('page.')
         else page.with_suffix('.truth.json'))
record = json.loads(truth.read_text(encoding='utf-8'))
url = record.pop('url', None)
assert url is None or sys.argv[-3:-1] == ['--url', url], sys.argv
blocks, text = [], ''
given = record.pop('blocks', None) or record.get('in_text', [])
for block in given:
    block = block if isinstance(block, dict) else {'text': block}
    text += '\n\n' if text else ''
    start = len(text.encode())
    text += block['text']
    blocks.append({'kind': 'paragraph', 'origin': record.get('origin'),
                   **block, 'start': start, 'end': len(text.encode())})
for embed in record.get('embeds', []):
    after = embed.pop('after', -1)
    embed['at'] = blocks[after]['end'] if after >= 0 else 0
record['source'] = {'encoding': record.pop('encoding', None)}
for key in [k for k, v in record.items() if v in (None, '', [], {})]:
    del record[key]
for key in ('in_text', 'never_in_text', 'origin'):
    record.pop(key, None)
record.setdefault('status', 'article')
spoil = os.environ.get('SPOIL')
if spoil == 'extra block' and blocks:
    blocks.insert(1, {**blocks[0], 'start': 0, 'end': 0, 'text': ''})
elif spoil == 'kind' and blocks:
    blocks[-1]['kind'] = 'caption'
elif spoil and record.get(spoil):
    record[spoil] = 'spoiled' if isinstance(record[spoil], str) else [
        *record[spoil], {'name': 'spoiled'}] if isinstance(
        record[spoil], list) else {'value': '1999-01-01'}
record['blocks'], record['text'] = blocks, text
print(json.dumps(record))
sys.exit(record['status'] in ('listing', 'blocked', 'empty', 'refused'))
'''


def run(checker, command, root, spoil=None, only=''):
    env = {**os.environ, 'SPOIL': spoil or ''}
    result = subprocess.run([sys.executable, checker, '--only', only, command,
                             root], env=env, capture_output=True, text=True)
    assert not result.stderr, result.stderr
    return result.returncode, result.stdout.splitlines()


def has_field(root, field):
    """Whether the truth of the page that is spoiled has something of it."""
    truth = root / 'examples' / f'{ONE}.truth.json'
    return bool(json.loads(truth.read_text(encoding='utf-8')).get(field))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    checker = root / 'tests/check_samples.py'
    with tempfile.TemporaryDirectory() as folder:
        command = pathlib.Path(folder) / 'stand-in'
        command.write_text(STAND_IN, encoding='utf-8')
        command.chmod(0o755)
        # A copy, so that the records printed before are not looked at.
        copy = pathlib.Path(folder) / 'root'
        for part in ('examples', 'cases/article'):
            target = copy / part
            target.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(['cp', '-r', root / part, target], check=True)
        for page in copy.glob('examples/*/*.truth.json'):
            golden = page.with_name(page.name.replace('.truth', ''))
            golden.unlink(missing_ok=True)
        status, lines = run(checker, command, copy)
        assert status == 0, '\n'.join(lines)
        total = lines[-1].split()[2]
        for spoil in ('title', 'published', 'authors', 'images', 'embeds',
                      'notes', 'status', 'extra block', 'kind'):
            field = 'blocks' if spoil in ('extra block', 'kind') else spoil
            status, lines = run(checker, command, copy, spoil, ONE)
            named = {line.split(':')[0] for line in lines[:-1]}
            assert has_field(copy, field), (ONE, field)
            assert status == 1 and named == {ONE}, (spoil, named)
    print(f'{total} truths are well formed')


if __name__ == '__main__':
    main()
