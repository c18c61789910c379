#!/usr/bin/env python3
"""Turns tools/quote_words/*.txt into src/text/quote_words_table.c.

A line of those files is "CLASSES: WORDS" or "CLASSES verbs: WORDS"; see
en.txt. Classes are those of src/text/quote_words.h, joined by "+".
"""
import pathlib
import re
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_WORD = 24
MORE = 0x8000  # in a bucket: the search goes on with the next
# Members of dtl_quote_language, in their order, and the lines that say so.
HABITS = [('elides', 'yes'), ('nouns', 'capital'),
          ('names', 'modify'), ('dashes', 'speak'), ('insets', 'yes')]
VOWELS = 'aeiou'
ACTION = 56  # where it stands in the classes


def classes():
    """{name: bit} from the header."""
    head = (ROOT / 'src/text/quote_words.h').read_text(encoding='utf-8')
    body = re.search(r'enum \{\n(.*?)\n\};', head, flags=re.S)[1]
    names = re.findall(r'^    DTL_QW_(\w+)', body, flags=re.M)
    return {name.lower(): bit for bit, name in enumerate(names[:-1])}


def actions():
    """Names of what words do, from the header."""
    head = (ROOT / 'src/text/quote_words.h').read_text(encoding='utf-8')
    names = re.findall(r'^    DTL_QA_(\w+)', head, flags=re.M)
    return [name.lower() for name in names[:-1]]


def action_of(mask, bits):
    """What a word of those classes does."""
    def has(*names):
        return any(mask >> bits[name] & 1 for name in names)
    rules = [
        ('context', has('particle') or (has('relative') and has('sub'))
         or (has('sub') and has('prep'))),
        ('pronoun', has('subject', 'object')),
        ('relative', has('relative')),
        ('poss', has('poss')),
        ('det', has('det')),
        ('sub', has('sub')),
        ('prep', has('prep')),
        ('conj', has('conj')),
        ('aux', has('aux')),
        ('adverb', has('adverb')),
        ('according', has('according')),
        ('verb', has('cue', 'mixed', 'think', 'verb', 'tell')),
        ('noun', True),
    ]
    return next(name for name, applies in rules if applies)


def hash_of(word):
    """That of quote_words.h."""
    mask = (1 << 64) - 1
    eights = struct.unpack('<3Q', word.ljust(MAX_WORD, b'\0'))
    h = eights[0] * 0x9E3779B97F4A7C15 & mask
    h ^= (eights[1] + (h >> 29)) * 0xBF58476D1CE4E5B9 & mask
    h ^= (eights[2] + (h >> 31)) * 0x94D049BB133111EB & mask
    return h >> 32


def english_forms(entry):
    """The forms of "say/said": (word, further classes)."""
    base, _, rest = entry.partition('/')
    special = [part for part in rest.split('/') if part]
    forms = [form for part in special for form in part.split(',')]
    y_verb = base.endswith('y') and base[-2] not in VOWELS
    third = (base[:-1] + 'ies' if y_verb else
             base + 'es' if re.search(r'(s|x|z|ch|sh|o)$', base) else
             base + 's')
    regular = (base + 'd' if base.endswith('e') else
               base[:-1] + 'ied' if y_verb else base + 'ed')
    stem = base[:-1] if base.endswith('e') and base[-2] not in 'eo' else base
    yield base, []
    yield third, []
    past = [form for form in forms
            if not form.endswith('ing') and not form.endswith('s')]
    for form in past or [regular]:
        yield form, ['past']
    for form in [f for f in forms if f.endswith('s')]:
        yield form, []
    for form in [f for f in forms if f.endswith('ing')] or [stem + 'ing']:
        yield form, ['ing']


def plain_forms(entry):
    """Forms as they stand; those behind "/" are of the past."""
    now, _, past = entry.partition('/')
    yield from ((form, []) for form in now.split(','))
    yield from ((form, ['past']) for form in past.split(',') if form)


def read_language(path, bits):
    """(tag, {word: mask}, those of HABITS that it has)."""
    tag, words, habits = None, {}, set()

    def put(word, names):
        mask = words.get(word, 0)
        for name in names:
            mask |= 1 << bits[name]
        words[word] = mask

    for line in path.read_text(encoding='utf-8').splitlines():
        if not line.strip() or line.startswith('#'):
            continue
        head, _, entries = line.partition(':')
        if head == 'language':
            tag = entries.strip()
            continue
        if (head, entries.strip()) in HABITS:
            habits.add((head, entries.strip()))
            continue
        names, _, verbs = head.partition(' ')
        names = names.split('+')
        for entry in entries.split():
            entry = entry.lower().replace('’', "'")
            if not verbs:
                put(entry, names)
                continue
            forms = english_forms if tag == 'en' else plain_forms
            for form, more in forms(entry):
                put(form, names + more)
    return tag, words, habits


def end_of(word):
    """Number of the last four bytes, as quote_words.h has it."""
    last = int.from_bytes(word[-4:], 'little')
    return (last * 0x9E3779B1 & 0xFFFFFFFF) >> 20


def write_ends(tag, words, bits, out):
    """Which ends the nouns have that compounds are looked up by."""
    wanted = sum(1 << bits[name] for name in ('person', 'org', 'speechnoun'))
    rows = [0] * 64
    for word, mask in words.items():
        key = word.encode('utf-8')
        if mask & wanted and len(key) >= 4:
            rows[end_of(key) // 64] |= 1 << end_of(key) % 64
    out.append(f'static const uint64_t {tag}_ends[64] = {{')
    out.extend(f'    UINT64_C(0x{row:X}),' for row in rows)
    out.append('};')


def write_table(tag, words, out, habits=()):
    """The words of a table from 1 on, and the buckets that they are found by,
    as quote_words.h has them."""
    size = 1
    while size < 6 * len(words):
        size *= 2
    buckets = [0] * size
    out.append(f'static const dtl_quote_word {tag}_words[{len(words) + 1}] = {{')
    out.append('    {"", 0},')
    # Short words are common ones, which should be found at once.
    for number, word in enumerate(sorted(words, key=lambda w: (len(w), w)), 1):
        key = word.encode('utf-8')
        if len(key) > MAX_WORD:
            sys.exit(f'{tag}: {word} is longer than {MAX_WORD} bytes')
        at = hash_of(key) & (size - 1)
        while buckets[at] & MORE - 1:
            buckets[at] |= MORE
            at = (at + 1) & (size - 1)
        buckets[at] |= number
        out.append('    {"%s", UINT64_C(0x%X)},' % (word, words[word]))
    out.append('};')
    if len(words) >= MORE:
        sys.exit(f'{tag}: more than {MORE - 1} words')
    out.append(f'static const uint16_t {tag}_buckets[{size}] = {{')
    for at in range(0, size, 12):
        out.append('    ' + ','.join(map(str, buckets[at:at + 12])) + ',')
    out.append('};\n')
    ends = f'{tag}_ends' if ('nouns', 'capital') in habits else 'NULL'
    return (f'    {{"{tag}", {tag}_buckets, {tag}_words, {ends}, {size - 1}, '
            + ', '.join('true' if habit in habits else 'false'
                        for habit in HABITS) + '},')


def add_given_names(folder, bits, out):
    """The table of given names, of no language."""
    words = {}
    for path in sorted(folder.glob('given_names*.txt')):
        for word, mask in read_language(path, bits)[1].items():
            words[word] = words.get(word, 0) | mask
    both = 1 << bits['masc'] | 1 << bits['fem']
    words = {word: mask for word, mask in words.items() if mask != both}
    row = write_table('given', words, out).replace('"given"', '""')
    out.append('const dtl_quote_language dtl_given_names =')
    out.append(row.rstrip(',') + ';\n')


def main():
    bits = classes()
    out = ['/* Generated by tools/make_quote_words.py from tools/quote_words;',
           ' * do not edit. */', '#include "text/quote_words.h"', '',
           '/* clang-format off */']
    folder = ROOT / 'tools/quote_words'
    paths = sorted(folder.glob('??.txt'), key=lambda p: (p.stem != 'en', p))
    add_given_names(folder, bits, out)
    rows, names = [], actions()
    for path in paths:
        tag, words, habits = read_language(path, bits)
        if ('nouns', 'capital') in habits:
            write_ends(tag, words, bits, out)
        words = {word: mask | names.index(action_of(mask, bits)) << ACTION
                 for word, mask in words.items()}
        rows.append(write_table(tag, words, out, habits))
    out.append('const dtl_quote_language dtl_quote_languages[] = {')
    out += rows
    out += ['};', 'const size_t dtl_quote_language_count =',
            '    sizeof dtl_quote_languages / sizeof *dtl_quote_languages;',
            '/* clang-format on */', '']
    (ROOT / 'src/text/quote_words_table.c').write_text(
        '\n'.join(out), encoding='utf-8')


if __name__ == '__main__':
    main()
