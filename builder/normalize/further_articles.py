"""Where a saved page goes on with other articles, each in a box of its own like that of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from builder.model import CleaningRules
from builder.normalize.dates import date_line
from builder.normalize.judge import Judged, Run
from builder.normalize.page import Page

_DATED: Final = 5
"""Lines below a headline among which its date stands."""
_OPENING: Final = 3
"""Lines of an article's box above its headline."""
_ENOUGH: Final = 120.0
"""Weighted letters of prose that make a box an article's."""
_LOWEST: Final = 3
"""Level of a headline."""
_DEEPEST: Final = 60


def without_further(page: Page, judged: Sequence[Judged], run: Run, title: int | None, *, rules: CleaningRules) -> Run:
    """The run up to the box of another article: one beside the first's, with its own headline, date and prose.

    `title` is the headline's position. Sections of one article have no dates; entries of a live blog do, but the
    page's headline does not stand in the box of one.
    """
    if page.form != "html" or title is None:
        return run
    for position in range(title + 1, run.end):
        if not _is_headline(judged, position, judged[title].bare, rules):
            continue
        own, other = _boxes_beside(page, judged[title].line.box, judged[position].line.box)
        before = range(max(run.start, title), position)
        if not own or _prose(page, judged, before, own) < _ENOUGH:
            continue
        if _prose(page, judged, range(position + 1, run.end), other) < _ENOUGH:
            continue
        start = next(at for at in range(position + 1) if _is_within(page, judged[at].line.box, other))
        if run.start < start and position - start <= _OPENING:
            return replace(run, end=start, left_out=frozenset(at for at in run.left_out if at < start))
    return run


def _is_headline(judged: Sequence[Judged], position: int, title: str, rules: CleaningRules) -> bool:
    one = judged[position]
    if one.line.kind != "heading" or one.line.level > _LOWEST or one.section is not None or one.bare == title:
        return False
    below = judged[position + 1 : position + 1 + _DATED]
    return one.line.level == 1 or any(date_line(each.line.words, rules) is not None for each in below)


def _prose(page: Page, judged: Sequence[Judged], positions: range, box: int) -> float:
    return sum(judged[at].length for at in positions if judged[at].prose and _is_within(page, judged[at].line.box, box))


def _boxes_beside(page: Page, first: int, second: int) -> tuple[int, int]:
    """The boxes around two that stand beside each other in one; zeros where one is around the other."""
    one, two = _outwards(page, first), _outwards(page, second)
    common = next((box for box in one if box in two), 0)
    at, other = one.index(common) if common in one else len(one), two.index(common) if common in two else len(two)
    return (one[at - 1], two[other - 1]) if at and other else (0, 0)


def _outwards(page: Page, box: int) -> list[int]:
    boxes: list[int] = []
    while box and len(boxes) < _DEEPEST:
        boxes.append(box)
        box = page.parents[box]
    return boxes


def _is_within(page: Page, box: int, outer: int) -> bool:
    for _ in range(_DEEPEST):
        if box in (0, outer):
            break
        box = page.parents[box]
    return box == outer
