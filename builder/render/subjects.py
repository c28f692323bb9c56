"""What the pages of leaders and topics get: each its own, their indexes, and who is named beside whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from builder.model import Subject, co_mentions
from builder.render.glosses import posts
from builder.render.happenings import events_of, happening
from builder.render.indexes import by_country, by_name
from builder.render.listings import Step
from builder.render.lists import Shelf
from builder.render.parted import Part, Parted, parted
from builder.render.parts import Name, Outlet, Quotation
from builder.render.views.every import View
from builder.render.views.subjects import (
    LeaderListView,
    LeadersView,
    MatrixView,
    PartView,
    QuotesView,
    SubjectView,
    TopicsView,
)

_QUOTES: Final = 30
"""Quotations that stand on a leader's own page, those after the first few folded; with more, all have pages."""
_QUOTES_TASTE: Final = 8
_QUOTES_PAGE: Final = 150
_EVENTS: Final = 8
_TOPICS: Final = 16
_MATRIX: Final = 20
_PAIRS: Final = 20
_CARDS: Final = 60
"""A card with its spark line takes a kilobyte."""


def subject_pages(shown: Shelf, only: frozenset[str] | None = None) -> Iterator[tuple[str, str, View]]:
    """The pages of every leader and topic, the two indexes and the matrix: address, template, view.

    With `only`, those of leaders and topics alone whom one of these pieces names.
    """
    library = shown.library
    for subjects in (library.leaders, library.topics):
        names = tuple(subjects)
        for at, subject in enumerate(subjects.values()):
            if only is not None and only.isdisjoint(subject.articles):
                continue
            beside = names[at - 1 if at else at : at] or ("",), names[at + 1 : at + 2] or ("",)
            yield from _pages(shown, subject, before=beside[0][0], after=beside[1][0])
    if only is not None:
        return
    cards = shown.cards(_CARDS)
    others = shown.ranked()[_CARDS:]
    yield "leaders/index.html", "leaders.html", LeadersView(cards, others, len(library.leaders))
    for by, sections in (("name", by_name(shown)), ("country", by_country(shown))):
        yield f"leaders/by-{by}.html", "leader-list.html", LeaderListView(by, sections, len(library.leaders))
    yield "topics/index.html", "topics.html", TopicsView(shown.tree(), len(library.topics))
    yield "matrix.html", "matrix.html", _matrix(shown)


def part_pages(
    shown: Shelf, list_: Parted, home: str, *, name: Name | None = None, outlet: Outlet | None = None
) -> Iterator[tuple[str, str, PartView]]:
    """The further pages of a list of one leader, topic or outlet: address, template, view."""
    for part in list_.parts:
        yield part.path, "part.html", _part(shown, part, home, name=name, outlet=outlet)


def _pages(shown: Shelf, subject: Subject, *, before: str, after: str) -> Iterator[tuple[str, str, View]]:
    authority = subject.authority
    kind, page = authority.kind, f"{authority.kind}s/{authority.id}.html"
    name = shown.name(kind, authority.id, len(subject.articles))
    list_ = parted(shown, subject.articles, page)
    quotes = _quotations(shown, subject)
    all_quotes = f"{kind}s/{authority.id}/quotations.html" if len(quotes) > _QUOTES else None
    days = shown.days(subject.articles)
    events = events_of(shown, subject.articles)
    yield (
        page,
        f"{kind}.html",
        SubjectView(
            name=name,
            names=tuple(sorted(authority.names.items(), key=lambda pair: (pair[0] != name.language, pair[0]))),
            country=authority.country,
            offices=posts(authority, shown.language),
            as_of=shown.library.as_of,
            wikidata=authority.wikidata,
            first=days[0] if days else None,
            last=days[-1] if days else None,
            strip=shown.strip(subject.articles, list_.months.__getitem__),
            groups=list_.groups,
            languages=shown.languages(subject.articles),
            with_leaders=shown.names("leader", subject.neighbours),
            with_topics=shown.most_named(
                "topic", subject.articles, limit=_TOPICS, but=authority.id if kind == "topic" else ""
            ),
            broader=shown.pages("topic", authority.broader),
            narrower=shown.pages("topic", subject.narrower),
            events=tuple(happening(shown, event) for event in events[:_EVENTS]),
            events_count=len(events),
            quotes=tuple(quotes[:_QUOTES_TASTE] if all_quotes else quotes),
            quotes_count=len(quotes),
            quotes_page=all_quotes,
            before=shown.name(kind, before) if before else None,
            after=shown.name(kind, after) if after else None,
        ),
    )
    yield from part_pages(shown, list_, page, name=name)
    if all_quotes:
        yield from _quote_pages(shown, name, quotes, all_quotes)


def _part(shown: Shelf, part: Part, home: str, *, name: Name | None, outlet: Outlet | None) -> PartView:
    return PartView(
        name=name,
        outlet=outlet,
        home=home,
        label=part.label,
        number=part.number,
        numbers=part.numbers,
        pieces=len(part.ids),
        above=part.above,
        earlier=part.earlier,
        later=part.later,
        groups=part.groups,
        languages=shown.languages(row.id for group in part.groups for row in group.rows),
    )


def _quotations(shown: Shelf, subject: Subject) -> list[Quotation]:
    """All that a leader is quoted with, newest first; a topic says nothing."""
    authority = subject.authority
    if authority.kind != "leader":
        return []
    return [
        Quotation(quote.text, shown.row(key), quote.passage)
        for key in subject.articles
        for quote in shown.library.quotes(key)
        if quote.leader == authority.id
    ]


def _quote_pages(
    shown: Shelf, name: Name, quotes: Sequence[Quotation], address: str
) -> Iterator[tuple[str, str, QuotesView]]:
    chunks = [quotes[at : at + _QUOTES_PAGE] for at in range(0, len(quotes), _QUOTES_PAGE)]
    steps = [
        Step(address if number == 1 else f"{address.removesuffix('.html')}-{number}.html", "", number)
        for number in range(1, len(chunks) + 1)
    ]
    for at, (chunk, step) in enumerate(zip(chunks, steps, strict=True)):
        years: dict[str, list[Quotation]] = {}
        for quote in chunk:
            years.setdefault((quote.row.day or "")[:4], []).append(quote)
        yield (
            step.page,
            "quotations.html",
            QuotesView(
                name=name,
                quotes_count=len(quotes),
                number=step.number,
                numbers=len(steps),
                earlier=steps[at + 1] if at + 1 < len(steps) else None,
                later=steps[at - 1] if at else None,
                years=tuple((year, tuple(found)) for year, found in years.items()),
            ),
        )


def _matrix(shown: Shelf) -> MatrixView:
    counts = co_mentions(shown.library)
    both = counts | {(other, one): count for (one, other), count in counts.items()}
    leaders = shown.ranked()[:_MATRIX]
    ids = [name.id for name in leaders]
    own = {name.id: name.count for name in leaders}
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_PAIRS]
    return MatrixView(
        leaders=leaders,
        counts=tuple(tuple(own[one] if one == other else both.get((one, other), 0) for other in ids) for one in ids),
        top=max((both.get((one, other), 0) for one in ids for other in ids if one != other), default=0),
        pairs=tuple((shown.name("leader", one), shown.name("leader", other), count) for (one, other), count in most),
        pairs_count=len(counts),
    )
