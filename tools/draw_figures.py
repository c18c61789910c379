#!/usr/bin/env python3
"""Draws the figures of docs/BENCHMARKS.md as docs/pictures/quality.svg, on
standard output.

    tools/draw_figures.py >docs/pictures/quality.svg

Run it in the project's folder, again whenever the table "How well it reads"
changes; a test compares the two. Where a figure of dateline's comes from a
model that was trained on the same pages, the one on publishers left out of the
training is drawn.
"""
import html
import pathlib
import re

# Set, column of the table, what the reader of the picture is told.
PANELS = [
    ('news', 'body F1', 'text of news articles, F1'),
    ('news', 'paragraphs F1', 'whole paragraphs, F1'),
    ('news', 'title', 'right headlines'),
    ('news', 'authors', 'right authors'),
    ('web', 'body F1', 'text of any web page, F1'),
    ('dates', 'day published', 'right days of publication'),
]
# The column of the table "decided by" that has the figure on publishers left
# out.
HELD_OUT = {
    ('news', 'body F1'): 'news body F1',
    ('news', 'paragraphs F1'): 'paragraphs F1',
    ('web', 'body F1'): 'web segments F1',
}
WIDTH, LEFT, BAR, GAP, HEAD = 720, 130, 16, 5, 24
COLUMNS = 2
STYLE = '''
text { font: 12px sans-serif; fill: #222; }
.head { font-weight: bold; }
.bar { fill: #b9c0c8; }
.ours { fill: #c2410c; }
.track { fill: #f0f1f3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e6e6; }
  .bar { fill: #6b7480; }
  .ours { fill: #f97316; }
  .track { fill: #2a2d31; }
}
'''


def figures(text):
    """{(set, column): [(reader, percent), ...]} of the table."""
    found, columns, name = {}, None, None
    section = text.split('## How well it reads')[1].split('\n## ')[0]
    for line in section.split('\n'):
        if not line.startswith('|'):
            continue
        cells = [c.strip() for c in line.strip('|').split('|')]
        if cells[0] == 'set':
            columns = cells[2:]
        elif columns and not cells[0].startswith('-'):
            name = cells[0].split(',')[0] or name
            for column, cell in zip(columns, cells[2:]):
                number = re.search(r'[\d.]+$', cell)
                if number:
                    found.setdefault((name, column), []).append(
                        (cells[1], float(number[0])))
    return found


def held_out(text):
    """{column: percent} on publishers left out."""
    table = text[text.index('| decided by |'):].split('\n\n')[0]
    rows = [[c.strip() for c in line.strip('|').split('|')]
            for line in table.split('\n')]
    row = next(r for r in rows if r[0].startswith('a model without the pub'))
    return {column: float(cell) for column, cell in zip(rows[0][1:], row[1:])}


def panel(x, y, width, title, rows):
    """One measure: a bar a reader, each on a track of 100 %."""
    full = width - LEFT - 50
    yield f'<text class="head" x="{x}" y="{y + 14}">{html.escape(title)}</text>'
    for i, (reader, percent) in enumerate(rows):
        top = y + HEAD + i * (BAR + GAP)
        kind = 'ours' if reader == 'dateline' else 'bar'
        yield f'<text x="{x}" y="{top + 12}">{html.escape(reader)}</text>'
        for name, length in (('track', full), (kind, full * percent / 100)):
            yield (f'<rect class="{name}" x="{x + LEFT}" y="{top}" rx="2" '
                   f'width="{length:.1f}" height="{BAR}"/>')
        yield (f'<text x="{x + LEFT + full + 6}" y="{top + 12}">'
               f'{percent:.1f}</text>')


def main():
    text = pathlib.Path('docs/BENCHMARKS.md').read_text()
    found, unseen = figures(text), held_out(text)
    width = (WIDTH - 20) // COLUMNS
    body, y, tallest = [], 10, 0
    for i, (name, column, title) in enumerate(PANELS):
        if i and i % COLUMNS == 0:
            y, tallest = y + tallest, 0
        rows = found[name, column]
        if (name, column) in HELD_OUT:
            rows = [(r, unseen[HELD_OUT[name, column]]
                     if r == 'dateline' else p) for r, p in rows]
        tallest = max(tallest, HEAD + len(rows) * (BAR + GAP) + 16)
        body += panel(10 + i % COLUMNS * (width + 10), y, width - 10, title,
                      rows)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
          f'height="{y + tallest}" viewBox="0 0 {WIDTH} {y + tallest}" '
          'role="img">\n<title>How well news readers read, in percent</title>\n'
          f'<style>{STYLE}</style>')
    print('\n'.join(body))
    print('</svg>')


if __name__ == '__main__':
    main()
