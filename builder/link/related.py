"""Pieces near each other: shared leaders, topics and rare words, weighed by rarity and nearness in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import log
from typing import Final

from builder.model import Facts

SHOWN: Final = 6
_WINDOW: Final = 8
"""How many neighbours in time each feature proposes on either side: it keeps the work linear in the archive."""
_FEATURES: Final = 14
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
    postings = _postings(facts, order)
    weights = {feature: _weight(feature, len(places), len(facts)) for feature, places in postings.items()}
    places_of: list[dict[str, int]] = [{} for _ in facts]
    for feature, places in postings.items():
        for place, at in enumerate(places):
            places_of[at][feature] = place
    near = {}
    for at, each in enumerate(facts):
        scores: dict[int, float] = {}
        for feature in sorted(places_of[at], key=lambda feature: (-weights[feature], feature))[:_FEATURES]:
            weight, places, place = weights[feature], postings[feature], places_of[at][feature]
            for other in places[max(0, place - _WINDOW) : place + _WINDOW + 1]:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(at, None)
        near[each.entry.id] = _best(at, scores, days, facts)
    return near


def _best(at: int, scores: Mapping[int, float], days: Sequence[int], facts: Sequence[Facts]) -> tuple[str, ...]:
    weighed = sorted(
        (-score * (0.5 + 0.5 * _nearness(days[at], days[other])), facts[other].entry.id)
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
