"""Where the cells of a flattened table part: all rows at once, so that each column holds things alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil, comb, log
from typing import Final

from builder.model.values import value
from builder.normalize.table_breaks import (
    NEVER,
    Evidence,
    Surroundings,
    header_evidence,
    row_evidence,
)
from builder.normalize.table_cells import Breaks, Cell, Split, cells, column_of, fit, place_in_row, shape
from builder.normalize.table_search import Expected, RowSearch, worth_of
from builder.normalize.table_weights import WEIGHTS, weigh
from builder.normalize.table_words import NUMERIC, TableWords, Word

_MOST_COLUMNS: Final = 6
_MOST_GAPS: Final = 14
_MOST_SPLITS: Final = 30
_MOST_TOPS: Final = 4
_MOST_ROWS: Final = 12
"""Enough to learn the columns from."""
_PLAIN_SORTS: Final = NUMERIC | {"place"}
_LONGEST_YEAR: Final = 7
"""Code points, with what may be written after it; longer dates are time stamps of pages."""
_LEAST_WORTH: Final = -2.5
_MUCH_WORTH: Final = 1.5
"""A row, on the average: with a header that names columns, and without."""
_ALIKE: Final = 0.6
"""Share of a column's cells, or of the rows, that make it plain what sort of thing stands there."""


@value(frozen=True, slots=True)
class Table:
    """One way to cut all rows; the header's cut is the first."""

    worth: float
    header: Split
    rows: tuple[Split, ...]


def best_split(rows: Sequence[Sequence[Word]], article: str, vocabulary: TableWords) -> list[Breaks] | None:
    """Where each row's cells begin, the first apart; the header is the first row. None when it is no table."""
    if not _may_be_table(rows):
        return None
    around = Surroundings.of(article, vocabulary.verb_endings)
    found = tables(rows[: _MOST_ROWS + 1], around, vocabulary)
    best = max(found, key=lambda table: table.worth, default=None)
    if best is None or not _is_convincing(best, rows[0]):
        return None
    later = _later_rows(rows[_MOST_ROWS + 1 :], best, around)
    splits = [best.header, *best.rows, *later]
    return [split.breaks for split in splits if split] if all(splits) else None


def _may_be_table(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether the search can end well: something names a column, or figures, dates or places stand in most rows."""
    header, *body = rows
    if all(word.value in NUMERIC and word.value != "date" for word in header) or header[0].text in _first_words(body):
        return False
    if any(word.names_column or word.value in _PLAIN_SORTS for word in header):
        return True
    return len(body) > 2 and sum(any(word.value in _PLAIN_SORTS for word in row) for row in body) >= _ALIKE * len(body)


def _first_words(rows: Sequence[Sequence[Word]]) -> set[str]:
    return {row[0].text for row in rows}


def _is_convincing(table: Table, header: Sequence[Word]) -> bool:
    """Whether the header names columns, or the columns are plainly of one sort each.

    Lines of text can always be cut somehow; what tells a table from headlines, verse or addresses is its first line.
    """
    columns = len(table.header.cells)
    named = _named(table.header, header)
    worth = table.worth / len(table.rows)
    if _names_enough(named, columns):
        return worth > _LEAST_WORTH
    alike = sum(map(_is_of_one_sort, zip(*(row.cells for row in table.rows), strict=True))) / columns
    plain = alike >= 0.5 and len(table.rows) > 2
    return worth > _MUCH_WORTH and (plain or (named > 0 and columns > 2))


def _could_convince(top: Split, header: Sequence[Word], body: Sequence[Sequence[Word]]) -> bool:
    """Whether any table with this cut of the header can be convincing: only then its rows need be cut."""
    columns = len(top.cells)
    named = _named(top, header)
    if _names_enough(named, columns) or (named > 0 and columns > 2):
        return True
    sorted_cells = sum(min(columns, sum(word.value in _PLAIN_SORTS for word in row)) for row in body)
    return len(body) > 2 and sorted_cells >= ceil(columns / 2) * _ALIKE * len(body)


def _named(top: Split, header: Sequence[Word]) -> float:
    """Share of the header's cells that name a column."""
    ends = (*top.breaks, len(header))
    return sum(_names_column(header[end - 1]) for end in ends) / len(ends)


def _names_enough(named: float, columns: int) -> bool:
    return named >= (0.5 if columns > 2 else 1.0)


def _names_column(word: Word) -> bool:
    """Whether it is the name of a column, or a year or country at the head of one."""
    if word.value == "date":
        return len(word.bare) <= _LONGEST_YEAR
    return word.names_column or word.value == "place"


def _is_of_one_sort(column: Sequence[Cell]) -> bool:
    counts = Counter(cell.value for cell in column if cell.value in _PLAIN_SORTS)
    return max(counts.values(), default=0) >= _ALIKE * len(column)


def _later_rows(rows: Sequence[Sequence[Word]], table: Table, around: Surroundings) -> list[Split | None]:
    """How the further rows of a long table are cut."""
    columns = [column_of(cells) for cells in zip(*(row.cells for row in table.rows), strict=True)]

    def worth(one: Split) -> float:
        return one.weight + sum(
            weight
            for place, (cell, column) in enumerate(zip(one.cells, columns, strict=True))
            for weight in fit(cell, column, "plain", place_in_row(place, len(columns)))
        )

    cut = (_Cuts(words, row_evidence(words, around)).into(len(columns)) for words in rows)
    return [max(splits, key=worth, default=None) for splits in cut]


def tables(rows: Sequence[Sequence[Word]], around: Surroundings, vocabulary: TableWords) -> list[Table]:
    """The best table for each number of columns; none where none can be convincing."""
    header, *body = rows
    most = min(_MOST_COLUMNS, *(len(row) for row in rows))
    above = _Cuts(header, header_evidence(header, around), toll=False)
    tops = {columns: _likeliest(above.into(columns)) for columns in range(2, most + 1)}
    if not any(_could_convince(top, header, body) for likely in tops.values() for top in likely):
        return []
    cuts = [_Cuts(row, row_evidence(row, around)) for row in body]
    found = []
    for columns, likely in tops.items():
        cut = [one.into(columns) for one in cuts] if likely else []
        if cut and all(cut):
            found.append(_best_table(header, likely, RowSearch(cut), vocabulary))
    return found


def _likeliest(tops: list[Split]) -> list[Split]:
    return sorted(tops, key=lambda one: -one.weight - worth_of(header_likeness(one)))[:_MOST_TOPS]


def _best_table(header: Sequence[Word], tops: list[Split], search: RowSearch, vocabulary: TableWords) -> Table:
    expectations = [_expected(header, top.breaks, vocabulary) for top in tops]
    settled = search.settled(expectations)
    found = [
        (top.weight + worth_of(header_likeness(top)) + search.worth(chosen, expected), top, chosen, expected)
        for top, expected in zip(tops, expectations, strict=True)
        for chosen in settled
    ]
    whole, top, chosen, expected = max(found, key=lambda table: table[0])
    rest = whole - search.worth(chosen, expected)
    chosen = search.improved(chosen, expected)
    return Table(rest + search.worth(chosen, expected), top, search.rows_of(chosen))


def header_likeness(split: Split) -> Iterator[tuple[str, float]]:
    """How likely so many columns are; header cells have as many words each, or nearly."""
    yield f"columns:{len(split.cells)}", 1.0
    yield (
        "header-uneven",
        max(cell.words for cell in split.cells) - min(cell.words for cell in split.cells),
    )
    longer = [cell for cell in split.cells if cell.words > 1]
    yield "header-same-close", len(longer) - len({cell.last for cell in longer})


def _expected(header: Sequence[Word], breaks: Breaks, vocabulary: TableWords) -> Expected:
    ends = (*breaks, len(header))
    return tuple(
        vocabulary.expects(" ".join(word.bare for word in header[start:end]))
        for start, end in zip((0, *breaks), ends, strict=True)
    )


class _Cuts:
    """The ways to cut one row, by how many cells come of it."""

    def __init__(self, words: Sequence[Word], evidence: Sequence[Evidence], *, toll: bool = True) -> None:
        self._words = words
        self._evidence = evidence
        self._toll = toll
        self._weights = [weigh(names) for names in evidence]
        gaps = [place for place, names in enumerate(evidence, 1) if names != NEVER]
        self._gaps = sorted(sorted(gaps, key=lambda place: -self._weights[place - 1])[:_MOST_GAPS])
        self._cells: dict[tuple[int, int], Cell] = {}

    def into(self, columns: int) -> list[Split]:
        """The likeliest ways, the likeliest first."""
        paid = WEIGHTS["choices"] * choices(self._evidence, columns) if self._toll else 0.0
        found = []
        for weight, breaks in self._likeliest(columns - 1):
            parts = cells(self._words, breaks, self._cells)
            found.append(Split(breaks, weight + paid + (worth_of(shape(parts)) if self._toll else 0.0), parts))
        return found

    def _likeliest(self, count: int) -> list[tuple[float, Breaks]]:
        weights = [self._weights[place - 1] for place in self._gaps]
        sums = list(map(sum, combinations(weights, count)))
        least = sorted(sums, reverse=True)[:_MOST_SPLITS][-1:]
        fair = [one for one in zip(sums, combinations(self._gaps, count), strict=True) if one[0] >= least[0]]
        return sorted(fair, key=lambda one: (-one[0], one[1]))[:_MOST_SPLITS]


def choices(evidence: Sequence[Evidence], columns: int) -> float:
    """Logarithm of how many ways there are to cut the row: the more, the less it says that a good one is among them."""
    ways = comb(sum(names != NEVER for names in evidence), columns - 1)
    return log(ways) if ways else 0.0
