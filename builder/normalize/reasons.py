"""Why a line was weighed as it was: the traits that weigh most, each with its share of the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any, Final

from builder.model import CleaningRules, LineWeights
from builder.normalize.judge import Judged, best_run
from builder.normalize.page import Page
from builder.normalize.text_measures import ends_sentence
from builder.normalize.traits import box_traits, look_of, own_traits
from builder.normalize.vocabulary import Vocabulary, vocabulary
from builder.normalize.weighing import BIAS, HOPELESS, MEASURES, measures_of, trees_asked

STRONGEST: Final = 3
"""Reasons that are shown for a line."""
_FAINT: Final = 0.1
_CLOSE: Final = MEASURES.index("close")

Reason = tuple[str, float]
"""What a trait is called and what it adds to the line's score; above zero speaks for the article."""


def reasons_of(
    page: Page, judged: Sequence[Judged], weighed: Sequence[Judged], rules: CleaningRules
) -> list[list[Reason]]:
    """The strongest reasons of each line, the strongest first.

    `judged` are the lines as weighed by hand, `weighed` as they were weighed in the end.
    """
    if not any(one.learnt for one in weighed):
        return [_strongest(by_hand(one)) for one in judged]
    learnt = learnt_reasons(page, judged, rules.weights[page.form], vocabulary(rules))
    return [
        _strongest(reasons if told.learnt else by_hand(one))
        for one, told, reasons in zip(judged, weighed, learnt, strict=True)
    ]


def learnt_reasons(
    page: Page, judged: Sequence[Judged], weights: LineWeights, words: Vocabulary
) -> list[dict[str, float]]:
    """What each measure of each line, and each trait it shows alone, adds to its score; their sum is the score."""
    rows = measures_of(page, judged, weights, best_run(judged), words=words)
    expected = [_expected(tree) for tree in weights.trees]
    found = []
    for position, one in enumerate(judged):
        row = rows.get(position)
        if row is None:
            found.append({"nothing like prose near": HOPELESS})
            continue
        asked = expected[: len(trees_asked(row, weights))]
        reasons = {"any line": weights.bias + sum(value for value, *_ in asked)}
        for tree in asked:
            for measure, gain in _on_the_way(tree, row):
                name = MEASURES[measure]
                reasons[name] = reasons.get(name, 0.0) + gain
        found.append(_by_traits(reasons, one, row, weights))
    return found


def _by_traits(reasons: dict[str, float], one: Judged, row: Sequence[float], weights: LineWeights) -> dict[str, float]:
    """What the first score adds, told by the traits it is the sum of, each for its part in it."""
    names = (*own_traits(look_of(one, row[_CLOSE])), *box_traits(one.line), BIAS)
    told = {name: weights.first.get(name, 0.0) for name in names}
    added, total = reasons.pop("alone", 0.0), fsum(told.values())
    if abs(total) < _FAINT:
        return {**reasons, "alone": added}
    shares = {name or "any line": added * weight / total for name, weight in told.items()}
    return {name: reasons.get(name, 0.0) + shares.get(name, 0.0) for name in {**reasons, **shares}}


def _expected(tree: Any) -> Any:
    """The tree with the mean of its leaves beside each fork."""
    if isinstance(tree, int | float):
        return (tree,)
    measure, limit, low, high = tree
    below, above = _expected(low), _expected(high)
    return ((below[0] + above[0]) / 2, measure, limit, below, above)


def _on_the_way(tree: Any, row: Sequence[float]) -> Iterator[tuple[int, float]]:
    """How each fork on a line's way down a tree changes what is expected of it."""
    while len(tree) > 1:
        value, measure, limit, low, high = tree
        tree = low if row[measure] <= limit else high
        yield measure, tree[0] - value


def by_hand(one: Judged) -> dict[str, float]:
    """What each thing that speaks for or against a line adds to its weight; their sum is the weight."""
    line = one.line
    linked = one.linked
    told = {
        "links": -1.5 * linked if linked > 0.5 else 0.0,
        "paragraph": 0.6 if line.paragraph else 0.0,
        "boxes around articles": -0.9 * min(line.bad, 3),
        "boxes of articles": 0.15 * min(line.good, 3),
        f"phrase of {one.rule}": -2.5 if one.rule else 0.0,
    }
    rest = one.weight - sum(told.values())
    shape = line.kind if line.kind != "text" else "sentence" if ends_sentence(line.words) else "no full stop"
    told[f"{shape}, {round(one.length)} letters"] = rest
    return told


def _strongest(reasons: dict[str, float]) -> list[Reason]:
    ordered = sorted(reasons.items(), key=lambda reason: (-abs(reason[1]), reason[0]))
    told = [(name, round(weight, 2)) for name, weight in ordered if abs(weight) >= _FAINT and name != "any line"]
    return told[:STRONGEST]
