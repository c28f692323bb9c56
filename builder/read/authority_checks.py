"""What no set of authorities may have: names claimed twice, words both weak and strong, circles, strays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.model import Authority
from builder.problems import Place, Problem, did_you_mean, error


def check_authorities(authorities: Sequence[Authority]) -> list[Problem]:
    """Errors with both places named; of two the site's own is the one complained of, else the second."""
    return [
        *_claimed_twice(authorities),
        *_too_short(authorities),
        *_kana_in_chinese(authorities),
        *_strays_and_circles(authorities),
    ]


def _claimed_twice(authorities: Sequence[Authority]) -> Iterator[Problem]:
    """One name for two, and a word that is enough alone for one and not for another.

    Weak words may be shared: that is what makes them weak.
    """
    strong: dict[str, Authority] = {}
    for authority in authorities:
        weak = {key(word) for words in authority.weak.values() for word in words}
        for word in dict.fromkeys(_enough(authority)):
            if key(word) in weak:
                continue
            first = strong.setdefault(key(word), authority)
            if first is not authority:
                own, other = _own_first(authority, first)
                message = f'"{word}" of {own.id} is also that of {other.id} ({other.place})'
                yield error(_place(own), message, "make it weak for both, or leave it to one")
    for authority in authorities:
        for words in authority.weak.values():
            for word in words:
                first = strong.get(key(word), authority)
                if first is not authority and first.kind == authority.kind:
                    message = f'"{word}" is weak for {authority.id} and enough for {first.id}'
                    own, other = _own_first(authority, first)
                    yield error(_place(own), f"{message} ({other.place})", "make it weak for both, or leave it to one")


def _own_first(second: Authority, first: Authority) -> tuple[Authority, Authority]:
    """The record that the archivist can mend, and the other."""
    return (first, second) if _is_own(first) and not _is_own(second) else (second, first)


def _is_own(authority: Authority) -> bool:
    return authority.place.startswith("content/")


def _too_short(authorities: Iterable[Authority]) -> Iterator[Problem]:
    for authority in authorities:
        for words in authority.aliases.values():
            for word in words:
                if len(word) < 2:
                    message = f'"{word}" of {authority.id} is one letter, too little to be enough alone'
                    yield error(_place(authority), message, "list it under weak")


def _kana_in_chinese(authorities: Iterable[Authority]) -> Iterator[Problem]:
    for authority in authorities:
        for language in ("zh", "zh-Hant"):
            listed = (authority.names.get(language, ""), *authority.aliases.get(language, ()))
            for word in (*listed, *authority.weak.get(language, ())):
                if any("\u3041" <= letter <= "\u30fa" for letter in word):
                    yield error(_place(authority), f'"{word}" of {authority.id} has kana', "list it under ja")


def _strays_and_circles(authorities: Iterable[Authority]) -> Iterator[Problem]:
    topics = {authority.id: authority for authority in authorities if authority.kind == "topic"}
    for topic in topics.values():
        for parent in topic.broader:
            if parent not in topics:
                hint = did_you_mean(parent, topics) or "the id of a topic"
                yield error(_place(topic), f'{topic.id} is under "{parent}", which is no topic', hint)
    for topic in _without_top(topics):
        if (way := _way_back(topic.id, topics)) and topic.id == min(way):
            others = ", ".join(f"{each} ({topics[each].place})" for each in way if each != topic.id)
            message = f"{topic.id} stands under itself" + (f", by way of {others}" if others else "")
            yield error(_place(topic), message, "take one broader link out")


def _without_top(topics: Mapping[str, Authority]) -> list[Authority]:
    """The topics above which no way ends: those of circles, and what stands under them.

    All others are told in one go; to look for a way back from each of 3,000 that stand under one another took 15 s.
    """
    left = {key: {parent for parent in topic.broader if parent in topics} for key, topic in topics.items()}
    under: dict[str, list[str]] = {}
    for key, parents in left.items():
        for parent in parents:
            under.setdefault(parent, []).append(key)
    ended = [key for key, parents in left.items() if not parents]
    for top in ended:
        for key in under.get(top, ()):
            left[key].discard(top)
            if not left[key]:
                ended.append(key)
    return [topic for key, topic in topics.items() if left[key]]


def _way_back(start: str, topics: Mapping[str, Authority]) -> tuple[str, ...]:
    """The topics on a way from one up to itself; none when there is no such way."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for parent in topics[way[-1]].broader:
            if parent == start:
                return way
            if parent in topics and parent not in seen:
                seen.add(parent)
                waiting.append((*way, parent))
    return ()


def _enough(authority: Authority) -> list[str]:
    return [*authority.names.values(), *(word for words in authority.aliases.values() for word in words)]


def key(word: str) -> str:
    """A name as claims are compared: composed, without case, hyphens as spaces."""
    return unicodedata.normalize("NFC", word).casefold().replace("-", " ")


def _place(authority: Authority) -> Place:
    path, line, column = authority.place.rsplit(":", 2)
    return Place(path, int(line), int(column))
