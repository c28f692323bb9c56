"""The cells of a flattened table compared: how well a row, cut one way, suits the columns that other rows make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import median
from typing import Final

from builder.normalize.table_words import Value, Word
from builder.normalize.text_measures import weighted_length

Breaks = tuple[int, ...]
_SORTS: Final = frozenset({"person", "post", "body", "topic", "state"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What is compared of the cells of a column."""

    words: int
    length: float
    value: Value
    closes: str
    """Role of its last word."""
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of the other rows are like."""

    size: int
    words: float
    length: float
    """Medians."""
    word_counts: Mapping[int, int]
    values: Mapping[str, int]
    heads: int
    firsts: frozenset[str]
    lasts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Split:
    """One way to cut one row."""

    breaks: Breaks
    weight: float
    cells: tuple[Cell, ...]


def cells(words: Sequence[Word], breaks: Breaks) -> tuple[Cell, ...]:
    """The cells of a row."""
    return tuple(_cell(words[start:end]) for start, end in zip((0, *breaks), (*breaks, len(words)), strict=True))


def _cell(words: Sequence[Word]) -> Cell:
    length = sum(weighted_length(word.text) for word in words)
    first, last = words[0], words[-1]
    return Cell(len(words), length, _value(words), last.role, first.bare, last.bare)


def _value(words: Sequence[Word]) -> Value:
    first, last = words[0], words[-1]
    if last.role == "title":
        return "person" if len(words) > 1 else "post"
    if len(words) == 1 or first.value == "date":
        return first.value
    if all(word.value == "place" for word in words):
        return "place"
    if first.value in ("figure", "percent") and all(
        word.unit or word.value in ("figure", "percent") for word in words[1:]
    ):
        return first.value
    return "body" if last.value == "body" else "plain"


def likeness(split: Split, others: Sequence[Split], expected: Sequence[Value]) -> Iterator[tuple[str, float]]:
    """How a row's cells suit the columns that the other rows make."""
    columns = [column_of([one.cells[place] for one in others]) for place in range(len(split.cells))]
    return fit(split, columns, expected)


def fit(split: Split, columns: Sequence[Column], expected: Sequence[Value]) -> Iterator[tuple[str, float]]:
    """The same from what was reckoned of the columns."""
    last = len(split.cells) - 1
    for place, (cell, column) in enumerate(zip(split.cells, columns, strict=True)):
        where = "first" if place == 0 else "last" if place == last else "middle"
        yield f"words:{where}", abs(log2((cell.words + 0.5) / (column.words + 0.5)))
        yield f"length:{where}", abs(log2((cell.length + 2) / (column.length + 2)))
        yield f"steady:{where}", column.word_counts.get(cell.words, 0) / column.size
        yield from _same_sort(cell, column, expected[place])


def _same_sort(cell: Cell, column: Column, expected: Value) -> Iterator[tuple[str, float]]:
    if cell.value not in ("plain", "none"):
        yield (
            f"same-{'sort' if cell.value in _SORTS else 'value'}",
            column.values.get(cell.value, 0) / column.size,
        )
        yield "other-value", column.values.get("plain", 0) / column.size
    if expected != "plain":
        fits = cell.value == expected or (expected, cell.value) in (
            ("figure", "percent"),
            ("date", "time"),
        )
        if fits:
            yield "expected-sort" if expected in _SORTS else "expected", 1.0
        elif expected not in _SORTS:
            yield "unexpected", 1.0
    if cell.closes in ("head", "tail"):
        yield "same-close", column.heads / column.size
    if cell.first in column.firsts:
        yield "same-opening-word", 1.0
    if cell.last in column.lasts:
        yield "same-closing-word", 1.0


def column_of(rest: Sequence[Cell]) -> Column:
    """What some cells of one column are like."""
    return Column(
        len(rest),
        median(one.words for one in rest),
        median(one.length for one in rest),
        Counter(one.words for one in rest),
        Counter(one.value for one in rest),
        sum(one.closes in ("head", "tail") for one in rest),
        frozenset(one.first for one in rest),
        frozenset(one.last for one in rest),
    )


def shape(cells: Sequence[Cell]) -> Iterator[tuple[str, float]]:
    """First cells name what the row is about, in few words."""
    first, *rest = cells
    yield (
        "heavy-first",
        max(0.0, log2(first.length * len(rest) / sum(cell.length for cell in rest))),
    )
    yield (
        "long-first" if len(rest) > 1 else "long-first-of-two",
        max(0, first.words - 2),
    )
