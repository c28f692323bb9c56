"""Lines weighed by what was learnt from pages whose article is known, and the article found as a whole.

First each line is scored by what it shows alone: the sum of the weights of its traits. Then decision trees score it by
its measures and by what stands around it, as the first scores show that. A score is the logarithm of the odds that a
line belongs to the article; the article is the choice of lines with the highest sum, less a price for each change
between kept and cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from math import fsum
from typing import Any, Final

from builder.model import LineWeights
from builder.normalize.clusters import limited
from builder.normalize.judge import SHORT_PROSE, Judged, Run
from builder.normalize.page import Page
from builder.normalize.surroundings import AROUND_MEASURES, around_measures
from builder.normalize.text_measures import ends_sentence
from builder.normalize.traits import OWN_MEASURES, Look, look_of, own_measures, own_traits, shown_by
from builder.normalize.trees import summed
from builder.normalize.vocabulary import Vocabulary

BIAS: Final = ""
"""The trait that every line has."""
MEASURES: Final = (*OWN_MEASURES, *AROUND_MEASURES)
"""What the trees split on, in the order of a line's measures."""
HOPELESS: Final = -6.0
"""The score of a line that is near no prose."""
_EARLY: Final = 50
"""Trees that every line is shown to."""
_SETTLED: Final = 3.0
"""The trees behind the first ones move a score by less than that: they do not turn it."""
CHANGE: Final = 0.25
"""What a change between kept and cut lines costs."""
_LEAN_OF_SAVED: Final = -0.3
_LEAN_OF_DUMPS: Final = 0.0
"""Added to each score. Precision and recall trade evenly around these."""
_DOUBTFUL: Final = -1.5
"""Weight from which on a line may go with its neighbours."""
_LISTED: Final = 8
"""Items or rows in a gap, or right below the article."""
_LONGEST_BETWEEN: Final = 180.0
"""Weighted letters; a paragraph tells enough of itself to be cut."""
_SHORTEST_SENTENCE: Final = 30.0
"""Weighted letters of a paragraph that may go on an article by standing right below it."""
_MOST: Final = 6.0
"""A single line decides no more than this."""


def line_scores(
    page: Page, judged: Sequence[Judged], weights: LineWeights, run: Run, *, words: Vocabulary
) -> list[float]:
    """Each line's odds of belonging to the article, as logarithms; above zero is more likely than not.

    `run` is what weights made by hand find.
    """
    rows = measures_of(page, judged, weights, run, words=words)
    return _scores(rows, len(judged), weights)


def measures_of(
    page: Page, judged: Sequence[Judged], weights: LineWeights, run: Run, *, words: Vocabulary
) -> dict[int, tuple[float, ...]]:
    """The numbers of `MEASURES` for each line near prose, by its position.

    Where neither a line nor its neighbours look like prose no tree finds an article; so it is with many lines.
    """
    shown = shown_by(judged, weights.rules)
    first = first_scores(judged, shown.close, weights)
    around = around_measures(page, judged, shown, first, run=run, words=words)
    return {at: (*own_measures(judged[at], shown, at), *theirs) for at, theirs in around.items()}


def first_scores(judged: Sequence[Judged], closes: Sequence[float], weights: LineWeights) -> list[float]:
    """Scores by what lines show by themselves, `closes` being how they close, and by the boxes they stand in."""
    weight = weights.first.get
    around = _weights_of("box:", {one.line.boxes for one in judged}, weights)
    innermost = _weights_of("own:", {one.line.own for one in judged}, weights)
    boxes: dict[tuple[frozenset[str], frozenset[str]], float] = {}
    looks: dict[Look, float] = {}
    scores = []
    for one, close in zip(judged, closes, strict=True):
        line = one.line
        key = (line.boxes, line.own)
        if key not in boxes:
            # Names of boxes come in any order, in which plain sums differ by their last digit, and trees by a line.
            told = map(around.__getitem__, line.boxes), map(innermost.__getitem__, line.own)
            boxes[key] = fsum(chain((weight(BIAS, 0.0),), *told))
        look = look_of(one, close)
        if look not in looks:
            looks[look] = sum([weight(name, 0.0) for name in own_traits(look)])
        scores.append(boxes[key] + looks[look])
    return scores


def _weights_of(trait: str, boxes: Set[frozenset[str]], weights: LineWeights) -> dict[str, float]:
    """The weight of each name of a page's boxes: every line of a page stands in much the same ones."""
    return {name: weights.first.get(trait + name, 0.0) for name in frozenset().union(*boxes)}


def _scores(rows: Mapping[int, Sequence[float]], count: int, weights: LineWeights) -> list[float]:
    """The sums of the trees' leaves, and of the bias, for so many lines, of which `rows` has those near prose.

    Of lines that the first trees are sure of, the others are not asked.
    """
    scores = [HOPELESS] * count
    early = summed(weights.trees[:_EARLY], list(rows.values()), [weights.bias] * len(rows))
    for position, score in zip(rows, early, strict=True):
        scores[position] = score
    unsure = [position for position in rows if abs(scores[position]) <= _SETTLED]
    late = summed(
        weights.trees[_EARLY:], [rows[position] for position in unsure], [scores[position] for position in unsure]
    )
    for position, score in zip(unsure, late, strict=True):
        scores[position] = score
    return scores


def trees_asked(row: Sequence[float], weights: LineWeights) -> Sequence[Any]:
    """The trees whose sum is a line's score."""
    (early,) = summed(weights.trees[:_EARLY], [row], [weights.bias])
    return weights.trees[:_EARLY] if abs(early) > _SETTLED else weights.trees


def weighed(judged: Sequence[Judged], scores: Sequence[float]) -> tuple[Judged, ...]:
    """The lines with their scores as weights; headings, list items and labels are no prose, however sure they are."""
    return tuple(
        [
            _reweighed(one, score if score < 0.9 or _may_be_prose(one) else 0.9)
            for one, score in zip(judged, scores, strict=True)
        ]
    )


def _reweighed(one: Judged, weight: float) -> Judged:
    """As `replace` makes it, in a third of its time."""
    return Judged(one.line, weight, one.rule, one.section, one.length, one.bare, True, one.times, one.linked)


def _may_be_prose(one: Judged) -> bool:
    return one.line.kind in ("text", "quote") and one.length >= SHORT_PROSE


def lean_of(page: Page) -> float:
    """What is added to the scores of a page's lines before its article is chosen."""
    return _LEAN_OF_SAVED if page.form == "html" else _LEAN_OF_DUMPS


def chosen_run(scores: Sequence[float], by_hand: Run, lean: float = 0.0) -> Run:
    """The run from the first to the last chosen line, with the lines between that are not; what ended it stays."""
    chosen = _choose(limited([score + lean for score in scores], _MOST))
    kept = [position for position, is_kept in enumerate(chosen) if is_kept]
    if not kept:
        return by_hand
    start, end = kept[0], kept[-1] + 1
    left_out = frozenset(position for position in range(start, end) if not chosen[position])
    return replace(by_hand, start=start, end=end, left_out=left_out)


def with_headings(judged: Sequence[Judged], run: Run) -> Run:
    """The run with the headings, of a saved page, that stand right above kept lines and were left out."""
    kept = {p for p in range(run.start, run.end) if p not in run.left_out}
    above = {p - 1 for p in kept if p and p - 1 not in kept and _is_heading(judged[p - 1]) and judged[p].weight > 0}
    start = min(run.start, min(above, default=run.start))
    return replace(run, start=start, left_out=run.left_out - above)


def with_quotes(page: Page, judged: Sequence[Judged], run: Run) -> Run:
    """The run with block quotes, of a saved page, that were left out by little right below a kept line of their box.

    Few pages of those learnt from have any but as pictures of what the text says.
    """
    quotes = {
        p
        for p in run.left_out
        if p - 1 not in run.left_out
        and judged[p].line.kind == "quote"
        and judged[p].weight > _DOUBTFUL
        and _boxes_near(page, judged[p]) & _boxes_near(page, judged[p - 1])
        and _may_stand_between(judged[p])
        and ends_sentence(judged[p].line.words)
    }
    return replace(run, left_out=run.left_out - quotes)


def _boxes_near(page: Page, one: Judged) -> set[int]:
    outer = page.parents[one.line.box]
    return {one.line.box, outer, page.parents[outer]} - {0}


def with_last_paragraphs(page: Page, judged: Sequence[Judged], run: Run) -> Run:
    """The run with the paragraphs, of a saved page, that go on in the same box right below it.

    A sentence with a link in it, as the last of a short report, looks like a pointer to another piece.
    """
    around = page.parents[judged[run.end - 1].line.box] if run.end else 0
    end = run.end
    while end < len(judged) and page.parents[judged[end].line.box] == around and _goes_on(judged[end]):
        end += 1
    return replace(run, end=end)


def _goes_on(one: Judged) -> bool:
    is_written = one.line.paragraph and one.line.kind == "text" and one.length >= _SHORTEST_SENTENCE
    return is_written and _may_stand_between(one) and one.linked < 0.4 and ends_sentence(one.line.words)


def _is_heading(one: Judged) -> bool:
    return one.line.kind == "heading" and one.line.level > 1 and _may_stand_between(one) and one.line.bad == 0


def with_lists(judged: Sequence[Judged], run: Run) -> Run:
    """The run with lists and tables in small gaps between kept lines, and right below it, that nothing speaks against.

    A line without a full stop tells little of itself.
    """
    left_out = set(run.left_out)
    position = run.start
    while position < run.end:
        after = position
        while after < run.end and after in run.left_out:
            after += 1
        gap = judged[position:after]
        if len(gap) <= _LISTED and all(one.line.kind in ("item", "row") and _may_stand_between(one) for one in gap):
            left_out.difference_update(range(position, after))
        position = after + 1
    end = run.end
    while end < min(len(judged), run.end + _LISTED):
        if judged[end].line.kind not in ("item", "row") or not _may_stand_between(judged[end]):
            break
        end += 1
    return replace(run, end=end, left_out=frozenset(left_out))


def _may_stand_between(one: Judged) -> bool:
    plain = one.rule is None and one.section in (None, "faq")
    return plain and one.linked < 0.5 and one.line.bad < 2 and one.length < _LONGEST_BETWEEN


def _choose(scores: Sequence[float]) -> list[bool]:
    outside, inside = 0.0, -CHANGE
    ways: list[tuple[bool, bool]] = []
    """For each line whether the best way to leave it out, and to keep it, keeps the line before."""
    for score in scores:
        leaves, stays = inside - CHANGE > outside, inside >= outside - CHANGE
        ways.append((leaves, stays))
        outside, inside = inside - CHANGE if leaves else outside, (inside if stays else outside - CHANGE) + score
    chosen = []
    keeps = inside - CHANGE > outside
    for way in reversed(ways):
        chosen.append(keeps)
        keeps = way[1] if keeps else way[0]
    return chosen[::-1]
