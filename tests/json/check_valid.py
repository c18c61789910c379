#!/usr/bin/env python3
"""Compares what the reader makes of strictly valid JSON with what Python's
own makes of it, over random documents that are the same in every run: keys
and strings made of the characters that repairs look for, any nesting, any
white space, numbers as written, keys that repeat.

    check_valid.py JSON_CASES
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PIECES = ['"', '\\', '{', '}', '[', ']', ':', ',', ';', '=', '=>', '//', '/*',
          '*/', '<!--', '<![CDATA[', "'", '`', '\n', '\t', '\r', '\x00',
          '\x1f', '\x7f', ' ', 'a', 'word ', 'x' * 40, 'é', '中', '😀',
          '\u2028', '\ufeff', '\u201c', '\u201d', '&quot;', '&', 'null', '1',
          '", "', '": "', '"}', ',\n "']
SPACES = ['', '', '', ' ', '\n', '\t', '\r\n', ' ' * 33]
NUMBERS = ['0', '-0', '1', '-17', '2.50', '1e5', '1E+5', '-3.25e-7', '1e400',
           '123456789012345678901234567890', '0.1', '0e0', '10']
COUNT = 3000


def text(rng):
    return ''.join(rng.choices(PIECES, k=rng.choice([0, 1, 2, 5, 12])))


def quoted(rng):
    """A literal, in about half of them only ASCII."""
    value = text(rng)
    plain = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.2:
        plain = plain.replace('/', '\\/')
    return plain


def document(rng, depth):
    space = rng.choice(SPACES)
    kind = rng.choice('oaosan' if depth else 'snl')
    size = rng.choice([0, 1, 2, 4])
    if kind == 'o':
        inner = (space + quoted(rng) + rng.choice(SPACES) + ':' + space +
                 document(rng, depth - 1) for _ in range(size))
        return '{' + ','.join(inner) + space + '}'
    if kind == 'a':
        inner = (space + document(rng, depth - 1) + space for _ in range(size))
        return '[' + ','.join(inner) + space + ']'
    if kind == 's':
        return quoted(rng)
    return rng.choice(NUMBERS if kind == 'n' else ['true', 'false', 'null'])


def parse(line):
    return json.loads(line, object_pairs_hook=lambda pairs: ('object', pairs),
                      parse_int=lambda s: ('number', s),
                      parse_float=lambda s: ('number', s))


def main():
    rng = random.Random(1)
    wanted = [document(rng, rng.choice([0, 1, 3, 6])) for _ in range(COUNT)]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'all.json'
        path.write_text('\n'.join(wanted), encoding='utf-8', newline='')
        run = subprocess.run([sys.argv[1], '--print', path],
                             capture_output=True, check=True)
    lines = run.stdout.decode('utf-8').split('\n')[:-1]
    wrong = 0
    for want, line in zip(wanted, lines):
        if parse(want) != parse(line):
            print(f'{want!r}\n  is read as {line!r}')
            wrong += 1
    if len(lines) != COUNT:
        print(f'{len(lines)} values read, not {COUNT}')
    print(f'{COUNT - wrong} of {COUNT} read as they should be')
    return 1 if wrong or len(lines) != COUNT else 0


if __name__ == '__main__':
    sys.exit(main())
