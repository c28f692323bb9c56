"""Tables that a text dump has run together: one line a row, the cells joined by single spaces, the header first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from builder.model import CleaningRules
from builder.normalize.page import Line
from builder.normalize.table_columns import best_split
from builder.normalize.table_words import table_words
from builder.normalize.text_measures import ends_sentence, weighted_length

Rows = tuple[tuple[str, ...], ...]
_MOST_COLUMNS: Final = 6
_LONGEST_ROW: Final = 260.0
_LONGEST_HEADER: Final = 90.0
"""Weighted letters."""
_BARS: Final = re.compile(r"\s*[|｜│]\s*")
_GAPS: Final = re.compile(r"\s{2,}|\t+")


def table_candidates(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Stretches that may be a flattened table, as positions in `lines`, half open, the header first."""
    stretches = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_row(lines[end]) and (end == start or _adjoin(lines[end - 1], lines[end])):
            end += 1
        if end - start >= 3:
            stretches.append((start, end))
        start = max(end, start + 1)
    return tuple(stretch for stretch in (_from_header(lines, *pair) for pair in stretches) if stretch)


def recover_table(rows: Sequence[str], article: str, rules: CleaningRules) -> Rows | None:
    """The cells of a flattened table, the header first; None when the evidence is not clear.

    Joined by single spaces the cells of a row give the row. `article` is the running text around it.
    """
    if len(rows) < 3:
        return None
    if marked := _marked_cells(rows):
        return marked
    for row in rows:
        article = article.replace(row, "\n")
    vocabulary = table_words(rules)
    split = best_split(
        [[vocabulary.word(word) for word in row.split()] for row in rows], article.casefold(), vocabulary
    )
    if split is None:
        return None
    return tuple(_cut(row.split(), breaks) for row, breaks in zip(rows, split, strict=True))


def _cut(words: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    ends = (*breaks, len(words))
    return tuple(" ".join(words[start:end]) for start, end in zip((0, *breaks), ends, strict=True))


def _marked_cells(rows: Sequence[str]) -> Rows | None:
    """Cells that bars, tabs or wide gaps part; all rows must agree on how many there are."""
    for separator in (_BARS, _GAPS):
        cells = [tuple(part for part in separator.split(row.strip().strip("|").strip())) for row in rows]
        if len(cells[0]) >= 2 and len({len(row) for row in cells}) == 1:
            return tuple(tuple(" ".join(cell.split()) for cell in row) for row in cells)
    return None


def _may_be_row(line: Line) -> bool:
    words = line.words
    if line.kind != "text" or ends_sentence(words) or weighted_length(words) > _LONGEST_ROW:
        return False
    return len(words.split()) >= 2


def _adjoin(above: Line, below: Line) -> bool:
    return below.number == above.number + 1


def _from_header(lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    """The stretch from its header on: a line no longer than most below it."""
    lengths = [weighted_length(line.words) for line in lines[start:end]]
    for skipped in range(min(3, len(lengths) - 2)):
        below = sorted(lengths[skipped + 1 :])
        if lengths[skipped] <= _LONGEST_HEADER and lengths[skipped] <= 1.25 * below[len(below) // 2]:
            return start + skipped, end
    return None
