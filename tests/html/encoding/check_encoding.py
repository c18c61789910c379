#!/usr/bin/env python3
"""Runs the cases of decoding and of sniffing encodings.

    check_encoding.py cases ENCODING_CASES SOURCE_ROOT
    check_encoding.py shared ENCODING_CASES SOURCE_ROOT

cases: the project's own. cases/encoding/LABEL/decode.txt holds sequences of
one encoding; cases/encoding/*/prescan.dat and sniff.dat hold pages and what
they declare, to the prescan and to the whole parser.

shared: lexbor's maps, encoding_rs's pairs of files and html5lib's pages in
data/html of the folder that DATELINE_SHARED names, or of ../shared; skipped
without it.
"""
import os
import pathlib
import subprocess
import sys

SKIP = 77

# What the shared files are called, where that is no label.
LABELS = {'euc_jp': 'euc-jp', 'euc_kr': 'euc-kr',
          'iso_2022_jp': 'iso-2022-jp', 'jis0208': 'euc-jp',
          'jis0212': 'euc-jp'}


def label(name):
    return LABELS.get(name, name)


def own_runs(root):
    """Arguments of encoding_cases for each file of the project's own."""
    folder = root / 'cases/encoding'
    for path in sorted(folder.glob('*/decode.txt')):
        yield 'decode', path.parent.name, path
    for path in sorted(folder.glob('*/*.dat')):
        yield path.stem, path


def shared_runs(folder):
    end = '_map_decode.txt'
    for path in sorted((folder / 'encoding-tests/lexbor').glob('*' + end)):
        yield 'decode', label(path.name.removesuffix(end)), path
    end = '_in.txt'
    for path in sorted((folder / 'encoding-tests/encoding_rs').glob('*' + end)):
        yield ('pair', label(path.name.removesuffix(end)), path,
               path.with_name(path.name.replace(end, '_in_ref.txt')))
    # Not scripted/tests1.dat, whose declaration is written by a script.
    for path in sorted((folder / 'encoding-sniff').glob('*.dat')):
        yield 'sniff', path


def main():
    which, runner, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    if which == 'cases':
        runs = list(own_runs(root))
    else:
        shared = os.environ.get('DATELINE_SHARED')
        folder = pathlib.Path(shared or root / '../shared') / 'data/html'
        if not folder.is_dir():
            print(f'skipped: no {folder}')
            return SKIP
        runs = list(shared_runs(folder))
    wrong = 0
    for run in runs:
        print(*run[:-1], run[-1].relative_to(run[-1].parents[2]), flush=True)
        wrong += subprocess.run([runner, *map(str, run)]).returncode != 0
    print(f'{len(runs)} files, {wrong} with failures')
    return 1 if wrong or not runs else 0


if __name__ == '__main__':
    sys.exit(main())
