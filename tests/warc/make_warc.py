#!/usr/bin/env python3
"""Makes an archive of a readable description, for cases and tests.

    make_warc.py DESCRIPTION OUT [--gzip | --gzip-whole | --arc] [--lf]

The description has records with a line "=====" between. A record is its WARC
fields, an empty line, and its block; where that is an HTTP message, its own
head and an empty line come first. What a field does not say is made: version,
WARC-Record-ID, WARC-Date, WARC-Block-Digest, WARC-Payload-Digest of responses,
Content-Length. Lines that begin with "!" say more:

  !version WARC/1.1    another first line
  !without NAME        no such field
  !chunked N           the body comes in chunks of so many bytes
  !coded gzip          the body is packed
  !raw                 the rest of the record goes into the file as it is, and
                       a newline

--gzip packs each record, --gzip-whole all of them at once, --arc writes an ARC
file of the responses, --lf ends the lines of WARC heads in LF alone.
"""
import base64
import gzip
import hashlib
import re
import sys
import zlib


def pack(data):
    z = zlib.compressobj(6, zlib.DEFLATED, 31)
    return z.compress(data) + z.flush()


def digest(data):
    return 'sha1:' + base64.b32encode(hashlib.sha1(data).digest()).decode()


def chunked(body, size):
    parts = [body[i:i + size] for i in range(0, len(body), size)] + [b'']
    return b''.join(b'%x\r\n%s\r\n' % (len(p), p) for p in parts)


def split_orders(text):
    """The lines that begin with "!" as {name: [values]}, and the rest."""
    orders, rest = {}, []
    lines = text.split('\n')
    for i, line in enumerate(lines):
        if not line.startswith('!'):
            return orders, '\n'.join(lines[i:])
        name, _, value = line[1:].partition(' ')
        orders.setdefault(name, []).append(value)
    return orders, ''


def make_block(text, orders):
    """The block and, of an HTTP message, its body as sent, else None."""
    if not re.match(r'HTTP/|GET |POST ', text):
        return text.encode(), None
    head, _, body = text.partition('\n\n')
    body = body.encode()
    if 'coded' in orders:
        body = pack(body)
    if 'chunked' in orders:
        body = chunked(body, int(orders['chunked'][0]))
    return head.replace('\n', '\r\n').encode() + b'\r\n\r\n' + body, body


def make_warc(text, number, newline):
    orders, text = split_orders(text)
    if 'raw' in orders:
        return text.encode() + b'\n'
    head, _, text = text.partition('\n\n')
    block, body = make_block(text, orders)
    given = dict(line.split(': ', 1) for line in head.split('\n') if line)
    fields = {
        'WARC-Type': 'response',
        'WARC-Record-ID': f'<urn:uuid:00000000-0000-4000-8000-{number:012}>',
        'WARC-Date': f'2024-05-06T07:08:{number:02}Z',
        'WARC-Block-Digest': digest(block),
    }
    if body is not None and given.get('WARC-Type') == 'response':
        fields['WARC-Payload-Digest'] = digest(body)
    fields['Content-Length'] = str(len(block))
    fields.update(given)
    for name in orders.get('without', ()):
        del fields[name]
    lines = orders.get('version', ['WARC/1.0']) + [
        f'{name}: {value}' for name, value in fields.items()]
    return (newline.join(lines) + 2 * newline).encode() + block + (
        2 * newline).encode()


def make_arc(text, number):
    orders, text = split_orders(text)
    if 'raw' in orders:
        return text.encode() + b'\n'
    head, _, text = text.partition('\n\n')
    given = dict(line.split(': ', 1) for line in head.split('\n') if line)
    block, _ = make_block(text, orders)
    kind = re.search(r'Content-Type: ([^\s;]+)', text)
    line = ' '.join((given['WARC-Target-URI'], '192.0.2.1',
                     f'202405060708{number:02}',
                     kind[1] if kind else 'text/plain', str(len(block))))
    return line.encode() + b'\n' + block + b'\n'


def main():
    options = {a for a in sys.argv[1:] if a.startswith('--')}
    source, out = [a for a in sys.argv[1:] if not a.startswith('--')]
    newline = '\n' if '--lf' in options else '\r\n'
    with open(source, encoding='utf-8') as f:
        texts = f.read().removesuffix('\n').split('\n=====\n')
    make = make_arc if '--arc' in options else (
        lambda text, n: make_warc(text, n, newline))
    records = [make(text, n) for n, text in enumerate(texts)]
    if '--gzip' in options:
        records = [pack(r) for r in records]
    data = b''.join(records)
    if '--gzip-whole' in options:
        data = gzip.compress(data, mtime=0)
    with open(out, 'wb') as f:
        f.write(data)


if __name__ == '__main__':
    main()
