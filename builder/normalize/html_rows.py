"""A row of a saved page's table: its text on one line, and where on it each cell stands, those of spans left empty."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from builder.normalize.html_elements import folded
from builder.normalize.page import Mark, MarkKind

_WIDEST: Final = 100
"""Columns; a span may claim thousands that no row has."""


def row_of(row: LexborNode, reaching: dict[int, int]) -> tuple[str, list[Mark]]:
    """The words of a row's cells, a space between, and their marks.

    `reaching` holds for each column into how many rows more a cell above still reaches, and is brought up to date. A
    cell that spans columns or rows stands in the first of them; the others are empty.
    """
    texts: list[str] = []
    marks: list[Mark] = []
    position = column = 0
    begun: dict[int, int] = {}
    for cell in row.iter():
        if cell.tag not in ("td", "th"):
            continue
        while reaching.get(column, 0) > 0:
            marks.append(_empty(position))
            column += 1
        text = folded(cell.text(deep=True, separator=" ")).strip()
        kind: MarkKind = "head" if cell.tag == "th" else "cell"
        marks.append(Mark(position, position + len(text), kind))
        texts.append(text)
        position += len(text) + 1
        # Behind the widest table a cell takes one place, whatever it claims: its words are the row's all the same.
        wide = max(1, min(_span(cell, "colspan"), _WIDEST - column))
        tall = _span(cell, "rowspan") if column < _WIDEST else 1
        begun.update(dict.fromkeys(range(column, column + wide), tall - 1))
        marks += [_empty(position)] * (wide - 1)
        column += wide
    marks += [_empty(position) for at in sorted(reaching) if at >= column and reaching[at] > 0]
    left = {at: rows - 1 for at, rows in reaching.items() if rows > 1}
    reaching.clear()
    reaching.update(left | {at: rows for at, rows in begun.items() if rows > 0})
    return " ".join(texts), marks


def _empty(position: int) -> Mark:
    at = max(0, position - 1)
    return Mark(at, at, "cell")


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(_WIDEST, int(value))) if value.isascii() and value.isdigit() and len(value) < 5 else 1
