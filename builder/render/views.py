"""All that a page shows, as plain frozen data, one type a kind of page; a template gets nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import ProvenanceLine, Teaser
from builder.render.parts import (
    Anchor,
    Bar,
    Branch,
    Card,
    FeedEntry,
    Gloss,
    Group,
    MonthGroup,
    Name,
    Outlet,
    Post,
    Quotation,
    Row,
    RuleCount,
    Site,
    Strip,
    VersionPart,
)


@dataclass(frozen=True, slots=True)
class HomeView:
    """index.html."""

    pieces: int
    leaders_count: int
    topics_count: int
    sources_count: int
    languages: tuple[tuple[str, int], ...]
    """Language and pieces, most first."""
    first: str | None
    last: str | None
    """Days of the oldest and newest piece."""
    lead: Row | None
    seconds: tuple[Row, ...]
    newest: tuple[Row, ...]
    leaders: tuple[Card, ...]
    topics: tuple[Name, ...]
    strip: Strip


@dataclass(frozen=True, slots=True)
class ArticleView:
    """articles/<id>.html."""

    id: str
    mark: str
    title: str
    language: str
    published: str | None
    """As the front matter has it: a date or a date and time."""
    day: str | None
    retrieved: str | None
    source_name: str | None
    source_url: str | None
    source_host: str | None
    """The host of that address as readers know it."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    item_type: str
    words: int
    summary: str
    excerpt: bool
    """The body is only its beginning; the rest is at the source."""
    body: str
    """Markdown."""
    anchors: tuple[Anchor, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    glosses: tuple[Gloss, ...]
    """Of those leaders and topics."""
    same_as: tuple[tuple[str, str], ...]
    """Leader's name and address of its Wikidata record."""
    doubles: tuple[Row, ...]
    related: tuple[Row, ...]
    teasers: tuple[Teaser, ...]
    versions: tuple[VersionPart, ...]
    """Later captures of the same address."""
    earlier: Row | None
    later: Row | None
    provenance: str | None
    """Address of the provenance page, None when it is not published."""
    capture: str | None


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """provenance/<id>.html."""

    row: Row
    capture: str
    sha256: str
    encoding: str
    retrieved: str | None
    lines: tuple[ProvenanceLine, ...]
    rules: tuple[RuleCount, ...]
    """What was cut, the most letters first."""
    kept_spans: int
    kept_letters: int
    cut_letters: int
    edited: bool
    """The article's body is the archivist's by now, not the kept lines alone."""


@dataclass(frozen=True, slots=True)
class SubjectView:
    """leaders/<id>.html and topics/<id>.html."""

    name: Name
    names: tuple[tuple[str, str], ...]
    """Language and name, the interface's first."""
    country: str | None
    offices: tuple[Post, ...]
    wikidata: str | None
    first: str | None
    last: str | None
    strip: Strip
    groups: tuple[Group, ...]
    """By year, newest first, the undated last."""
    with_leaders: tuple[Name, ...]
    with_topics: tuple[Name, ...]
    broader: tuple[Name, ...]
    narrower: tuple[Name, ...]
    quotes: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class LeadersView:
    """leaders/index.html."""

    cards: tuple[Card, ...]
    """The most pieces first."""


@dataclass(frozen=True, slots=True)
class TopicsView:
    """topics/index.html."""

    tree: tuple[Branch, ...]
    """Topics right below nothing, by name, with what is below them; one with two parents stands below both."""
    count: int


@dataclass(frozen=True, slots=True)
class YearView:
    """years/<yyyy>.html."""

    year: str
    pieces: int
    earlier: str | None
    later: str | None
    """The neighbouring years that have a page."""
    strip: Strip
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """timeline.html."""

    years: tuple[tuple[Bar, tuple[MonthGroup, ...]], ...]
    """Each year and its months, newest first."""
    undated: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """sources/index.html."""

    outlets: tuple[tuple[Outlet, tuple[Row, ...]], ...]
    """Each with its newest pieces, the most pieces first, the pieces that name no source last."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """sources/<id>.html: all that one outlet published."""

    outlet: Outlet
    strip: Strip
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """matrix.html: who is named beside whom."""

    leaders: tuple[Name, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row a leader, a column a leader, in the same order; the diagonal is a leader's own pieces."""
    top: int
    """The highest count off the diagonal."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """search.html: the choices its filters offer, each with the number of pieces."""

    languages: tuple[tuple[str, int], ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    years: tuple[tuple[str, int], ...]
    pieces: int


@dataclass(frozen=True, slots=True)
class TextView:
    """A hand-written page."""

    name: str
    title: str
    language: str
    body: str
    """Markdown; empty where the template's own text stands in."""
    pieces: int


@dataclass(frozen=True, slots=True)
class MissingView:
    """404.html."""

    base: str
    """What stands before addresses: the archive's own where it has one, since this page is shown at any depth."""


@dataclass(frozen=True, slots=True)
class MovedView:
    """The stub at an old address: it carries nothing of what stood there."""

    page: str | None
    """Where that stands now, from the site's root; None when it is gone."""
    fragment: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """feed.xml (Atom)."""

    id: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml: absolute addresses, sorted."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """robots.txt."""

    sitemap: str | None
    """Absolute, as the format demands."""


View = (
    HomeView
    | ArticleView
    | ProvenanceView
    | SubjectView
    | LeadersView
    | TopicsView
    | YearView
    | TimelineView
    | SourcesView
    | SourceView
    | MatrixView
    | SearchView
    | TextView
    | MissingView
    | MovedView
    | FeedView
    | SitemapView
    | RobotsView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site before it is rendered: equal pages and templates give equal bytes."""

    path: str
    """Below the output folder."""
    template: str
    site: Site
    view: View
