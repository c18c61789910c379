#!/usr/bin/env python3
"""Learns which blocks of a page are its article; README.md says how.

    train_blocks.py [--shared DIR] [--build DIR] [--work DIR] [--cv FOLDS]
                    [--hand] [--full] [--write]

--cv prints the scores of each set when every page is decided by a model that
saw no page of its publisher, and when by one that saw no page of its set.
--hand prints them by the hand-made score alone, --full by the table that the
build has. --write trains on everything and writes src/article/model_table.c.
"""
import argparse
import collections
import gzip
import hashlib
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
from urllib.parse import urlsplit

import lightgbm
import numpy

import stamp

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAMES = re.findall(r'^FEATURE\((\w+)\)',
                   (ROOT / 'src/article/features.def').read_text(), re.M)
AT = {name: i for i, name in enumerate(NAMES)}
CATEGORIES = ['residue', 'tag', 'end', 'prev_end', 'next_end']
SETS = ('news', 'web', 'reader')
# How much a page of each set counts. The reader set is what another program
# gave, looked through by hand.
SET_WEIGHT = {'news': 1.0, 'web': 1.0, 'reader': 0.5}
ROUNDS = 100
PARAMETERS = {
    'objective': 'binary', 'learning_rate': 0.1, 'num_leaves': 16,
    'min_child_samples': 30, 'feature_fraction': 0.3,
    'bagging_fraction': 0.8, 'bagging_freq': 1, 'lambda_l2': 5,
    'max_bin': 127, 'verbose': -1, 'num_threads': 1, 'seed': 1,
    'min_data_per_group': 10, 'cat_smooth': 10, 'max_cat_to_onehot': 4,
    'deterministic': True, 'force_row_wise': True,
}
PSEUDO_WEIGHT = 0.3


def load_scorer(shared):
    spec = importlib.util.spec_from_file_location('score',
                                                  shared / 'eval/score.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def publisher(url):
    """The registered domain, near enough; of an archived page its own."""
    inner = re.search(r'/web/\d+[a-z_]*/https?://([^/]+)', url)
    host = (inner[1] if inner else urlsplit(url).hostname or '').lower()
    parts = host.split('.')
    short = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) <= 2
    return '.'.join(parts[-3:] if short else parts[-2:])


# ---- Pages and their features -----------------------------------------------

class Page:
    """Features, texts and labels of one page's text blocks. y is 1, 0, or -1
    for what nothing is known about; w is a weight; asked is whether choose.c
    asks the model, and hand the score that it goes by where it does not."""


def unpack(shared, name, work):
    """The set's pages as files, and the list that dump-features reads."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for row in open(shared / 'sets' / name / 'truth.jsonl'):
        truth = json.loads(row)
        path = folder / f'{truth["id"]}.html'
        if not path.exists():
            packed = shared / 'sets' / name / 'pages' / f'{path.name}.gz'
            path.write_bytes(gzip.open(packed).read())
        url = (truth['url'] or 'http://localhost/').replace('\n', ' ')
        lines.append(f'{path}\t{url}\n')
    listing = work / f'{name}.list'
    listing.write_text(''.join(lines))
    return listing


def load(scorer, shared, name, work, program):
    truths = {t['id']: t for t in scorer.load(shared / 'sets' / name)}
    listing = unpack(shared, name, work)
    numbers = work / f'{name}.features'
    run = subprocess.run([program, numbers], stdin=open(listing),
                         stdout=subprocess.PIPE, check=True)
    features = numpy.fromfile(numbers, numpy.float32).reshape(-1, len(NAMES))
    pages, at = [], 0
    for row in run.stdout.splitlines():
        found = json.loads(row)
        page = Page()
        page.set, page.path = name, found['page']
        page.truth = truths[pathlib.Path(page.path).stem]
        page.count = found['blocks']
        page.index = numpy.array([b[0] for b in found['texts']], int)
        page.texts = [b[3] for b in found['texts']]
        page.asked = numpy.array([b[4] for b in found['texts']], bool)
        page.hand = numpy.array([b[5] for b in found['texts']])
        page.x = features[at:at + len(page.texts)]
        page.likely = (page.x[:, AT['in_root']] > 0) & (page.x[:, AT['hand']]
                                                        > 0)
        at += len(page.texts)
        page.publisher = publisher(page.truth['url'] or '')
        page.w = numpy.ones(len(page.texts))
        page.y = numpy.full(len(page.texts), -1.0)
        if 'segments_in' in page.truth:
            label_by_pieces(scorer, page)
        else:
            label_by_body(scorer, page)
        pages.append(page)
    assert at == len(features)
    return pages


def label_by_body(scorer, page):
    truth = page.truth
    body = ([b['text'] for b in truth['body']] if 'body' in truth
            else scorer.strip_tags(truth['body_html']))
    runs = scorer.shingles('\n'.join(body))
    whole = collections.Counter(map(scorer.norm, body))
    same = collections.defaultdict(list)
    for k, text in enumerate(page.texts):
        norm, words = scorer.norm(text), scorer.words(text)
        if whole[norm]:
            page.y[k] = 1
            same[norm].append(k)
            continue
        page.y[k] = 0
        if len(words) < 4:
            continue
        own = scorer.shingles(text)
        share = sum(run in runs for run in own) / len(own)
        short = len(words) < (16 if page.x[k, AT['wide_share']] > .5 else 9)
        if share > .35:
            page.y[k] = 1 if share >= .7 and not short else -1
    if 'body' not in truth:
        return
    # Of several blocks of one text as many are right as the truth has.
    for norm, blocks in same.items():
        blocks.sort(key=lambda k: (not page.likely[k], k))
        page.y[blocks[whole[norm]:]] = -1
    listed = (page.x[:, AT['list_depth']] > 0) | (page.x[:, AT['in_table']] > 0)
    page.y[(page.y == 0) & listed & page.likely] = -1


def label_by_pieces(scorer, page):
    norms = [scorer.norm(text) for text in page.texts]
    for piece in page.truth['segments_in']:
        piece = scorer.norm(piece)
        blocks = [k for k, norm in enumerate(norms) if piece in norm]
        if blocks:
            best = min(blocks, key=lambda k: (not page.likely[k],
                                              -page.x[k, AT['prose']]))
            page.y[best], page.w[best] = 1, 4
    for piece in page.truth['segments_out']:
        piece = scorer.norm(piece)
        for k, norm in enumerate(norms):
            if piece in norm:
                page.y[k] = -1 if page.y[k] == 1 else 0
                page.w[k] = 4


# ---- Learning -----------------------------------------------------------------

def near(page):
    """Blocks in doubt, to learn from: by the score of their place, or with
    what the words say; lines of residue and what may be a standfirst besides.
    Fewer than choose.c asks about: what the model is asked far from the doubt
    should not make up what it learns."""
    def f(name):
        return page.x[:, AT[name]]

    menu = (f('in_root') == 0) & (f('link_share') > .5)
    opens = (f('prose_before') <= 0) & ((f('cw_summary') > 0) | (
        (f('since_title') > 0) & (f('since_title') <= 10)))
    line = (f('words') <= 30) & (f('residue') > 0)
    place = numpy.where(page.hand > 3, line,
                        (page.hand > -4) | (opens & (page.hand > -9)))
    return ~menu & (place | (abs(f('hand')) <= 6))


def fit(pages, first=None):
    """A model of the pages' labels; first is a model whose certain answers
    about unlabelled blocks count too."""
    random = numpy.random.default_rng(1)
    xs, ys, ws = [], [], []
    for p in pages:
        hard = near(p) | (random.random(len(p.x)) < .15) | (p.y == 1)
        known = (p.y >= 0) & hard
        weight = p.w * SET_WEIGHT[p.set]
        if p.set != 'web':
            # Pages count alike, however long.
            weight = weight * min(1, 100 / max(20, (p.y >= 0).sum()))
        xs.append(p.x[known])
        ys.append(p.y[known])
        ws.append(weight[known])
        if first is None or p.set != 'web' or not len(p.x):
            continue
        guess = first.predict(p.x)
        sure = ((p.y < 0) & ((guess > .9) | (guess < .05)) & hard
                & (random.random(len(guess)) < .3))
        n = sure.sum()
        xs.append(p.x[sure])
        ys.append((guess[sure] > .5).astype(float))
        ws.append(numpy.full(n, 3 * PSEUDO_WEIGHT * min(1, 100 / max(20, n))))
    data = lightgbm.Dataset(numpy.concatenate(xs), numpy.concatenate(ys),
                            weight=numpy.concatenate(ws), feature_name=NAMES,
                            categorical_feature=CATEGORIES)
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def learn(pages):
    return fit(pages, fit(pages))


# ---- How good it is -------------------------------------------------------------

def measure(scorer, pages, program, work, title, scores=None):
    """Decides each page by its scores, or, where there are none, by those of
    the program, and prints what score.py says of the records."""
    print(title)
    for p in pages:
        path = pathlib.Path(p.path + '.scores')
        path.unlink(missing_ok=True)
        if scores:
            whole = numpy.zeros(max(1, p.count), numpy.float32)
            whole[p.index] = scores[p.path]
            whole.tofile(path)
    for name in SETS:
        run = subprocess.run([program, '-d'], stdin=open(work / f'{name}.list'),
                             stdout=subprocess.PIPE, check=True)
        print(f'  {name:7}', figures(scorer, pages, run.stdout), flush=True)
    for p in pages:
        pathlib.Path(p.path + '.scores').unlink(missing_ok=True)


def figures(scorer, pages, records):
    truths = {p.path: p.truth for p in pages}
    sums = collections.defaultdict(list)
    pieces = numpy.zeros(4)
    for row in records.splitlines():
        record = json.loads(row)
        truth = {k: v for k, v in truths[record['page']].items()
                 if k in ('body', 'body_html', 'segments_in', 'segments_out')}
        s = scorer.score(truth, record)
        pieces += s.get('seg', (0, 0, 0, 0))
        for key in ('body', 'para'):
            for i, what in enumerate('PR'):
                if key in s:
                    sums[f'{key} {what}'].append(s[key][i])
            if key in s:
                sums[key + ' F1'].append(s[key][2])
        for key in ('summary', 'heading', 'aside'):
            if key in s:
                sums[key].append(s[key])
    out = {k: 100 * sum(v) / len(v) for k, v in sums.items()}
    if pieces.any():
        out['segments F1'] = 200 * pieces[0] / (2 * pieces[0] + pieces[1]
                                                + pieces[2])
    return '  '.join(f'{k} {v:.2f}' for k, v in out.items())


def predict(model, page):
    """As choose.c has it."""
    if not len(page.x):
        return numpy.zeros(0)
    return numpy.where(page.asked, model.predict(page.x, raw_score=True),
                       page.hand)


def left_out(pages, groups):
    """Each page's scores by a model that saw none of its group."""
    scores = {}
    for group in sorted(set(groups.values())):
        model = learn([p for p in pages if groups[p.path] != group])
        for p in pages:
            if groups[p.path] == group:
                scores[p.path] = predict(model, p)
    return scores


def cross_validate(scorer, pages, folds, program, work):
    def fold(p):
        return int(hashlib.md5(p.publisher.encode()).hexdigest(), 16) % folds

    measure(scorer, pages, program, work, f'publishers left out, {folds} folds',
            left_out(pages, {p.path: fold(p) for p in pages}))
    measure(scorer, pages, program, work, 'sets left out',
            left_out(pages, {p.path: p.set for p in pages}))


# ---- The table --------------------------------------------------------------------

def categories(threshold):
    mask = 0
    for value in threshold.split('||'):
        mask |= 1 << int(value)
    return mask


def write_table(model, path, program):
    """Trees laid flat, see model.h: the leaves of each, from the left, are
    bits."""
    nodes, values, trees = [], [], []

    def add(tree, first):
        """Writes a subtree; returns its leaves as bits."""
        if 'leaf_value' in tree:
            values.append(tree['leaf_value'])
            return 1 << len(values) - 1 - first
        at = len(nodes)
        nodes.append(None)
        feature = tree['split_feature']
        at_text, set_text = '0', '0'
        if tree['decision_type'] == '==':
            set_text = f'{categories(tree["threshold"]):#x}u'
        else:
            at_text = float_text(float_below(tree['threshold']))
        left = add(tree['left_child'], first)
        right = add(tree['right_child'], first)
        nodes[at] = (f'{{{feature}, {at_text}, {set_text}, '
                     f'{~left & 0xffffffff:#x}u}}, /* {NAMES[feature]} */')
        return left | right

    for tree in model.dump_model()['tree_info']:
        node, value = len(nodes), len(values)
        add(tree['tree_structure'], value)
        if len(values) - value > 32:
            raise SystemExit('a tree of more than 32 leaves')
        trees.append(f'{{{node}, {len(nodes)}, {value}}}')
    rows = ['/* The trees that score blocks.',
            ' * Generated by tools/train/train_blocks.py --write.',
            stamp.line(program, ROOT),
            '#include "article/model.h"', '',
            f'const size_t dtl_model_features = {len(NAMES)};',
            f'const size_t dtl_model_tree_count = {len(trees)};', '',
            'const dtl_model_tree dtl_model_trees[] = {']
    rows += ['    ' + ', '.join(trees[i:i + 4]) + ','
             for i in range(0, len(trees), 4)]
    rows += ['};', '', 'const dtl_model_node dtl_model_nodes[] = {']
    rows += ['    ' + node for node in nodes]
    rows += ['};', '', 'const float dtl_model_values[] = {']
    texts = [f'{float_text(v)}' for v in values]
    rows += ['    ' + ', '.join(texts[i:i + 6]) + ','
             for i in range(0, len(texts), 6)]
    rows += ['};', '']
    path.write_text('\n'.join(rows))
    print(f'{path.name}: {len(trees)} trees, {len(nodes)} nodes, '
          f'{path.stat().st_size} bytes')


def float_text(value):
    text = f'{value:.9g}'
    return (text if '.' in text or 'e' in text else text + '.0') + 'f'


def float_below(threshold):
    """The greatest 32-bit float that is not above threshold."""
    value = numpy.float32(threshold)
    if float(value) > threshold:
        value = numpy.nextafter(value, numpy.float32(-numpy.inf))
    return float(value)


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('--shared', type=pathlib.Path, default=ROOT / '../shared')
    p.add_argument('--build', type=pathlib.Path, default=ROOT / 'build')
    p.add_argument('--work', type=pathlib.Path,
                   default=ROOT / 'build/train')
    p.add_argument('--cv', type=int, default=0, metavar='FOLDS')
    p.add_argument('--hand', action='store_true')
    p.add_argument('--full', action='store_true')
    p.add_argument('--write', action='store_true')
    a = p.parse_args()
    scorer = load_scorer(a.shared.resolve())
    program = (a.build / 'tests/article/dump-features').resolve()
    work = a.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    pages = [page for name in SETS
             for page in load(scorer, a.shared.resolve(), name, work, program)]
    if a.hand:
        measure(scorer, pages, program, work, 'hand-made score',
                {p.path: numpy.where(p.asked, p.x[:, AT['hand']], p.hand)
                 for p in pages})
    if a.cv:
        cross_validate(scorer, pages, a.cv, program, work)
    if a.write:
        write_table(learn(pages), ROOT / stamp.TABLE, program)
    if a.full:
        measure(scorer, pages, program, work, 'the table of the build')
    if not (a.cv or a.hand or a.full or a.write):
        print('nothing to do: --cv, --hand, --full or --write',
              file=sys.stderr)
        return 2
    return 0


if __name__ == '__main__':
    sys.exit(main())
