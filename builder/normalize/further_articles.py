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
    bare = judged[title].bare
    headlines = [at for at in range(title + 1, run.end) if _is_headline(judged, at, bare, rules)]
    if not headlines:
        return run
    own = _outwards(page, judged[title].line.box)
    places = _places(page, own, [one.line.box for one in judged[: run.end]])
    prose = [at for at in range(title, run.end) if judged[at].prose]
    # By numbers of lines, so that a page of headlines is not read anew for each of them.
    before = _filled(judged, [(at, box) for at in prose if at >= run.start for box in range(places[at][0], len(own))])
    behind = _filled(judged, [(at, places[at][1]) for at in reversed(prose)])
    firsts = {box: at for at, (_, box) in reversed([*enumerate(places)])}
    for position in headlines:
        around, other = places[position]
        alone = around and other and before.get(around - 1, position) < position < behind.get(other, position)
        start = firsts[other]
        if alone and run.start < start and position - start <= _OPENING:
            return replace(run, end=start, left_out=frozenset(at for at in run.left_out if at < start))
    return run


def _is_headline(judged: Sequence[Judged], position: int, title: str, rules: CleaningRules) -> bool:
    one = judged[position]
    if one.line.kind != "heading" or one.line.level > _LOWEST or one.section is not None or one.bare == title:
        return False
    below = judged[position + 1 : position + 1 + _DATED]
    return one.line.level == 1 or any(date_line(each.line.words, rules) is not None for each in below)


def _filled(judged: Sequence[Judged], lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    """By box the line at which the prose in it is enough for an article; `lines` are positions, each with its box."""
    letters: dict[int, float] = {}
    found: dict[int, int] = {}
    for at, box in lines:
        letters[box] = letters.get(box, 0.0) + judged[at].length
        if letters[box] >= _ENOUGH:
            found.setdefault(box, at)
    return found


def _places(page: Page, own: Sequence[int], boxes: Sequence[int]) -> list[tuple[int, int]]:
    """For each box which of the `own` ones is the first around it, by number, and which of those in that it is in.

    Their count where none of them is around it; 0 for the second where it is one of them.
    """
    numbers = {box: number for number, box in enumerate(own)}
    known: dict[int, tuple[int, int]] = {}
    for box in boxes:
        if box not in known:
            outwards = _outwards(page, box)
            common = next((at for at, one in enumerate(outwards) if one in numbers), len(outwards))
            around = numbers[outwards[common]] if common < len(outwards) else len(own)
            known[box] = around, outwards[common - 1] if common else 0
    return [known[box] for box in boxes]


def _outwards(page: Page, box: int) -> list[int]:
    boxes: list[int] = []
    while box and len(boxes) < _DEEPEST:
        boxes.append(box)
        box = page.parents[box]
    return boxes
