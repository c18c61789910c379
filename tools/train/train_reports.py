#!/usr/bin/env python3
"""Learns the weights by which it is chosen what a verb reports without quote
marks, and writes src/text/quote_report_weights.c.

    train_reports.py [--held-out N] [--penalty P] [--least SHARE]
        [--program P]

Data are the articles of polnear.train in ../shared/data/quotes (or
DATELINE_SHARED), without each Nth when --held-out says so. What is learned
from is what build/tests/text/dump-quotes --reports prints: for each verb the
stretches that it may report, each with the numbers of its features, the first
being that it reports nothing. The model is a softmax over the sums of weights.
A candidate is right when it overlaps with an indirect gold quotation by more
than 80 % of the longer, whose cue touches the verb; one that overlaps more is
more right. A verb whose report is no candidate teaches nothing. Needs numpy.
"""
import argparse
import array
import json
import subprocess

import numpy

from train_speakers import ROOT, SCORE, SHARED

TABLE = ROOT / 'src/text/quote_report_weights.c'
WEIGHTS = 65536
LOST = 0.003  # share of the reports that a verb's own features may lose


def overlap(a, b):
    return (min(a[1], b[1]) - max(a[0], b[0])) / max(a[1] - a[0], b[1] - b[0])


class Examples:
    """The candidates of all anchors, in flat arrays."""

    def __init__(self):
        self.features, self.ends = array.array('H'), array.array('Q', [0])
        self.shared, self.shared_ends = array.array('H'), array.array('Q', [0])
        self.anchor_ends, self.right = array.array('Q', [0]), array.array('f')

    def add(self, document, reports):
        at = SCORE.char_offsets(document['text'])
        gold = [q for q in document['quotes'] if q['kind'] == 'indirect']
        for report in reports:
            start, end = (at[x] for x in report['anchor'])
            mine = [(q['start'], q['end']) for q in gold
                    if any(a < end and b > start
                           for a, b in q.get('cue_spans') or [])]
            spans = [[at[x] for x in span]
                     for span, _ in report['candidates']]
            best = [max((overlap(span, g) for g in mine), default=0)
                    if span[1] > span[0] else 0 for span in spans]
            if mine and max(best) <= 0.8:
                continue
            self.right.extend(5 * (x - 0.8) + 0.05 if x > 0.8
                              else float(not mine and i == 0)
                              for i, x in enumerate(best))
            for _, row in report['candidates']:
                self.features.extend(row)
                self.ends.append(len(self.features))
            self.shared.extend(report['shared'])
            self.shared_ends.append(len(self.shared))
            self.anchor_ends.append(len(self.ends) - 1)

    def freeze(self):
        for name in ('features', 'shared'):
            setattr(self, name, numpy.array(getattr(self, name)))
        for name in ('ends', 'shared_ends', 'anchor_ends'):
            setattr(self, name, numpy.array(getattr(self, name), dtype=int))
        self.right = numpy.array(self.right)
        return self


def runs(starts, lengths):
    """The numbers of all members of runs, one run after the other."""
    offsets = numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
    return (numpy.arange(lengths.sum()) - offsets
            + numpy.repeat(starts, lengths))


class Batch:
    """Some of the anchors, ready to be scored."""

    def __init__(self, all_, anchors):
        starts, ends = all_.anchor_ends[anchors], all_.anchor_ends[anchors + 1]
        rows = runs(starts, ends - starts)
        lengths = all_.ends[rows + 1] - all_.ends[rows]
        self.features = all_.features[runs(all_.ends[rows], lengths)]
        self.owner = numpy.repeat(numpy.arange(len(rows)), lengths)
        lengths = all_.shared_ends[anchors + 1] - all_.shared_ends[anchors]
        self.shared = all_.shared[runs(all_.shared_ends[anchors], lengths)]
        self.shared_owner = numpy.repeat(numpy.arange(len(anchors)), lengths)
        self.group = numpy.repeat(numpy.arange(len(anchors)), ends - starts)
        self.first = numpy.cumsum(ends - starts) - (ends - starts)
        self.report = numpy.ones(len(rows), dtype=bool)
        self.report[self.first] = False
        self.right = all_.right[rows]

    def own_scores(self, weights):
        return numpy.bincount(self.shared_owner, weights[self.shared],
                              len(self.first))

    def gradient(self, weights):
        """(loss, its slope)"""
        score = numpy.bincount(self.owner, weights[self.features],
                               len(self.group))
        score += self.report * self.own_scores(weights)[self.group]
        power = numpy.exp(
            score - numpy.maximum.reduceat(score, self.first)[self.group])
        share = power / numpy.add.reduceat(power, self.first)[self.group]
        good = self.right * share
        sums = numpy.maximum(numpy.add.reduceat(good, self.first), 1e-30)
        pull = share - good / sums[self.group]
        slope = numpy.bincount(self.features, pull[self.owner], WEIGHTS)
        own = numpy.bincount(self.group, self.report * pull, len(self.first))
        slope += numpy.bincount(self.shared, own[self.shared_owner], WEIGHTS)
        return -numpy.log(sums).sum(), slope


def learn(all_, penalty, rounds, size=3000):
    """Steps as long as the slopes so far were small; the last round's weights
    are averaged."""
    count = len(all_.anchor_ends) - 1
    random = numpy.random.default_rng(1)
    weights, total = numpy.zeros(WEIGHTS), numpy.zeros(WEIGHTS)
    squares = numpy.full(WEIGHTS, 0.01)
    for turn in range(rounds):
        rate = 0.1 if turn < rounds - 2 else 0.03
        order, loss, steps = random.permutation(count), 0, 0
        for at in range(0, count, size):
            part = order[at:at + size]
            more, slope = Batch(all_, part).gradient(weights)
            slope += penalty * weights * len(part) / count
            squares += slope * slope
            weights -= rate * slope / numpy.sqrt(squares)
            loss += more
            total += weights if turn == rounds - 1 else 0
            steps += 1
        print(f'  loss {loss / count:.4f}', flush=True)
    return total / steps


def least_shared(all_, weights):
    """What the own features of nearly all anchors that report something weigh
    against the candidate that they report nothing."""
    found = []
    count = len(all_.anchor_ends) - 1
    for at in range(0, count, 5000):
        batch = Batch(all_, numpy.arange(at, min(at + 5000, count)))
        none = numpy.bincount(batch.owner, weights[batch.features],
                              len(batch.group))[batch.first]
        reports = batch.right[batch.first] == 0
        found.extend((batch.own_scores(weights) - none)[reports])
    return numpy.quantile(found, LOST)


def write_table(weights, unit, least, own):
    numbers = numpy.clip(numpy.rint(weights / unit), -127, 127).astype(int)
    lines = []
    for number in map(str, numbers):
        if not lines or len(lines[-1]) + len(number) > 76:
            lines.append('   ')
        lines[-1] += f' {number},'
    TABLE.write_text(f"""/* Generated by tools/train/train_reports.py; do not edit. */
#include "text/quote_report.h"

const float dtl_report_weight_unit = {unit:.6f}f;
const int dtl_report_least_shared = {int(own / unit)};
const float dtl_report_least_share = {least}f;

/* clang-format off */
const int8_t dtl_report_weights[DTL_REPORT_WEIGHTS] = {{
""" + '\n'.join(lines) + '\n};\n/* clang-format on */\n', encoding='utf-8')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--held-out', type=int, default=0)
    parser.add_argument('--penalty', type=float, default=5)
    parser.add_argument('--rounds', type=int, default=6)
    parser.add_argument('--least', type=float, default=0.2,
                        help='share of a report that is given')
    parser.add_argument('--program',
                        default=str(ROOT / 'build/tests/text/dump-quotes'))
    options = parser.parse_args()
    documents = SCORE.read_jsonl(SHARED / 'data/quotes/polnear.train.jsonl')
    if options.held_out:
        documents = [d for i, d in enumerate(documents)
                     if i % options.held_out]
    all_ = Examples()
    for document in documents:
        line = json.dumps({'id': document['id'], 'text': document['text']})
        run = subprocess.run([options.program, '--reports'], check=True,
                             input=line.encode() + b'\n',
                             stdout=subprocess.PIPE)
        all_.add(document, json.loads(run.stdout)['reports'])
    weights = learn(all_.freeze(), options.penalty, options.rounds)
    # A few weights are cut for a finer unit of all the others.
    unit = numpy.quantile(abs(weights[weights != 0]), 0.9995) / 127
    write_table(weights, unit, options.least, least_shared(all_, weights))


if __name__ == '__main__':
    main()
