"""Pieces that report one event, in whatever language: grouped by people, place, time and signs that cross scripts.

Names alone never join two pieces: the same two leaders may meet twice in a week. What joins them is evidence of one
occasion: a place at the head of both, the same day or number in both, words shared in one language. Measured on made
archives of summits in four languages; the cases are in tests/test_events.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from builder.link.alike import Piece, likeness, pieces
from builder.model import AuthorityKind, Event, Facts, Mention

_ENOUGH: Final = 2.1
_ENOUGH_UNDATED: Final = 2.3
_CLEAR: Final = 0.4
"""By how much an undated piece must fit its event better than any other."""
_AHEAD: Final = 4
"""Days between a report and the last one before it."""
_SPAN: Final = 6
"""Days between the first and the last report of an event."""
_ACTIVE: Final = 10
"""Pieces of the last days that a sign still proposes: it keeps the work linear in the archive."""
_TRIED: Final = 4
_COMPARED: Final = 4
_MOST_PLACES: Final = 200
"""Pieces at one place, over which an undated piece does not look for its event there."""


def events(facts: Sequence[Facts], doubles: Mapping[str, tuple[str, ...]]) -> tuple[Event, ...]:
    """The events that two or more pieces report, newest first; `facts` are in any fixed order.

    One of them at least has a day: an event stands on the page of its month, and undated pieces have none.
    Of the facts it reads `mentions`, `terms`, `scenes`, `places`, `figures` and, of the entry, id, language and days.
    """
    each = pieces(facts, doubles)
    groups = _dated(each)
    _undated(each, groups)
    made = [
        _event(facts, each, group) for group in groups if len(group) > 1 and any(facts[at].entry.day for at in group)
    ]
    return tuple(sorted(made, key=lambda event: (-int(event.day.replace("-", "") or 0), event.id)))


def _dated(each: Sequence[Piece]) -> list[list[int]]:
    """Groups in the order of time; every dated piece is in one."""
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    active: dict[str, list[int]] = {}
    days = [piece.day for piece in each]
    for at in sorted((at for at, day in enumerate(days) if day), key=lambda at: (days[at], each[at].id)):
        piece, since = each[at], days[at] - _AHEAD
        scores: dict[int, float] = {}
        for sign in piece.signs:
            listed = active.get(sign)
            if listed is None:
                active[sign] = [at]
                continue
            if days[listed[-1]] >= since:
                weight = piece.weights[sign]
                for other in listed[-_ACTIVE:]:
                    if days[other] >= since:
                        group = group_of[other]
                        scores[group] = scores.get(group, 0.0) + weight
            listed.append(at)
        likely = sorted(scores, key=lambda group: (-scores[group] / len(groups[group]), group))[:_TRIED]
        near = [group for group in likely if days[at] - days[groups[group][0]] <= _SPAN]
        best, group = max([(_fit(each, at, groups[group], _ENOUGH), -group) for group in near], default=(0.0, 0))
        if best >= _ENOUGH:
            groups[-group].append(at)
            group_of[at] = -group
        else:
            group_of[at] = len(groups)
            groups.append([at])
    return groups


def _undated(each: Sequence[Piece], groups: list[list[int]]) -> None:
    """Puts each undated piece to the one group that it fits clearly best."""
    undated = sorted((at for at, piece in enumerate(each) if not piece.day), key=lambda at: each[at].id)
    if not undated:
        return
    there: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for place in {place for at in group for place in each[at].scenes}:
            there.setdefault(place, []).append(number)
    joined: list[tuple[int, int]] = []
    for at in undated:
        near: Counter[int] = Counter()
        for place in each[at].scenes:
            if len(there.get(place, ())) <= _MOST_PLACES:
                near.update(there.get(place, ()))
        fitting = sorted(((_fit(each, at, groups[group]), -group) for group in near), reverse=True)
        clear = len(fitting) == 1 or (fitting and fitting[0][0] - fitting[1][0] >= _CLEAR)
        if clear and fitting[0][0] >= _ENOUGH_UNDATED:
            joined.append((-fitting[0][1], at))
    for number, at in joined:
        groups[number].append(at)


def _fit(each: Sequence[Piece], at: int, group: Sequence[int], least: float = 0.0) -> float:
    """How well a piece fits a group: the mean over its latest members; any less than `least` may be told as 0."""
    compared = group[-_COMPARED:]
    if len(compared) == 1:
        return likeness(each[at], each[compared[0]], least)
    return sum(likeness(each[at], each[other]) for other in compared) / len(compared)


def _event(facts: Sequence[Facts], each: Sequence[Piece], group: Sequence[int]) -> Event:
    ordered = sorted(group, key=lambda at: (each[at].day or 9999999, each[at].id))
    given = sorted(facts[at].entry.event_day or "" for at in ordered if facts[at].entry.event_day)
    mentions = [mention for at in ordered for mention in facts[at].mentions]
    return Event(
        id=each[ordered[0]].id,
        day=given[0] if given else facts[ordered[0]].entry.day or "",
        articles=tuple(each[at].id for at in ordered),
        leaders=_in_most("leader", mentions, len(ordered)),
        topics=_in_most("topic", mentions, len(ordered)),
    )


def _in_most(kind: AuthorityKind, mentions: Iterable[Mention], pieces: int) -> tuple[str, ...]:
    """Whom more than half of the pieces name, in most pieces first."""
    counts = Counter(mention.id for mention in mentions if mention.kind == kind)
    return tuple(sorted((key for key in counts if 2 * counts[key] > pieces), key=lambda key: (-counts[key], key)))
