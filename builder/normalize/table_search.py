"""The search for the cuts of a table's rows that suit each other best; what was reckoned once is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import getitem
from typing import Final

from builder.normalize.table_cells import Cell, Column, Place, Split, column_of, fit, place_in_row
from builder.normalize.table_weights import WEIGHTS
from builder.normalize.table_words import Value

Choice = tuple[int, ...]
"""For each row which of its splits is taken."""
Expected = tuple[Value, ...]
"""What the header says of each column."""
_ROUNDS: Final = 4
_MOST_STARTS: Final = 5
_MOST_SEEDS: Final = 3
_MOST_LIKELY: Final = 5
_HALF: Final = 0.5


class RowSearch:
    """All splits of all rows into so many columns.

    The same cells are weighed beside the same columns over and over: most starts run into the same few tables.
    """

    def __init__(self, rows: Sequence[Sequence[Split]]) -> None:
        self._rows = rows
        known: dict[Cell, int] = {}
        self._cells_of = [
            [tuple([known.setdefault(cell, len(known)) for cell in one.cells]) for one in splits] for splits in rows
        ]
        self._cells = list(known)
        self._columns: list[Column] = []
        self._column_numbers: dict[tuple[int, ...], int] = {}
        self._terms: dict[Expected, list[dict[int, _Terms]]] = {}
        self._steps: dict[tuple[Expected, int, Choice], int] = {}
        self._sums: dict[tuple[Expected, Choice], float] = {}

    def rows_of(self, chosen: Choice) -> tuple[Split, ...]:
        """The splits that a choice takes."""
        return tuple(splits[taken] for splits, taken in zip(self._rows, chosen, strict=True))

    def settled(self, expectations: Sequence[Expected]) -> list[Choice]:
        """The choices that the search ends in, each once: from several starts for the likeliest header."""
        found = [self._settle(start, expectations[0]) for start in self._starts()]
        best = (0,) * len(self._rows)
        return list(dict.fromkeys([*found, *(self._settle(best, expected) for expected in expectations[1:])]))

    def improved(self, chosen: Choice, expected: Expected) -> Choice:
        """The choice after single rows were cut otherwise as long as that makes the whole worth more."""
        worth = self.worth(chosen, expected)
        for _ in range(_ROUNDS):
            before = worth
            for place in range(len(self._rows)):
                values = self._values(place, self._beside(chosen, place), expected)
                likely = sorted(range(len(values)), key=lambda taken: -values[taken])[:_MOST_LIKELY]
                for taken in likely:
                    trial = (*chosen[:place], taken, *chosen[place + 1 :])
                    if (of_trial := self.worth(trial, expected)) > worth:
                        worth, chosen = of_trial, trial
            if worth <= before:
                break
        return chosen

    def worth(self, chosen: Choice, expected: Expected) -> float:
        """What the rows are worth together; every likeness is between two rows, and counted from either."""
        key = (expected, chosen)
        if key not in self._sums:
            likenesses = []
            for place, taken in enumerate(chosen):
                known = self._known(self._beside(chosen, place), expected)
                likenesses.append(_likeness(known, self._cells_of[place][taken]))
            self._sums[key] = sum(one.weight for one in self.rows_of(chosen)) + _HALF * sum(likenesses)
        return self._sums[key]

    def _starts(self) -> Iterator[Choice]:
        """Where the search sets out: each row's own best, and what suits one of the better splits of each row."""
        yield (0,) * len(self._rows)
        plain: Expected = tuple("plain" for _ in self._cells_of[0][0])
        for place, splits in enumerate(self._cells_of[:_MOST_STARTS]):
            for seed, cells in enumerate(splits[:_MOST_SEEDS]):
                columns = [self._column((cell,)) for cell in cells]
                yield tuple(
                    seed if other == place else _first_best(self._values(other, columns, plain))
                    for other in range(len(self._rows))
                )

    def _settle(self, chosen: Choice, expected: Expected) -> Choice:
        """Row by row the split that suits the others best, until nothing changes."""
        for _ in range(_ROUNDS):
            before = chosen
            for place in range(len(self._rows)):
                others = chosen[:place] + chosen[place + 1 :]
                key = (expected, place, others)
                if key not in self._steps:
                    self._steps[key] = _first_best(self._values(place, self._beside(chosen, place), expected))
                chosen = (*chosen[:place], self._steps[key], *chosen[place + 1 :])
            if chosen == before:
                break
        return chosen

    def _values(self, place: int, columns: Sequence[int], expected: Expected) -> list[float]:
        """What each split of a row is worth beside the columns of the others."""
        known = self._known(columns, expected)
        return [
            one.weight + _likeness(known, cells)
            for one, cells in zip(self._rows[place], self._cells_of[place], strict=True)
        ]

    def _known(self, columns: Sequence[int], expected: Expected) -> list[_Terms]:
        """For each column what is known of cells beside it."""
        known = self._terms.get(expected)
        if known is None:
            known = self._terms[expected] = [{} for _ in expected]
        found = []
        for at, (told, column) in enumerate(zip(known, columns, strict=True)):
            terms = told.get(column)
            if terms is None:
                where = place_in_row(at, len(expected))
                terms = told[column] = _Terms(self._cells, self._columns[column], expected[at], where)
            found.append(terms)
        return found

    def _beside(self, chosen: Choice, place: int) -> list[int]:
        """The columns that all rows but one make."""
        rows = [cells[taken] for cells, taken in zip(self._cells_of, chosen, strict=True)]
        del rows[place]
        return [self._column(tuple(sorted(cells))) for cells in zip(*rows, strict=True)]

    def _column(self, cells: tuple[int, ...]) -> int:
        number = self._column_numbers.get(cells)
        if number is None:
            number = self._column_numbers[cells] = len(self._columns)
            self._columns.append(column_of([self._cells[cell] for cell in cells]))
        return number


class _Terms(dict[int, list[float]]):
    """What is added to a split's worth for a cell, by its number, in a column; reckoned when it is first asked."""

    def __init__(self, cells: Sequence[Cell], column: Column, expected: Value, where: Place) -> None:
        super().__init__()
        self._cells = cells
        self._about = column, expected, where

    def __missing__(self, cell: int) -> list[float]:
        terms = self[cell] = fit(self._cells[cell], *self._about)
        return terms


def _likeness(known: Sequence[_Terms], cells: Sequence[int]) -> float:
    return sum(chain.from_iterable(map(getitem, known, cells)))


def worth_of(evidence: Iterable[tuple[str, float]]) -> float:
    """The sum of what the evidence weighs, each for its amount."""
    return sum(WEIGHTS[name] * amount for name, amount in evidence)


def _first_best(values: Sequence[float]) -> int:
    return values.index(max(values))
