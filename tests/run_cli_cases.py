#!/usr/bin/env python3
"""Runs the recorded cases of the command line and compares what comes out.

    run_cli_cases.py PROGRAM SOURCE_ROOT [--update] [CASE...]

A case is a folder cases/cli/NAME. It runs in an empty folder that gets a copy
of every file of the case that is not one of these:

  args     arguments of the command, one a line
  cmd      instead of args: a bash script; "$DATELINE" is the command
  setup    a bash script that runs first, to make what cannot be stored
  stdin    standard input; without it, it is empty
  env      more environment, NAME=VALUE a line
  tty      which of "stdin stdout stderr" are a terminal, 80 by 24
  signal   a signal, "INT", to send when the command waits: for a page that
           http/ stalls on, or for more input than stdin gives
  http/    pages to serve; see tests/cli/server.py
  stdout, stderr, exit
           what must come out; a missing file means nothing, and exit 0

args, cmd, setup, env and what is expected may hold {{source}} (the source
root), {{cwd}} (where the case runs), {{version}} and {{port}} (of the
server). --update writes down what comes out as what is expected; look at the
difference before you commit it.
"""
import argparse
import concurrent.futures
import difflib
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'cli'))
from server import Server  # noqa: E402

SKIP = 77
TIMEOUT_S = 60
CONTROL = ('args', 'cmd', 'setup', 'stdin', 'env', 'tty', 'signal', 'http')
EXPECTED = ('stdout', 'stderr', 'exit')
KEPT_ENV = ('PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS',
            'LD_LIBRARY_PATH')


def read(path):
    return path.read_bytes() if path.is_file() else b''


class Output:
    """Collects what arrives on a pipe or a terminal, in a thread."""

    def __init__(self, terminal):
        if terminal:
            self.ours, self.theirs = pty.openpty()
            fcntl.ioctl(self.theirs, termios.TIOCSWINSZ,
                        struct.pack('HHHH', 24, 80, 0, 0))
            mode = termios.tcgetattr(self.theirs)
            mode[1] &= ~termios.OPOST  # no CR before LF
            termios.tcsetattr(self.theirs, termios.TCSANOW, mode)
        else:
            self.ours, self.theirs = os.pipe()
        self.bytes = b''
        self.thread = threading.Thread(target=self.collect, daemon=True)

    def collect(self):
        while True:
            try:
                piece = os.read(self.ours, 65536)
            except OSError:  # how a terminal says that its other end is shut
                piece = b''
            if not piece:
                return
            self.bytes += piece

    def started(self):
        """The command holds the other end now: let go of ours."""
        os.close(self.theirs)
        self.thread.start()

    def finish(self):
        self.thread.join(5)
        os.close(self.ours)
        return self.bytes


class Case:
    def __init__(self, folder, program, root, version):
        self.folder = folder
        self.name = folder.name
        self.program = program
        self.words = {b'{{source}}': str(root).encode(),
                      b'{{version}}': version.encode()}

    def expand(self, text):
        for word, value in self.words.items():
            text = text.replace(word, value)
        return text

    def text(self, name):
        """One of the case's files with its placeholders filled in."""
        return self.expand(read(self.folder / name))

    def lines(self, name):
        text = self.text(name)
        return text.removesuffix(b'\n').split(b'\n') if text else []

    def environment(self, cwd):
        env = {name: os.environ[name] for name in KEPT_ENV
               if name in os.environ}
        env.update(HOME=cwd, LC_ALL='C.UTF-8', TZ='UTC', TERM='xterm',
                   DATELINE=self.program)
        for line in self.lines('env'):
            name, _, value = line.decode().partition('=')
            env[name] = value
        return env

    def run(self):
        """Runs the case; gives {"stdout": bytes, "stderr":, "exit":}."""
        with tempfile.TemporaryDirectory(prefix='dateline-') as cwd:
            cwd = os.path.realpath(cwd)
            self.words[b'{{cwd}}'] = cwd.encode()
            for path in self.folder.iterdir():
                if path.name not in CONTROL + EXPECTED:
                    copy = shutil.copytree if path.is_dir() else shutil.copy
                    copy(path, os.path.join(cwd, path.name))
            if not (self.folder / 'http').is_dir():
                return self.run_in(cwd, None)
            with Server(self.folder / 'http', self.expand) as server:
                self.words[b'{{port}}'] = str(server.port).encode()
                return self.run_in(cwd, server)

    def run_in(self, cwd, server):
        env = self.environment(cwd)
        if (self.folder / 'setup').is_file():
            subprocess.run(['bash', '-euc', self.text('setup').decode()],
                           cwd=cwd, env=env, check=True,
                           stdin=subprocess.DEVNULL)
        if (self.folder / 'cmd').is_file():
            argv = ['bash', '-c', self.text('cmd').decode()]
        else:
            argv = [self.program, *self.lines('args')]
        return self.execute(argv, cwd, env, server)

    def execute(self, argv, cwd, env, server):
        terminals = read(self.folder / 'tty').split()
        out, err = (Output(name in terminals)
                    for name in (b'stdout', b'stderr'))
        if b'stdin' in terminals:
            source, theirs = pty.openpty()
        else:
            theirs, source = os.pipe()
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdin=theirs,
                                   stdout=out.theirs, stderr=err.theirs,
                                   start_new_session=True)
        out.started()
        err.started()
        feeder = threading.Thread(target=self.feed, daemon=True,
                                  args=(process, source, theirs, server))
        feeder.start()
        try:
            code = process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        feeder.join(5)
        code = 128 - code if code < 0 else code  # as a shell counts signals
        return {'stdout': out.finish(), 'stderr': err.finish(),
                'exit': b'%d\n' % code}

    def feed(self, process, source, theirs, server):
        """Gives the command its input, then the signal if there is one."""
        signal_name = self.text('signal').decode().strip()
        data = read(self.folder / 'stdin')
        os.set_blocking(source, False)
        while data and process.poll() is None:
            if select.select([], [source], [], 0.05)[1]:
                try:
                    data = data[os.write(source, data[:4096]):]
                except OSError:  # the command wants no more
                    break
        if signal_name:
            self.wait_for_wait(process, theirs, server)
            if process.poll() is None:
                process.send_signal(getattr(signal, 'SIG' + signal_name))
            process.wait()
        elif os.isatty(theirs):
            process.wait()  # a terminal that is shut is none
        os.close(source)
        os.close(theirs)

    @staticmethod
    def wait_for_wait(process, theirs, server):
        """Until the command has taken all its input, or asked for a page
        that stalls, and had a moment to begin waiting."""
        while process.poll() is None:
            if server:
                if server.stalled.wait(0.05):
                    break
            elif not pending(theirs):
                break
            else:
                time.sleep(0.01)
        time.sleep(0.3)


def pending(pipe):
    """Bytes that wait in a pipe."""
    answer = fcntl.ioctl(pipe, termios.FIONREAD, b'\0' * 4)
    return struct.unpack('i', answer)[0]


def difference(name, want, got):
    def lines(text):
        return text.decode('utf-8', 'backslashreplace').split('\n')

    return '\n'.join(difflib.unified_diff(
        lines(want), lines(got), f'{name} expected', f'{name} got',
        lineterm=''))


def to_placeholders(case, name, got):
    """What came out, as --update writes it down."""
    before = read(case.folder / name)
    for word, value in case.words.items():
        plain = word in (b'{{source}}', b'{{cwd}}')
        if plain or word in before:
            got = got.replace(value, word)
        if word == b'{{port}}':
            got = got.replace(b':' + value, b':' + word)
    return re.sub(rb'(dateline[ /])' + re.escape(case.words[b'{{version}}']),
                  rb'\1{{version}}', got)


def update(case, got):
    for name in EXPECTED:
        text = to_placeholders(case, name, got[name])
        path = case.folder / name
        if text == (b'0\n' if name == 'exit' else b''):
            path.unlink(missing_ok=True)
        elif text != read(path):
            path.write_bytes(text)


def compare(case, got):
    """What differs, as text; empty when nothing does."""
    differences = []
    for name in EXPECTED:
        want = case.text(name)
        if name == 'exit':
            want = want or b'0\n'
        if want != got[name]:
            differences.append(difference(name, want, got[name]))
    return '\n'.join(differences)


def version_of(program):
    out = subprocess.run([program, '--version'], capture_output=True,
                         text=True, stdin=subprocess.DEVNULL).stdout
    match = re.search(r'\d+\.\d+\.\d+\S*', out)
    return match[0] if match else '{{version}}'


def find_cases(args):
    folder = args.cases or args.root / 'cases/cli'
    found = sorted(path for path in folder.iterdir() if path.is_dir()) \
        if folder.is_dir() else []
    if args.names:
        found = [path for path in found if path.name in args.names]
    version = version_of(args.program)
    return [Case(path, args.program, args.root, version) for path in found]


def arguments():
    parser = argparse.ArgumentParser(
        description='Runs the recorded cases of the command line.')
    parser.add_argument('program', type=os.path.abspath)
    parser.add_argument('root', type=pathlib.Path)
    parser.add_argument('names', nargs='*', metavar='CASE')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--cases', type=pathlib.Path, metavar='FOLDER',
                        help='where the cases are, if not cases/cli')
    args = parser.parse_args()
    args.root = args.root.resolve()
    return args


def main():
    args = arguments()
    cases = find_cases(args)
    if not cases:
        print('there are no such cases')
        return SKIP
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, got in zip(cases, pool.map(Case.run, cases)):
            if args.update:
                update(case, got)
                continue
            differs = compare(case, got)
            if differs:
                failed += 1
                print(f'--- case {case.name} ---\n{differs}\n')
    if not args.update:
        print(f'cases: {len(cases) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
