"""Where the cells of a flattened table part: all rows at once, so that each column holds things alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, log
from typing import Final

from builder.normalize.table_breaks import (
    NEVER,
    Evidence,
    Surroundings,
    header_evidence,
    row_evidence,
)
from builder.normalize.table_cells import Breaks, Cell, Column, Split, cells, column_of, fit, likeness, shape
from builder.normalize.table_weights import WEIGHTS, weigh
from builder.normalize.table_words import NUMERIC, TableWords, Value, Word

_MOST_COLUMNS: Final = 6
_MOST_GAPS: Final = 14
_MOST_SPLITS: Final = 30
_ROUNDS: Final = 4
_MOST_STARTS: Final = 5
_MOST_TOPS: Final = 4
_MOST_LIKELY: Final = 5
_PLAIN: Final[tuple[Value, ...]] = ("plain",) * _MOST_COLUMNS
_HALF: Final = 0.5
_MOST_ROWS: Final = 12
"""Enough to learn the columns from."""
_PLAIN_SORTS: Final = NUMERIC | {"place"}
_LONGEST_YEAR: Final = 7
"""Code points, with what may be written after it; longer dates are time stamps of pages."""
_LEAST_WORTH: Final = -2.5
_MUCH_WORTH: Final = 1.5
"""A row, on the average: with a header that names columns, and without."""


@dataclass(frozen=True, slots=True)
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
    later = [_fitting(words, best, around) for words in rows[_MOST_ROWS + 1 :]]
    splits = [best.header, *best.rows, *later]
    return [split.breaks for split in splits if split] if all(splits) else None


def _may_be_table(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether the search can end well: something names a column, or figures, dates or places stand in most rows."""
    header, *body = rows
    if all(word.value in NUMERIC and word.value != "date" for word in header) or header[0].text in _first_words(body):
        return False
    if any(word.names_column or word.value in _PLAIN_SORTS for word in header):
        return True
    return len(body) > 2 and sum(any(word.value in _PLAIN_SORTS for word in row) for row in body) >= 0.6 * len(body)


def _first_words(rows: Sequence[Sequence[Word]]) -> set[str]:
    return {row[0].text for row in rows}


def _is_convincing(table: Table, header: Sequence[Word]) -> bool:
    """Whether the header names columns, or the columns are plainly of one sort each.

    Lines of text can always be cut somehow; what tells a table from headlines, verse or addresses is its first line.
    """
    ends = (*table.header.breaks, len(header))
    named = sum(_names_column(header[end - 1]) for end in ends) / len(ends)
    worth = table.worth / len(table.rows)
    if named >= (0.5 if len(ends) > 2 else 1.0):
        return worth > _LEAST_WORTH
    alike = sum(map(_is_of_one_sort, zip(*(row.cells for row in table.rows), strict=True))) / len(ends)
    plain = alike >= 0.5 and len(table.rows) > 2
    return worth > _MUCH_WORTH and (plain or (named > 0 and len(ends) > 2))


def _names_column(word: Word) -> bool:
    """Whether it is the name of a column, or a year or country at the head of one."""
    if word.value == "date":
        return len(word.bare) <= _LONGEST_YEAR
    return word.names_column or word.value == "place"


def _is_of_one_sort(column: Sequence[Cell]) -> bool:
    counts = Counter(cell.value for cell in column if cell.value in _PLAIN_SORTS)
    return max(counts.values(), default=0) >= 0.6 * len(column)


def _fitting(words: Sequence[Word], table: Table, around: Surroundings) -> Split | None:
    """How a further row of a long table is cut."""
    columns = [column_of([row.cells[place] for row in table.rows]) for place in range(len(table.header.cells))]
    splits = _splits(words, row_evidence(words, around), len(columns))
    return max(
        splits,
        key=lambda one: one.weight + _worth(fit(one, columns, _PLAIN)),
        default=None,
    )


def tables(rows: Sequence[Sequence[Word]], around: Surroundings, vocabulary: TableWords) -> list[Table]:
    """The best table for each number of columns."""
    header, *body = rows
    most = min(_MOST_COLUMNS, *(len(row) for row in rows))
    above = header_evidence(header, around)
    evidence = [row_evidence(row, around) for row in body]
    found = []
    for columns in range(2, most + 1):
        tops = _splits(header, above, columns, toll=False)
        cut = [_splits(words, names, columns) for words, names in zip(body, evidence, strict=True)]
        if tops and all(cut):
            found.append(_best_table(header, tops, cut, vocabulary))
    return found


def _best_table(header: Sequence[Word], tops: list[Split], rows: list[list[Split]], vocabulary: TableWords) -> Table:
    tops = sorted(tops, key=lambda one: -one.weight - _worth(header_likeness(one)))[:_MOST_TOPS]
    expectations = [_expected(header, top.breaks, vocabulary) for top in tops]
    # Most starts run into the same few tables.
    settled = {tuple(row.breaks for row in chosen): chosen for chosen in _settled(rows, expectations)}
    found = [
        Table(top.weight + _worth(header_likeness(top)) + _sum_of(chosen, expected), top, tuple(chosen))
        for top, expected in zip(tops, expectations, strict=True)
        for chosen in settled.values()
    ]
    best = max(found, key=lambda table: table.worth)
    return _improved(best, rows, expectations[tops.index(best.header)])


def _improved(table: Table, rows: list[list[Split]], expected: list[Value]) -> Table:
    """The table after single rows were cut otherwise as long as that makes the whole worth more."""
    chosen = list(table.rows)
    worth = _sum_of(chosen, expected)
    rest = table.worth - worth
    for _ in range(_ROUNDS):
        before = worth
        for place, splits in enumerate(rows):
            columns = _columns_of([*chosen[:place], *chosen[place + 1 :]])
            likely = sorted(splits, key=lambda one: -one.weight - _worth(fit(one, columns, expected)))[:_MOST_LIKELY]
            trials = [[*chosen[:place], one, *chosen[place + 1 :]] for one in likely]
            worth, chosen = max(
                ((worth, chosen), *((_sum_of(trial, expected), trial) for trial in trials)), key=lambda pair: pair[0]
            )
        if worth <= before:
            break
    return Table(rest + worth, table.header, tuple(chosen))


def _columns_of(rows: Sequence[Split]) -> list[Column]:
    return [column_of(cells) for cells in zip(*(row.cells for row in rows), strict=True)]


def _settled(rows: list[list[Split]], expectations: list[list[Value]]) -> Iterator[list[Split]]:
    for start in _starts(rows):
        yield _settle(rows, start, expectations[0])
    yield from (_settle(rows, [splits[0] for splits in rows], expected) for expected in expectations[1:])


def _sum_of(chosen: Sequence[Split], expected: list[Value]) -> float:
    """What the rows are worth together; every likeness is between two rows, and counted from either."""
    likenesses = (
        _worth(likeness(one, [*chosen[:place], *chosen[place + 1 :]], expected)) for place, one in enumerate(chosen)
    )
    return sum(one.weight for one in chosen) + _HALF * sum(likenesses)


def header_likeness(split: Split) -> Iterator[tuple[str, float]]:
    """How likely so many columns are; header cells have as many words each, or nearly."""
    yield f"columns:{len(split.cells)}", 1.0
    yield (
        "header-uneven",
        max(cell.words for cell in split.cells) - min(cell.words for cell in split.cells),
    )
    longer = [cell for cell in split.cells if cell.words > 1]
    yield "header-same-close", len(longer) - len({cell.last for cell in longer})


def _expected(header: Sequence[Word], breaks: Breaks, vocabulary: TableWords) -> list[Value]:
    ends = (*breaks, len(header))
    return [
        vocabulary.expects(" ".join(word.bare for word in header[start:end]))
        for start, end in zip((0, *breaks), ends, strict=True)
    ]


def _starts(rows: list[list[Split]]) -> Iterator[list[Split]]:
    """Where the search sets out: each row's own best, and what suits one of the better splits of each row."""
    yield [splits[0] for splits in rows]
    for place, splits in enumerate(rows[:_MOST_STARTS]):
        for seed in splits[:3]:
            columns = [column_of([cell]) for cell in seed.cells]
            yield [
                seed
                if other == place
                else max(
                    those,
                    key=lambda one: one.weight + _worth(fit(one, columns, _PLAIN)),
                )
                for other, those in enumerate(rows)
            ]


def _settle(rows: list[list[Split]], chosen: list[Split], expected: list[Value]) -> list[Split]:
    """Row by row the split that suits the others best, until nothing changes."""
    for _ in range(_ROUNDS):
        before = list(chosen)
        for place, splits in enumerate(rows):
            others = [*chosen[:place], *chosen[place + 1 :]]
            columns = [column_of([one.cells[column] for one in others]) for column in range(len(expected))]
            chosen[place] = max(
                splits,
                key=lambda one: one.weight + _worth(fit(one, columns, expected)),
            )
        if chosen == before:
            break
    return chosen


def _worth(evidence: Iterable[tuple[str, float]]) -> float:
    return sum(WEIGHTS[name] * amount for name, amount in evidence)


def _splits(
    words: Sequence[Word],
    evidence: Sequence[Evidence],
    columns: int,
    *,
    toll: bool = True,
) -> list[Split]:
    weights = [weigh(names) for names in evidence]
    gaps = [place for place, names in enumerate(evidence, 1) if names != NEVER]
    gaps = sorted(sorted(gaps, key=lambda place: -weights[place - 1])[:_MOST_GAPS])
    ranked = sorted(
        ((sum(weights[place - 1] for place in breaks), breaks) for breaks in combinations(gaps, columns - 1)),
        key=lambda one: (-one[0], one[1]),
    )
    paid = WEIGHTS["choices"] * choices(evidence, columns) if toll else 0.0
    found = []
    for weight, breaks in ranked[:_MOST_SPLITS]:
        parts = cells(words, breaks)
        found.append(Split(breaks, weight + paid + (_worth(shape(parts)) if toll else 0.0), parts))
    return found


def choices(evidence: Sequence[Evidence], columns: int) -> float:
    """Logarithm of how many ways there are to cut the row: the more, the less it says that a good one is among them."""
    ways = comb(sum(names != NEVER for names in evidence), columns - 1)
    return log(ways) if ways else 0.0
