"""Figures as SVG."""
STYLE = '''
text { font: 12px sans-serif; fill: #222; }
.head { font-weight: bold; }
.line { fill: none; stroke: #c2410c; stroke-width: 2; }
.dot { fill: #c2410c; }
.axis { stroke: #b9c0c8; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e6e6; }
  .line { stroke: #f97316; }
  .dot { fill: #f97316; }
  .axis { stroke: #6b7480; }
}
'''
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 340, 200, 50, 30, 40


def panel(x, title, labels, values, shown):
    """One measure over steps that stand evenly apart; from 0 up."""
    top = max(values) * 1.15 or 1
    wide, high = WIDTH - LEFT - 30, HEIGHT - BOTTOM - TOP
    at = [(x + LEFT + wide * i / max(1, len(values) - 1), HEIGHT - BOTTOM - high * v / top)
          for i, v in enumerate(values)]
    yield f'<text class="head" x="{x + 10}" y="20">{title}</text>'
    yield (f'<path class="axis" d="M{x + LEFT} {TOP}V{HEIGHT - BOTTOM}H{x + LEFT + wide}" fill="none"/>')
    yield '<path class="line" d="M' + 'L'.join(f'{a:.1f} {b:.1f}' for a, b in at) + '"/>'
    for (a, b), label, text in zip(at, labels, shown):
        yield f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3"/>'
        yield f'<text x="{a:.1f}" y="{b - 8:.1f}" text-anchor="middle">{text}</text>'
        yield f'<text x="{a:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{label}</text>'


def growth(rows):
    """Rows of (pages, MB, seconds, peak MB): time and memory over the pages."""
    labels = [f'{count:,}' for count, _, _, _ in rows]
    time = [1000 * cpu / count for count, _, cpu, _ in rows]
    memory = [row[3] for row in rows]
    body = [*panel(0, 'milliseconds a page', labels, time, [f'{t:.2f}' for t in time]),
            *panel(WIDTH, 'peak memory, MB', labels, memory, [f'{m:.0f}' for m in memory])]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {2 * WIDTH} {HEIGHT}" role="img">\n'
            '<title>Time and memory over the number of pages</title>\n'
            f'<style>{STYLE}</style>\n' + '\n'.join(body) + '\n</svg>\n')
