"""Clusters of likely prose on a page: the article is one, or a few, and so are teasers, comments and notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from builder.normalize.judge import Judged

FAR: Final = 99.0
"""Lines; what is further away is as far."""
_GAP: Final = 3
"""Lines that are no prose inside one cluster."""


def beside_clusters(
    judged: Sequence[Judged], thin: Sequence[bool], *, chance: Sequence[float], mass: Sequence[float], total: float
) -> Sequence[list[float]]:
    """Of the cluster that each line stands in or nearest to: its share, number, rank, and how far its ends, as columns.

    `thin` lines are passed over; `chance` is that of a line to be prose, `mass` its weighted letters if it is likely to
    be, `total` their sum.
    """
    starts: list[int] = []
    ends: list[int] = []
    masses: list[float] = []
    gap = FAR
    for position, one in enumerate(judged):
        if thin[position]:
            continue
        if chance[position] > 0.4 and one.length >= 25.0:
            if gap > _GAP:
                starts.append(position)
                ends.append(position)
                masses.append(0.0)
            ends[-1] = position
            masses[-1] += mass[position]
            gap = 0
        else:
            gap += 1
    return _beside(starts, ends, masses, total=total, count=len(judged))


def limited(numbers: Iterable[float], most: float) -> list[float]:
    """Numbers that are no further than so much from zero."""
    return [most if number > most else -most if number < -most else float(number) for number in numbers]


def _beside(
    starts: Sequence[int], ends: Sequence[int], masses: Sequence[float], *, total: float, count: int
) -> Sequence[list[float]]:
    """The columns: a line between two clusters counts to the nearer, to the one above if both are as near."""
    if not starts:
        return [[-1.0] * count for _ in range(5)]
    columns: tuple[list[float], ...] = ([], [], [], [], [])
    largest = max(masses) or 1.0
    lasts = [*((end + start) // 2 + 1 for end, start in zip(ends, starts[1:], strict=False)), count]
    first = 0
    for number, (start, end, last) in enumerate(zip(starts, ends, lasts, strict=True)):
        told = (masses[number] / total, float(number), masses[number] / largest)
        for column, value in zip(columns, told, strict=False):
            column.extend([value] * (last - first))
        columns[3].extend(limited(range(first - start, last - start), FAR))
        columns[4].extend(limited(range(end - first, end - last, -1), FAR))
        first = last
    return columns
