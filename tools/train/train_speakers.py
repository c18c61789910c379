#!/usr/bin/env python3
"""Learns the weights by which a quotation's speaker is chosen, and writes
src/text/speaker_weights.c.

    train_speakers.py [--rounds N] [--held-out N] [--write]

Data are the articles of ../shared/data/quotes (or DATELINE_SHARED); what is
learned from is what build/tests/text/dump-quotes --features prints: for each
stretch between quote marks the candidates, each with the numbers of its
features. The model is a softmax over the candidates' sums of weights, where
"no speech" is a candidate too. Since a feature tells who spoke before, the
weights are learned, the features drawn again with them, and so on, for some
rounds. Needs numpy.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import subprocess

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get('DATELINE_SHARED', ROOT / '../shared'))
DUMP = ROOT / 'build/tests/text/dump-quotes'
TABLE = ROOT / 'src/text/speaker_weights.c'
NO_SPEECH = 0  # index of that candidate


def scorer():
    spec = importlib.util.spec_from_file_location(
        'score_text', SHARED / 'eval/score_text.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = scorer()


def features_of(documents):
    """{id: stretches} as the program prints them."""
    lines = ''.join(json.dumps({'id': d['id'], 'text': d['text']}) + '\n'
                    for d in documents)
    run = subprocess.run([DUMP, '--features'], input=lines.encode(),
                         stdout=subprocess.PIPE, check=True)
    rows = map(json.loads, run.stdout.decode().splitlines())
    return {row['id']: row['stretches'] for row in rows}


def gold_units(document):
    text = document['text']
    quotes = [q for q in document['quotes'] if q['kind'] != 'indirect']
    return SCORE.quote_units(text, quotes, SCORE.quoted_stretches(text),
                             whole=True)


def examples_of(document, stretches):
    """(candidates' features, set of the right ones, weight) each stretch."""
    text = document['text']
    at = SCORE.char_offsets(text)
    units = {(u['start'], u['end']): u['quote'] for u in gold_units(document)}
    for stretch in stretches:
        inner = SCORE.trimmed(text, *(at[x] for x in stretch['inner']))
        gold = units.get(inner)
        candidates = stretch['candidates']
        rows = [features for _, features in candidates]
        if gold is None:
            yield rows, {NO_SPEECH}
            continue
        if not gold.get('speaker'):
            yield rows, set(range(1, len(rows)))
            continue
        right = set()
        for i, ((start, end), _) in enumerate(candidates):
            if i == NO_SPEECH or start == end:
                continue
            start, end = at[start], at[end]
            said = {'speaker': text[start:end],
                    'mention': {'start': start, 'end': end,
                                'text': text[start:end]}}
            if SCORE.speaker_right(text, gold, said):
                right.add(i)
        yield rows, right or set(range(1, len(rows)))


class Batch:
    """Examples as flat arrays."""

    def __init__(self, examples):
        index, owner, group, right = [], [], [], []
        for number, (rows, good) in enumerate(examples):
            for i, row in enumerate(rows):
                index.extend(row)
                owner.extend([len(group)] * len(row))
                group.append(number)
                right.append(i in good)
        self.index = numpy.array(index)
        self.owner = numpy.array(owner)
        self.group = numpy.array(group)
        self.right = numpy.array(right, dtype=float)
        self.examples = number + 1

    def scores(self, weights):
        return numpy.bincount(self.owner, weights[self.index],
                              len(self.group))

    def gradient(self, weights):
        score = self.scores(weights)
        top = numpy.full(self.examples, -numpy.inf)
        numpy.maximum.at(top, self.group, score)
        power = numpy.exp(score - top[self.group])
        total = numpy.bincount(self.group, power, self.examples)
        good = numpy.bincount(self.group, power * self.right, self.examples)
        pull = (power / total[self.group]
                - power * self.right / numpy.maximum(good, 1e-30)[self.group])
        loss = -numpy.log(numpy.maximum(good, 1e-30) / total).sum()
        return loss, numpy.bincount(self.index, pull[self.owner],
                                    len(weights))


def learn(batch, count, penalty, steps=400):
    weights = numpy.zeros(count)
    first, second = numpy.zeros(count), numpy.zeros(count)
    for step in range(1, steps + 1):
        loss, slope = batch.gradient(weights)
        slope += penalty * weights
        first += 0.1 * (slope - first)
        second += 0.01 * (slope * slope - second)
        rate = 0.08 * (1 if step < steps * 2 / 3 else 0.2)
        weights -= (rate * (first / (1 - 0.9 ** step))
                    / (numpy.sqrt(second / (1 - 0.99 ** step)) + 1e-6))
    print(f'  loss {loss / batch.examples:.4f} on {batch.examples}')
    return weights


def write_table(weights):
    unit = max(abs(weights).max() / 127, 1e-6)
    numbers = numpy.rint(weights / unit).astype(int)
    lines = []
    for i in range(0, len(numbers), 16):
        lines.append('    ' + ', '.join(map(str, numbers[i:i + 16])) + ',')
    TABLE.write_text(f"""/* Generated by tools/train/train_speakers.py; do not edit. */
#include "text/speaker.h"

const size_t dtl_speaker_weight_count = {len(numbers)};
const float dtl_speaker_weight_unit = {unit:.6f}f;

/* clang-format off */
const int8_t dtl_speaker_weights[{len(numbers)}] = {{
""" + '\n'.join(lines) + '\n};\n/* clang-format on */\n', encoding='utf-8')
    subprocess.run(['ninja', '-C', ROOT / 'build', 'tests/text/dump-quotes'],
                   stdout=subprocess.DEVNULL, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--penalty', type=float, default=3)
    parser.add_argument('--held-out', type=int, default=0,
                        help='leave out each Nth article')
    options = parser.parse_args()
    documents = SCORE.read_jsonl(SHARED / 'data/quotes/polnear.train.jsonl')
    if options.held_out:
        documents = [d for i, d in enumerate(documents)
                     if i % options.held_out]
    count = int(subprocess.run([DUMP, '--count'], stdout=subprocess.PIPE,
                               check=True).stdout)
    for _ in range(options.rounds):
        features = features_of(documents)
        examples = [e for d in documents
                    for e in examples_of(d, features[d['id']])
                    if len(e[0]) > 1]
        weights = learn(Batch(examples), count, options.penalty)
        write_table(weights)


if __name__ == '__main__':
    main()
