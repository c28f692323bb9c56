"""The building blocks of pages: rows, names, cards, groups and bars over one published library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from builder.model import Authority, AuthorityKind, Entry, Library, Mention, Subject
from builder.render.parts import Bar, Branch, Card, Group, Name, Row, Strip

_NATIVE: Final[Mapping[str, str]] = {
    "BY": "ru", "CN": "zh", "HK": "zh-Hant", "JP": "ja", "KP": "ko", "KR": "ko", "MO": "zh-Hant", "RU": "ru",
    "TW": "zh-Hant",
}  # fmt: skip
"""Whose name stands beside the reader's; elsewhere it is the one in the archive's other main language."""
_YEARS_BY_MONTH: Final = 12
"""Years a strip shows month by month; of a longer span it shows the years."""
_SPARK_BY_MONTH: Final = 72
"""Months a spark line can show as wide as a card; of a longer span it shows the years."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A published library in the reader's language."""

    library: Library
    language: str
    second: str
    """The language most pieces are in, the reader's own aside."""
    months: tuple[str, ...]
    """`YYYY-MM` from the archive's first month to its last, none left out."""
    earlier: Mapping[str, str]
    """For each dated piece the one before it by date; the first has none."""
    later: Mapping[str, str]

    def row(self, key: str, *, summary: bool = False) -> Row:
        """An article as lists show it."""
        return row(self.library.entries[key], summary=summary)

    def rows(self, ids: Iterable[str], *, summary: bool = False) -> tuple[Row, ...]:
        """Articles as lists show them; ids that are not published are passed over."""
        return tuple(self.row(key, summary=summary) for key in ids if key in self.library.entries)

    def name(self, kind: AuthorityKind, key: str, count: int = 0) -> Name:
        """A leader or topic as lists show it."""
        return name(self._subjects(kind)[key].authority, self.language, self.second, count=count)

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
        counts: Counter[str] = Counter()
        for key in ids:
            counts.update(m.id for m in self.library.facts[key].mentions if m.kind == kind and m.id != but)
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

    def cards(self) -> tuple[Card, ...]:
        """The leaders, the most pieces first."""
        ranked = sorted(self.library.leaders.values(), key=lambda s: (-len(s.articles), s.authority.id))
        return tuple(self.card(subject) for subject in ranked)

    def days(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The days of those pieces that have one, oldest first."""
        return tuple(sorted(day for key in ids if (day := self.library.entries[key].day)))

    def strip(self, ids: Iterable[str]) -> Strip:
        """Pieces a month over the years between the first and the last of them, or a year where those are many."""
        days = self.days(ids)
        years = range(int(days[0][:4]), int(days[-1][:4]) + 1) if days else range(0)
        by_month, by_year = Counter(day[:7] for day in days), Counter(day[:4] for day in days)
        monthly = len(years) <= _YEARS_BY_MONTH
        return Strip(
            years=tuple(
                (_year_bar(f"{year:04d}", by_year), _month_bars(f"{year:04d}", by_month) if monthly else ())
                for year in years
            ),
            top=max((by_month if monthly else by_year).values(), default=0),
        )

    def by_year(self, ids: Iterable[str]) -> tuple[Group, ...]:
        """In the given order under headings of years, the undated last."""
        return self._grouped(ids, 4, "y-")

    def by_month(self, ids: Iterable[str]) -> tuple[Group, ...]:
        """In the given order under headings of months, the undated last."""
        return self._grouped(ids, 7, "m-")

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

    def _grouped(self, ids: Iterable[str], letters: int, prefix: str) -> tuple[Group, ...]:
        groups: dict[str, list[Row]] = {}
        for found in self.rows(ids):
            groups.setdefault((found.day or "")[:letters], []).append(found)
        undated = groups.pop("", None)
        dated = tuple(Group(prefix + label, label, tuple(rows)) for label, rows in groups.items())
        return dated + ((Group("undated", "", tuple(undated)),) if undated else ())

    def _subjects(self, kind: AuthorityKind) -> Mapping[str, Subject]:
        return self.library.leaders if kind == "leader" else self.library.topics


def shelf(library: Library, language: str) -> Shelf:
    """A published library in the reader's language."""
    days = sorted(entry.day for entry in library.entries.values() if entry.day)
    dated = [key for key, entry in library.entries.items() if entry.day]
    pairs = list(pairwise(dated))
    return Shelf(
        library,
        language,
        second=_second(library, language),
        months=_months(days[0], days[-1]) if days else (),
        earlier=dict(pairs),
        later={older: newer for newer, older in pairs},
    )


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


def article_page(key: str) -> str:
    """The address of an article from the site's root."""
    return f"articles/{key}.html"


def month_page(month: str) -> str:
    """The address of a month, `YYYY-MM`, on its year's page."""
    return f"years/{month[:4]}.html#m-{month}"


def shelf_mark(key: str) -> str:
    """The part of an article's id that alone makes it unique; the whole id of a piece named by hand."""
    last = key.rpartition("-")[2]
    return last if len(last) == 8 else key


def _other(authority: Authority, text: str, *, spoken: str, second: str) -> str:
    """The language of the second name: the country's own, else the archive's second, else English."""
    native = _NATIVE.get(authority.country or "", second if spoken == "en" else "en")
    wished = (native, second, second.split("-", maxsplit=1)[0], "en", *sorted(authority.names))
    return next((tag for tag in wished if tag != spoken and authority.names.get(tag, text) != text), "")


def _second(library: Library, language: str) -> str:
    base = language.split("-", maxsplit=1)[0]
    counts = Counter(entry.language for entry in library.entries.values())
    others = [tag for tag in counts if tag.split("-", maxsplit=1)[0] != base]
    return min(others, key=lambda tag: (-counts[tag], tag), default="en")


def _year_bar(year: str, counts: Counter[str]) -> Bar:
    return Bar(year, counts[year], f"years/{year}.html" if counts[year] else None)


def _month_bars(year: str, counts: Counter[str]) -> tuple[Bar, ...]:
    months = (f"{year}-{month:02d}" for month in range(1, 13))
    return tuple(Bar(month, counts[month], month_page(month) if counts[month] else None) for month in months)


def _months(first: str, last: str) -> tuple[str, ...]:
    start, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1))
