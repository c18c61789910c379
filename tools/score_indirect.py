#!/usr/bin/env python3
"""Scores quotations without quote marks against the gold ones of that kind.

    score_indirect.py GOLD.jsonl --cmd 'build/tests/text/dump-quotes --indirect'
        [--unmarked] [--worst N]

The files are those that score_text.py of the public test data reads. A gold
quotation of kind "indirect" pairs with one predicted one of that kind when
they overlap by more than 80 % of the longer. The files call a quotation
between two apostrophes (''So be it'') indirect too; with --unmarked those, and
what is predicted within them, are left out.
"""
import argparse
import json
import shlex
import subprocess


def pair(gold, predicted):
    """How many pair, the largest overlap first."""
    rows = []
    for i, (a, b) in enumerate(gold):
        for j, (c, d) in enumerate(predicted):
            share = (min(b, d) - max(a, c)) / max(b - a, d - c)
            if share > 0.8:
                rows.append((-share, i, j))
    used_gold, used = set(), set()
    for _, i, j in sorted(rows):
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
    return used_gold, used


def unmarked(text, gold, predicted):
    """Both without the gold that has double apostrophes in it."""
    marked = [g for g in gold if "''" in text[g[0]:g[1]]]
    return ([g for g in gold if g not in marked],
            [p for p in predicted
             if not any(p[0] < g[1] and p[1] > g[0] for g in marked)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('gold')
    parser.add_argument('--cmd', required=True)
    parser.add_argument('--unmarked', action='store_true')
    parser.add_argument('--worst', type=int, default=0)
    options = parser.parse_args()
    with open(options.gold, encoding='utf-8') as file:
        documents = [json.loads(line) for line in file if line.strip()]
    lines = ''.join(json.dumps({'id': d['id'], 'text': d['text']}) + '\n'
                    for d in documents)
    run = subprocess.run(shlex.split(options.cmd), input=lines.encode(),
                         stdout=subprocess.PIPE, check=True)
    answers = {row['id']: row['quotes']
               for row in map(json.loads, run.stdout.decode().splitlines())}
    right = found = wanted = 0
    for document in documents:
        text = document['text'].encode()
        gold = [(q['start'], q['end']) for q in document['quotes']
                if q['kind'] == 'indirect']
        ours = [(len(text[:q['start']].decode()), len(text[:q['end']].decode()))
                for q in answers[document['id']] if q['kind'] == 'indirect']
        if options.unmarked:
            gold, ours = unmarked(document['text'], gold, ours)
        used_gold, used = pair(gold, ours)
        right += len(used)
        found += len(ours)
        wanted += len(gold)
        for name, spans, good in (('MISSED', gold, used_gold),
                                  ('FALSE', ours, used)):
            for i, (a, b) in enumerate(spans):
                if i not in good and options.worst > 0:
                    options.worst -= 1
                    print(name, document['text'][max(0, a - 50):a]
                          .replace('\n', '/'), '[[',
                          document['text'][a:b].replace('\n', '/'), ']]')
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    total = precision + recall
    print('indirect  P %.1f  R %.1f  F1 %.1f   (%d right, %d predicted, '
          '%d gold)' % (100 * precision, 100 * recall,
                        200 * precision * recall / total if total else 0,
                        right, found, wanted))


if __name__ == '__main__':
    main()
