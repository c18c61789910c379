#!/usr/bin/env python3
"""Tests run_cli_cases.py on a small program that is not dateline.

    runner_test.py SOURCE_ROOT
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop())
RUNNER = ROOT / 'tests/run_cli_cases.py'

PROGRAM = r'''#!/bin/bash
case $1 in
--version) echo "dateline 1.2.3" ;;
say) shift; printf '<%s>' "$@"; echo; echo "in $PWD" >&2; exit 3 ;;
cat) cat ;;
tty) exec 3>&1; test -t 1 && echo "$(stty size <&3)" || echo plain ;;
wait) trap 'echo closed; kill $!; exit 130' INT; cat <&0 & wait ;;
get) exec 3<>/dev/tcp/127.0.0.1/$2
     printf 'GET /%s HTTP/1.1\r\n\r\n' "$3" >&3
     trap 'echo cut; kill $!; exit 130' INT
     cat <&3 & wait ;;
esac
'''


class RunnerTest(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)
        self.path = pathlib.Path(self.dir.name)
        self.program = self.path / 'program'
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def case(self, name='one', **files):
        folder = self.path / 'cases' / name
        for file, text in files.items():
            path = folder / file.replace('__', '/')
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder

    def run_cases(self, *options):
        run = subprocess.run(
            [sys.executable, RUNNER, self.program, ROOT, '--cases',
             self.path / 'cases', *options], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr

    def passes(self):
        code, out = self.run_cases()
        self.assertEqual(code, 0, out)

    def test_arguments_output_exit(self):
        self.case(args='say\na b\n\nc\n', stdout='<a b><><c>\n',
                  stderr='in {{cwd}}\n', exit='3\n')
        self.passes()

    def test_difference_fails(self):
        self.case(args='say\nx\n', stdout='<y>\n', stderr='in {{cwd}}\n')
        code, out = self.run_cases()
        self.assertEqual(code, 1)
        self.assertIn('-<y>', out)
        self.assertIn('+<x>', out)
        self.assertIn('+3', out)
        self.assertIn('cases: 0 passed, 1 failed', out)

    def test_large_input(self):
        text = 'line of input\n' * 50000
        self.case(args='cat\n', stdin=text, stdout=text)
        self.passes()

    def test_setup_and_script(self):
        self.case(setup='printf made >f; echo {{version}} >>f',
                  cmd='"$DATELINE" cat <f; echo $?; cat page.html',
                  stdout='made{{version}}\n0\n<p>\n', **{'page.html': '<p>\n'})
        self.passes()

    def test_terminal(self):
        self.case('plain', args='tty\n', stdout='plain\n')
        self.case('terminal', args='tty\n', tty='stdout\n', stdout='24 80\n')
        self.passes()

    def test_signal_while_it_reads(self):
        self.case(args='wait\n', stdin='', signal='INT\n', stdout='closed\n',
                  exit='130\n')
        self.passes()

    def test_server(self):
        self.case(args='get\n{{port}}\na\n',
                  http__a='hello', stdout='HTTP/1.1 200 OK\r\n'
                  'Content-Type: text/html\r\nContent-Length: 5\r\n'
                  'Connection: close\r\n\r\nhello')
        self.case('reply', args='get\n{{port}}\nb\n', stdout='HTTP/1.1 302 X'
                  '\r\nLocation: http://127.0.0.1:{{port}}/a\r\n\r\n',
                  **{'http__b.reply': 'HTTP/1.1 302 X\nLocation: '
                     'http://127.0.0.1:{{port}}/a\n\n'})
        self.case('stall', args='get\n{{port}}\nc\n', signal='INT\n',
                  stdout='HTTP/1.1 200 OK\r\n\r\nhalcut\n', exit='130\n',
                  **{'http__c.stall': 'HTTP/1.1 200 OK\n\nhal'})
        self.passes()

    def test_update(self):
        folder = self.case(args='say\nx\n', stdout='old\n')
        self.run_cases('--update')
        self.assertEqual((folder / 'stdout').read_text(), '<x>\n')
        self.assertEqual((folder / 'stderr').read_text(), 'in {{cwd}}\n')
        self.assertEqual((folder / 'exit').read_text(), '3\n')
        self.passes()
        version = self.case('version', args='--version\n', stderr='old\n')
        self.run_cases('--update')
        self.assertEqual((version / 'stdout').read_text(),
                         'dateline {{version}}\n')
        self.assertFalse((version / 'stderr').exists())
        self.assertFalse((version / 'exit').exists())


if __name__ == '__main__':
    unittest.main()
