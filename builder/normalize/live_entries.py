"""The entries of a live blog in a dump: each under the time at which it was written, buttons between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import ends_sentence

_FEWEST: Final = 3
_STAMP: Final = re.compile(
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?,?\s{1,3}(?:[-|]\s)?)?\d{1,2}\s?[:h.]\s?\d{2}(?:\s?[^\W\d]{1,4}\.?)?"
)
"""A time, perhaps behind a day."""
_FURTHEST: Final = 14
"""Lines from one time to the next."""
_SHORTEST: Final = 40.0
"""Weighted letters of an entry's first paragraph."""


def with_entries(judged: Sequence[Judged], run: Run) -> Run:
    """The run with all entries below the times among which it stands, and their headlines.

    Where three and more times stand alone on lines, each with a headline or a paragraph below it, a headline between
    two times is one of the article's, and no notice.
    """
    stamps = [at for at, one in enumerate(judged) if len(one.line.words) <= 24 and _STAMP.fullmatch(one.line.words)]
    entries = [entry for at in stamps if (entry := list(_entry(judged, at)))]
    if len(entries) < _FEWEST or not any(run.start <= at < run.end for entry in entries for at in entry):
        return run
    inside = {at for entry in _near(entries, run) for at in entry}
    start, end = min(run.start, *inside), max(run.end, *(at + 1 for at in inside))
    others = {at for at in (*range(start, run.start), *range(run.end, end)) if at not in inside}
    return replace(run, start=start, end=end, left_out=(run.left_out | others) - inside)


def _entry(judged: Sequence[Judged], stamp: int) -> Iterator[int]:
    """Positions of a headline and of the paragraphs below a time; none where a menu follows it."""
    found: list[int] = []
    for at in range(stamp + 1, min(len(judged), stamp + _FURTHEST)):
        one = judged[at]
        closed = ends_sentence(one.line.words)
        if one.rule is not None or one.section is not None or one.line.kind not in ("text", "heading"):
            break
        if not closed and found:
            break
        found.append(at)
    if any(judged[at].length >= _SHORTEST and ends_sentence(judged[at].line.words) for at in found):
        yield from found


def _near(entries: Sequence[list[int]], run: Run) -> Iterator[list[int]]:
    """The entries that follow each other from those in the run on, without a gap."""
    held = [n for n, entry in enumerate(entries) if any(run.start <= at < run.end for at in entry)]
    first, last = held[0], held[-1]
    while first and entries[first][0] - entries[first - 1][-1] <= _FURTHEST:
        first -= 1
    while last + 1 < len(entries) and entries[last + 1][0] - entries[last][-1] <= _FURTHEST:
        last += 1
    yield from entries[first : last + 1]
