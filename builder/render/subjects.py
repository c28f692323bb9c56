"""What the pages of leaders and topics get: each its own, their indexes, and who is named beside whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from builder.model import Subject
from builder.render.glosses import posts
from builder.render.lists import Shelf
from builder.render.parts import Quotation
from builder.render.views import LeadersView, MatrixView, SubjectView, TopicsView, View

_QUOTES: Final = 8
_MATRIX: Final = 16
_NEIGHBOURS: Final = 16


def subject_pages(shown: Shelf) -> Iterator[tuple[str, str, View]]:
    """The pages of every leader and topic, the two indexes and the matrix: address, template, view."""
    library = shown.library
    for subjects in (library.leaders, library.topics):
        for subject in subjects.values():
            kind = subject.authority.kind
            yield f"{kind}s/{subject.authority.id}.html", f"{kind}.html", _subject(shown, subject)
    yield "leaders/index.html", "leaders.html", LeadersView(shown.cards())
    yield "topics/index.html", "topics.html", TopicsView(shown.tree(), len(library.topics))
    yield "matrix.html", "matrix.html", _matrix(shown)


def _subject(shown: Shelf, subject: Subject) -> SubjectView:
    authority = subject.authority
    days = shown.days(subject.articles)
    quotes = [
        Quotation(quote.text, shown.row(key), quote.passage)
        for key in subject.articles
        for quote in shown.library.facts[key].quotes
        if authority.kind == "leader" and quote.leader == authority.id
    ]
    shown_name = shown.name(authority.kind, authority.id, len(subject.articles))
    names = sorted(authority.names.items(), key=lambda pair: (pair[0] != shown_name.language, pair[0]))
    return SubjectView(
        name=shown_name,
        names=tuple(names),
        country=authority.country,
        offices=posts(authority, shown.language),
        wikidata=authority.wikidata,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        strip=shown.strip(subject.articles),
        groups=shown.by_year(subject.articles),
        with_leaders=shown.names("leader", subject.neighbours[:_NEIGHBOURS]),
        with_topics=shown.most_named(
            "topic", subject.articles, limit=_NEIGHBOURS, but=authority.id if authority.kind == "topic" else ""
        ),
        broader=shown.pages("topic", authority.broader),
        narrower=shown.pages("topic", subject.narrower),
        quotes=tuple(quotes[:_QUOTES]),
    )


def _matrix(shown: Shelf) -> MatrixView:
    ranked = sorted(shown.library.leaders.values(), key=lambda s: (-len(s.articles), s.authority.id))[:_MATRIX]
    pieces = {subject.authority.id: frozenset(subject.articles) for subject in ranked}
    counts = tuple(tuple(len(one & other) for other in pieces.values()) for one in pieces.values())
    return MatrixView(
        leaders=shown.names("leader", ((key, len(ids)) for key, ids in pieces.items())),
        counts=counts,
        top=max((count for at, row in enumerate(counts) for count in row[:at]), default=0),
    )
