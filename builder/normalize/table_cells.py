"""The cells of a flattened table compared: how well a row, cut one way, suits the columns that other rows make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log2
from typing import Final, Literal, get_args

from builder.model.values import value
from builder.normalize.table_weights import WEIGHTS
from builder.normalize.table_words import Value, Word
from builder.normalize.text_measures import weighted_length

Breaks = tuple[int, ...]
Place = Literal["first", "middle", "last"]
_SORTS: Final = frozenset({"person", "post", "body", "topic", "state"})
_CLOSING: Final = frozenset({"head", "tail"})
_BY_PLACE: Final = {
    where: (WEIGHTS[f"words:{where}"], WEIGHTS[f"length:{where}"], WEIGHTS[f"steady:{where}"])
    for where in get_args(Place)
}
_SAME_CLOSE: Final = WEIGHTS["same-close"]
_SAME_OPENING_WORD: Final = WEIGHTS["same-opening-word"]
_SAME_CLOSING_WORD: Final = WEIGHTS["same-closing-word"]


@value(frozen=True, slots=True)
class Cell:
    """What is compared of the cells of a column."""

    words: int
    length: float
    value: Value
    closes: str
    """Role of its last word."""
    first: str
    last: str


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class Split:
    """One way to cut one row."""

    breaks: Breaks
    weight: float
    cells: tuple[Cell, ...]


def cells(words: Sequence[Word], breaks: Breaks, known: dict[tuple[int, int], Cell]) -> tuple[Cell, ...]:
    """The cells of a row; `known` are those of its other splits, by their words, and gets what is new."""
    found = []
    for stretch in zip((0, *breaks), (*breaks, len(words)), strict=True):
        cell = known.get(stretch)
        if cell is None:
            cell = known[stretch] = _cell(words[stretch[0] : stretch[1]])
        found.append(cell)
    return tuple(found)


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


def fit(cell: Cell, column: Column, expected: Value, where: Place) -> list[float]:
    """How a cell, at its place in the row, suits the column that other rows make: what each thing weighs that says so.

    A table of ten rows asks for thousands of cells.
    """
    words, length, steady = _BY_PLACE[where]
    told = [
        words * abs(log2((cell.words + 0.5) / (column.words + 0.5))),
        length * abs(log2((cell.length + 2) / (column.length + 2))),
        steady * (column.word_counts.get(cell.words, 0) / column.size),
    ]
    if cell.value != "plain" or expected != "plain":
        told += [WEIGHTS[name] * amount for name, amount in _same_sort(cell, column, expected)]
    if cell.closes in _CLOSING:
        told.append(_SAME_CLOSE * (column.heads / column.size))
    if cell.first in column.firsts:
        told.append(_SAME_OPENING_WORD)
    if cell.last in column.lasts:
        told.append(_SAME_CLOSING_WORD)
    return told


def place_in_row(at: int, columns: int) -> Place:
    """What a cell's place means for its size."""
    return "first" if at == 0 else "last" if at == columns - 1 else "middle"


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


def column_of(rest: Sequence[Cell]) -> Column:
    """What some cells of one column are like."""
    words = [one.words for one in rest]
    values = [one.value for one in rest]
    return Column(
        len(rest),
        _median(words),
        _median([one.length for one in rest]),
        {number: words.count(number) for number in set(words)},
        {sort: values.count(sort) for sort in set(values)},
        sum([one.closes in _CLOSING for one in rest]),
        frozenset([one.first for one in rest]),
        frozenset([one.last for one in rest]),
    )


def _median(numbers: Sequence[float]) -> float:
    """As in `statistics`, whose checks of what it is given take most of its time."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


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
