#!/usr/bin/env python3
"""Measures language detection on lines of "TAG<tab>SENTENCE".

    score_language.py COMMAND FILE.tsv

COMMAND tells one language a line of standard input; see
tests/text/tell_language.c. Prints the share that is right, among all and among
those that were told, and for the languages whose times are known.
"""
import subprocess
import sys

KNOWN = {'en', 'de', 'fr', 'es', 'it', 'pt', 'nl'}


def share(name, rows):
    told = [row for row in rows if row[1]]
    right = sum(want == have for want, have in rows)
    print(f'{name}: {100 * right / len(rows):.1f} % right of {len(rows)}, '
          f'{100 * right / max(1, len(told)):.1f} % of the {len(told)} told')


def main():
    command, path = sys.argv[1:]
    lines = [line.rstrip('\n').split('\t', 1)
             for line in open(path, encoding='utf-8') if '\t' in line]
    text = '\n'.join(sentence for _, sentence in lines)
    out = subprocess.run([command], input=text, capture_output=True,
                         text=True, check=True).stdout.split('\n')
    rows = [(tag, told.split('-')[0])
            for (tag, _), told in zip(lines, out)]
    share('all languages', rows)
    share('of known times', [row for row in rows if row[0] in KNOWN])
    share('60 bytes and more', [row for row, (_, s) in zip(rows, lines)
                                if len(s.encode()) >= 60])


if __name__ == '__main__':
    main()
