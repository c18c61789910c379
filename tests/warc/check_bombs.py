#!/usr/bin/env python3
"""Archives made to exhaust their reader: each is refused in one line, the
records around it are read, in bounded time and memory.

    check_bombs.py DATELINE [--no-memory]

--no-memory leaves the memory unmeasured, for builds that take more of it.
"""
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import zlib

MAX_SECONDS = 30
MAX_MEGABYTES = 48
GIGABYTE = 1 << 30


def pack(data):
    z = zlib.compressobj(6, zlib.DEFLATED, 31)
    return z.compress(data) + z.flush()


def record(block, length=None, fields=''):
    return (f'WARC/1.0\r\nWARC-Type: resource\r\n'
            'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>'
            '\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n'
            f'WARC-Target-URI: http://a.example/\r\n{fields}'
            f'Content-Length: {len(block) if length is None else length}'
            '\r\n\r\n').encode() + block + b'\r\n\r\n'


SOUND = record(b'sound')


def zeros(count, before=b''):
    """A gzip member of bytes and then so many zeros, in a thousandth of their
    room; made of one packed megabyte again and again."""
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = z.compress(before) + z.flush(zlib.Z_FULL_FLUSH)
    part = z.compress(bytes(1 << 20)) + z.flush(zlib.Z_FULL_FLUSH)
    end = z.flush()
    return (b'\x1f\x8b\x08\0\0\0\0\0\0\3' + head + part * (count >> 20) + end +
            struct.pack('<II', 0, (len(before) + count) & 0xffffffff))


def zstd_zeros(count):
    """A zstd frame of so many zeros, a run of 128 KiB in four bytes."""
    run = struct.pack('<I', 1 << 1 | (1 << 17) << 3)[:3] + b'\0'
    return (b'\x28\xb5\x2f\xfd\0\x58' + run * (count >> 17) +
            struct.pack('<I', 1)[:3])


def zstd_raw(data):
    return (b'\x28\xb5\x2f\xfd\0\x58' +
            struct.pack('<I', 1 | len(data) << 3)[:3] + data)


def body_bomb():
    body = zeros(10 * GIGABYTE)
    head = b'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'
    return record(head + body).replace(b'resource', b'response')


# Name, contents, how many sound records, how many lines of complaint.
def bombs():
    around = pack(SOUND)
    ten = 10 * GIGABYTE
    yield 'zeros.warc.gz', around + zeros(ten) + around, 2, 1
    yield 'block-of-zeros.warc.gz', around + zeros(
        ten, record(b'', ten)[:-4]) + around, 2, 1
    yield 'zeros.warc.zst', zstd_raw(SOUND) + zstd_zeros(
        ten) + zstd_raw(SOUND), 2, 1
    yield 'body-of-zeros.warc.gz', around + pack(body_bomb()) + around, 3, 0
    for name, length in (('2-63', 1 << 63), ('2-62', 1 << 62), ('2-64', 1 << 64)):
        large = record(b'small', length)
        yield f'{name}.warc', SOUND + large + SOUND, 2, 1
        yield f'{name}.warc.gz', around + pack(large) + around, 2, 1
        yield f'{name}-whole.warc.gz', pack(SOUND + large + SOUND), 2, 1
    empty = record(b'')
    yield 'empty-records.warc', SOUND + empty * 1000000, 1000001, 0
    yield 'empty-members.warc.gz', around + pack(b'') * 1000000 + around, 2, 0
    yield 'newlines.warc', SOUND + b'\r\n' * 50000000 + SOUND, 2, 0
    line = b'X: ' + b'y' * 60 + b'\r\n'
    many = record(b'').replace(b'WARC-Type', line * 1600000 + b'WARC-Type', 1)
    one = record(b'').replace(b'WARC-Type', b'X: ' + b'y' * 100000000 +
                              b'\r\nWARC-Type', 1)
    yield 'many-fields.warc', SOUND + many + SOUND, 2, 1
    yield 'many-fields.warc.gz', around + pack(many) + around, 2, 1
    yield 'long-field.warc', SOUND + one + SOUND, 2, 1
    yield 'long-field.warc.gz', around + pack(one) + around, 2, 1
    yield 'no-newline.warc', SOUND + b'y' * 100000000, 1, 1


# Runs a command and prints its exit status and peak memory: what a process
# once was is counted too, so one that is small has to start it.
MEASURE = '''
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
open(sys.argv[1], 'w').write(f'{status} {usage.ru_maxrss}')
'''


def run(program, *args):
    """Standard output, standard error, seconds, megabytes."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, \
            tempfile.NamedTemporaryFile('r') as measured:
        start = time.monotonic()
        subprocess.run([sys.executable, '-c', MEASURE, measured.name, program,
                        *args], stdout=out, stderr=err, check=True)
        seconds = time.monotonic() - start
        status, kilobytes = map(int, measured.read().split())
        out.seek(0)
        err.seek(0)
        if os.WIFSIGNALED(status):
            return '', f'ended by signal {os.WTERMSIG(status)}', seconds, 0
        return out.read().decode(), err.read().decode(), seconds, kilobytes / 1024


def check(program, path, records, complaints, measure):
    out, err, seconds, megabytes = run(program, 'warc', 'index', '-f',
                                       'warc-type', str(path))
    if out.count('\n') != records:
        yield f'{out.count(chr(10))} records, not {records}'
    if err.count('\n') != complaints:
        yield f'{err.count(chr(10))} complaints, not {complaints}: {err[:500]}'
    if complaints and f'{path}: ' not in err:
        yield f'does not name the file: {err[:500]}'
    if seconds > MAX_SECONDS:
        yield f'{seconds:.0f} s'
    if measure and megabytes > MAX_MEGABYTES:
        yield f'{megabytes:.0f} MB'


def main():
    program = os.path.abspath(sys.argv[1])
    measure = '--no-memory' not in sys.argv
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, data, records, complaints in bombs():
            path = pathlib.Path(folder, name)
            path.write_bytes(data)
            for trouble in check(program, path, records, complaints, measure):
                print(f'{name}: {trouble}')
                failed += 1
            path.unlink()
    print(f'{failed} failed')
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
