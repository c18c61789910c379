#!/usr/bin/env python3
"""Reads the archive files of ../shared, sound ones and broken: how many records
and complaints each gives, and that what sound ones tell of their bytes is so.

    check_samples.py DATELINE SOURCE_ROOT

Skipped where the files are not there; DATELINE_SHARED says where else.
"""
import os
import pathlib
import subprocess
import sys

SKIP = 77
# Records, complaints, whether the file is sound.
FILES = {
    'CorentinB-warc/test.warc.gz': (3, 0, True),
    'cc-whirlwind/whirlwind.warc': (4, 0, True),
    'cc-whirlwind/whirlwind.warc.gz': (4, 0, True),
    'cc-whirlwind/whirlwind.warc.wat.gz': (2, 0, True),
    'cc-whirlwind/whirlwind.warc.wet.gz': (2, 0, True),
    'derived/whirlwind.content-length-huge-2.warc': (3, 1, False),
    'derived/whirlwind.content-length-missing-2.warc': (3, 1, False),
    'derived/whirlwind.content-length-negative-2.warc': (3, 1, False),
    'derived/whirlwind.content-length-too-long-2.warc': (3, 1, False),
    'derived/whirlwind.content-length-too-short-2.warc': (3, 1, False),
    'derived/whirlwind.gz-corrupt-member-2.warc.gz': (3, 1, False),
    'derived/whirlwind.gz-trailing-garbage.warc.gz': (4, 1, False),
    'derived/whirlwind.lf-only.warc': (4, 0, True),
    'derived/whirlwind.per-record.warc.gz': (4, 0, True),
    'derived/whirlwind.per-record.warc.zst': (4, 0, True),
    'derived/whirlwind.single-frame.warc.zst': (4, 0, False),
    'derived/whirlwind.single-member.warc.gz': (4, 0, False),
    'derived/whirlwind.truncated-mid-member.warc.gz': (2, 1, False),
    'jwarc/cc.warc.gz': (1, 0, True),
    'jwarc/gzip_extra_sl.warc.gz': (1, 0, True),
    'warcio/bad.arc': (0, 2, False),
    'warcio/example-bad-non-chunked.warc.gz': (6, 0, False),
    'warcio/example-bad.warc.gz.bad': (6, 0, False),
    'warcio/example-digest.warc': (4, 0, False),
    'warcio/example-iana.org-chunked.warc': (3, 0, True),
    'warcio/example-resource.warc.gz': (3, 0, True),
    'warcio/example-space-in-target-uri.warc.gz': (2, 0, True),
    'warcio/example-space-in-url.arc': (1, 1, False),
    'warcio/example-trunc.warc': (3, 1, False),
    'warcio/example-wget-bad-target-uri.warc.gz': (6, 0, True),
    'warcio/example-wrong-chunks.warc.gz': (2, 0, False),
    'warcio/example.arc': (2, 0, True),
    'warcio/example.arc.gz': (2, 0, True),
    'warcio/example.warc': (6, 0, True),
    'warcio/example.warc.gz': (6, 0, True),
    'warcio/post-test.warc.gz': (6, 0, True),
}


def run(*args):
    return subprocess.run(args, capture_output=True, text=True)


def check(dateline, path, records, complaints, sound):
    index = run(dateline, 'warc', 'index', '-f', 'offset', path)
    if index.stdout.count('\n') != records:
        yield f"{index.stdout.count(chr(10))} records, not {records}"
    if index.stderr.count('\n') != complaints:
        yield f'{index.stderr.count(chr(10))} complaints, not {complaints}'
    for line in index.stderr.splitlines():
        if f'{path}: ' not in line or ' byte ' not in line:
            yield f'does not name file and byte: {line}'
    result = run(dateline, 'warc', 'check', path)
    if (result.returncode == 0) != sound:
        yield f'sound, but: {result.stdout}' if sound else 'is not sound'


def main():
    dateline, root = sys.argv[1:3]
    shared = pathlib.Path(os.environ.get('DATELINE_SHARED',
                                         pathlib.Path(root) / '../shared'))
    folder = shared / 'data/warc'
    if not folder.is_dir():
        print('skipped: the archive files are not in ../shared')
        sys.exit(SKIP)
    failed = 0
    for name, wanted in FILES.items():
        for trouble in check(dateline, folder / name, *wanted):
            print(f'{name}: {trouble}')
            failed += 1
    print(f'{len(FILES)} files, {failed} failed')
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
