"""Pieces near each other: shared leaders, topics and rare words, weighed by rarity and nearness in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from typing import Final, NamedTuple

from builder.model import Facts

SHOWN: Final = 6
_WINDOW: Final = 6
"""How many neighbours in time each feature proposes on either side: it keeps the work linear in the archive."""
_FEATURES: Final = 10
"""How many of a piece's features, the rarest first, look for neighbours."""
_MOST_FOR_WORDS: Final = 40
"""A word in more pieces than this says little; a leader or a topic always says something."""
_HALF: Final = 120.0
"""Days after which nearness in time counts half."""
_LEAST: Final = 1.5


def related(facts: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    """For each article the nearest others, nearest first; the sequence is in its final order."""
    days = [_day(each) for each in facts]
    order = sorted(range(len(facts)), key=lambda at: (days[at], facts[at].entry.id))
    return {
        each.entry.id: _best(_scores(looking, at), days[at], days=days, facts=facts)
        for (at, each), looking in zip(enumerate(facts), _looking(facts, order), strict=True)
    }


class _Look(NamedTuple):
    """A feature of a piece that looks for others."""

    weight: float
    places: list[int]
    """All pieces that have it, in the order of time."""
    place: int
    """The piece's own place among them."""


def _looking(facts: Sequence[Facts], order: Sequence[int]) -> list[list[_Look]]:
    """For each piece its rarest features that others share."""
    postings = _postings(facts, order)
    weights = {feature: _weight(feature, len(places), len(facts)) for feature, places in postings.items()}
    looking: list[list[_Look]] = [[] for _ in facts]
    for feature in sorted(postings, key=lambda feature: (-weights[feature], feature)):
        weight, places = weights[feature], postings[feature]
        for place, at in enumerate(places):
            if len(looking[at]) < _FEATURES:
                looking[at].append(_Look(weight, places, place))
    return looking


def _scores(looking: Sequence[_Look], at: int) -> dict[int, float]:
    scores: dict[int, float] = {}
    for weight, places, place in looking:
        for other in places[max(0, place - _WINDOW) : place + _WINDOW + 1]:
            scores[other] = scores.get(other, 0.0) + weight
    scores.pop(at, None)
    return scores


def _best(scores: Mapping[int, float], day: int, *, days: Sequence[int], facts: Sequence[Facts]) -> tuple[str, ...]:
    weighed = sorted(
        (-score * (0.5 + 0.5 * _nearness(day, days[other])), facts[other].entry.id)
        for other, score in scores.items()
        if score >= _LEAST
    )
    return tuple(identity for _, identity in weighed[:SHOWN])


def _postings(facts: Sequence[Facts], order: Sequence[int]) -> dict[str, list[int]]:
    """For each feature that two pieces share, the pieces in the order of time."""
    postings: dict[str, list[int]] = {}
    for at in order:
        each = facts[at]
        for mention in each.mentions:
            postings.setdefault(f"{mention.kind}:{mention.id}", []).append(at)
        for term in each.terms:
            postings.setdefault(term, []).append(at)
    return {
        feature: places
        for feature, places in postings.items()
        if len(places) > 1 and (":" in feature or len(places) <= _MOST_FOR_WORDS)
    }


def _weight(feature: str, pieces: int, of: int) -> float:
    """How much a shared feature says: the rarer the more; a leader most, a topic and a word less."""
    kind = 1.0 if feature.startswith("leader:") else 0.6 if feature.startswith("topic:") else 0.4
    return kind * log(1 + of / pieces)


def _nearness(day: int, other: int) -> float:
    return _HALF / (_HALF + abs(day - other)) if day and other else 0.0


def _day(facts: Facts) -> int:
    return date.fromisoformat(facts.entry.day).toordinal() if facts.entry.day else 0
