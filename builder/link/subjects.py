"""Leaders and topics that have a page: where each is named, with whom, and what stands below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from builder.model import Authority, AuthorityKind, Facts, Subject


def leaders(facts: Sequence[Facts], authorities: Iterable[Authority]) -> dict[str, Subject]:
    """A subject for each leader that a piece names, in the order of their English names.

    Of the facts it reads `entry.id`, and kind and id of `mentions`; so does `topics`.
    """
    known = _known(authorities, "leader")
    articles: dict[str, list[str]] = {}
    together: dict[str, list[str]] = {}
    for each in facts:
        named = [mention.id for mention in each.mentions if mention.kind == "leader" and mention.id in known]
        for identity in named:
            articles.setdefault(identity, []).append(each.entry.id)
            together.setdefault(identity, []).extend(named)
    return {
        identity: Subject(known[identity], tuple(articles[identity]), _ranked(together[identity], but=identity), ())
        for identity in sorted(articles, key=lambda identity: _by_name(known[identity]))
    }


def topics(facts: Sequence[Facts], authorities: Iterable[Authority]) -> dict[str, Subject]:
    """A subject for each topic that a piece names or that stands above such a one; it has all their pieces."""
    known = _known(authorities, "topic")
    above = {identity: _above(identity, known) for identity in known}
    articles: dict[str, list[str]] = {}
    together: dict[str, list[str]] = {}
    for each in facts:
        people = [mention.id for mention in each.mentions if mention.kind == "leader"]
        direct = [mention.id for mention in each.mentions if mention.kind == "topic" and mention.id in known]
        for identity in dict.fromkeys(one for topic in direct for one in above[topic]):
            articles.setdefault(identity, []).append(each.entry.id)
            together.setdefault(identity, []).extend(people)
    below: dict[str, list[str]] = {}
    for identity in articles:
        for parent in known[identity].broader:
            below.setdefault(parent, []).append(identity)
    return {
        identity: Subject(
            known[identity],
            tuple(articles[identity]),
            _ranked(together[identity]),
            tuple(sorted(below.get(identity, ()), key=lambda one: _by_name(known[one]))),
        )
        for identity in sorted(articles, key=lambda identity: _by_name(known[identity]))
    }


def _known(authorities: Iterable[Authority], kind: AuthorityKind) -> dict[str, Authority]:
    return {authority.id: authority for authority in authorities if authority.kind == kind}


def _by_name(authority: Authority) -> tuple[str, str]:
    return (authority.names.get("en", authority.id).casefold(), authority.id)


def _ranked(named: Iterable[str], *, but: str = "") -> tuple[tuple[str, int], ...]:
    """Each with its number, most first: counted in one go, since a count for every piece took half of linking."""
    counts = Counter(named)
    counts.pop(but, None)
    ranked = sorted(counts.items())
    ranked.sort(key=itemgetter(1), reverse=True)
    return tuple(ranked)


def _above(identity: str, known: Mapping[str, Authority]) -> tuple[str, ...]:
    """A topic and all that stand above it; a circle, which the checks refuse, ends where it closes."""
    found = {identity: None}
    waiting = [identity]
    while waiting:
        for parent in known[waiting.pop()].broader:
            if parent in known and parent not in found:
                found[parent] = None
                waiting.append(parent)
    return tuple(found)
