"""The building blocks of pages: rows, names, cards, groups and bars over one published library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from builder.model import Authority, AuthorityKind, Entry, Event, Library, Mention, Subject
from builder.model.values import field, value
from builder.render.listings import Bar, Strip
from builder.render.parts import Branch, Card, Gloss, Name, Row, article_page

_NATIVE: Final[Mapping[str, str]] = {
    "BY": "ru", "CN": "zh", "HK": "zh-Hant", "JP": "ja", "KP": "ko", "KR": "ko", "MO": "zh-Hant", "RU": "ru",
    "TW": "zh-Hant",
}  # fmt: skip
"""Whose name stands beside the reader's; elsewhere it is the one in the archive's other main language."""
_YEARS_BY_MONTH: Final = 12
"""Years a strip shows month by month; of a longer span it shows the years."""
_SPARK_BY_MONTH: Final = 72
"""Months a spark line can show as wide as a card; of a longer span it shows the years."""
_MOST_YEARS: Final = 150
"""Years a row of bars can hold; of a longer span only those that have pieces are shown: one slip of the pen in a date,
0202 for 2020, made every page as long as the centuries between."""


@value(frozen=True, slots=True)
class Shelf:
    """A published library in the reader's language."""

    library: Library
    language: str
    second: str
    """The language most pieces are in, the reader's own aside."""
    months: tuple[str, ...]
    """`YYYY-MM` from the archive's first month to its last; none is left out but in years that lie too far apart."""
    earlier: Mapping[str, str]
    """For each dated piece the one before it by date; the first has none."""
    later: Mapping[str, str]
    plain: Mapping[str, Row]
    """Every article as lists show it, without its summary."""
    told: Mapping[str, Row]
    """The same with it."""
    named: Mapping[tuple[AuthorityKind, str], Name]
    """Every leader and topic as lists show it, without a number."""
    event_of: Mapping[str, Event]
    """For each article that reports an event with others, that event."""
    glosses: dict[tuple[AuthorityKind, str], tuple[Gloss, ...]] = field(default_factory=dict, compare=False)
    """What links to leaders and topics say, as far as it was asked for."""

    def row(self, key: str, *, summary: bool = False) -> Row:
        """An article as lists show it."""
        return self.told[key] if summary else self.plain[key]

    def rows(self, ids: Iterable[str], *, summary: bool = False) -> tuple[Row, ...]:
        """Articles as lists show them; ids that are not published are passed over."""
        return tuple(self.row(key, summary=summary) for key in ids if key in self.library.entries)

    def name(self, kind: AuthorityKind, key: str, count: int = 0, *, language: str = "") -> Name:
        """A leader or topic as lists show it, in the reader's language or another."""
        if language and language != self.language:
            return name(self._subjects(kind)[key].authority, language, self.second, count=count)
        one = self.named[kind, key]
        return _counted(one, count) if count else one

    def names(self, kind: AuthorityKind, counted: Iterable[tuple[str, int]]) -> tuple[Name, ...]:
        """Those that have a page, in the given order."""
        return tuple(self.name(kind, key, count) for key, count in counted if key in self._subjects(kind))

    def pages(self, kind: AuthorityKind, ids: Iterable[str]) -> tuple[Name, ...]:
        """Those that have a page, with the number of their pieces."""
        subjects = self._subjects(kind)
        return self.names(kind, ((key, len(subjects[key].articles)) for key in ids if key in subjects))

    def named_in(self, kind: AuthorityKind, mentions: Iterable[Mention]) -> tuple[Name, ...]:
        """The leaders or topics of one piece, with how often it names each."""
        return self.names(kind, ((m.id, m.count) for m in mentions if m.kind == kind))

    def most_named(self, kind: AuthorityKind, ids: Iterable[str], *, limit: int, but: str = "") -> tuple[Name, ...]:
        """Whom those pieces name, with the number of pieces, most first."""
        mentions = self.library.mentions
        counts = Counter([m.id for key in ids for m in mentions[key] if m.kind == kind and m.id != but])
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return self.names(kind, ranked[:limit])

    def card(self, subject: Subject) -> Card:
        """A leader or topic with its spark line."""
        kind, days = subject.authority.kind, self.days(subject.articles)
        return Card(
            name=self.name(kind, subject.authority.id, len(subject.articles)),
            country=subject.authority.country,
            spark=self._spark(days),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )

    def cards(self, most: int) -> tuple[Card, ...]:
        """So many leaders as cards, the most pieces first."""
        return tuple(self.card(self.library.leaders[one.id]) for one in self.ranked()[:most])

    def ranked(self) -> tuple[Name, ...]:
        """The leaders with the number of their pieces, the most first."""
        ranked = sorted(self.library.leaders.values(), key=lambda s: (-len(s.articles), s.authority.id))
        return self.pages("leader", (subject.authority.id for subject in ranked))

    def days(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The days of those pieces that have one, oldest first."""
        return tuple(sorted(day for key in ids if (day := self.library.entries[key].day)))

    def languages(self, ids: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """The languages of those pieces and how many there are of each, most first."""
        counts = Counter(self.library.entries[key].language for key in ids)
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def strip(self, ids: Iterable[str], where: Callable[[str], str] | None = None) -> Strip:
        """Pieces a month over the years between the first and the last of them, or a year where those are many.

        `where` says to which page the bar of a year or month leads; without it, to that of the whole archive.
        """
        where = where or time_page
        days = self.days(ids)
        years = _years(days)
        by_month, by_year = Counter(day[:7] for day in days), Counter(day[:4] for day in days)
        monthly = len(years) <= _YEARS_BY_MONTH
        return Strip(
            years=tuple(
                (_bar(f"{year:04d}", by_year, where), _month_bars(year, by_month, where) if monthly else ())
                for year in years
            ),
            top=max((by_month if monthly else by_year).values(), default=0),
        )

    def groups(self, ids: Iterable[str], letters: int) -> dict[str, tuple[str, ...]]:
        """Ids in the given order by the first letters of their days: 4 for years, 7 for months; the undated last."""
        found: dict[str, list[str]] = {}
        for key in ids:
            found.setdefault((self.library.entries[key].day or "")[:letters], []).append(key)
        undated = found.pop("", None)
        return {label: tuple(keys) for label, keys in found.items()} | ({"": tuple(undated)} if undated else {})

    def tree(self) -> tuple[Branch, ...]:
        """The topics, those below no other first, by name."""
        topics = self.library.topics
        below = {key for subject in topics.values() for key in subject.narrower if key != subject.authority.id}
        return tuple(self._branch(key, frozenset()) for key in topics if key not in below)

    def _branch(self, key: str, above: frozenset[str]) -> Branch:
        subject = self.library.topics[key]
        above |= {key}  # topics that are each below the other would have no end
        return Branch(
            self.name("topic", key, len(subject.articles)),
            tuple(self._branch(narrower, above) for narrower in subject.narrower if narrower not in above),
        )

    def _spark(self, days: Iterable[str]) -> tuple[int, ...]:
        letters = 7 if len(self.months) <= _SPARK_BY_MONTH else 4
        counts = Counter(day[:letters] for day in days)
        return tuple(counts[span] for span in dict.fromkeys(month[:letters] for month in self.months))

    def _subjects(self, kind: AuthorityKind) -> Mapping[str, Subject]:
        return self.library.leaders if kind == "leader" else self.library.topics


def shelf(library: Library, language: str) -> Shelf:
    """A published library in the reader's language."""
    days = sorted(entry.day for entry in library.entries.values() if entry.day)
    dated = [key for key, entry in library.entries.items() if entry.day]
    pairs = list(pairwise(dated))
    second = second_language(library, language)
    return Shelf(
        library,
        language,
        second=second,
        months=_months(days),
        earlier=dict(pairs),
        later={older: newer for newer, older in pairs},
        plain={key: row(entry) for key, entry in library.entries.items()},
        told={key: row(entry, summary=True) for key, entry in library.entries.items()},
        named=names_of(library, language, second),
        event_of={key: event for event in library.events for key in event.articles},
    )


def names_of(library: Library, language: str, second: str) -> dict[tuple[AuthorityKind, str], Name]:
    """Every leader and topic as lists show it, without a number."""
    return {
        (subject.authority.kind, key): name(subject.authority, language, second)
        for subjects in (library.leaders, library.topics)
        for key, subject in subjects.items()
    }


def second_language(library: Library, language: str) -> str:
    """The language most pieces are in, the reader's own aside."""
    base = language.split("-", maxsplit=1)[0]
    counts = Counter(entry.language for entry in library.entries.values())
    others = [tag for tag in counts if tag.split("-", maxsplit=1)[0] != base]
    return min(others, key=lambda tag: (-counts[tag], tag), default="en")


def row(entry: Entry, *, summary: bool = False) -> Row:
    """An article as lists show it."""
    return Row(
        id=entry.id,
        mark=shelf_mark(entry.id),
        page=article_page(entry.id),
        title=entry.title,
        language=entry.language,
        day=entry.day,
        source=entry.source.name,
        item_type=entry.item_type,
        authors=entry.authors,
        url=entry.source.url,
        summary=entry.summary if summary else "",
    )


def name(authority: Authority, language: str, second: str, *, count: int = 0) -> Name:
    """A leader or topic: its name in the reader's language, with the name in another script beside it."""
    spoken = next((tag for tag in (language, language.split("-", maxsplit=1)[0], "en") if tag in authority.names), None)
    spoken = spoken or next(iter(sorted(authority.names)), "und")
    text = authority.names.get(spoken, authority.id)
    other = _other(authority, text, spoken=spoken, second=second)
    return Name(
        kind=authority.kind,
        id=authority.id,
        page=f"{authority.kind}s/{authority.id}.html",
        text=text,
        language=spoken,
        other=authority.names[other] if other else "",
        other_language=other,
        count=count,
    )


def time_page(span: str) -> str:
    """The address of a year, `YYYY`, or of a month, `YYYY-MM`."""
    return f"years/{span}.html"


def heading(label: str) -> str:
    """The fragment of a year's or a month's heading, or of that of the undated."""
    return f"{'y' if len(label) == len('2023') else 'm'}-{label}" if label else "undated"


def shelf_mark(key: str) -> str:
    """The part of an article's id that alone makes it unique; the whole id of a piece named by hand."""
    last = key.rpartition("-")[2]
    return last if len(last) == 8 else key


def _counted(one: Name, count: int) -> Name:
    """The name with a number: ten times on each page of a piece, and `replace` takes three times as long."""
    return Name(one.kind, one.id, one.page, one.text, one.language, one.other, one.other_language, count)


def _other(authority: Authority, text: str, *, spoken: str, second: str) -> str:
    """The language of the second name: the country's own, else the archive's second, else English, else there is none.

    A name in any other language would say nothing: nobody reads Japanese in an archive of Arabic and English.
    """
    native = _NATIVE.get(authority.country or "", second if spoken == "en" else "en")
    wished = (native, second, second.split("-", maxsplit=1)[0], "en")
    return next((tag for tag in wished if tag != spoken and authority.names.get(tag, text) != text), "")


def _bar(label: str, counts: Counter[str], where: Callable[[str], str]) -> Bar:
    return Bar(label, counts[label], where(label) if counts[label] else None)


def _month_bars(year: int, counts: Counter[str], where: Callable[[str], str]) -> tuple[Bar, ...]:
    return tuple(_bar(f"{year:04d}-{month:02d}", counts, where) for month in range(1, 13))


def _months(days: Sequence[str]) -> tuple[str, ...]:
    months = (f"{year:04d}-{month:02d}" for year in _years(days) for month in range(1, 13))
    return tuple(month for month in months if days[0][:7] <= month <= days[-1][:7])


def _years(days: Sequence[str]) -> Sequence[int]:
    """The years from the first day to the last; where those are too many, the ones that have a day. Days are sorted."""
    if not days:
        return ()
    every = range(int(days[0][:4]), int(days[-1][:4]) + 1)
    return every if len(every) <= _MOST_YEARS else [int(year) for year in dict.fromkeys(day[:4] for day in days)]
