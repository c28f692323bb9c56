"""The article of a page as people paste it: with few lines around, by what was learnt and by weights made by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run, best_run
from builder.normalize.resuming import is_paragraph
from builder.normalize.weighing import chosen_run, with_lists

PASTED: Final = 60
"""Lines below which a dump holds no whole page with its menus."""
_PROSE_INSIDE: Final = 0.5
_OTHERS_INSIDE: Final = 2.5
_ABOVE_IT: Final = -1.5
_BELOW_IT: Final = 0.5
_BEHIND_SECTION: Final = -4.0
"""Added to scores of a pasted page's lines, by where they stand to the run that weights made by hand find: those know
headings, rows and where a list of other pieces begins, learnt ones know notices, captions and teasers among prose. On
sites not learnt from F1 of dumps this short is 0.952; by hand it is 0.943, by learnt weights alone 0.952, headings and
tables lost."""
_BOX: Final = 5
"""Lines of a box of links or of a notice between two paragraphs."""
_DEAREST: Final = -2.5
"""What such a box weighs at most: it parts no article in two."""


def run_over_boxes(judged: Sequence[Judged]) -> tuple[Run, frozenset[int]]:
    """The run that weights made by hand find, and the positions of boxes in the article, which part it no more."""
    boxes = _boxes(judged)
    return best_run([replace(one, weight=boxes.get(at, one.weight)) for at, one in enumerate(judged)]), frozenset(boxes)


def pasted_run(
    judged: Sequence[Judged], scores: Sequence[float], by_hand: Run, boxes: Collection[int] = ()
) -> tuple[tuple[Judged, ...], Run]:
    """The lines of a page as people paste them, and the run that learnt scores and weights made by hand agree on.

    Lines that only the scores leave out have them as their weights.
    """
    if by_hand.start == by_hand.end:
        return tuple(judged), by_hand
    beside = [
        score + (_PROSE_INSIDE if position in boxes else _by_hand(position, judged[position], by_hand))
        for position, score in enumerate(scores)
    ]
    run = chosen_run(beside, by_hand)
    cut = {p for p in range(by_hand.start, by_hand.end) if not run.start <= p < run.end or p in run.left_out}
    told = tuple(
        replace(one, learnt=True, weight=scores[position]) if position in cut and scores[position] < one.weight else one
        for position, one in enumerate(judged)
    )
    return told, with_lists(judged, run)


def _by_hand(position: int, one: Judged, run: Run) -> float:
    if position < run.start:
        return _ABOVE_IT
    if position < run.end:
        return _PROSE_INSIDE if one.prose else _OTHERS_INSIDE
    return _BEHIND_SECTION if run.ended_by else _BELOW_IT


def _boxes(judged: Sequence[Judged]) -> dict[int, float]:
    """The weights of lines between two paragraphs that hold a known notice, where together they weigh too much."""
    weights: dict[int, float] = {}
    above = None
    for position, one in enumerate(judged):
        if not is_paragraph(one):
            continue
        lines = range(position if above is None else above + 1, position)
        total = sum(judged[at].weight for at in lines)
        known = any(judged[at].rule for at in lines) and not any(judged[at].section == "comments" for at in lines)
        if 0 < len(lines) <= _BOX and known and total < _DEAREST:
            weights.update((at, _DEAREST / len(lines)) for at in lines)
        above = position
    return weights
