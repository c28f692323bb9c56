"""Why a line was weighed as it was: the traits that weigh most, each with its share of the score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from builder.model import CleaningRules
from builder.normalize.judge import Judged, link_share
from builder.normalize.language import function_words
from builder.normalize.page import Page
from builder.normalize.surroundings import around_traits
from builder.normalize.text_measures import ends_sentence
from builder.normalize.traits import box_traits, own_traits
from builder.normalize.weighing import BIAS, Weights

STRONGEST: Final = 3
"""Reasons that are shown for a line."""
_FAINT: Final = 0.1

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
    return [_strongest(reasons) for reasons in learnt_reasons(page, judged, rules.weights[page.form], rules)]


def learnt_reasons(
    page: Page, judged: Sequence[Judged], weights: Weights, rules: CleaningRules
) -> list[dict[str, float]]:
    """What each trait of each line adds to its score; their sum is the score."""
    own = own_traits(judged, function_words(rules))
    alone, beside = weights["own"], weights["around"]
    boxed = [[*names, *box_traits(one.line), BIAS] for names, one in zip(own, judged, strict=True)]
    first = [sum(alone.get(name, 0.0) for name in names) for names in boxed]
    around = around_traits(page, judged, first)
    found = []
    for names, more in zip(boxed, around, strict=True):
        reasons: dict[str, float] = {}
        for name in (*names, *more):
            reasons[name] = reasons.get(name, 0.0) + beside.get(name, 0.0)
        found.append({name or "any line": weight for name, weight in reasons.items()})
    return found


def by_hand(one: Judged) -> dict[str, float]:
    """What each thing that speaks for or against a line adds to its weight; their sum is the weight."""
    line = one.line
    linked = link_share(line)
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
    return [(name, round(weight, 2)) for name, weight in ordered[:STRONGEST] if abs(weight) >= _FAINT]
