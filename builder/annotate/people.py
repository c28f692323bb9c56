"""Whom each name in an article means: the named are certain, weak names go by them, by office and by date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from builder.annotate.hits import Hit
from builder.annotate.keys import Key, Label
from builder.annotate.lexicon import Lexicon
from builder.annotate.names import Found
from builder.annotate.sheet import Sheet
from builder.annotate.surroundings import HONORIFIC
from builder.model import Article
from builder.model.values import value

_YEAR: Final = re.compile(r"20[0-4]\d(?<!\d....)(?!\d)")
_TITLE: Final = re.compile(r"(?:[^\W\d_]+[ -]){1,2}$")
_FEW: Final = 6
_DAY_AFTER: Final = re.compile(r",? \d")


@value(frozen=True, slots=True, eq=False)
class People:
    """The leaders an article names."""

    hits: tuple[Hit, ...]
    """In the order of the text, each with its subject."""
    unresolved: tuple[str, ...]
    """Weak names with an office that could be given to nobody, as they stand."""


def resolve(article: Article, sheet: Sheet, lexicon: Lexicon, found: Found) -> People:
    """Give every name to a person, or to nobody."""
    if not found.leaders:
        return People((), ())
    certain, weak = _certain(found.leaders)
    reading = _Reading(article, sheet, lexicon, found=found)
    reading.learn(certain)
    unresolved: dict[str, None] = {}
    doubtful = []
    for hit in weak:
        hit.office = hit.key.office or lexicon.surroundings.office_beside(
            sheet.folded, hit.start, hit.end, hit.key.writing
        )
        if hit.office is None:
            doubtful.append(hit)
        elif reading.with_office(hit):
            certain.append(hit)
        elif hit.office != HONORIFIC:
            unresolved[_with_title(sheet, hit)] = None
    reading.learn(certain)
    certain += [hit for hit in doubtful if reading.alone(hit)]
    return People(tuple(sorted(certain, key=lambda hit: hit.start)), tuple(unresolved))


def _with_title(sheet: Sheet, hit: Hit) -> str:
    """A weak name as it stands, with the words of a title before it."""
    title = _TITLE.search(sheet.text[max(0, hit.start - 40) : hit.start]) if hit.key.writing == "letters" else None
    return (title[0] if title else "") + sheet.text[hit.start : hit.end]


def _certain(hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Names that are enough alone, and the others; a name with its given name before it is enough as well."""
    certain, weak = [], []
    for hit in hits:
        strong = [label for label in hit.key.labels if label.strong]
        whole = hit.start + hit.key.length < hit.end and len(hit.key.labels) == 1
        if len(strong) == 1 or whole:
            hit.subject = (strong or hit.key.labels)[0].subject
            certain.append(hit)
        else:
            weak.append(hit)
    return certain, weak


class _Reading:
    """Who is named where in one article, as far as is known."""

    def __init__(self, article: Article, sheet: Sheet, lexicon: Lexicon, *, found: Found) -> None:
        self._sheet = sheet
        self._lexicon = lexicon
        self._day = _day(article, sheet)
        self._named: dict[int, list[int]] = {}
        self._certain: list[Hit] = []
        self._abroad = bool(found.topics)
        chosen = set(article.leaders.add)
        for subject, authority in enumerate(lexicon.authorities if chosen else ()):
            if authority.kind == "leader" and authority.id in chosen:
                self._named[subject] = [0]
        self._strangers: dict[Key, list[int]] = {}
        for hit in found.strangers:
            self._strangers.setdefault(hit.key, []).append(hit.start)

    def learn(self, hits: Iterable[Hit]) -> None:
        """Note who is named by now."""
        for hit in hits:
            self._named.setdefault(hit.subject, []).append(hit.start)
            self._certain.append(hit)
        for places in self._named.values():
            places.sort()

    def with_office(self, hit: Hit) -> bool:
        """A weak name beside an office: of those named, else who held the office on the day, else the only one."""
        labels = [label for label in hit.key.labels if self._could_hold(label, hit.office)]
        if hit.office == HONORIFIC:
            return self._give(hit, [label for label in labels if label.subject in self._named])
        named = [label for label in labels if label.subject in self._named]
        held = [label for label in labels if self._held(label, hit.office)]
        if named and (len(held) != 1 or held[0] in named or self._is_called(named, hit.office)):
            return self._give(hit, named)
        if len(held) == 1:
            if held[0].common and hit.office == "minister" and not self._tells_of_foreign_affairs():
                return False  # half a cabinet shares its family names
            return self._give(hit, held)
        if not held and len(labels) > 1:  # of several, the one who is known to have held such an office at all
            labels = [label for label in labels if self._lexicon.terms[label.subject]]
        only = len(labels) == 1 and not held and (not labels[0].common or self._telling(labels[0], hit))
        return only and self._give(hit, labels)

    def _is_called(self, labels: Sequence[Label], office: str | None) -> bool:
        """Whether one of those named is given the office somewhere, whatever is known of who held it."""
        subjects = {label.subject for label in labels}
        return any(
            office == self._lexicon.surroundings.office_beside(self._sheet.folded, hit.start, hit.end, hit.key.writing)
            for hit in self._certain
            if hit.subject in subjects
        )

    def _tells_of_foreign_affairs(self) -> bool:
        """Whether the piece is about other countries, so that a minister in it is likely that of foreign affairs."""
        return bool(self._named) or self._abroad or bool(self._lexicon.surroundings.abroad.search(self._sheet.folded))

    def _telling(self, label: Label, hit: Hit) -> bool:
        """Whether one of the few family names of China and Korea is one person's at the head of a state.

        Korea had many premiers and ministers of one name; its presidents, and China's, are told apart by theirs,
        unless half the country bears it.
        """
        head = hit.office == "president" or (
            hit.office == "premier" and self._lexicon.authorities[label.subject].country != "KR"
        )
        return head and len(hit.key.labels) <= _FEW and bool(self._lexicon.terms[label.subject])

    def alone(self, hit: Hit) -> bool:
        """A weak name without an office counts for somebody who is named elsewhere."""
        before = self._sheet.folded[max(0, hit.start - 12) : hit.start]
        if hit.key.writing == "letters" and (
            self._lexicon.surroundings.month_before.search(before) or _DAY_AFTER.match(self._sheet.folded, hit.end)
        ):
            return False
        named = [label for label in hit.key.labels if label.subject in self._named]
        if hit.key.writing == "han" and hit.key.short:
            # Places bear the family names of Japan.
            named = [label for label in named if self._lexicon.authorities[label.subject].country != "JP"]
        return self._give(hit, named)

    def _give(self, hit: Hit, labels: Sequence[Label]) -> bool:
        """To the one, or among several to the one that holds the office, or was named last before."""
        if not labels:
            return False
        if len(labels) > 1:
            held = [label for label in labels if self._held(label, hit.office)]
            labels = (
                held if len(held) == 1 else sorted(labels, key=lambda label: self._distance(label.subject, hit.start))
            )
        subject = labels[0].subject
        stranger = _last_before(self._strangers.get(hit.key, ()), hit.start)
        if hit.office is None and stranger > _last_before(self._named.get(subject, ()), hit.start):
            return False
        hit.subject = subject
        return True

    def _distance(self, subject: int, at: int) -> int:
        """How far back somebody was named; a later mention counts as farther than any earlier one."""
        places = self._named[subject]
        before = _last_before(places, at)
        return at - before if before >= 0 else len(self._sheet.text) + places[0]

    def _could_hold(self, label: Label, office: str | None) -> bool:
        terms = self._lexicon.terms[label.subject]
        return not terms or office == HONORIFIC or any(term.office == office for term in terms)

    def _held(self, label: Label, office: str | None) -> bool:
        return bool(self._day) and any(
            term.office == office and term.since[: len(self._day)] <= self._day <= term.until
            for term in self._lexicon.terms[label.subject]
        )


def _last_before(places: Sequence[int], at: int) -> int:
    """The last of some sorted places before another; -1 when there is none."""
    index = bisect_left(places, at)
    return places[index - 1] if index else -1


def _day(article: Article, sheet: Sheet) -> str:
    """The day of the piece, or of its event; else the one year that it names; else nothing."""
    if day := article.published or article.event_date:
        return day[:10]
    years = set(_YEAR.findall(sheet.text))
    return years.pop() if len(years) == 1 else ""
