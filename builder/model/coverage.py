"""Where an archive is silent: months between its pieces from which it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from builder.model.library import Entry
from builder.model.values import value

_FEWEST: Final = 4
"""Dated pieces of a source below which nobody would expect one each season."""
_SILENT: Final = 3
"""Months a source must be silent, since few outlets are captured every month."""


@value(frozen=True, slots=True)
class Silence:
    """Months without a piece between two that have one."""

    source: str | None
    """None: of the whole archive."""
    first: str
    last: str
    """`YYYY-MM`, both of them silent."""
    months: int
    before: str
    after: str
    """Ids of the pieces on either side."""


def silences(entries: Iterable[Entry]) -> tuple[Silence, ...]:
    """Every silence of the archive, then those of its sources that are long for them; oldest first."""
    dated = sorted((entry for entry in entries if entry.day), key=lambda entry: (entry.day or "", entry.id))
    sources: dict[str, list[Entry]] = {}
    for entry in dated:
        if entry.source.name:
            sources.setdefault(entry.source.name, []).append(entry)
    found = list(_between(dated, None))
    for name in sorted(sources):
        if len(sources[name]) >= _FEWEST:
            found += (one for one in _between(sources[name], name) if one.months >= _SILENT)
    return tuple(found)


def months_of(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many pieces each month has that has any, oldest first."""
    counts: dict[str, int] = {}
    for day in sorted(entry.day for entry in entries if entry.day):
        counts[day[:7]] = counts.get(day[:7], 0) + 1
    return counts


def _between(dated: Iterable[Entry], source: str | None) -> Iterator[Silence]:
    for before, after in pairwise(dated):
        start, end = _number(before.day or ""), _number(after.day or "")
        if end - start > 1:
            yield Silence(source, _month(start + 1), _month(end - 1), end - start - 1, before.id, after.id)


def _number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
