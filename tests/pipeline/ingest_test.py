#!/usr/bin/env python3
"""Runs dateline ingest where a recorded case does not reach: over archives of
many parts, with any number of threads, through kills, full disks and
connections that break. What comes out must be the same every time.

    ingest_test.py PROGRAM SOURCE_ROOT [TEST...]
"""
import base64
import functools
import gzip
import http.server
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
sys.path.insert(0, str(ROOT / 'tools'))
sys.dont_write_bytecode = True
import make_warc  # noqa: E402

PACKINGS = ('.jsonl', '.jsonl.gz', '.jsonl.zst')


def run(*args, **how):
    """Runs ingest quietly; gives (exit code, standard error)."""
    done = subprocess.run([PROGRAM, 'ingest', '-q', *map(str, args)],
                          stdin=how.pop('stdin', subprocess.DEVNULL),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=300, **how)
    return done.returncode, done.stderr.decode()


def page(number, rng, noise=0):
    """A small article, with a comment of noise that does not get smaller."""
    filler = base64.b64encode(rng.randbytes(noise)).decode()
    return f'''<!doctype html><html lang="en"><head><title>Report {number}</title>
<meta property="article:published_time" content="2024-02-29T08:30:00+00:00">
</head><body><!-- {filler} --><article><h1>Report {number}</h1>
<p>The council of Torsund heard report number {number} on Tuesday, and nobody
in the room had a question about it, which the clerk wrote down with care.</p>
<p>"We will read it again next week," said Ingrid Solberg, who keeps the books
of the harbour and had counted every page of it twice before the meeting.</p>
</article></body></html>'''


def response(number, body):
    head = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n'
    uri = f'http://harbour-post.example/{number}'
    return make_warc.Record('response', uri, '2024-03-01T10:00:00Z',
                            head + body, {})


@functools.cache
def records(count, noise, seed=1):
    rng = random.Random(seed)
    return [response(n, page(n, rng, noise).encode()).as_warc()
            for n in range(count)]


@functools.cache
def members(ending, count, noise):
    """The same, packed each by itself."""
    pack = {'.gz': lambda data: gzip.compress(data, 1),
            'zst': make_warc.zstd}.get(ending, lambda data: data)
    return [pack(record) for record in records(count, noise)]


def stored_gzip(data):
    """A gzip member that holds data as they are."""
    return gzip.compress(data, 0)


class Ingest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix='dateline-')
        self.at = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, *pieces):
        path = self.at / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b''.join(pieces))
        return path

    def archive(self, name, count=250, noise=14000):
        """An archive of some 4 MB, so of four parts."""
        return self.write(name, *members(name[-3:], count, noise))

    def ingest(self, name, *args, code=0):
        out = self.at / name
        got, err = run('-o', out, '--force', *args)
        self.assertEqual(got, code, err)
        return out.read_bytes()

    def urls(self, lines):
        return [json.loads(line).get('url') for line in lines.splitlines()]

    # ---- Threads ----

    def same_for_any_threads(self, source, *args):
        for ending in PACKINGS:
            one = self.ingest('one' + ending, source, '-j1', *args)
            for jobs in (2, 3, 8) if ending == '.jsonl' else (3,):
                other = self.ingest('other' + ending, source, f'-j{jobs}',
                                    *args)
                self.assertEqual(one, other, f'{ending} {jobs} threads')
        return (self.at / 'one.jsonl').read_bytes()

    def test_threads_gzip(self):
        lines = self.same_for_any_threads(self.archive('a.warc.gz'))
        want = [f'http://harbour-post.example/{n}' for n in range(250)]
        self.assertEqual(self.urls(lines), want)

    def test_threads_plain(self):
        lines = self.same_for_any_threads(self.archive('a.warc'))
        self.assertEqual(len(lines.splitlines()), 250)

    def test_threads_zstd(self):
        lines = self.same_for_any_threads(self.archive('a.warc.zst'))
        self.assertEqual(len(lines.splitlines()), 250)

    def test_one_member(self):
        path = self.write('a.warc.gz',
                          gzip.compress(b''.join(records(200, 14000)), 1))
        lines = self.same_for_any_threads(path)
        self.assertEqual(len(lines.splitlines()), 200)

    def test_packed_output_unpacks(self):
        path = self.archive('a.warc.gz', 100)
        plain = self.ingest('o.jsonl', path)
        packed = self.ingest('o.jsonl.gz', path)
        self.assertEqual(gzip.decompress(packed), plain)
        if shutil.which('zstd'):
            packed = self.ingest('o.jsonl.zst', path)
            self.assertEqual(subprocess.run(['zstd', '-dc'], input=packed,
                                            stdout=subprocess.PIPE).stdout,
                             plain)

    def test_nothing_packed(self):
        path = self.write('empty.warc.gz', gzip.compress(
            b'WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n'
            b'\r\n\r\n'))
        packed = self.ingest('o.jsonl.gz', path, code=1)
        self.assertEqual(gzip.decompress(packed), b'')

    # ---- Files made to deceive ----

    def test_archive_within_a_record(self):
        """A record holds an archive that stands there unpacked: its members
        look like the file's own."""
        inner = b''.join(gzip.compress(r) for r in records(200, 14000, 7))
        outer = records(20, 14000)
        uri = 'http://harbour-post.example/inner.warc.gz'
        head = b'HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\n\r\n'
        nested = make_warc.Record('response', uri, '2024-03-01T10:00:00Z',
                                  head + inner, {}).as_warc()
        path = self.write('a.warc.gz', *map(gzip.compress, outer[:10]),
                          stored_gzip(nested),
                          *map(gzip.compress, outer[10:]))
        lines = self.same_for_any_threads(path)
        self.assertEqual(len(lines.splitlines()), 20)

    def test_headers_within_a_record(self):
        text = b'\n'.join(records(200, 14000, 7))
        nested = response('quoted', b'<pre>' + text.replace(b'<', b'&lt;'))
        outer = records(20, 14000)
        path = self.write('a.warc', *outer[:10], nested.as_warc(),
                          *outer[10:])
        lines = self.same_for_any_threads(path)
        self.assertEqual(len(lines.splitlines()), 21)

    def test_damage(self):
        """Members spoilt all over the file, at the parts' bounds too."""
        rng = random.Random(3)
        spoilt = list(members('.gz', 250, 14000))
        for n in range(5, 250, 20):
            at = rng.randrange(20, len(spoilt[n]))
            spoilt[n] = spoilt[n][:at] + rng.randbytes(40) + \
                spoilt[n][at + 40:]
        spoilt[125] = spoilt[125][:3000]
        path = self.write('a.warc.gz', *spoilt)
        one = self.ingest('one.jsonl', path, '-j1', code=3)
        for jobs in (2, 4):
            self.assertEqual(one, self.ingest('o.jsonl', path, f'-j{jobs}',
                                              code=3))
        self.assertGreater(len(one.splitlines()), 230)

    def test_many_failures(self):
        rng = random.Random(3)
        sound = members('.gz', 100, 1000)
        spoilt = [m[:200] + rng.randbytes(60) + m[260:] for m in sound]
        path = self.write('a.warc.gz', *(m for pair in zip(spoilt, sound)
                                         for m in pair))
        code, err = run(path, '-o', self.at / 'o.jsonl', '--quarantine',
                        self.at / 'bad')
        self.assertEqual(code, 3)
        self.assertEqual(len(err.splitlines()), 21)
        self.assertIn('more could not be read', err.splitlines()[-1])
        lines = (self.at / 'bad/o.failed.jsonl').read_text().splitlines()
        failed = [json.loads(line) for line in lines]
        self.assertGreaterEqual(len(failed), 90)
        raw = (self.at / 'bad' / failed[0]['raw']).read_bytes()
        self.assertEqual(raw, spoilt[0])

    # ---- Many inputs ----

    def test_folder(self):
        rng = random.Random(5)
        names = ['b/2.html', 'a.html', 'b/10.html', 'c/d/e/deep.htm']
        for name in names:
            path = self.at / 'pages' / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(name, rng))
        (self.at / 'pages/style.css').write_text('p { color: red }')
        (self.at / 'pages/.hidden.html').write_text(page('hidden', rng))
        os.symlink('..', self.at / 'pages/up')
        lines = self.same_for_any_threads(self.at / 'pages')
        files = [json.loads(line)['source']['file'] for line in
                 lines.splitlines()]
        self.assertEqual(files, [str(self.at / 'pages' / name)
                                 for name in sorted(names)])

    def test_as_read(self):
        """A page's record is the one that dateline read gives."""
        pages = sorted((ROOT / 'examples/pages').glob('*.html'))
        read = subprocess.run([PROGRAM, 'read', '--json', *map(str, pages)],
                              stdout=subprocess.PIPE).stdout
        self.assertEqual(self.ingest('o.jsonl', ROOT / 'examples/pages'),
                         read)

    def test_output_in_the_folder(self):
        rng = random.Random(5)
        (self.at / 'a.html').write_text(page(1, rng))
        for _ in range(2):
            lines = self.ingest('all.jsonl', self.at)
            self.assertEqual(len(lines.splitlines()), 1)

    def test_many_files(self):
        rng = random.Random(5)
        (self.at / 'pages').mkdir()
        for n in range(300):
            (self.at / f'pages/{n:03}.html').write_text(page(n, rng, 9000))
        lines = self.same_for_any_threads(self.at / 'pages')
        self.assertEqual(len(lines.splitlines()), 300)

    # ---- Runs that break off ----

    def kill_often(self, source, ending, *args):
        """Runs and kills, and goes on, until twenty kills have hit; each time
        that a run comes to its end its output is looked at."""
        began = time.monotonic()
        want = self.ingest('want' + ending, source, *args)
        took = time.monotonic() - began
        out = self.at / ('o' + ending)
        rng = random.Random(11)
        kills = 0
        for _ in range(400):
            process = subprocess.Popen(
                [PROGRAM, 'ingest', '-q', str(source), '-o', str(out),
                 '--resume', '-j2', *args], stderr=subprocess.PIPE)
            try:
                code = process.wait(rng.uniform(0.005, took))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                code = None
            error = process.stderr.read()
            process.stderr.close()
            if code is None:
                kills += 1
                continue
            self.assertEqual(code, 0, error)
            self.assertEqual(out.read_bytes(), want)
            self.assertEqual(sorted(p.name for p in self.at.glob('o.*')),
                             ['o' + ending])
            out.unlink()
            if kills >= 20:
                return
        self.fail(f'only {kills} kills')

    def test_kill_plain(self):
        self.kill_often(self.archive('a.warc.gz'), '.jsonl')

    def test_kill_gzip(self):
        self.kill_often(self.archive('a.warc.gz'), '.jsonl.gz')

    def test_kill_zstd(self):
        self.kill_often(self.archive('a.warc'), '.jsonl.zst')

    def test_kill_one_member(self):
        path = self.write('a.warc.gz',
                          gzip.compress(b''.join(records(250, 14000)), 1))
        self.kill_often(path, '.jsonl.gz')

    def test_interrupt_then_resume(self):
        path = self.archive('a.warc.gz', 1000, 2000)
        for ending in PACKINGS:
            want = self.ingest('want' + ending, path)
            out = self.at / ('o' + ending)
            args = [PROGRAM, 'ingest', '-q', str(path), '-o', str(out)]
            process = subprocess.Popen(args, stderr=subprocess.DEVNULL)
            part = self.at / ('o' + ending + '.part')
            while process.poll() is None and not (
                    part.exists() and part.stat().st_size):
                time.sleep(0.002)
            process.send_signal(signal.SIGINT)
            code = process.wait()
            if code == 0:
                continue  # it was faster
            self.assertEqual(code, 130)
            self.assertTrue(out.exists())
            got = out.read_bytes()
            if ending == '.jsonl.gz':
                got = gzip.decompress(got)
            if ending != '.jsonl.zst':
                self.assertTrue(got.endswith(b'\n'))
                self.urls(got)
            code, err = run(path, '-o', out, '--resume')
            self.assertEqual(code, 0, err)
            self.assertEqual(out.read_bytes(), want)

    def test_input_changed(self):
        """A file in a folder that was written since it was read."""
        rng = random.Random(5)
        for n in range(200):
            self.write(f'pages/{n:03}.html', page(n, rng, 9000).encode())
        out = self.at / 'o.jsonl'
        args = (self.at / 'pages', '-o', out, '-j1')
        want = self.ingest('want.jsonl', self.at / 'pages')
        code, err = run(*args, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (len(want) // 2, len(want))))
        self.assertEqual(code, 4, err)
        self.write('pages/199.html', page(0, rng).encode())
        code, err = run(*args, '--resume')
        self.assertEqual(code, 0, err)
        out.unlink()
        run(*args, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (len(want) // 2, len(want))))
        self.write('pages/000.html', page(0, rng).encode())
        code, err = run(*args, '--resume')
        self.assertEqual(code, 2, err)
        self.assertIn('has changed since; --force begins anew', err)

    def test_journal_gone(self):
        """What an interrupt closed is not taken for whole."""
        path = self.archive('a.warc.gz', 1000, 2000)
        out = self.at / 'o.jsonl'
        process = subprocess.Popen([PROGRAM, 'ingest', '-q', str(path), '-o',
                                    str(out)], stderr=subprocess.DEVNULL)
        part = self.at / 'o.jsonl.part'
        while process.poll() is None and not (
                part.exists() and part.stat().st_size):
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        if process.wait() == 0:
            self.skipTest('it was faster')
        (self.at / 'o.jsonl.journal').unlink()
        try:
            os.getxattr(out, 'user.dateline.unfinished')
        except OSError:
            self.skipTest('the file system has no attributes')
        code, err = run(path, '-o', out, '--resume')
        self.assertEqual(code, 4)
        self.assertIn('--force begins anew', err)
        self.ingest('o.jsonl', path)
        code, err = run(path, '-o', out, '--resume')
        self.assertEqual((code, err.count('is whole')), (0, 1))

    def test_full_disk(self):
        path = self.archive('a.warc.gz')
        want = self.ingest('want.jsonl', path)
        out = self.at / 'o.jsonl'
        for jobs in (1, 2):
            code, err = run(
                path, '-o', out, f'-j{jobs}', '--force',
                preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (len(want) // 2, len(want))))
            self.assertEqual(code, 4)
            self.assertIn('o.jsonl.part: cannot be written: File too large',
                          err)
            self.assertFalse(out.exists())
        code, err = run(path, '-o', out, '--resume')
        self.assertEqual(code, 0, err)
        self.assertEqual(out.read_bytes(), want)

    def test_other_run(self):
        path = self.archive('a.warc.gz')
        out = self.at / 'o.jsonl'
        run(path, '-o', out,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                  (5000, 5000)))
        code, err = run(path, '-o', out)
        self.assertEqual(code, 4)
        self.assertIn('--resume goes on', err)
        code, err = run(path, '-o', out, '--resume', '--min-words', '5')
        self.assertEqual(code, 2)
        self.assertIn('other inputs or options', err)
        code, err = run(path, '-o', out, '--force')
        self.assertEqual(code, 0, err)

    def test_closed_pipe(self):
        path = self.archive('a.warc.gz', 1000, 2000)
        process = subprocess.Popen(
            [PROGRAM, 'ingest', str(path), '-o', '-'],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(60), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b'')
        process.stderr.close()

    def test_standard_input(self):
        path = self.archive('a.warc.gz', 200)
        want = self.ingest('want.jsonl', path)
        with open(path, 'rb') as source:
            got = subprocess.run([PROGRAM, 'ingest', '-q', '-', '-o', '-'],
                                 stdin=source, stdout=subprocess.PIPE).stdout
        name = json.dumps(str(path))[1:-1].encode()
        self.assertEqual(got, want.replace(b'"file":"' + name + b'",', b''))

    # ---- Addresses ----

    def serve(self, data, breaks, ranges=True):
        """Serves data; each of the first answers breaks off after so many
        bytes."""
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                begin = 0
                wish = self.headers.get('Range')
                asked.append(wish)
                if wish and ranges:
                    begin = int(wish[len('bytes='):-1])
                self.send_response(206 if begin else 200)
                self.send_header('Content-Type', 'application/warc')
                self.send_header('ETag', '"one"')
                self.send_header('Content-Length', str(len(data) - begin))
                self.end_headers()
                piece = data[begin:]
                if breaks:
                    piece = piece[:breaks.pop(0)]
                try:
                    self.wfile.write(piece)
                except OSError:
                    pass
                self.close_connection = True

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f'http://127.0.0.1:{server.server_port}/a.warc.gz', asked

    def fetch(self, breaks, ranges):
        path = self.archive('a.warc.gz', 60)
        want = self.ingest('want.jsonl', path)
        url, asked = self.serve(path.read_bytes(), breaks, ranges)
        got = self.ingest('o.jsonl', url, '--allow-private')
        name = json.dumps(str(path))[1:-1].encode()
        self.assertEqual(self.urls(got), self.urls(want))
        self.assertEqual(len(got.splitlines()), 60)
        return asked, name

    def test_address(self):
        asked, _ = self.fetch([], True)
        self.assertEqual(asked, [None])

    def test_connection_breaks(self):
        asked, _ = self.fetch([100000, 700000, 5], True)
        self.assertEqual(asked[:2], [None, 'bytes=100000-'])
        self.assertEqual(len(asked), 4)

    def test_connection_breaks_without_ranges(self):
        asked, _ = self.fetch([100000, 700000], False)
        self.assertEqual(len(asked), 3)

    def test_private_address(self):
        url, asked = self.serve(b'', [])
        code, err = run(url, '-o', self.at / 'o.jsonl')
        self.assertEqual(code, 2)
        self.assertIn('is a private address', err)
        self.assertEqual(asked, [])

    # ---- Bounds ----

    def peak_kb(self, *args, code=0, wait=0):
        """The most memory that a run held at once. Nothing takes its output
        in the first wait seconds."""
        process = subprocess.Popen([PROGRAM, 'ingest', '-q', *args],
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        began, reader, peak = time.monotonic(), None, 0
        while process.poll() is None:
            try:
                status = pathlib.Path(f'/proc/{process.pid}/status')
                for line in status.read_text().splitlines():
                    if line.startswith('VmHWM:'):
                        peak = max(peak, int(line.split()[1]))
            except OSError:
                pass
            if not reader and time.monotonic() - began >= wait:
                reader = threading.Thread(target=process.stdout.read)
                reader.start()
            time.sleep(0.005)
        reader.join()
        process.stdout.close()
        self.assertEqual(process.returncode, code)
        return peak

    @unittest.skipIf('san' in PROGRAM, 'sanitizers take memory of their own')
    def test_memory(self):
        """Ten times the archive takes no more, though nobody takes the output
        for a while: then as much as may waits for it."""
        text = ''.join(f'<p>Paragraph {n} of a long report, which tells of the '
                       'harbour and of the ferries that leave it.'
                       for n in range(500))
        noise = base64.b64encode(random.Random(1).randbytes(40000)).decode()
        text += f'<!-- {noise} -->'
        member = gzip.compress(response(1, text.encode()).as_warc())
        for jobs in (1, 2):
            few, many = (
                self.peak_kb(str(self.write('a.warc.gz', member * count)),
                             '-o', '-', f'-j{jobs}', wait=1)
                for count in (100, 1000))
            self.assertLess(many, jobs * 64 * 1024)
            self.assertLess(many, 1.15 * few)

    @unittest.skipIf('san' in PROGRAM, 'sanitizers take memory of their own')
    def test_max_memory(self):
        """Pages made to take memory stay within what was allowed."""
        for n in range(4):
            self.write(f'pages/{n}.html', b'<p>x ' * (6000 * (n + 1)),
                       b'some words of a text here ' * 10000)
        (self.at / 'pages/9.html').write_bytes(b'<p>x ' * 800000)
        for size in (64, 128):
            peak = self.peak_kb(str(self.at / 'pages'), '-o',
                                str(self.at / 'o.jsonl'), '--force', '-j4',
                                '--max-memory', f'{size}M', code=3)
            self.assertLess(peak, size * 1024)

    def test_large_pages_are_refused(self):
        rng = random.Random(1)
        path = self.write('a.warc.gz', *map(gzip.compress, [
            *records(2, 100),
            response('large', page(9, rng, 300000).encode()).as_warc(),
            *records(1, 100)]))
        out = self.at / 'o.jsonl'
        code, err = run(path, '-o', out, '--max-bytes', '100K')
        self.assertEqual(code, 3)
        self.assertIn('--max-bytes raises the limit', err)
        got = [json.loads(line) for line in out.read_text().splitlines()]
        self.assertEqual([r['status'] for r in got],
                         ['article', 'article', 'refused', 'article'])
        self.assertEqual(got[2]['url'], 'http://harbour-post.example/large')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
