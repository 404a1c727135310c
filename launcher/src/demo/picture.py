#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws what `tmux capture-pane -e -p` printed as an SVG.

    tmux new-session -d -x 120 -y 40 'llmtop --demo' && sleep 60 && tmux capture-pane -e -p | picture.py > screen.svg

Every run of one style stands at its own column, so that the columns are straight in whatever font a reader has.
"""
import re
import sys
import unicodedata
from html import escape

CELL, ROW, SIZE = 8.4, 17, 14
BACK, FORE, FAINT = "#16181d", "#d6d8dc", "#82868f"
BASIC = ["#000000", "#cd3131", "#0dbc79", "#e69f00", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"]
BRIGHT = ["#666666", "#ff6e4a", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"]
SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Za-z0-9]|[\x0e\x0f]")


def indexed(number):
    if number < 16:
        return (BASIC + BRIGHT)[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    steps = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#%02x%02x%02x" % (steps[number // 36], steps[number // 6 % 6], steps[number % 6])


def restyle(style, codes):
    numbers = [int(code or 0) for code in codes.split(";")]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            style = {}
        elif code in (1, 2, 7):
            style = {**style, {1: "bold", 2: "dim", 7: "reverse"}[code]: True}
        elif code in (22, 27):
            style = {name: value for name, value in style.items() if name not in (("bold", "dim") if code == 22 else "reverse")}
        elif code == 39:
            style = {name: value for name, value in style.items() if name != "colour"}
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style = {**style, "colour": (BASIC[code - 30] if code < 40 else BRIGHT[code - 90])}
        elif code == 38 and numbers[:1] == [5]:
            style = {**style, "colour": indexed(numbers[1])}
            numbers = numbers[2:]
        elif code == 38 and numbers[:1] == [2]:
            style = {**style, "colour": "#%02x%02x%02x" % tuple(numbers[1:4])}
            numbers = numbers[4:]
    return style


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def run(row, column, text, style):
    cells = width(text)
    if not text.strip() and not style.get("reverse"):
        return ""
    fore = style.get("colour", FAINT if style.get("dim") else FORE)
    x, y, length = column * CELL + 10, row * ROW + 10, cells * CELL
    box = ""
    if style.get("reverse"):
        box = f'<rect x="{x:.1f}" y="{y}" width="{length:.1f}" height="{ROW}" fill="{fore}"/>'
        fore = BACK
    weight = ' font-weight="bold"' if style.get("bold") else ""
    return (
        f'{box}<text x="{x:.1f}" y="{y + ROW - 4}" fill="{fore}"{weight} textLength="{length:.1f}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>\n'
    )


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    drawn, columns, style = [], 0, {}
    for row, line in enumerate(lines):
        at = column = 0
        for found in list(SEQUENCE.finditer(line)) + [None]:
            text = line[at : found.start() if found else len(line)]
            # A run of blanks inside may be squeezed by a viewer: words stand where they stand.
            for part in re.finditer(r" {2,}|(?:(?! {2}).)+", text):
                piece = part.group()
                drawn.append(run(row, column, piece, style))
                column += width(piece)
            if found:
                at = found.end()
                style = restyle(style, found.group(1)) if found.group(1) is not None else style
        columns = max(columns, column)
    size = f'width="{columns * CELL + 20:.0f}" height="{len(lines) * ROW + 20}"'
    print(f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace"')
    print(f'  font-size="{SIZE}" xml:space="preserve"><rect width="100%" height="100%" rx="6" fill="{BACK}"/>')
    print("".join(drawn) + "</svg>")


sys.exit(main())
