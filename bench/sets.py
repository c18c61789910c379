"""The pages of the measuring sets, our program beside its peers, one table.

Each runner is a function that goes once over all pages and returns seconds.
Runners take turns, so that what disturbs the machine disturbs all of them;
the median of the rounds counts. Seconds are the processor's, of one thread:
what others do on the machine in the meantime is not in them."""
import glob, gzip, importlib, os, statistics, struct, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get('DATELINE_SHARED', os.path.join(ROOT, '..', 'shared'))


def pages(limit=None):
    """(id, bytes) of every distinct page of the four sets, in a fixed order."""
    seen, out = set(), []
    for name in ('news', 'web', 'reader', 'dates'):
        for path in sorted(glob.glob(os.path.join(SHARED, 'sets', name, 'pages', '*.html.gz'))):
            page = os.path.basename(path)[:-8]
            if page in seen:
                continue
            seen.add(page)
            with gzip.open(path) as f:
                out.append((name + '/' + page, f.read()))
    if not out:
        sys.exit('bench: the measuring sets are not at ' + SHARED)
    return out[:limit]


def pack(rows):
    """Writes the pages to a temporary file that build/bench/pages reads."""
    f = tempfile.NamedTemporaryFile(prefix='dateline-bench-', suffix='.pack')
    for _, raw in rows:
        f.write(struct.pack('<Q', len(raw)))
        f.write(raw)
    f.flush()
    return f


def program(name='pages'):
    """A program of bench/ of the build that is to be measured."""
    return os.path.join(os.environ.get('DATELINE_BUILD', os.path.join(ROOT, 'build')), 'bench', name)


class Ours:
    """build/bench/pages, kept running between rounds."""

    def __init__(self, mode, packed):
        self.process = subprocess.Popen([program(), mode, packed.name], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self):
        self.process.stdin.write('go\n')
        self.process.stdin.flush()
        return int(self.process.stdout.readline()) / 1e9

    def close(self):
        self.process.stdin.close()
        return self.process.stdout.read().strip()


def lexbor(packed):
    """lexbor as a C program calls it, where bench/pages was built with it."""
    probe = subprocess.run([program(), 'lexbor', packed.name], input='go\n', text=True, capture_output=True)
    return Ours('lexbor', packed) if probe.returncode == 0 else None


def timed(function, inputs):
    def run():
        start = time.process_time()
        for x in inputs:
            function(x)
        return time.process_time() - start
    return run


def peers(rows, names):
    """The peers that are installed, by name; the rest are named on stderr."""
    raw = [r for _, r in rows]
    found = {}

    def add(name, module, make):
        if name not in names:
            return
        try:
            found[name] = make(importlib.import_module(module))
        except ImportError:
            print(f'bench: {module} is not installed, {name} is left out', file=sys.stderr)

    add('selectolax, bytes', 'selectolax.lexbor', lambda m: timed(m.LexborHTMLParser, raw))
    add('selectolax, str', 'selectolax.lexbor',
        lambda m: timed(m.LexborHTMLParser, [r.decode('utf-8', 'replace') for r in raw]))
    add('turbohtml', 'turbohtml', lambda m: timed(lambda r: m.parse(r, detect_encoding=True), raw))

    def resiliparse(m):
        detect = importlib.import_module('resiliparse.parse.encoding').detect_encoding
        return timed(lambda r: m.HTMLTree.parse_from_bytes(r, detect(r)), raw)
    add('resiliparse', 'resiliparse.parse.html', resiliparse)
    return found


def compare(title, runners, total, rounds=5):
    """Warms each runner up once, then runs rounds in turn; returns medians."""
    times = {name: [] for name in runners}
    for name, run in runners.items():
        run()
    for _ in range(rounds):
        for name, run in runners.items():
            times[name].append(run())
    print(f'{title}: {total / 1e6:.1f} MB, median of {rounds} rounds')
    print(f'{"":20} {"seconds":>8} {"MB/s":>8} {"fastest":>8} {"slowest":>8}')
    medians = {}
    for name, t in times.items():
        medians[name] = statistics.median(t)
        print(f'{name:20} {medians[name]:8.3f} {total / medians[name] / 1e6:8.0f} {min(t):8.3f} {max(t):8.3f}')
    return medians
