"""Lines weighed by learnt weights, and the article found among them as a whole.

A line's score is the sum of the weights of its traits: the logarithm of the odds that it belongs to an article. First
each line is scored by itself, then once more together with what stands around it, by the first scores. The article is
the choice of lines with the highest sum, less a price for each change between kept and cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import SHORT_PROSE, Judged, Run
from builder.normalize.page import Page
from builder.normalize.surroundings import around_traits
from builder.normalize.traits import box_traits, own_traits

BIAS: Final = ""
"""The trait that every line has."""
CHANGE: Final = 1.0
"""What a change between kept and cut lines costs."""
LEAN: Final = 0.5
"""Added to each score: a lost paragraph is worse than a stray line."""
_SIBLINGS: Final = 3
_SIBLING: Final = 2.0
"""Paragraphs of the article beside a sentence, and the score it then has at least."""
_PLENTY_ABOVE: Final = 300.0
"""Weighted letters; one sentence above the article describes a picture."""
_STRAY: Final = -1.0
"""Below this a sentence of a dump is not the article's."""
_MOST: Final = 6.0
"""A single line decides no more than this."""

Weights = Mapping[str, Mapping[str, float]]
"""Weights of `own` and of `around` traits by name."""


def line_scores(
    page: Page, judged: Sequence[Judged], weights: Weights, function_words: frozenset[str]
) -> tuple[float, ...]:
    """Each line's odds of belonging to the article, as logarithms; above zero is more likely than not."""
    traits = own_traits(judged, function_words)
    first = _own_scores(judged, traits, weights["own"])
    own = _own_scores(judged, traits, weights["around"])
    weight = weights["around"].get
    return tuple(
        score + sum([weight(name, 0.0) for name in names])
        for score, names in zip(own, around_traits(page, judged, first), strict=True)
    )


def weighed(judged: Sequence[Judged], scores: Sequence[float]) -> tuple[Judged, ...]:
    """The lines with their scores as weights; headings, list items and labels are no prose, however sure they are."""
    return tuple(
        replace(one, learnt=True, weight=score if _may_be_prose(one) else min(score, 0.9))
        for one, score in zip(judged, scores, strict=True)
    )


def _may_be_prose(one: Judged) -> bool:
    return one.line.kind in ("text", "quote") and one.length >= SHORT_PROSE


def with_siblings(page: Page, judged: Sequence[Judged], scores: Sequence[float]) -> list[float]:
    """The scores, raised for sentences in a box most of whose paragraphs belong to the article: last lines are short.

    `judged` is weighed by hand: what it calls prose has the closed sentences that captions and labels lack.
    """
    chosen: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for one, score in zip(judged, scores, strict=True):
        if one.line.paragraph and one.prose:
            (chosen if score > 0 else others)[_parent(page, one)] += 1
    raised = []
    for one, score in zip(judged, scores, strict=True):
        box = _parent(page, one)
        sibling = one.line.paragraph and one.prose and chosen[box] >= max(_SIBLINGS, 2 * others[box])
        raised.append(max(score, _SIBLING) if sibling and score > -_MOST else score)
    return raised


def _own_scores(judged: Sequence[Judged], traits: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """Scores by what lines show by themselves and by the boxes they stand in."""
    weight = weights.get
    boxes: dict[tuple[frozenset[str], frozenset[str]], float] = {}
    scores = []
    for one, names in zip(judged, traits, strict=True):
        key = (one.line.boxes, one.line.own)
        if key not in boxes:
            boxes[key] = weights.get(BIAS, 0.0) + sum([weight(name, 0.0) for name in box_traits(one.line)])
        scores.append(boxes[key] + sum([weight(name, 0.0) for name in names]))
    return scores


def chosen_run(scores: Sequence[float], by_hand: Run) -> Run:
    """The run from the first to the last chosen line, with the lines between that are not; what ended it stays."""
    chosen = _choose([max(-_MOST, min(_MOST, score + LEAN)) for score in scores])
    kept = [position for position, is_kept in enumerate(chosen) if is_kept]
    if not kept:
        return by_hand
    start, end = kept[0], kept[-1] + 1
    left_out = frozenset(position for position in range(start, end) if not chosen[position])
    return replace(by_hand, start=start, end=end, left_out=left_out)


def _parent(page: Page, one: Judged) -> int:
    box = page.parents[one.line.box]
    return page.parents[box] if one.line.kind == "quote" else box


def amended_run(judged: Sequence[Judged], scores: Sequence[float], by_hand: Run) -> Run:
    """The run that weights made by hand find in a dump, amended where learnt ones are sure.

    Sentences they hold for surroundings are left out; the run grows up to the first sentences they choose, and down to
    the last unless the heading of a section ended it. Headings, lists and tables stay as they were judged by hand: the
    pages learnt from hold too few in scripts other than Latin.
    """
    chosen = chosen_run(scores, by_hand)
    kept = {p for p in range(chosen.start, chosen.end) if p not in chosen.left_out and judged[p].prose}
    stray = {p for p, one in enumerate(judged) if one.prose and scores[p] < _STRAY and p not in kept}
    inside = [p for p in range(by_hand.start, by_hand.end) if p not in stray]
    if not inside or not kept:
        return by_hand
    start, end = inside[0], inside[-1] + 1
    above = [p for p in kept if p < start]
    if len(above) > 1 and sum(judged[p].length for p in above) >= _PLENTY_ABOVE:
        start = min(above)
    while start - 1 in kept:
        start -= 1
    if by_hand.ended_by is None:
        end = max(end, max(kept) + 1)
    grown = (*range(start, by_hand.start), *range(max(by_hand.end, start), end))
    added = (p for p in grown if p < chosen.start or p in chosen.left_out)
    return replace(by_hand, start=start, end=end, left_out=frozenset([*(p for p in stray if start <= p < end), *added]))


def _choose(scores: Sequence[float]) -> list[bool]:
    outside, inside = 0.0, -CHANGE
    ways: list[tuple[bool, bool]] = []
    """For each line whether the best way to leave it out, and to keep it, keeps the line before."""
    for score in scores:
        ways.append((inside - CHANGE > outside, inside >= outside - CHANGE))
        outside, inside = max(outside, inside - CHANGE), max(inside, outside - CHANGE) + score
    chosen = []
    keeps = inside - CHANGE > outside
    for way in reversed(ways):
        chosen.append(keeps)
        keeps = way[1] if keeps else way[0]
    return chosen[::-1]
