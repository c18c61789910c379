#!/usr/bin/env python3
"""Makes the tables of src/html's decoders from the Encoding standard's own.

    make_encoding_tables.py INDEX_DIR

INDEX_DIR holds encodings.json, indexes.json and the index-*.txt files of
https://encoding.spec.whatwg.org/; usually ../shared/data/html/encoding-index.
Writes src/html/encodings.def (one line an encoding, in the standard's order)
and src/html/encoding_tables.c (labels and indexes). Run it by hand when the
standard changes, and commit what it writes.
"""
import json
import pathlib
import sys

NAME = 'tools/make_encoding_tables.py'

NOTICE = '''\
 * The data is that of the WHATWG Encoding Standard's index and label files,
 * whose notice is:
 *
 * Copyright (c) WHATWG (Apple, Google, Mozilla, Microsoft).
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its
 *    contributors may be used to endorse or promote products derived from
 *    this software without specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE. */
'''


def identifier(name):
    return name.upper().replace('-', '_')


def read_encodings(folder):
    """[(name, [label, ...])] in the order of the standard's table."""
    groups = json.loads((folder / 'encodings.json').read_text('utf-8'))
    return [(encoding['name'], encoding['labels'])
            for group in groups for encoding in group['encodings']]


def read_ranges(folder):
    """[(pointer, code point)] of the four-byte ranges of gb18030."""
    text = (folder / 'index-gb18030-ranges.txt').read_text('utf-8')
    rows = [line.split('\t')[:2] for line in text.split('\n')
            if line and not line.startswith('#')]
    return [(int(pointer), int(point, 16)) for pointer, point in rows]


def rows(items):
    """The items, comma-separated, in lines of at most 80 columns."""
    line = '   '
    for item in items:
        if len(line) + len(item) + 2 > 80:
            yield line
            line = '   '
        line += ' ' + item + ','
    yield line


def array(declaration, items):
    return '\n'.join([f'const {declaration} = {{', *rows(items), '};', ''])


def numbers(points):
    """16-bit table entries; what the index does not have is 0."""
    points = [point or 0 for point in points]
    assert all(point < 0x10000 for point in points)
    return [str(point) for point in points]


def label_table(encodings):
    labels = sorted((label, name) for name, labels in encodings
                    for label in labels)
    longest = max(len(label) for label, _ in labels)
    lines = [f'    {{"{label}", DTL_ENCODING_{identifier(name)}}},'
             for label, name in labels]
    return '\n'.join([f'/* In byte order. The longest has {longest} bytes. */',
                      f'const dtl_encoding_label dtl_encoding_labels'
                      f'[{len(labels)}] = {{', *lines, '};', ''])


def single_byte_tables(encodings, indexes):
    """One row of 128 for each single-byte encoding, which are neighbours in
    the standard's table; ISO-8859-8-I decodes as ISO-8859-8."""
    names = [name for name, _ in encodings]
    first, last = names.index('IBM866'), names.index('x-mac-cyrillic')
    out = [f'/* From {names[first]} to {names[last]}, in the order of '
           'encodings.def. */',
           f'const uint16_t dtl_encoding_single[{last - first + 1}][128] = {{']
    for name in names[first:last + 1]:
        index = indexes[name.lower().removesuffix('-i')]
        assert len(index) == 128
        out += [f'    /* {name} */ {{', *rows(numbers(index)), '    },']
    return '\n'.join(out + ['};', ''])


def big5_tables(index):
    """Low 16 bits, and a bit for each pointer whose code point is in plane 2,
    the only one of the others that Big5 reaches."""
    first = next(i for i, point in enumerate(index) if point)
    index = [point or 0 for point in index[first:]]
    assert all(point >> 16 in (0, 2) for point in index)
    index += [0] * (-len(index) % 32)
    words = [sum(1 << bit for bit in range(32) if index[at + bit] >> 16)
             for at in range(0, len(index), 32)]
    return (f'/* Pointers from {first} on. */\n' +
            array(f'uint16_t dtl_encoding_big5[{len(index)}]',
                  numbers(point & 0xFFFF for point in index)) + '\n' +
            array(f'uint32_t dtl_encoding_big5_plane2[{len(words)}]',
                  [hex(word) if word else '0' for word in words]))


def plain_table(name, index):
    last = max(i for i, point in enumerate(index) if point)
    return array(f'uint16_t dtl_encoding_{name}[{last + 1}]',
                 numbers(index[:last + 1]))


def range_table(ranges):
    low = [(pointer, point) for pointer, point in ranges if point < 0x10000]
    assert ranges[len(low):] == [(189000, 0x10000)]
    return ('/* First pointer and code point of each range below 0x10000. */\n'
            + array(f'uint16_t dtl_encoding_gb18030_ranges[{len(low)}][2]',
                    [f'{{{pointer}, {point}}}' for pointer, point in low]))


def main():
    folder = pathlib.Path(sys.argv[1])
    target = pathlib.Path(__file__).resolve().parent.parent / 'src/html'
    encodings = read_encodings(folder)
    indexes = json.loads((folder / 'indexes.json').read_text('utf-8'))
    define = [f'/* Generated by {NAME}: the encodings of the Encoding',
              ' * standard, in the order of its table. */']
    define += [f'ENCODING({identifier(name)}, "{name}")'
               for name, _ in encodings]
    tables = [f'/* Generated by {NAME}: labels and indexes of the\n'
              f' * Encoding standard. An entry of 0 is a pointer that its '
              f'index does not have.\n *\n{NOTICE}'
              '#include "html/encoding_tables.h"\n',
              label_table(encodings),
              single_byte_tables(encodings, indexes),
              big5_tables(indexes['big5']),
              plain_table('euc_kr', indexes['euc-kr']),
              plain_table('gb18030', indexes['gb18030']),
              range_table(read_ranges(folder)),
              plain_table('jis0208', indexes['jis0208']),
              plain_table('jis0212', indexes['jis0212'])]
    (target / 'encodings.def').write_text('\n'.join(define) + '\n', 'utf-8')
    (target / 'encoding_tables.c').write_text('\n'.join(tables), 'utf-8')


if __name__ == '__main__':
    main()
