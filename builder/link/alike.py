"""How much speaks for two pieces being reports of one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import Final

from builder.model import Facts
from builder.model.values import value

_BEFORE, _AFTER = 4, 1
"""Days around a report whose numbers in it are taken for the day of what it reports."""
_MENTIONS: Final = 3
"""Mentions that make a leader one of those the piece is about."""
_NEAR: Final = (0.4, 0.25, 0.1)
"""What nearness in time adds: the same day, one day, two days."""
_SAME_PEOPLE: Final = 1.3
_LEAST_UNDATED: Final = 0.35
_UNSEEN: Final = 100
"""Pieces that a small archive is taken to lack: four reports in an archive of six make nothing common."""
_BY_CHANCE: Final = 0.3
"""What the words of any two pieces in one language come to."""
_MOST_WORDS: Final = 1.5
_PLACE, _NUMBER = "@", "#"
SIGNS: Final = (_PLACE, _NUMBER)
"""What stands before places and numbers among the words."""
_TELLING: Final = 0.5
_LEAST_SAME_DAY: Final = 0.25
_LEAST: Final = 0.5
"""Evidence of one occasion that two reports need beyond people, topics and nearness."""


_Marks = tuple[frozenset[str], frozenset[str], frozenset[str]]


@value(frozen=True, slots=True)
class Piece:
    """What of a piece's facts tells its event."""

    id: str
    day: int
    """Its event's day, where the archivist gave it, or its own; 0 for none."""
    given: bool
    """Whether it is the event's."""
    language: str
    people: Mapping[str, float]
    """Leader and how much the piece is about him, up to 1."""
    crowd: float
    """Of all of them together."""
    topics: frozenset[str]
    scenes: frozenset[str]
    places: frozenset[str]
    days: frozenset[str]
    """Numbers in it that are days of the month about its date."""
    figures: frozenset[str]
    terms: tuple[str, ...]
    weights: Mapping[str, float]
    """How much each sign says, from 0 for what everybody has to about 1 for what few have."""
    signs: tuple[str, ...]
    """By what it is found."""
    doubles: tuple[str, ...]


def pieces(facts: Sequence[Facts], doubles: Mapping[str, tuple[str, ...]]) -> list[Piece]:
    """The facts of an archive as pieces that can be compared."""
    marked = [_marked(each) for each in facts]
    weights = _weights(facts, marked)
    return [
        _piece(each, marks, weights, doubles.get(each.entry.id, ())) for each, marks in zip(facts, marked, strict=True)
    ]


def likeness(one: Piece, other: Piece, least: float = 0.0) -> float:
    """What speaks for one event, 0 where too little beyond names does; about 2 is enough.

    What cannot reach `least` may be 0 as well: words, which take longest to compare, are then spared.
    """
    if other.id in one.doubles:
        return 9.0
    gap = abs(one.day - other.day) if one.day and other.day else len(_NEAR)
    given = 1.5 if one.given and other.given else 0.0
    if given and gap:
        return 0.0
    weights = one.weights
    people = _people(one, other)
    if people == 0.0 and (one.people or other.people):
        return 0.0
    about = min(1.2, sum([0.5 * weights[topic] for topic in one.topics & other.topics]))
    place = _place(one, other)
    figures = _figures(one, other)
    near = _NEAR[gap] if gap < len(_NEAR) else 0.0
    # A capital, a theme and a number are shared by many occasions of one leader; less so the other people there.
    part = 0.4 + 0.6 * people / _SAME_PEOPLE
    if people + (about + (place + figures + _MOST_WORDS + given)) * part + near < least:
        return 0.0
    words = _words(one, other)
    occasion = place + figures + words + given
    if occasion < (_LEAST_SAME_DAY if gap == 0 else _LEAST):
        return 0.0
    if not (one.day and other.day) and (place <= 0.0 or figures + words + about < _LEAST_UNDATED):
        return 0.0
    return people + (about + occasion) * part + near


def _people(one: Piece, other: Piece) -> float:
    """How much the leaders of the piece that has fewer are those of the other."""
    shared = one.people.keys() & other.people.keys()
    if not shared:
        return 0.0
    both = sum([min(one.people[key], other.people[key]) for key in shared])
    mine, theirs = one.crowd, other.crowd
    # A long list of guests holds every pair of them: whom else a piece is about counts by half.
    part = 0.5 * both / min(mine, theirs) + 0.5 * both / sqrt(mine * theirs)
    rare = sum([one.weights[key] for key in shared]) / len(shared)
    return _SAME_PEOPLE * part * (0.5 + 0.5 * rare)


def _place(one: Piece, other: Piece) -> float:
    """Places at the head of both speak for one event, and different ones against it."""
    shared = one.scenes & other.scenes
    named = (one.scenes & other.places) | (other.scenes & one.places)
    by_the_way = min(0.4, sum(0.3 * one.weights[place] for place in named))
    if shared:
        part = 2 * len(shared) / (len(one.scenes) + len(other.scenes))
        return min(1.2, sum(one.weights[place] for place in shared)) * (0.6 + 0.4 * part) + by_the_way
    return by_the_way - 1.2 if one.scenes and other.scenes else by_the_way


def _figures(one: Piece, other: Piece) -> float:
    days = 0.0
    if one.days & other.days:
        days = 0.5
    elif one.days and other.days and not (one.days & other.figures or other.days & one.figures):
        days = -0.6
    shared = (one.figures & other.figures) - (one.days & other.days)
    return days + min(1.5, sum(0.45 * one.weights[figure] for figure in shared))


def _words(one: Piece, other: Piece) -> float:
    """Terms are samples of the words of a body, the same ones in every body; they do not cross languages."""
    if one.language != other.language or not one.terms or not other.terms:
        return 0.0
    shared = frozenset(one.terms).intersection(other.terms)
    fewer = min(len(one.terms), len(other.terms))
    return min(_MOST_WORDS, max(0.0, 3.0 * sum(one.weights[term] for term in shared) / fewer - _BY_CHANCE))


def _piece(each: Facts, marks: _Marks, weights: Mapping[str, float], doubles: tuple[str, ...]) -> Piece:
    from datetime import date  # noqa: PLC0415 - 1 ms of an edit, which asks for no event

    scenes, places, figures = marks
    day = each.entry.event_day or each.entry.day
    when = date.fromisoformat(day) if day else None
    named = [mention for mention in each.mentions if mention.kind == "leader"]
    most = min(_MENTIONS, max((mention.count for mention in named), default=0)) or 1
    people = {mention.id: min(mention.count, most) / most for mention in named}
    topics = frozenset([m.id for m in each.mentions if m.kind == "topic"])
    by_weight = sorted(people, key=lambda key: (-people[key], weights[key], key))[:4]
    found = [*by_weight, *topics, *scenes, *[figure for figure in figures if weights[figure] > _TELLING]]
    return Piece(
        id=each.entry.id,
        day=when.toordinal() if when else 0,
        given=each.entry.event_day is not None,
        language=each.entry.language.partition("-")[0],
        people=people,
        crowd=sum(people.values()),
        topics=topics,
        scenes=scenes,
        places=places,
        days=figures & _days_about(day) if figures and day else frozenset(),
        figures=figures,
        terms=each.terms,
        weights=weights,
        signs=tuple(sorted(found)),
        doubles=doubles,
    )


@lru_cache(maxsize=4096)
def _days_about(day: str) -> frozenset[str]:
    from datetime import date  # noqa: PLC0415 - as above

    when = date.fromisoformat(day).toordinal()
    about = range(max(1, when - _BEFORE), min(date.max.toordinal(), when + _AFTER) + 1)
    return frozenset(f"{_NUMBER}{date.fromordinal(ordinal).day}" for ordinal in about)


def _marked(each: Facts) -> _Marks:
    """Scenes, places and figures under names that no leader, topic or word has."""
    return (
        frozenset([_PLACE + place for place in each.scenes]),
        frozenset([_PLACE + place for place in each.places]),
        frozenset([_NUMBER + figure for figure in each.figures]),
    )


def _weights(facts: Sequence[Facts], marked: Sequence[_Marks]) -> dict[str, float]:
    """Rare signs say much, common ones little."""
    counts = Counter([mention.id for each in facts for mention in each.mentions])
    counts.update(chain.from_iterable(each.terms for each in facts))
    counts.update(chain.from_iterable(chain.from_iterable(marked)))
    most = log(len(facts) + _UNSEEN)
    by_count = {count: min(1.0, (most - log(count + 1)) / most + 0.1) for count in set(counts.values())}
    return {sign: by_count[count] for sign, count in counts.items()}
