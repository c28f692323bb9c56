"""Where the cells of a flattened table part: all rows at once, so that each column holds things alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from statistics import median
from typing import Final

from builder.normalize.table_breaks import NEVER, header_breaks, row_breaks
from builder.normalize.table_words import TableWords, Value, Word
from builder.normalize.text_measures import weighted_length

Breaks = tuple[int, ...]
_MOST_COLUMNS: Final = 6
_MOST_GAPS: Final = 14
_MOST_SPLITS: Final = 28
_ROUNDS: Final = 4
_MARGIN: Final = 0.15


@dataclass(frozen=True, slots=True)
class _Cell:
    words: int
    length: float
    value: Value
    closes: str
    """Role of its last word."""
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to cut one row."""

    breaks: Breaks
    weight: float
    cells: tuple[_Cell, ...]


def best_split(rows: Sequence[Sequence[Word]], article: str, vocabulary: TableWords) -> list[Breaks] | None:
    """Where each row's cells begin, the first apart; the header is the first row. None when nothing stands out."""
    header, *body = rows
    most = min(_MOST_COLUMNS, *(len(row) for row in rows))
    weights = [row_breaks(row, article) for row in body]
    above = header_breaks(header, article)
    answers = []
    for columns in range(2, most + 1):
        answer = _table(columns, (header, above), list(zip(body, weights, strict=True)), vocabulary)
        if answer:
            answers.append(answer)
    answers.sort(key=lambda one: -one[0])
    if not answers:
        return None
    best = answers[0]
    rival = answers[1][0] if len(answers) > 1 else best[0] - 9.0
    if best[0] <= 0.3 * len(rows) or best[0] - rival < _MARGIN * len(rows):
        return None
    return best[1]


def _table(
    columns: int,
    header: tuple[Sequence[Word], list[float]],
    body: list[tuple[Sequence[Word], list[float]]],
    vocabulary: TableWords,
) -> tuple[float, list[Breaks]] | None:
    """The best table of so many columns and its worth."""
    tops = [_Split(one.breaks, one.weight + _evenness(one), one.cells) for one in _splits(*header, columns)]
    rows = [_splits(words, weights, columns) for words, weights in body]
    if not tops or not all(rows):
        return None
    best: tuple[float, list[Breaks]] | None = None
    for top in sorted(tops, key=lambda one: -one.weight)[:3]:
        expected = _expected(header[0], top.breaks, vocabulary)
        for start in _starts(rows):
            chosen = _settle(rows, start, expected)
            worth = top.weight + sum(
                one.weight + _alike(one, [*chosen[:place], *chosen[place + 1 :]], expected)
                for place, one in enumerate(chosen)
            )
            if best is None or worth > best[0]:
                best = worth, [top.breaks, *(one.breaks for one in chosen)]
    return best


def _evenness(split: _Split) -> float:
    """Header cells have as many words each, or nearly."""
    return -0.5 * (max(cell.words for cell in split.cells) - min(cell.words for cell in split.cells))


def _expected(header: Sequence[Word], breaks: Breaks, vocabulary: TableWords) -> list[Value]:
    ends = (*breaks, len(header))
    return [
        vocabulary.expects(" ".join(word.bare for word in header[start:end]))
        for start, end in zip((0, *breaks), ends, strict=True)
    ]


def _starts(rows: list[list[_Split]]) -> list[list[_Split]]:
    """Where the search sets out: each row's own best, and each row's best in the shape of one row."""
    starts = [[splits[0] for splits in rows]]
    for shape in {splits[0].breaks[0] for splits in rows}:
        starts.append([min(splits, key=lambda one: (abs(one.breaks[0] - shape), -one.weight)) for splits in rows])
    return starts


def _settle(rows: list[list[_Split]], chosen: list[_Split], expected: list[Value]) -> list[_Split]:
    """Row by row the split that suits the others best, until nothing changes."""
    chosen = list(chosen)
    for _ in range(_ROUNDS):
        before = list(chosen)
        for place, splits in enumerate(rows):
            others = [*chosen[:place], *chosen[place + 1 :]]
            chosen[place] = max(splits, key=lambda one: one.weight + _alike(one, others, expected))
        if chosen == before:
            break
    return chosen


def _splits(words: Sequence[Word], weights: list[float], columns: int) -> list[_Split]:
    gaps = [place for place, weight in enumerate(weights, 1) if weight > NEVER]
    gaps = sorted(sorted(gaps, key=lambda place: -weights[place - 1])[:_MOST_GAPS])
    ranked = sorted(
        ((sum(weights[place - 1] for place in breaks), breaks) for breaks in combinations(gaps, columns - 1)),
        key=lambda one: (-one[0], one[1]),
    )
    return [_Split(breaks, weight, _cells(words, breaks)) for weight, breaks in ranked[:_MOST_SPLITS]]


def _cells(words: Sequence[Word], breaks: Breaks) -> tuple[_Cell, ...]:
    return tuple(_cell(words[start:end]) for start, end in zip((0, *breaks), (*breaks, len(words)), strict=True))


def _cell(words: Sequence[Word]) -> _Cell:
    length = sum(weighted_length(word.text) for word in words)
    first, last = words[0], words[-1]
    return _Cell(len(words), length, _value(words), last.role, first.bare, last.bare)


def _value(words: Sequence[Word]) -> Value:
    if len(words) == 1 or words[0].value == "date":
        return words[0].value
    if all(word.value == "place" for word in words):
        return "place"
    if words[0].value in ("figure", "percent") and all(
        word.unit or word.value in ("figure", "percent") for word in words[1:]
    ):
        return words[0].value
    return "plain"


def _alike(split: _Split, others: Sequence[_Split], expected: Sequence[Value]) -> float:
    """How well a row's cells suit the columns that the other rows make."""
    total = 0.0
    last = len(split.cells) - 1
    for column, cell in enumerate(split.cells):
        column_cells = [one.cells[column] for one in others]
        strict = 0.8 if column == 0 else 0.35 if column == last else 0.3
        usual = median(one.words for one in column_cells)
        total -= strict * abs(log2((cell.words + 0.5) / (usual + 0.5)))
        usual = median(one.length for one in column_cells)
        total -= strict * 0.5 * abs(log2((cell.length + 2) / (usual + 2)))
        total += _same_sort(cell, column_cells, expected[column])
    return total


def _same_sort(cell: _Cell, column: Sequence[_Cell], expected: Value) -> float:
    share = 1 / len(column)
    total = 0.0
    numeric = ("figure", "percent")
    if cell.value not in ("plain", "none"):
        total += 1.0 * share * sum(one.value == cell.value for one in column)
        total -= 0.5 * share * sum(one.value == "plain" for one in column)
    if expected != "plain":
        fits = cell.value == expected or (expected == "figure" and cell.value in numeric)
        total += 0.8 if fits or (expected == "date" and cell.value == "time") else -0.3
    if cell.closes == "head":
        total += 0.4 * share * sum(one.closes == "head" for one in column)
    total += 0.5 * (any(one.first == cell.first for one in column) + any(one.last == cell.last for one in column))
    return total
