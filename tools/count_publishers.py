#!/usr/bin/env python3
"""Counts how many publishers each entry of each word list serves.

    tools/count_publishers.py [--all] [--list NAME] [--least 3]
                              [--cache FILE] [ROOT]

A word, phrase or name that only one publisher uses is fitted to that
publisher, and does nothing on pages that nobody has seen yet. So each entry
of the lists that the article reader looks things up in is looked for on all
pages of the data sets (in ../shared, or where DATELINE_SHARED says), and the
publishers on whose pages it stands are counted, by the registrable domain of
the page's address.

What is looked at depends on the list: the words of class, id and role
attributes; lines of text, whole or their beginnings; the text, the metadata
and the texts of attributes; names of metadata and of data in scripts; the
markup. Counting stops at the least number unless --all asks for the whole. What was
counted is kept in the cache's file, if one is named, so that the next time
only entries that are new are looked for.

Entries below it are printed, and the exit status is 1, except for those in
tools/few_publishers.txt, which says of each why it is kept: words of a
language of which the sets have few pages, and general language. An exception
that names no entry of its list is printed. Exit 77 without the sets.
"""
import argparse
import collections
import gzip
import hashlib
import html
import json
import os
import pathlib
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import make_class_words
import make_residue_lines

EXCEPTIONS = 'tools/few_publishers.txt'
SETS = ('news', 'web', 'dates', 'reader')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')

# Name of the list: source, name of the array, field of the entry that is the
# word, where it is looked for. Platforms of embeds are no publishers, and
# words of dates and sentences are a language's own: they are not here.
ARRAYS = {
    'access tiers': ('access.c', 'tiers', 'data'),
    'access wall phrases': ('access.c', 'wall_phrases', 'text'),
    'access consent words': ('access.c', 'consent_words', 'text'),
    'access robot words': ('access.c', 'robot_words', 'text'),
    'window hints': ('block_hints.c', 'window_words', 'text'),
    'initial words': ('block_hints.c', 'cap_words', 'source'),
    'author labels': ('author_names.c', 'labels', 'text'),
    'author words': ('author_words.c', 'words', 'word'),
    'credit heads': ('credit_words.c', 'heads', 'text'),
    'credit by-words': ('credit_words.c', 'by', 'word'),
    'credit agencies': ('credit_words.c', 'agencies', 'text'),
    'date labels': ('date_labels.c', 'words', 'text'),
    'date keys': ('date_script.c', 'keys', 'data'),
    'embed credits': ('embed_words.c', 'shared_by', 'text'),
    'embed wrappers': ('embeds.c', 'wrapper_words', 'source'),
    'live words': ('kinds_live.c', 'live_words', 'text'),
    'metadata names': ('facts_meta.c', 'entries', 'meta'),
    'note corrections': ('notes.c', 'corrected', 'text'),
    'kind words': ('kinds.c', 'kind_words', 'text'),
    'page error titles': ('page_status.c', 'error_titles', 'text'),
    'page wall words': ('page_status.c', 'wall_words', 'text'),
    'page consent words': ('page_status.c', 'consent_words', 'text'),
    'picture attributes': ('picture.c', 'lazy_names', 'source'),
    'script text keys': ('script_body.c', 'text_keys', 'data'),
    'script aside keys': ('script_body.c', 'aside_keys', 'data'),
    'script summary keys': ('script_body.c', 'summary_keys', 'data'),
}


# ---- Lists ------------------------------------------------------------------

def unescape(literal):
    """The text of a C string literal, its bytes in UTF-8."""
    out = re.sub(rb'\\x([0-9A-Fa-f]{1,2})|\\u([0-9A-Fa-f]{4})|\\(.)',
                 lambda m: (bytes([int(m[1], 16)]) if m[1] else
                            chr(int(m[2], 16)).encode() if m[2] else
                            {b'n': b'\n', b't': b'\t'}.get(m[3], m[3])),
                 literal.encode())
    return out.decode('utf-8', 'replace')


def array(source, name):
    """The strings of an array, the first of each entry; literals that stand
    side by side are one."""
    code = re.sub(r'/\*.*?\*/', '', source, flags=re.S)
    found = re.search(r'\b%s\[\]\s*=\s*\{(.*?)\};' % re.escape(name), code,
                      re.S)
    if not found:
        raise SystemExit(f'no array {name}')
    body = re.sub(r'"\s+"', '', found[1])
    if re.match(r'\s*\{', body):
        return [unescape(m[1]) for m in
                re.finditer(r'\{\s*"((?:[^"\\]|\\.)*)"', body)]
    return [unescape(m[1]) for m in STRING.finditer(body)]


def lists(root):
    """{list: [(entry, where)]}; lists whose array is gone are an error."""
    out = {}
    for name, (file, symbol, where) in ARRAYS.items():
        source = (root / 'src/article' / file).read_text(encoding='utf-8')
        out[name] = [(e, where) for e in dict.fromkeys(array(source, symbol))]
    groups, words = make_class_words.read()
    out['class words'] = [(w, 'class') for w, of in words.items()
                          if of != {make_class_words.CONTAINER}]
    # Words of topics stand anywhere in a text; all else is a line.
    out['residue lines'] = [
        (line, 'line ' + reach if reach in ('whole', 'start', 'any') else 'word')
        for line, reach in make_residue_lines.read()]
    return out


# ---- Pages ------------------------------------------------------------------

def publisher(url):
    """The registrable domain of an address, near enough to count by; that of
    the page which an archive keeps."""
    kept = re.match(r'https?://web\.archive\.org/web/\w+/(.*)', url or '')
    host = urllib.parse.urlsplit(kept[1] if kept else url or '').hostname or ''
    parts = host.split('.')
    if len(parts) < 2:
        return ''
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return '.'.join(parts[-3 if short else -2:])


def canonical(page):
    """The address that a page gives itself."""
    for tag in re.findall(r'<(?:link|meta)\b[^>]*>', page[:200000], re.I):
        if re.search(r'''["']?(canonical|og:url)\b''', tag):
            found = re.search(r'''(?:href|content)=["']?(https?://[^"'\s>]+)''',
                              tag)
            if found:
                return found[1]
    return ''


def decode(raw):
    found = re.search(rb'charset=["\']?([\w-]+)', raw[:2048])
    try:
        return raw.decode('utf-8')
    except UnicodeDecodeError:
        try:
            return raw.decode(found[1].decode() if found else 'cp1252',
                              'replace')
        except LookupError:
            return raw.decode('cp1252', 'replace')


BLOCK = ('address|article|aside|blockquote|br|button|caption|dd|div|dl|dt|'
         'fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|label|legend|'
         'li|main|nav|ol|option|p|pre|section|summary|table|td|th|tr|ul')
ATTRIBUTES = re.compile(r'''\s(?:class|id|role)\s*=\s*("[^"]*"|'[^']*'|'''
                        r'''[^\s>"']+)''', re.I)


def class_runs(value):
    """Words of a class value, and those of one name joined, as
    class_words.c looks them up."""
    for name in value.split():
        parts = re.findall(r'[A-Z]+(?![a-z])|[A-Z]?[a-z]+', name)
        parts = [p.lower() for p in parts]
        for i in range(len(parts)):
            for k in range(i + 1, min(i + 4, len(parts)) + 1):
                yield ''.join(parts[i:k])


class Page:
    """What the lists look at, made when it is first asked for."""

    def __init__(self, text, seen):
        self.markup = text
        self.seen = seen

    def classes(self):
        out = set()
        for m in ATTRIBUTES.finditer(self.markup):
            value = m[1].strip('"\'')
            if value not in self.seen:
                self.seen[value] = tuple(class_runs(value))
            out.update(self.seen[value])
        return out

    def texts(self):
        """The text with the texts of attributes, small letters."""
        bare = re.sub(r'(?is)<(script|style)\b.*?</\1\s*>', ' ', self.markup)
        values = re.findall(r'''(?is)\b(?:content|alt|title|href)\s*=\s*'''
                            r'''("[^"]*"|'[^']*')''', bare)
        bare = re.sub(r'(?is)</?(?:%s)\b[^>]*>' % BLOCK, '\n', bare)
        bare = html.unescape(re.sub(r'(?s)<[^>]*>', '', bare))
        lines = [' '.join(x.split()) for x in bare.split('\n')]
        lines = [x for x in lines if x]
        return lines, html.unescape('\n'.join(values))


def pages(shared):
    """(publisher, Page) of every page, each once."""
    seen, done = {}, set()
    for name in SETS:
        folder = shared / 'sets' / name
        for row in open(folder / 'truth.jsonl', encoding='utf-8'):
            truth = json.loads(row)
            if truth['id'] in done:
                continue
            done.add(truth['id'])
            with gzip.open(folder / 'pages' / (truth['id'] + '.html.gz')) as f:
                text = decode(f.read())
            who = publisher(truth.get('url')) or publisher(canonical(text))
            if who:
                yield who, Page(text, seen)


# ---- Counting ---------------------------------------------------------------

class Counter:
    """Publishers of every entry, kept as sets up to the least number."""

    def __init__(self, wanted, least, whole):
        self.who = {key: set() for key in wanted}
        self.least = least
        self.whole = whole
        self.by_where = collections.defaultdict(dict)
        for name, entry, where in wanted:
            self.by_where[where].setdefault(self.form(entry, where), []).append(
                (name, entry, where))

    @staticmethod
    def form(entry, where):
        if where == 'meta':
            return re.sub(r'[^a-z0-9]+', '.', entry.lower())
        if where.startswith(('line', 'class')):
            return entry
        return ' '.join(entry.lower().split())

    def hit(self, where, form, who):
        done = False
        for key in self.by_where[where][form]:
            self.who[key].add(who)
            done = len(self.who[key]) >= self.least
        if done and not self.whole:
            del self.by_where[where][form]

    def look(self, where, have, who):
        """Entries that are words of a set."""
        table = self.by_where[where]
        for form in [f for f in table if f in have] \
                if len(table) < len(have) else \
                [f for f in have if f in table]:
            self.hit(where, form, who)

    def search(self, where, text, who):
        """Entries that stand anywhere in a text."""
        for form in [f for f in self.by_where[where] if f in text]:
            self.hit(where, form, who)

    def wants(self, *places):
        return any(self.by_where[where] for where in places)

    def page(self, who, page):
        """What no entry is looked for in any more is not made."""
        if self.wants('class'):
            self.look('class', page.classes(), who)
        if self.wants('source', 'data', 'meta'):
            self.page_markup(who, page.markup.lower())
        if self.wants('text', 'word', 'line whole', 'line any', 'line start'):
            self.page_text(who, page)

    def page_markup(self, who, low):
        self.search('source', low, who)
        self.look('data', set(re.findall(r'''["'\\]([\w.:-]{1,40})\\?["']''',
                                         low)), who)
        self.look('meta', {re.sub(r'[^a-z0-9]+', '.', n) for n in re.findall(
            r'''(?:name|property|itemprop|http-equiv)\s*=\s*["']?([\w.:_-]+)''',
            low)}, who)

    def page_text(self, who, page):
        lines, values = page.texts()
        text = ('\n'.join(lines) + '\n' + values).lower()
        self.search('text', text, who)
        if self.wants('word'):
            words = set(re.findall(r"[^\s,;/()|:\"]+", text))
            words |= {w.strip(".'’") for w in words}
            self.look('word', words, who)
        if not self.wants('line whole', 'line any', 'line start'):
            return
        have = sorted({make_residue_lines.prepare(re.sub(r'\d+', '#', x))
                       for x in lines if len(x) < 400})
        self.look('line whole', set(have), who)
        self.search('line any', '\n'.join(have), who)
        starts = '\n' + '\n'.join(have)
        for form in [f for f in self.by_where['line start']
                     if '\n' + f in starts]:
            self.hit('line start', form, who)


# ---- What was counted before -------------------------------------------------

def data_stamp(shared):
    """Changes with the data sets and with this program."""
    here = pathlib.Path(__file__).resolve().parent
    seen = hashlib.sha256()
    for name in ('count_publishers.py', 'make_class_words.py',
                 'make_residue_lines.py'):
        seen.update((here / name).read_bytes())
    for name in SETS:
        seen.update((shared / 'sets' / name / 'truth.jsonl').read_bytes())
    return seen.hexdigest()


def known_counts(path, stamp):
    """{[list, entry, where] as JSON: publishers} of earlier runs."""
    try:
        kept = json.loads(path.read_text(encoding='utf-8'))
    except (OSError, ValueError, AttributeError):
        return {}
    return kept['counts'] if kept.get('stamp') == stamp else {}


def keep_counts(path, stamp, counts):
    try:
        path.write_text(json.dumps({'stamp': stamp, 'counts': counts}),
                        encoding='utf-8')
    except OSError:
        pass  # next time everything is counted again


# ---- Exceptions -------------------------------------------------------------

SCRIPTS = {
    'Greek': (0x370, 0x3ff), 'Cyrillic': (0x400, 0x52f),
    'Hebrew': (0x590, 0x5ff), 'Arabic': (0x600, 0x6ff),
    'Devanagari': (0x900, 0x97f), 'Bengali': (0x980, 0x9ff),
    'Thai': (0xe00, 0xe7f), 'Chinese and Japanese': (0x3000, 0x9fff),
    'Korean': (0xac00, 0xd7af), 'full width': (0xff00, 0xffef),
}


def script_of(entry):
    for name, (low, high) in SCRIPTS.items():
        if any(low <= ord(c) <= high for c in entry):
            return name
    return 'Latin'


def exceptions(root):
    """({(list, entry)}, {script}): a list's name, a colon and the reason, the
    entries below it, set off by " | "; or "script NAME: reason"."""
    entries, scripts, name = set(), set(), None
    path = root / EXCEPTIONS
    for row in path.read_text(encoding='utf-8').splitlines():
        if not row.strip() or row.startswith('#'):
            continue
        if not row.startswith(' '):
            name, _, reason = row.partition(':')
            if not reason.strip():
                raise SystemExit(f'{EXCEPTIONS}: {name}: no reason')
            if name.startswith('script '):
                scripts.add(name[7:])
            name = name.split(',')[0]
            continue
        for entry in row.strip().split('|'):
            entry = entry.strip()
            if entry:
                entries.add((name, entry))
    return entries, scripts


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('--all', action='store_true')
    p.add_argument('--list', action='append', default=[])
    p.add_argument('--least', type=int, default=3)
    p.add_argument('--cache', type=pathlib.Path)
    p.add_argument('root', nargs='?', type=pathlib.Path,
                   default=pathlib.Path(__file__).resolve().parent.parent)
    a = p.parse_args()
    shared = pathlib.Path(os.environ.get('DATELINE_SHARED')
                          or a.root / '../shared')
    if not (shared / 'sets').is_dir():
        print(f'no data sets in {shared}')
        return 77
    wanted = [(name, entry, where) for name, entries in lists(a.root).items()
              if not a.list or name in a.list for entry, where in entries]
    kept, scripts = exceptions(a.root)
    asked = [(name, entry, where) for name, entry, where in wanted
             if a.all or not ((name, entry.strip()) in kept or
                              script_of(entry) in scripts)]
    use_cache = a.cache and not a.all and a.least == 3
    stamp = data_stamp(shared) if use_cache else ''
    before = known_counts(a.cache, stamp) if use_cache else {}
    counts = {key: before[json.dumps(key)] for key in asked
              if json.dumps(key) in before}
    counter = Counter([key for key in asked if key not in counts], a.least,
                      a.all)
    for who, page in pages(shared):
        if not counter.wants(*counter.by_where):
            break
        counter.page(who, page)
    if a.all:
        for key, who in sorted(counter.who.items(),
                               key=lambda x: (x[0][0], -len(x[1]))):
            print(f'{len(who):5} {key[0]}: {key[1]}')
    counts.update({key: len(who) for key, who in counter.who.items()})
    if use_cache:
        keep_counts(a.cache, stamp, {json.dumps(key): n
                                     for key, n in counts.items()})
    wrong = 0
    for (name, entry, _), n in counts.items():
        if n >= a.least or (name, entry.strip()) in kept or \
                script_of(entry) in scripts:
            continue
        wrong += 1
        print(f'{name}: "{entry}" serves {n} publishers')
    known = {(name, entry.strip()) for name, entry, _ in wanted}
    for name, entry in sorted(kept):
        if not a.list and (name, entry) not in known:
            print(f'{EXCEPTIONS}: {name} has no "{entry}"')
    print(f'{len(wanted)} entries, {wrong} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
