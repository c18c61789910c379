#!/usr/bin/env python3
"""Makes a WARC file of the measuring sets' pages, as a crawl would have kept
them: for each page a request, a response and a metadata record, a gzip member
each; the same bytes on every run.

    tools/make_archive.py OUT.warc.gz [SHARED_FOLDER]

The sets are looked for in ../shared, or where DATELINE_SHARED says.
"""
import base64
import datetime
import gzip
import hashlib
import json
import os
import pathlib
import sys
import urllib.parse
import uuid
import zlib

SETS = ('news', 'web', 'reader', 'dates')
NAMESPACE = uuid.UUID('9a1d2f0c-3b1e-5c55-9f4d-8f2b6f3f8a10')
FIRST = datetime.datetime(2024, 3, 1, 6, 0, 0)


def pages(shared):
    """(address, bytes) of every page of every set, in a fixed order."""
    for name in SETS:
        folder = shared / 'sets' / name
        with open(folder / 'truth.jsonl', encoding='utf-8') as f:
            rows = [json.loads(line) for line in f]
        for row in sorted(rows, key=lambda r: r['id']):
            path = folder / 'pages' / f"{row['id']}.html.gz"
            if path.exists():
                yield row['url'], gzip.decompress(path.read_bytes())


def member(data):
    """One gzip member without time and name."""
    z = zlib.compressobj(6, zlib.DEFLATED, 31)
    return z.compress(data) + z.flush()


def digest(data):
    return 'sha1:' + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(kind, fields, block):
    lines = [f'WARC-Type: {kind}', *fields,
             f'WARC-Block-Digest: {digest(block)}',
             f'Content-Length: {len(block)}']
    head = 'WARC/1.0\r\n' + ''.join(line + '\r\n' for line in lines)
    return member(head.encode() + b'\r\n' + block + b'\r\n\r\n')


def ident(kind, number):
    return f'<urn:uuid:{uuid.uuid5(NAMESPACE, f"{kind} {number}")}>'


def capture(number, url, page):
    """The three records of a page."""
    when = FIRST + datetime.timedelta(seconds=number)
    date = f'WARC-Date: {when.isoformat()}Z'
    parts = urllib.parse.urlsplit(url)
    path = urllib.parse.urlunsplit(('', '', parts.path or '/', parts.query, ''))
    http = (f'HTTP/1.1 200 OK\r\nDate: {when:%a, %d %b %Y %H:%M:%S} GMT\r\n'
            'Content-Type: text/html\r\nServer: nginx\r\n'
            'Cache-Control: max-age=300\r\nVary: Accept-Encoding\r\n'
            f'Content-Length: {len(page)}\r\nConnection: close\r\n\r\n')
    ask = (f'GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n'
           'User-Agent: news-crawler/1.0\r\nAccept: text/html\r\n'
           'Accept-Encoding: identity\r\nConnection: close\r\n\r\n')
    response = ident('response', number)
    uri = f'WARC-Target-URI: {url}'
    both = f'WARC-Concurrent-To: {response}'
    yield record('request', [
        f"WARC-Record-ID: {ident('request', number)}", date, uri, both,
        'WARC-IP-Address: 192.0.2.1',
        'Content-Type: application/http; msgtype=request',
    ], ask.encode())
    yield record('response', [
        f'WARC-Record-ID: {response}', date, uri,
        'WARC-IP-Address: 192.0.2.1',
        f'WARC-Payload-Digest: {digest(page)}',
        'Content-Type: application/http; msgtype=response',
    ], http.encode() + page)
    yield record('metadata', [
        f"WARC-Record-ID: {ident('metadata', number)}", date, uri, both,
        'Content-Type: application/warc-fields',
    ], b'fetchTimeMs: 120\r\ncharset-detected: UTF-8\r\n\r\n')


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = pathlib.Path(__file__).resolve().parent.parent
    shared = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get(
        'DATELINE_SHARED', root.parent / 'shared'))
    if not (shared / 'sets').is_dir():
        sys.exit(f'make_archive: the measuring sets are not at {shared}')
    part = sys.argv[1] + '.part'
    with open(part, 'wb') as out:
        out.write(record('warcinfo', [
            f"WARC-Record-ID: {ident('warcinfo', 0)}",
            f'WARC-Date: {FIRST.isoformat()}Z',
            'Content-Type: application/warc-fields',
        ], b'software: make_archive.py\r\nformat: WARC File Format 1.0\r\n'))
        for number, (url, page) in enumerate(pages(shared)):
            for packed in capture(number, url, page):
                out.write(packed)
    os.replace(part, sys.argv[1])


if __name__ == '__main__':
    main()
