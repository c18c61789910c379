#!/usr/bin/env python3
"""What the model was learned with: a stamp of the features' values over the
project's own example pages.

    stamp.py check PROGRAM ROOT    fails when the values are others than those
                                   the table was made with
    stamp.py write PROGRAM ROOT    writes the stamp anew, for a change that
                                   moves values too little to train again

PROGRAM is dump-features. train_blocks.py --write stamps the table it makes. A
model asked about features that changed since gives answers that nobody
trained, and no score of a sample need show it.
"""
import array
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

TABLE = 'src/article/model_table.c'
LINE = re.compile(r' \* Features over examples/pages: (\w+)\. \*/')


def stamp(program, root):
    """Values count to four digits, so that no compiler's last bit shows."""
    pages = sorted((root / 'examples/pages').glob('*.html'))
    listing = ''.join(f'{path}\thttps://page.example/\n' for path in pages)
    with tempfile.TemporaryDirectory() as folder:
        numbers = pathlib.Path(folder) / 'numbers'
        subprocess.run([program, numbers], input=listing.encode(),
                       stdout=subprocess.DEVNULL, check=True)
        values = array.array('f', numbers.read_bytes())
    text = ' '.join(f'{value:.4g}' for value in values)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def line(program, root):
    return f' * Features over examples/pages: {stamp(program, root)}. */'


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ('check', 'write'):
        print(__doc__, file=sys.stderr)
        return 2
    program, root = sys.argv[2], pathlib.Path(sys.argv[3])
    table = root / TABLE
    text = table.read_text()
    found, now = LINE.search(text), line(program, root)
    if sys.argv[1] == 'write':
        table.write_text(LINE.sub(now, text, count=1))
        return 0
    if found and found[0] == now:
        print('model: learned with the features that there are')
        return 0
    print(f'{TABLE}: was learned with other features; tools/train/train.sh '
          '--write trains it anew. Where only example pages were added, '
          'tools/train/stamp.py write does', file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main())
