"""Tables that a text dump has run together: one line a row, the cells joined by single spaces, the header first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from builder.model import CleaningRules
from builder.normalize.page import Line
from builder.normalize.table_columns import best_split
from builder.normalize.table_words import Word, table_words
from builder.normalize.text_measures import ends_sentence, weighted_length

Rows = tuple[tuple[str, ...], ...]
Found = tuple[int, int, Rows]
LEAST_ROWS: Final = 3
"""The header included."""
_MOST_ROWS: Final = 80
_ENOUGH_TEXT: Final = 50_000
"""Code points of the article that are asked about words; more only takes time."""
_LONGEST_ROW: Final = 260.0
_MOST_HEADINGS: Final = 2
_LONGEST_HEADER: Final = 90.0
"""Weighted letters."""
_BARS: Final = re.compile(r"\s*[|｜│]\s*")
_EDGE_BARS: Final = re.compile(r"^[|｜│]|[|｜│]$")
_RULE: Final = re.compile(r"[\s|:+─━═=-]+")
_REMARK: Final = re.compile(r"[\u203b*\u2217(]|[^\W\d]{1,8} ?[:=\uff1a]\s?\S")
_GAPS: Final = re.compile(r"\s{2,}|\t+")


def find_tables(lines: Sequence[Line], texts: Sequence[str], article: str, rules: CleaningRules) -> tuple[Found, ...]:
    """Flattened tables among an article's lines: position of the header, position after the last row, the cells.

    `texts` are the lines' words as far as they belong to the article. Headings may stand right above a table and
    remarks right below it: the lines are tried without them.
    """
    found: list[Found] = []
    for start, end in table_candidates(lines):
        last = _without_remarks(texts, start, end)
        attempts = ((top, bottom) for top in _headers(texts, start, last, rules) for bottom in (last, last - 1))
        for top, bottom in attempts:
            if rows := recover_table(texts[top:bottom], article, rules):
                found.append((top, bottom, rows))
                break
    return tuple(found)


def table_candidates(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Stretches of lines that may hold a flattened table, as positions in `lines`, half open."""
    stretches = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_row(lines[end]) and (end == start or _adjoin(lines[end - 1], lines[end])):
            end += 1
        if LEAST_ROWS <= end - start <= _MOST_ROWS:
            stretches.append((start, end))
        start = max(end, start + 1)
    return tuple(stretches)


def recover_table(rows: Sequence[str], article: str, rules: CleaningRules) -> Rows | None:
    """The cells of a flattened table, the header first; None when the evidence is not clear.

    Joined by single spaces the cells of a row give the row. `article` is the running text around it.
    """
    if len(rows) < LEAST_ROWS:
        return None
    if marked := _marked_cells(rows):
        return marked
    if len(set(rows)) < len(rows):
        return None
    article = article[:_ENOUGH_TEXT]
    for row in rows:
        article = article.replace(row, "\n")
    vocabulary = table_words(rules)
    split = best_split(
        [[vocabulary.word(word) for word in row.split()] for row in rows],
        article,
        vocabulary,
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
        plain = [_EDGE_BARS.sub("", row.strip()) for row in rows if not _RULE.fullmatch(row)]
        cells = [tuple(" ".join(part.split()) for part in separator.split(row)) for row in plain]
        if len(cells) > 1 and len(cells[0]) >= 2 and len({len(row) for row in cells}) == 1:
            return tuple(cells)
    return None


def _may_be_row(line: Line) -> bool:
    words = line.words
    if line.kind != "text" or ends_sentence(words) or weighted_length(words) > _LONGEST_ROW:
        return False
    return len(words.split()) >= 2 or bool(_RULE.fullmatch(words))


def _adjoin(above: Line, below: Line) -> bool:
    return below.number == above.number + 1


def _without_remarks(texts: Sequence[str], start: int, end: int) -> int:
    """The end without notes and sources below the last row."""
    while end - start > LEAST_ROWS:
        longest = max(map(weighted_length, texts[start : end - 1]))
        if weighted_length(texts[end - 1]) <= 1.6 * longest and not _REMARK.match(texts[end - 1]):
            break
        end -= 1
    return end


def _headers(texts: Sequence[str], start: int, end: int, rules: CleaningRules) -> list[int]:
    """Which of the first lines may be the header: none longer than most below it; best those that name columns."""
    vocabulary = table_words(rules)
    lengths = [weighted_length(text) for text in texts[start:end]]
    tops = []
    for skipped in range(min(_MOST_HEADINGS + 1, len(lengths) - LEAST_ROWS + 1)):
        named = _named(vocabulary.word(word) for word in texts[start + skipped].split())
        # Over columns of figures the names are the longest line.
        likely = named >= 0.5 or lengths[skipped] <= 1.4 * median(lengths[skipped + 1 :])
        fits = likely and lengths[skipped] <= _LONGEST_HEADER
        if fits and (named or not skipped):
            tops.append((-named, start + skipped))
    return [top for _, top in sorted(tops)]


def _named(words: Iterable[Word]) -> float:
    names = [word.names_column for word in words]
    return round(sum(names) / len(names), 1)
