#!/usr/bin/env python3
"""Makes a web archive of a text that describes it, for tests and examples.

    make_warc.py SOURCE OUTPUT [--pack record|file]

The form of the archive is told by OUTPUT's name: .warc.gz, .warc.zst, .arc or
.arc.gz, else it is a plain WARC file. --pack file packs all records as one member; record, each as
its own, is the default. ARC files get the responses alone.

SOURCE is records one after another. A record begins with a line

    === TYPE ADDRESS DATE

and goes on with its block, to the next such line or the end: of a response,
the HTTP head, an empty line and the body. A line "@repeat N" behind the first
makes N records of it, in whose address and block {n} counts from 1. Lines
"@damage ..." spoil the record: "@damage length N" says N bytes in its head,
"@damage cut N" leaves the packed record's first N bytes, "@damage byte N"
changes its byte N.
"""
import argparse
import gzip
import hashlib
import io
import pathlib
import re
import struct
import sys

HEAD = re.compile(r'^=== (\S+) (\S+) (\S+)\n', flags=re.M)


class Record:
    def __init__(self, kind, uri, date, block, spoil):
        self.kind, self.uri, self.date = kind, uri, date
        self.block, self.spoil = block, spoil

    def length(self):
        return self.spoil.get('length', len(self.block))

    def is_http(self):
        return self.kind in ('request', 'response', 'revisit')

    def content_type(self):
        if self.is_http():
            return f'application/http; msgtype={self.kind}'
        if self.kind == 'conversion':
            return 'text/plain'
        return 'application/warc-fields' if self.kind != 'resource' \
            else 'text/html'

    def identity(self):
        digest = hashlib.md5(f'{self.kind} {self.uri}'.encode()).hexdigest()
        return '-'.join((digest[:8], digest[8:12], digest[12:16],
                         digest[16:20], digest[20:]))

    def as_warc(self):
        fields = [('WARC-Type', self.kind),
                  ('WARC-Record-ID', f'<urn:uuid:{self.identity()}>'),
                  ('WARC-Date', self.date),
                  ('WARC-Target-URI', self.uri),
                  ('Content-Type', self.content_type()),
                  ('Content-Length', str(self.length()))]
        if self.kind == 'warcinfo':
            del fields[3]
        head = ''.join(f'{name}: {value}\r\n' for name, value in fields)
        return f'WARC/1.0\r\n{head}\r\n'.encode() + self.block + b'\r\n\r\n'

    def as_arc(self):
        date = re.sub(r'\D', '', self.date)
        return f'{self.uri} 192.0.2.1 {date} text/html {self.length()}\n' \
            .encode() + self.block + b'\n'


def http_lines(block):
    """CR LF in the head of an HTTP message, as it is sent."""
    head, empty, body = block.partition(b'\n\n')
    return head.replace(b'\n', b'\r\n') + b'\r\n\r\n' + body


def read_record(match, text):
    kind, uri, date = match.groups()
    spoil, count = {}, 1
    while text.startswith('@'):
        line, _, text = text.partition('\n')
        words = line[1:].split()
        if words[0] == 'repeat':
            count = int(words[1])
        else:
            spoil[words[1]] = int(words[2])
    for n in range(1, count + 1):
        block = text.replace('{n}', str(n)).encode()
        record = Record(kind, uri.replace('{n}', str(n)), date, block, spoil)
        if record.is_http():
            record.block = http_lines(block)
        yield record


def read_source(text):
    matches = list(HEAD.finditer(text))
    for match, after in zip(matches, matches[1:] + [None]):
        end = after.start() if after else len(text)
        yield from read_record(match, text[match.end():end].rstrip('\n') +
                               '\n')


def zstd(data):
    """A frame of blocks that are stored as they are (RFC 8878, 3.1.1)."""
    frame = struct.pack('<IBI', 0xFD2FB528, 0xA0, len(data))
    step = 128 * 1024
    for at in range(0, max(len(data), 1), step):
        block = data[at:at + step]
        last = at + step >= len(data)
        frame += struct.pack('<I', last | len(block) << 3)[:3] + block
    return frame


def pack(data, name):
    if name.endswith('.gz'):
        out = io.BytesIO()
        with gzip.GzipFile('', 'wb', 9, out, mtime=0) as z:
            z.write(data)
        return out.getvalue()
    return zstd(data) if name.endswith('.zst') else data


def damage(data, spoil):
    if 'byte' in spoil:
        at = spoil['byte']
        data = data[:at] + bytes([data[at] ^ 0xff]) + data[at + 1:]
    return data[:spoil.get('cut', len(data))]


def main():
    parser = argparse.ArgumentParser(
        description='Makes a web archive of a text that describes it.')
    parser.add_argument('source', type=pathlib.Path)
    parser.add_argument('output', type=pathlib.Path)
    parser.add_argument('--pack', choices=('record', 'file'),
                        default='record')
    args = parser.parse_args()
    name = args.output.name
    records = []
    if '.arc' in name:
        line = '1 0 Example\nURL IP-address Archive-date Content-type ' \
            'Archive-length\n'
        records.append((f'filedesc://{name} 0.0.0.0 20240301100000 text/plain '
                        f'{len(line)}\n{line}\n'.encode(), {}))
    for record in read_source(args.source.read_text(encoding='utf-8')):
        if '.arc' in name and record.kind not in ('response', 'resource'):
            continue
        records.append((record.as_arc() if '.arc' in name
                        else record.as_warc(), record.spoil))
    if args.pack == 'file':
        data = pack(b''.join(bytes_ for bytes_, _ in records), name)
    else:
        data = b''.join(damage(pack(bytes_, name), spoil)
                        for bytes_, spoil in records)
    args.output.write_bytes(data)
    return 0


if __name__ == '__main__':
    sys.exit(main())
