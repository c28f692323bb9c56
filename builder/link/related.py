"""Pieces near each other: shared leaders, topics and rare words, weighed by rarity and nearness in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from math import log
from operator import itemgetter
from typing import Final

from builder.model import Facts
from builder.model.values import value

SHOWN: Final = 6
_WINDOW: Final = 6
"""How many neighbours in time each feature proposes on either side: it keeps the work linear in the archive."""
_FEATURES: Final = 10
"""How many of a piece's features, the rarest first, look for neighbours."""
MOST_FOR_WORDS: Final = 40
"""A word in more pieces than this says little; a leader or a topic always says something."""
_HALF: Final = 120.0
"""Days after which nearness in time counts half."""
_LEAST: Final = 1.5


def related(facts: Sequence[Facts], only: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
    """For each article, or those with the ids of `only`, the nearest others, nearest first.

    The sequence is in its final order. Of the facts it reads `entry.id`, `entry.day`, `terms`, and kind and id of
    `mentions`.
    """
    asked = facts if only is None else [each for each in facts if each.entry.id in only]
    # Pieces are known by their place in time: the window of a feature is then a slice, and days are a list.
    order = sorted(facts, key=lambda each: (_day(each), each.entry.id))
    days = [_day(each) for each in order]
    by_id = sorted(range(len(order)), key=lambda at: order[at].entry.id)
    ranks = [0] * len(order)
    for rank, at in enumerate(by_id):
        ranks[at] = rank
    looks = _looks(order, asked)
    found = {
        each.entry.id: _best(_scores(looks, at), at, days=days, ranks=ranks)
        for at, each in enumerate(order)
        if only is None or each.entry.id in only
    }
    return {each.entry.id: tuple(order[at].entry.id for at in found[each.entry.id]) for each in asked}


@value(frozen=True, slots=True)
class _Looks:
    """By what pieces look for others; in flat lists of numbers, since a tuple for each look doubled the time."""

    weights: list[float]
    """Of each feature."""
    places: list[list[int]]
    """For each feature the pieces that have it, in the order of time."""
    features: list[list[int]]
    """For each piece its rarest features that others share and one of those asked for has."""
    own: list[list[int]]
    """For each of these the piece's own place among those that have it."""


def _looks(order: Sequence[Facts], asked: Sequence[Facts]) -> _Looks:
    postings = _postings(order, asked)
    weighed = sorted((-_weight(feature, len(places), len(order)), feature) for feature, places in postings.items())
    features: list[list[int]] = [[] for _ in order]
    own: list[list[int]] = [[] for _ in order]
    for number, (_, feature) in enumerate(weighed):
        for place, at in enumerate(postings[feature]):
            mine = features[at]
            if len(mine) < _FEATURES:
                mine.append(number)
                own[at].append(place)
    return _Looks([-weight for weight, _ in weighed], [postings[feature] for _, feature in weighed], features, own)


def _scores(looks: _Looks, at: int) -> dict[int, float]:
    scores: dict[int, float] = {}
    known = scores.get
    for number, place in zip(looks.features[at], looks.own[at], strict=True):
        weight = looks.weights[number]
        for other in looks.places[number][place - _WINDOW if place > _WINDOW else 0 : place + _WINDOW + 1]:
            scores[other] = known(other, 0.0) + weight
    scores.pop(at, None)
    return scores


def _best(scores: Mapping[int, float], at: int, *, days: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """The others with the highest scores, weighed by nearness in time."""
    day, least = days[at], _LEAST
    weighed: list[tuple[float, int, int]] = []
    for other, score in sorted(scores.items(), key=itemgetter(1), reverse=True):
        # Nearness only takes from a score: what is under the weighed ones of the highest cannot be among them.
        if score < least:
            break
        then = days[other]
        near = _HALF / (_HALF + abs(day - then)) if day and then else 0.0
        weighed.append((-score * (0.5 + 0.5 * near), ranks[other], other))
        if len(weighed) == SHOWN:
            least = max(least, -max(weighed)[0])
    weighed.sort()
    return [other for _, _, other in weighed[:SHOWN]]


def _postings(order: Sequence[Facts], asked: Sequence[Facts]) -> dict[str, list[int]]:
    """For each feature that two pieces share, of those that the pieces asked for have, the pieces in order of time."""
    listed: Iterable[Iterable[str]] = (each.terms for each in order)
    if len(asked) < len(order):
        sought = frozenset(chain.from_iterable(each.terms for each in asked))
        listed = map(sought.intersection, listed)
    words = Counter(chain.from_iterable(listed))
    telling = {word for word, count in words.items() if 1 < count <= MOST_FOR_WORDS}
    postings: dict[str, list[int]] = {word: [] for word in telling}
    subjects: dict[str, list[int]] = {}
    for at, each in enumerate(order):
        for mention in each.mentions:
            subjects.setdefault(f"{mention.kind}:{mention.id}", []).append(at)
        for term in telling.intersection(each.terms):
            postings[term].append(at)
    return postings | {feature: places for feature, places in subjects.items() if len(places) > 1}


def _weight(feature: str, pieces: int, of: int) -> float:
    """How much a shared feature says: the rarer the more; a leader most, a topic and a word less."""
    kind = 1.0 if feature.startswith("leader:") else 0.6 if feature.startswith("topic:") else 0.4
    return kind * log(1 + of / pieces)


def _day(facts: Facts) -> int:
    from datetime import date  # noqa: PLC0415 - 1 ms of an edit, which relates nothing anew

    return date.fromisoformat(facts.entry.day).toordinal() if facts.entry.day else 0
