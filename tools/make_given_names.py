#!/usr/bin/env python3
"""Makes tools/quote_words/given_names.txt, the given names by which a name's
gender is guessed, from counts of the US census of 1990, which are in the
public domain and come with the package "names" of PyPI:

    pip download --no-deps names==0.3.0 && tar xzf names-0.3.0.tar.gz
    make_given_names.py names-0.3.0/names >tools/quote_words/given_names.txt

A name given to both stays out, unless one has it five times as often as the
other; so do rare names.
"""
import pathlib
import sys

RARE = 0.003  # percent of the people


def read(path):
    rows = (line.split() for line in path.read_text().splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row}


def main():
    folder = pathlib.Path(sys.argv[1])
    masc, fem = (read(folder / f'dist.{sex}.first')
                 for sex in ('male', 'female'))
    print('# Given names of the US census of 1990, by '
          'tools/make_given_names.py.')
    for word, mine, theirs in (('masc', masc, fem), ('fem', fem, masc)):
        kept = sorted(name for name, share in mine.items()
                      if share >= RARE and share >= 5 * theirs.get(name, 0))
        print(f'{word}:', ' '.join(kept))


if __name__ == '__main__':
    main()
