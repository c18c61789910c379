#!/usr/bin/env python3
"""Makes the C tables of dates in running text of the language files.

    make_time_tables.py time_grammar.h OUT.c LANGUAGE.times...

A language file has lines of these kinds; `#` begins a comment:

    language en            its tag
    past_ending ed         what verbs in the past end in
    thousands ,            what stands between groups of three digits
    month_first            3/4 is March 4
    articles the a         words after which any noun may come
    common the of one      words that texts are full of, the most common first:
                           no sequence is looked for by them where it has
                           others
    reports                a sentence that tells no tense is of the past
    CLASS VALUE: words     words of a class; ^ after one: only with a capital
    $name = pattern        a part of patterns, by name
    include FILE           what is common to languages; its rules with names
                           that a language does not have are left out
    level 1                the rules below are of this level
    pattern => op slot=value...

A pattern is a sequence of elements: `word`, `CLASS`, `@class` (a result of
the level before), or a mark such as `,` (PLUS, DOLLAR and BAR name those
that mean something here). `+` before one: no space before it.
`:slot` after one puts its value into a slot; `:+` takes over all slots of a
result. `?` after one: it may be missing. `( x | y )` are alternatives,
`[ x ]` stands beside the time and is no part of it, `{slot=value}` sets a
slot where this way is taken. `not_after=CLASS` and `not_before=CLASS` beside
the slots forbid neighbours, ANY all of them. Of two rules of one length the
first wins.

Patterns are written out into plain sequences here, and those of a level make
a trie whose equal ends are one, so the engine has no notion of options.
"""
import itertools
import pathlib
import re
import sys
import unicodedata

GLUED = 0x8000
MERGE = 255
RULE_MAX = 20

# Whose names the values of a slot or class are, by its beginning.
KINDS = {'UNIT': 'UNIT', 'RUNIT': 'UNIT', 'OUNIT': 'UNIT', 'PERIOD': 'UNIT',
         'PART': 'PART', 'NOON': 'PART', 'SEASON': 'SEASON', 'MOD': 'MOD'}


def enums(header):
    """{kind: {name: value}} of the header's enumerations."""
    text = pathlib.Path(header).read_text(encoding='utf-8')
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    kinds = {}
    for body in re.findall(r'typedef enum \{(.*?)\}', text, flags=re.S):
        value = 0
        for item in filter(None, (i.strip() for i in body.split(','))):
            name, _, given = (part.strip() for part in item.partition('='))
            value = int(given, 0) if given else value
            kind, rest = re.match(r'DTL_(\w+?)_(\w+)$', name).groups()
            kinds.setdefault(kind, {})[rest] = value
            value += 1
    return kinds


def folded(word):
    """As the scanner folds letters: small, without marks."""
    parts = unicodedata.normalize('NFD', word.lower())
    plain = ''.join(c for c in parts if unicodedata.category(c) != 'Mn')
    return plain.replace('ß', 'ss').replace('œ', 'oe').replace('æ', 'ae')


FACTOR = 0x9E3779B97F4A7C15
ALL = 0xFFFFFFFFFFFFFFFF
WORD_MAX = 24
MORE = 0x8000
FILTER_BITS = 15


def key_of(data):
    """As dtl_time_key."""
    a, b, c = (int.from_bytes(data[at:at + 8], 'little') for at in (0, 8, 16))
    if len(data) <= 8:
        return a
    return (((a * FACTOR & ALL) ^ b) * FACTOR & ALL ^ c) | 1 << 63


def buckets_of(keys):
    """(log2 of the size, table) of the (key, number) of words."""
    bits = 4
    while 1 << bits < 4 * len(keys):
        bits += 1
    table = [0] * (1 << bits)
    # Short words, which have small keys, are common ones: they should be found
    # at once.
    for key, word in sorted(keys):
        at = (key * FACTOR & ALL) >> 64 - bits
        while table[at] & ~MORE:
            table[at] |= MORE
            at = at + 1 & len(table) - 1
        table[at] |= word
    return bits, table


def hash_edge(node, cls):
    h = (node << 16 | cls) * 0x9E3779B1 & 0xFFFFFFFF
    return h ^ h >> 15


def holiday(text):
    """The number of a holiday's rule, as src/text/time_holiday.c reads it:
    `12-25`, `easter+39`, `orthodox-2`, `11/4thu` (the fourth Thursday of
    November), `5/lastmon`, `11/4thu+1`, `islam:10-1`, `hebrew:1-1`, `chinese:1-1`, and
    `hindu:7-30@18`, the thirtieth of the moon's month that counts at 18."""
    if match := re.match(r'(\d+)-(\d+)$', text):
        return int(match[1]) * 100 + int(match[2])
    if match := re.match(r'(easter|orthodox)([+-]\d+)?$', text):
        return (2000 if match[1] == 'easter' else 3000) + int(match[2] or 0)
    if match := re.match(r'(islam|hebrew):(\d+)-(\d+)$', text):
        return ((20000 if match[1] == 'islam' else 21000)
                + int(match[2]) * 32 + int(match[3]))
    if match := re.match(r'chinese:(\d+)-(\d+)$', text):
        return 22000 + int(match[1]) * 32 + int(match[2])
    if match := re.match(r'hindu:(\d+)-(\d+)@(\d+)$', text):
        return (22500 + ((int(match[1]) - 1) * 30 + int(match[2]) - 1) * 4
                + int(match[3]) // 6 - 1)
    if match := re.match(r'(\d+)/(last|\d)(mon|tue|wed|thu|fri|sat|sun)'
                         r'([+-]\d+)?$', text):
        days = ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')
        nth = 5 if match[2] == 'last' else int(match[2])
        return (10000 + (int(match[1]) * 6 + nth) * 7 + days.index(match[3])
                + 600 * (int(match[4] or 0) + 7))
    return None


class Language:
    def __init__(self, path, kinds):
        self.path, self.kinds = path, kinds
        self.tag, self.options, self.macros = '', {}, {}
        self.classes = {}  # name or literal: number
        self.words = {}    # folded: [(class, value, cap)]
        self.levels = []   # of [(sequence, op, lead, trail, consts, nots)]
        self.level = 0
        self.count = 0     # of rules
        self.read(pathlib.Path(path), False)

    def read(self, path, shared):
        lines = path.read_text(encoding='utf-8').split('\n')
        for number, line in self.joined(lines):
            line = re.sub(r'(^|\s)#.*', '', line).strip()
            try:
                if line:
                    self.take(path, line, shared)
            except (ValueError, KeyError, IndexError) as error:
                sys.exit(f'{path}:{number}: {error}: {line}')

    def take(self, path, line, shared):
        if match := re.match(r'level (\d)$', line):
            self.level = int(match[1])
            while len(self.levels) < self.level:
                self.levels.append([])
        elif match := re.match(r'(\$\w+) = (.*)', line):
            self.macros[match[1]] = match[2]
        elif match := re.match(r'include (\S+)$', line):
            self.read(path.parent / match[1], True)
        elif '=>' in line:
            if not shared or self.has_names(line):
                self.count += 1
                self.rule(line, self.levels[self.level - 1], self.count)
        elif match := re.match(r'([A-Z_0-9]+)(?: (\S+))?: (.*)', line):
            self.lexicon(*match.groups())
        elif match := re.match(r'language (\w+)$', line):
            self.tag = match[1]
        elif match := re.match(r'compound ([A-Z]+) (\S+)$', line):
            self.compound(*match.groups())
        else:
            key, _, value = line.partition(' ')
            if key not in ('past_ending', 'thousands', 'month_first', 'reports',
                           'articles', 'common'):
                raise ValueError('not understood')
            self.options[key] = value

    def has_names(self, line):
        """Whether a shared rule's names and classes are all there."""
        known = self.kinds['CLASS'].keys() | self.classes.keys()
        line = self.expanded(line.partition('=>')[0])
        names = re.findall(r'(?<![\w@:{=$])[A-Z][A-Z0-9]+(?![\w=])', line)
        return '$' not in line and all(n in known for n in names)

    def expanded(self, text):
        for _ in range(9):
            text = re.sub(r'\$\w+', lambda m: self.macros.get(m[0], m[0]),
                          text)
        return text

    @staticmethod
    def joined(lines):
        """Lines with those that begin with white space put to the one before."""
        out = []
        for number, line in enumerate(lines, 1):
            if line[:1].isspace() and line.strip() and out:
                out[-1] = (out[-1][0], out[-1][1] + ' ' + line.strip())
            else:
                out.append((number, line))
        return out

    def constant(self, text, of):
        if re.match(r'-?\d+$', text):
            return int(text)
        if (day := holiday(text)) is not None:
            return day
        for start, kind in KINDS.items():
            if of.upper().startswith(start):
                return self.kinds[kind][text.upper()]
        raise ValueError(f'no constant {text}')

    def class_of(self, name):
        if name not in self.classes:
            self.classes[name] = self.kinds['CLASS']['WORDS'] + len(self.classes)
        return self.classes[name]

    def add(self, word, cls, value, cap=False):
        senses = self.words.setdefault(folded(word), [])
        if (cls, value, cap) not in senses:
            senses.append((cls, value, cap))
        if cls == self.kinds['CLASS']['ORDN'] and 1 <= value <= 31:
            self.add(word, self.kinds['CLASS']['ORDD'], value, cap)

    def lexicon(self, name, value, words):
        number = self.constant(value, name) if value else 0
        cls = self.kinds['CLASS'].get(name)
        cls = self.class_of(name) if cls is None else cls
        for word in words.split():
            self.add(word.rstrip('^'), cls, number, word.endswith('^'))

    def compound(self, name, link):
        """Number words of units and tens written as one, units first."""
        cls = self.class_of(name)
        numbers = [(w, v) for w, senses in self.words.items()
                   for c, v, _ in senses if c == cls]
        for (unit, u), (ten, t) in itertools.product(numbers, numbers):
            if 1 <= u <= 9 and 20 <= t <= 90 and t % 10 == 0:
                self.add(unit + link + ten, cls, u + t)

    # ---- patterns

    def tokens(self, text):
        text = self.expanded(text)
        if '$' in text:
            raise ValueError('a name that there is not')
        return re.findall(r'\{[^}]*\}|[()\[\]|]\??|\S+?(?=\??[)\]|]|\s|$)\??',
                          text)

    def rule(self, line, rules, number):
        pattern, _, action = line.partition('=>')
        op, *settings = action.split()
        consts, nots = [], [0, 0]
        for setting in settings:
            key, value = setting.split('=')
            if key in ('not_after', 'not_before'):
                nots[key == 'not_before'] = self.element_class(value)
            else:
                consts.append((self.kinds['SLOT'][key.upper()],
                               self.constant(value, key)))
        tokens = self.tokens(pattern)
        ways, rest = self.alternatives(tokens, 0)
        if rest != len(tokens):
            raise ValueError(f'stray {tokens[rest]}')
        for way in ways:
            elements = [e for e in way if e[0] != 'const']
            extra = [e[1] for e in way if e[0] == 'const']
            lead = len(list(itertools.takewhile(lambda e: e[3], elements)))
            trail = len(list(itertools.takewhile(lambda e: e[3],
                                                 elements[::-1])))
            if lead == len(elements):
                raise ValueError('a way without any part of the time')
            if len(elements) > RULE_MAX:
                raise ValueError('too long')
            rules.append((elements, self.kinds['TOP'][op.upper()], lead,
                          trail, extra + consts, nots, number))

    def alternatives(self, tokens, at):
        """All sequences of `x | y` from tokens[at] on, and where it ends."""
        ways, current = [], [[]]
        while at < len(tokens) and tokens[at].rstrip('?') not in (')', ']'):
            token = tokens[at]
            if token == '|':
                ways += current
                current, at = [[]], at + 1
                continue
            if token in '([':
                inner, at = self.alternatives(tokens, at + 1)
                if token == '[':
                    inner = [[e if e[0] == 'const' else e[:3] + (True,)
                              for e in way] for way in inner]
                inner = self.joined_words(inner)
                if tokens[at].endswith('?'):
                    inner = inner + [[]]
                at += 1
            else:
                inner, at = self.element(token), at + 1
            current = [a + b for a in current for b in inner]
        return ways + current, at

    def joined_words(self, ways):
        """Alternatives that are one word each and mean the same, as one class
        of these words."""
        literals = {number: name for name, number in self.classes.items()
                    if name.startswith('=')}
        none = self.kinds['SLOT']['COUNT']
        words = {True: set(), False: set()}
        for way in ways:
            if (len(way) == 1 and way[0][0] == 'class' and
                    way[0][1] in literals and way[0][2] == none):
                words[way[0][3]].add(way[0])
        for beside, group in words.items():
            if len(group) < 3:
                continue
            names = sorted(literals[e[1]] for e in group)
            cls = self.class_of('#' + ''.join(names))
            for name in names:
                self.add(name[1:], cls, 0)
            ways = [w for w in ways if not (len(w) == 1 and w[0] in group)]
            ways.append([('class', cls, none, beside)])
        return ways

    def element(self, token):
        if token.startswith('{'):
            slot, value = token[1:-1].split('=')
            return [[('const', (self.kinds['SLOT'][slot.upper()],
                                self.constant(value, slot)))]]
        optional = token.endswith('?') and len(token) > 1
        token = token[:-1] if optional else token
        glued = token.startswith('+') and len(token) > 1
        token = token[1:] if glued else token
        name, colon, slot = token.rpartition(':')
        if not colon or not slot or not name:
            name, slot = token, None
        number = (self.kinds['SLOT']['COUNT'] if slot is None else
                  MERGE if slot == '+' else self.kinds['SLOT'][slot.upper()])
        cls = self.element_class(name) | (GLUED if glued else 0)
        ways = [[('class', cls, number, False)]]
        return ways + [[]] if optional else ways

    def element_class(self, name):
        if name.startswith('@') and len(name) > 1:
            return self.kinds['CLASS']['I_' + name[1:].upper()]
        name = {'PLUS': '+', 'DOLLAR': '$', 'BAR': '|'}.get(name, name)
        if not name[0].isalnum() and len(name) == 1 and ord(name) < 128:
            return self.kinds['CLASS']['MARKS'] + ord(name)
        if name.isupper() or re.match(r'[A-Z][A-Z0-9_]+$', name):
            if name in self.kinds['CLASS']:
                return self.kinds['CLASS'][name]
            if name not in self.classes:
                raise ValueError(f'no class {name}')
            return self.classes[name]
        if name[0].isdigit():
            raise ValueError(f'{name} is no word')
        cls = self.class_of('=' + folded(name))
        self.add(name, cls, 0)
        return cls

    # ---- tables

    def graph(self, rules):
        """The edges {(node, class): child} and the accepts by node, of the
        trie of all sequences with equal ends made one."""
        root = {}
        for elements, *rest in rules:
            node = root
            for element in elements:
                node = node.setdefault(element[1], {})
            slots = tuple(e[2] for e in elements)
            op, lead, trail, consts, nots, line = rest
            node.setdefault(None, []).append(
                (slots, op, lead, trail, tuple(consts), tuple(nots), line))
        numbers, edges, accepts = {}, {}, {}

        def number(node):
            ends = tuple(node.get(None, ()))
            out = tuple(sorted((cls, number(child))
                               for cls, child in node.items()
                               if cls is not None))
            key = (ends, out)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                edges.update({(numbers[key], c): n for c, n in out})
                if ends:
                    accepts[numbers[key]] = ends
            return numbers[key]

        top = number(root)
        count = len(numbers) + 1
        # The root is node 0, which no edge leads to.
        edges = {(0 if n == top else n, c): child
                 for (n, c), child in edges.items()}
        if count > 0xFFFF:
            sys.exit(f'{self.path}: too many rules')
        return edges, accepts, count


def hashed(entries, place):
    """Entries in an open table: (mask, {index: entry})."""
    size = 4
    while size < 2 * len(entries):
        size *= 2
    table = {}
    for entry in entries:
        at = place(entry) & size - 1
        while at in table:
            at = at + 1 & size - 1
        table[at] = entry
    return size - 1, table


def rows(items, per=8):
    items = list(items)
    for at in range(0, len(items), per):
        yield '    ' + ' '.join(item + ',' for item in items[at:at + per])


def bits_of(lang):
    """{class: bit in masks}. Classes that numbers have, and those of any word,
    have bits of their own. Words that are in many classes are the common ones:
    all classes of the most common share a bit, then what is left of those of
    the next, and so on, so that common words fit few masks."""
    kinds = lang.kinds['CLASS']
    own = sorted(n for n in kinds.values() if n < kinds['ANY'])
    bits = {cls: bit for bit, cls in enumerate(own)}
    free = len(own)
    for n, name in enumerate(sorted(k for k in kinds if k.startswith('I_'))):
        bits[kinds[name]] = free + n % 2
    free += 2
    for code in range(128):
        bits[kinds['MARKS'] + code] = free + ",.-'".find(chr(code)) + 1
    free += 5
    left = set(lang.classes.values())
    many = sorted(lang.words, key=lambda w: (-len(lang.words[w]), w))
    groups = []
    for word in many:
        group = {cls for cls, _, _ in lang.words[word]} & left
        if group:
            groups.append(group)
            left -= group
    groups += [{cls} for cls in sorted(left)]
    single = 64 - free - 6
    for n, group in enumerate(groups):
        bit = n if n < single else single + n % 6
        bits.update({cls: free + bit for cls in group})
    return bits


def mask_of(lang, classes):
    mask = 0
    for cls in classes:
        mask |= 1 << lang.bits[cls & ~GLUED]
    return mask


def starts(lang, classes):
    """The levels with a sequence that one of the classes may begin."""
    return sum(1 << level for level, first in enumerate(lang.first)
               if any(cls in first for cls in classes))


def third(lang, edges, accepts, roots):
    """Mask of what may come behind an article behind one of the roots."""
    articles = [cls for word in lang.options.get('articles', '').split()
                for cls, _, _ in lang.words.get(word, ())]
    articles += [lang.kinds['CLASS'][name] for name in ('WORD', 'CAP')]
    nodes = {child for (node, cls), child in edges.items()
             if node in roots and cls & ~GLUED in articles}
    if nodes & accepts.keys():
        return ALL
    return mask_of(lang, [cls for node, cls in edges if node in nodes])


COUNTED = ('NUM', 'ORDN', 'ORDD', 'YW', 'CARD')  # results of the first level


def links(lang):
    """{class: classes of what may come right behind it}, by the sequences of
    all levels, where a result is what begins and ends such."""
    kinds = lang.kinds['CLASS']
    numbers = {kinds[name] for name in COUNTED}
    results = {n for name, n in kinds.items() if name.startswith('I_')}
    ends = [set(), set()]  # first and last classes of results
    spans = [set(), set()]  # the same of numbers
    for level, rules in enumerate(lang.levels):
        for elements, _, lead, trail, *_ in rules:
            for side, element in enumerate((elements[lead],
                                            elements[len(elements) - 1 - trail])):
                (ends if level else spans)[side].add(element[1] & ~GLUED)

    def of(cls, side):
        out = {cls} | (ends[side] if cls in results else set())
        return out | (spans[side] if out & numbers else set())

    pairs = {(x[1] & ~GLUED, y[1] & ~GLUED) for rules in lang.levels
             for elements, *_ in rules for x, y in zip(elements, elements[1:])}
    behind = {}
    for x, y in pairs:
        for cls in of(x, 1):
            behind.setdefault(cls, set()).update(of(y, 0))
    for found in behind.values():
        found -= {kinds['WORD'], kinds['CAP']}
    return behind


def anchors(lang):
    """Words of which, or of digits, each sequence of the first two levels has
    one, as few common ones as may be."""
    kinds = lang.kinds['CLASS']
    digits = {cls for cls in kinds.values() if cls <= kinds['ORDDIG']}
    common = lang.options.get('common', '').split()
    price = {word: 10 * (len(common) - n) for n, word in enumerate(common)}
    words = {}
    for word, senses in lang.words.items():
        for cls, _, _ in senses:
            words.setdefault(cls, set()).add(word)
    found = set()
    cost = {cls: sum(price.get(word, 1) for word in of)
            for cls, of in words.items()}
    left = {frozenset(element[1] & ~GLUED for element in elements)
            for rules in lang.levels[:2] for elements, op, *_ in rules
            if op != lang.kinds['TOP']['NONE']}
    while left:
        count = {}
        for cls in itertools.chain.from_iterable(left):
            count[cls] = count.get(cls, 0) + 1
        best = min((cls for cls in count if cls in digits or cls in words),
                   key=lambda cls: ((cost.get(cls, 0) + 1) / count[cls], cls))
        for word in words.get(best, set()) - found:
            found.add(word)
            for cls, _, _ in lang.words[word]:
                cost[cls] -= price.get(word, 1)
        left = {sequence for sequence in left if best not in sequence}
    return found


def filter_of(keys):
    """The bits of dtl_time_lang's anchors."""
    table = [0] * (1 << FILTER_BITS - 6)
    for key in keys:
        at = (key * FACTOR & ALL) >> 64 - FILTER_BITS
        table[at >> 6] |= 1 << (at & 63)
    return table


def behind(lang, number):
    """By operation: mask of what may come behind a result that begins a
    sequence."""
    kinds, (edges, accepts, _) = lang.kinds, lang.graphs[number]
    results = {'DATE': ('DATE', 'DAY', 'WD', 'MONTH', 'MD', 'YEAR', 'SEASON',
                        'HOL', 'PERIOD', 'REL', 'DATED', 'BESIDE'),
               'TIME': ('TIME', 'PART', 'CLOCK', 'HOUR'),
               'DUR': ('DUR', 'DAYUNIT'), 'SET': ('SET',), 'REF': ('REF',),
               'RANGE': ('RANGE',)}
    masks = [0] * kinds['TOP']['COUNT']
    for name, names in results.items():
        classes = [kinds['CLASS']['I_' + n] for n in names]
        roots = {child for (node, cls), child in edges.items()
                 if node == 0 and cls & ~GLUED in classes}
        masks[kinds['TOP'][name]] = (
            ALL if roots & accepts.keys() else
            mask_of(lang, [cls for node, cls in edges if node in roots]))
    for name in ('NUM', 'ORD'):
        masks[kinds['TOP'][name]] = ALL
    return masks


def roots_of(lang, senses):
    """The dtl_time_root of a word with these senses."""
    out = []
    for level, (edges, accepts, _) in enumerate(lang.graphs):
        masks = lang.masks[level]
        for cls, value, cap in senses:
            if (0, cls) in edges:
                child = edges[0, cls]
                out.append('{%d, %d, %d, %d, %d, 0x%xu}' % (
                    child, value, level, cap, child in accepts, masks[child]))
            if (0, cls | GLUED) in edges:
                raise ValueError('a sequence that begins glued')
    return out


def entry_of(lang, classes, *rest):
    """A dtl_time_word of what has these classes."""
    mask, masks = mask_of(lang, classes), [0, 0, 0]
    levels = starts(lang, classes)
    for level, (edges, accepts, _) in enumerate(lang.graphs):
        roots = {child for (node, cls), child in edges.items()
                 if node == 0 and cls & ~GLUED in classes}
        masks[2 * (level > 1)] |= mask_of(lang, [cls for node, cls in edges
                                           if node in roots])
        if level < 2 and any(child in accepts for child in roots):
            masks[:2] = ALL, ALL
        if level < 2:
            masks[1] |= third(lang, edges, accepts, roots)
    # It may become a number with the words behind it.
    if levels & 1:
        kinds = lang.kinds['CLASS']
        mask |= mask_of(lang, [kinds[name] for name in
                               ('NUM', 'ORDN', 'ORDD', 'YW', 'CARD')])
    return '{0x%xu, 0x%xu, 0x%xu, 0x%xu, %d, %d, %d, %d, %d, %d, %d, %d, %d}' % (
        mask, *(masks if levels else [0, 0, 0]), *rest[:6], levels,
        *(rest[6:] or [0, 0]))


def write_language(lang, out):
    tag = lang.tag
    kinds = lang.kinds['CLASS']
    words = sorted(w for w in lang.words if w.isascii())
    lang.first = [{rule[0][0][1] & ~GLUED for rule in rules}
                  for rules in lang.levels]
    lang.bits = bits_of(lang)
    lang.graphs = [lang.graph(rules) for rules in lang.levels]
    lang.masks = []
    for edges, _, count in lang.graphs:
        lang.masks.append([0] * count)
        for node, cls in edges:
            lang.masks[-1][node] |= mask_of(lang, [cls])
    any_word = [kinds['CAP'], kinds['WORD']]
    letters, senses, roots = b'', [], []
    articles = lang.options.get('articles', '').split()
    entries = ['{0x%xu, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}' % mask_of(lang, any_word)]
    for word in words:
        data = word.encode('utf-8')
        if len(data) > WORD_MAX:
            sys.exit(f'{lang.path}: {word} is too long')
        own = lang.words[word]
        classes = [sense[0] for sense in own]
        first = roots_of(lang, own + [(kinds['CAP'], 0, True),
                                      (kinds['WORD'], 0, False)])
        tense = [value for cls, value, _ in own if cls == kinds['TENSE']]
        entries.append(entry_of(lang, classes + any_word, len(letters),
                                len(senses), len(roots), len(first), len(data),
                                len(own), tense[0] if tense else 0,
                                word in articles))
        roots += first
        senses += own
        letters += data
    marks = [entry_of(lang, [kinds['MARKS'] + code], *[0] * 6)
             for code in range(128)]
    digits = [cls for cls in kinds.values() if cls <= kinds['ORDDIG']]
    marks.append('{0x%xu, 0x%xu, 0x%xu, 0x%xu, 0, 0, 0, 0, 0, 0, %d, 0, 0}' % (
        mask_of(lang, digits), ALL, ALL, ALL, starts(lang, digits)))
    keys = [key_of(word.encode('utf-8')) for word in words]
    searched = anchors(lang)
    filtered = filter_of({key_of(w.encode('utf-8')[:8]) for w in searched})
    first_mark = len(entries)
    bits, table = buckets_of([(key, n) for n, key in enumerate(keys, 1)])
    # A list of bytes: compilers bound the length of strings.
    out.append(f'static const char {tag}_letters[] = {{')
    out += rows(map(str, letters), 20)
    out.append('};')
    out.append(f'static const dtl_time_word {tag}_words[] = {{')
    out += rows(entries + marks, 1)
    out.append('};')
    out.append(f'static const dtl_time_hot {tag}_hot[] = {{')
    linked = links(lang)
    follow = [mask_of(lang, {y for x in of for y in linked.get(x, ())})
              for of in ([any_word] +
                         [[c for c, _, _ in lang.words[w]] + any_word
                          for w in words] +
                         [[kinds['MARKS'] + code] for code in range(128)] +
                         [digits])]
    out += rows(['{0x%xu, %s, 0x%xu}' % (
        key, ','.join(entry[1:].split(',')[:2]), behind_it)
        for key, entry, behind_it in zip([0] + keys + [0] * len(marks),
                                         entries + marks, follow)], 1)
    out.append('};')
    out.append(f'static const uint64_t {tag}_filter[] = {{')
    out += rows([f'0x{m:x}u' for m in filtered], 4)
    out.append('};')
    out.append(f'static const bool {tag}_anchors[] = {{')
    out += rows(['0'] + [str(int(word in searched)) for word in words] +
                ['0'] * 128 + ['1'], 30)
    out.append('};')
    out.append(f'static const dtl_time_sense {tag}_senses[] = {{')
    out += rows(['{%d, %d, %d}' % (c, v, cap) for c, v, cap in senses], 5)
    out.append('};')
    out.append(f'static const dtl_time_root {tag}_roots[] = {{')
    out += rows(roots, 5)
    out.append('};')
    out.append(f'static const uint16_t {tag}_buckets[] = {{')
    out += rows(map(str, table), 12)
    out.append('};')
    out.append(f'static const uint8_t {tag}_bits[] = {{')
    out += rows([str(lang.bits.get(cls, 0))
                 for cls in range(max(lang.bits) + 1)], 16)
    out.append('};')
    slots, pairs, levels = [], [], []
    for number, (edges, accepts, count) in enumerate(lang.graphs, 1):
        flat = [(n, c, child) for (n, c), child in edges.items()]
        edge_mask, edge_table = hashed(flat, lambda e: hash_edge(e[0], e[1]))
        name = f'{tag}_{number}'
        out.append(f'static const dtl_time_edge {name}_edges[] = {{')
        out += rows(['{%d, %d, %d}' % edge_table.get(i, (0, 0, 0))
                     for i in range(edge_mask + 1)], 5)
        out.append('};')
        out.append(f'static const uint64_t {name}_masks[] = {{')
        out += rows([f'0x{m:x}u' for m in lang.masks[number - 1]], 5)
        out.append('};')
        ends, list_ = [0] * count, []
        for node in sorted(accepts):
            ends[node] = len(list_) + 1
            for kept, op, lead, trail, consts, nots, line in accepts[node]:
                list_.append('{%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d}' % (
                    node, line, op, len(kept), lead, trail, len(consts),
                    nots[0], nots[1], len(slots), len(pairs)))
                slots += kept
                pairs += [v for pair in consts for v in pair]
        out.append(f'static const uint16_t {name}_ends[] = {{')
        out += rows(map(str, ends), 12)
        out.append('};')
        out.append(f'static const dtl_time_accept {name}_accepts[] = {{')
        out += rows(list_ or ['{0}'], 2)
        out.append('};')
        out.append(f'static const uint16_t {name}_results[] = {{')
        out += rows([str(edges.get((0, cls), 0)) for cls in
                     range(kinds['I_DATE'], kinds['I_BESIDE'] + 1)], 12)
        out.append('};')
        out.append(f'static const uint64_t {name}_behind[] = {{')
        out += rows([f'0x{m:x}u' for m in behind(lang, number - 1)], 5)
        out.append('};')
        levels.append(f'{{{name}_edges, {edge_mask}, {name}_masks, {name}_ends, '
                      f'{name}_accepts, {len(list_)}, {name}_results, '
                      f'{name}_behind}}')
    out.append(f'static const uint8_t {tag}_slots[] = {{')
    out += rows(map(str, slots + [0]), 12)
    out.append('};')
    out.append(f'static const int16_t {tag}_pairs[] = {{')
    out += rows(map(str, pairs + [0]), 12)
    out.append('};')
    ending = lang.options.get('past_ending')
    thousands = lang.options.get('thousands')
    out.append(f'static const dtl_time_lang {tag}_language = {{')
    out.append(f'    "{tag}", {tag}_letters, {tag}_words, {tag}_hot, '
               f'{tag}_buckets, {64 - bits},')
    out.append(f'    {first_mark}, {tag}_bits, {tag}_filter, {tag}_anchors,')
    out.append(f'    {tag}_senses, {tag}_roots, {tag}_slots, {tag}_pairs,')
    out.append('    {' + ',\n     '.join(levels) + '},')
    out.append(f'    {len(levels)}, '
               f'{chr(34) + ending + chr(34) if ending else "NULL"}, '
               f'{"true" if "reports" in lang.options else "false"}, '
               f'{repr(thousands) if thousands else 0}, '
               f'{"true" if "month_first" in lang.options else "false"}')
    out.append('};')


def main():
    header, target, *paths = sys.argv[1:]
    kinds = enums(header)
    out = ['/* Generated by tools/make_time_tables.py. */',
           '#include "text/time_grammar.h"', '']
    languages = [Language(path, kinds) for path in paths]
    for lang in languages:
        write_language(lang, out)
    out.append('const dtl_time_lang *const dtl_time_langs[] = {')
    out += [f'    &{lang.tag}_language,' for lang in languages]
    out.append('};')
    out.append('const size_t dtl_time_lang_count = '
               'sizeof dtl_time_langs / sizeof *dtl_time_langs;')
    pathlib.Path(target).write_text('\n'.join(out) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
