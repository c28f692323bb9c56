"""All that a page shows, as plain frozen data, one type a kind of page; a template gets nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import AuthorityKind, ProvenanceLine


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says of the archive; a template knows it as `site`."""

    title: str
    subtitle: str
    description: str
    language: str
    """Of the interface."""
    url: str | None
    """Absolute base address with a trailing slash, or None."""
    author: str | None
    license: str | None
    feed: bool
    """Whether there is a feed: an archive without a dated piece has none."""


@dataclass(frozen=True, slots=True)
class Name:
    """A leader or topic as lists show it, linked to its page."""

    kind: AuthorityKind
    id: str
    page: str
    """Address from the site's root."""
    text: str
    language: str
    """Of `text`; the interface's when the authority file has a name in it."""
    other: str
    """The name in another script, empty when there is none."""
    other_language: str
    count: int
    """How many pieces, or how often in this piece, as the page says."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list."""

    id: str
    mark: str
    """The shelf mark: the last eight characters of the id."""
    page: str
    title: str
    language: str
    day: str | None
    """`YYYY-MM-DD`."""
    source: str | None
    words: int
    item_type: str
    authors: tuple[str, ...] = ()
    url: str | None = None
    """Where the piece was first published."""
    summary: str = ""
    """Only where the page shows it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles under one heading."""

    id: str
    """The fragment of the heading."""
    label: str
    """`2023`, `2023-10`, a source's name; empty for the undated."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year of a plot."""

    label: str
    """`2023-10` or `2023`."""
    count: int
    page: str | None
    """Where the bar leads, from the site's root; None when it is empty."""


@dataclass(frozen=True, slots=True)
class Card:
    """A leader or topic with how often it was named over the years."""

    name: Name
    country: str | None
    spark: tuple[int, ...]
    """Pieces a year or month, over the archive's span; the same length on every card."""
    first: str | None
    last: str | None
    narrower: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    """index.html."""

    about: str
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
    newest: tuple[Row, ...]
    leaders: tuple[Card, ...]
    topics: tuple[Name, ...]
    months: tuple[Bar, ...]
    years: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the Markdown body that becomes a link: code points, half open."""

    start: int
    end: int
    page: str
    """From the site's root."""


@dataclass(frozen=True, slots=True)
class TeaserView:
    """A piece that the captured page advertised."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Words of a leader in one piece."""

    text: str
    row: Row
    passage: str


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
    same_as: tuple[tuple[str, str], ...]
    """Leader's name and address of its Wikidata record."""
    doubles: tuple[Row, ...]
    related: tuple[Row, ...]
    teasers: tuple[TeaserView, ...]
    earlier: Row | None
    later: Row | None
    provenance: str | None
    """Address of the provenance page, None when it is not published."""
    capture: str | None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How much one rule cut."""

    rule: str
    spans: int
    letters: int


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
    kept_letters: int
    cut_letters: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """A post somebody held, in the interface's language where the authority file has it."""

    title: str
    language: str
    since: str
    until: str | None
    checked: str | None


@dataclass(frozen=True, slots=True)
class SubjectView:
    """leaders/<id>.html and topics/<id>.html."""

    name: Name
    names: tuple[tuple[str, str], ...]
    """Language and name, the interface's first."""
    country: str | None
    offices: tuple[OfficeView, ...]
    wikidata: str | None
    first: str | None
    last: str | None
    months: tuple[Bar, ...]
    groups: tuple[Group, ...]
    """By year, newest first, the undated last."""
    with_leaders: tuple[Name, ...]
    with_topics: tuple[Name, ...]
    broader: tuple[Name, ...]
    narrower: tuple[Name, ...]
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class SubjectsView:
    """leaders/index.html and topics/index.html."""

    kind: AuthorityKind
    cards: tuple[Card, ...]
    pieces: int


@dataclass(frozen=True, slots=True)
class YearView:
    """years/<yyyy>.html."""

    year: str
    pieces: int
    earlier: str | None
    later: str | None
    """The neighbouring years that have a page."""
    months: tuple[Bar, ...]
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """timeline.html."""

    years: tuple[Bar, ...]
    groups: tuple[tuple[str, tuple[Group, ...]], ...]
    """Year and its months, newest first."""
    undated: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One outlet of the sources page."""

    id: str
    name: str
    """Empty for the pieces that name no source."""
    host: str | None
    first: str | None
    last: str | None
    languages: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """sources/index.html."""

    pieces: int
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """matrix.html: who is named beside whom."""

    leaders: tuple[Name, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row a leader, a column a leader, in the same order; the diagonal is a leader's own pieces."""


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

    home: str
    """Address of the home page: absolute when the archive knows its own."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece in a feed."""

    id: str
    """A URL, or a `urn:uuid:` for an archive that knows no address of its own."""
    row: Row
    updated: str
    """RFC 3339."""
    terms: tuple[str, ...]


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


View = (
    HomeView
    | ArticleView
    | ProvenanceView
    | SubjectView
    | SubjectsView
    | YearView
    | TimelineView
    | SourcesView
    | MatrixView
    | SearchView
    | TextView
    | MissingView
    | FeedView
    | SitemapView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site before it is rendered: equal pages and templates give equal bytes."""

    path: str
    """Below the output folder."""
    template: str
    site: Site
    view: View
