"""Spellings that stand where a name can stand, and which of them give way to which."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from builder.annotate.keys import Key
from builder.model.values import value

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")
_OVERLAPPING: Final = 8
"""More words than these never stand over one name."""


@value(frozen=False, slots=True, eq=False)
class Hit:
    """A spelling that stands where a name can stand."""

    start: int
    end: int
    """Without particles; with the given names that stand before a family name."""
    key: Key
    office: str | None = None
    """The kind of post named beside it; looked for where the name is weak."""
    subject: int = -1
    """Whom it names, once that is known."""


def left_by(blocked: list[tuple[int, int]], hits: list[Hit]) -> list[Hit]:
    """The hits of which no longer word takes a part away; both are in the order of their ends."""
    if not blocked:
        return hits
    blocked.sort()
    left, at = [], 0
    for hit in hits:
        while at < len(blocked) and blocked[at][1] <= hit.start:
            at += 1
        for span in blocked[at : at + _OVERLAPPING]:
            if _cuts(span, hit):
                break
            if span[0] >= hit.end:
                left.append(hit)
                break
        else:
            left.append(hit)
    return left


def longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap, the one that starts first, and of those the longest."""
    chosen, end = [], 0
    if len(hits) < 2:
        return hits
    # Sorting keeps the order of equals: by start, and from the same start the longest first.
    for hit in sorted(sorted(hits, key=_END, reverse=True), key=_START):
        if hit.start >= end:
            end = hit.end
            chosen.append(hit)
    return chosen


def _cuts(span: tuple[int, int], hit: Hit) -> bool:
    """Whether a longer word takes a part of a name away; a name that holds the whole word stays.

    So does a Chinese name of three letters that is enough alone: its last may well begin a word with the next.
    """
    start, end = span
    if hit.start <= start and end <= hit.end and (start, end) != (hit.start, hit.end):
        return False
    if hit.key.writing == "han" and hit.key.length > 2 and hit.key.labels[0].strong:
        return start <= hit.start and hit.end <= end
    return start < hit.end and hit.start < end
