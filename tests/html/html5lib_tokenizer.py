#!/usr/bin/env python3
"""Runs the html5lib tokenizer suite: turns its JSON into the cases that
tokenizer-tests reads, all of them in one run.

    html5lib_tokenizer.py RUNNER SOURCE_ROOT

Left out: xmlViolation.test, which is about XML. The suite is older than
processing instructions, so the runner is told to show them as the comments
they were. The suite lies in data/html/tokenizer of the folder that
DATELINE_SHARED names, or of ../shared; without it, the test is skipped.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

SKIP = 77
STATES = {'Data state': 'data', 'RCDATA state': 'rcdata',
          'RAWTEXT state': 'rawtext', 'Script data state': 'script',
          'PLAINTEXT state': 'plaintext', 'CDATA section state': 'cdata'}


def unescape(value):
    """Undoes the second escaping of "doubleEscaped" tests."""
    if isinstance(value, str):
        text = re.sub(r'\\u([0-9A-Fa-f]{4})',
                      lambda m: chr(int(m[1], 16)), value)
        # Surrogates that make a pair become one character.
        return text.encode('utf-16', 'surrogatepass').decode(
            'utf-16', 'surrogatepass')
    if isinstance(value, list):
        return [unescape(item) for item in value]
    if isinstance(value, dict):
        return {unescape(k): unescape(v) for k, v in value.items()}
    return value


def escape(text, also=''):
    def escaped(match):
        char = match[0]
        if char in '"\\':
            return '\\' + char
        return '\\n' if char == '\n' else f'\\x{ord(char):02X}'
    return re.sub(rf'[{also}\x00-\x1f\x7f]', escaped, text)


def quote(text):
    return '"' + escape(text, r'"\\') + '"'


def optional(text):
    return '-' if text is None else quote(text)


def token_line(token):
    kind = token[0]
    if kind == 'DOCTYPE':
        ids = ' '.join(map(optional, token[1:4]))
        return f'doctype {ids}' + ('' if token[4] else ' quirks')
    if kind == 'StartTag':
        attrs = ''.join(f' {escape(name)}={quote(value)}'
                        for name, value in token[2].items())
        return f'start {escape(token[1])}{attrs}' + (' /' if token[3:] else '')
    if kind == 'EndTag':
        return f'end {escape(token[1])}'
    return {'Comment': 'comment ', 'Character': 'text '}[kind] + quote(token[1])


def merged(tokens):
    """Tokens with neighbouring characters joined."""
    result = []
    for token in tokens:
        if token[0] == 'Character' and result and result[-1][0] == token[0]:
            result[-1] = [token[0], result[-1][1] + token[1]]
        else:
            result.append(token)
    return result


def cases(path):
    for test in json.loads(path.read_text(encoding='utf-8')).get('tests', []):
        if test.get('doubleEscaped'):
            test = dict(test, input=unescape(test['input']),
                        output=unescape(test['output']))
        for state in test.get('initialStates', ['Data state']):
            lines = ['# ' + ascii(f'{path.name}: {test["description"]}'),
                     'input ' + quote(test['input']),
                     'state ' + STATES[state], 'given comments-for-pi']
            if 'lastStartTag' in test:
                lines.append('after ' + test['lastStartTag'])
            lines += map(token_line, merged(test['output']))
            yield '\n'.join(lines)


def main():
    runner, root = sys.argv[1:3]
    shared = os.environ.get('DATELINE_SHARED') or f'{root}/../shared'
    folder = pathlib.Path(shared) / 'data/html/tokenizer'
    files = sorted(set(folder.glob('*.test')) -
                   {folder / 'xmlViolation.test'})
    if not files:
        print(f'no tokenizer suite in {folder}')
        return SKIP
    text = '\n\n'.join(case for path in files for case in cases(path))
    return subprocess.run([runner],
                          input=text.encode('utf-8', 'surrogatepass') + b'\n',
                          check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
