"""What the pages of one piece show."""

from __future__ import annotations

from builder.model import Caption, ProvenanceLine, Teaser
from builder.model.values import value
from builder.render.parts import Anchor, Gloss, Name, Row, RuleCount, TextLink, VersionPart


@value(frozen=True, slots=True)
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
    same_event: tuple[Row, ...]
    """Other pieces on what this one reports, in whatever language, earliest first; its doubles aside."""
    event_page: str | None
    """Where the event stands among others, from the site's root, fragment included."""
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
    dossiers: tuple[TextLink, ...] = ()
    """The dossiers that link this piece."""
    captions: tuple[Caption, ...] = ()
    """Of the pictures on the captured page."""
    spoken: tuple[tuple[str, str], ...] = ()
    """Fragments of passages in another language, and their languages."""


@value(frozen=True, slots=True)
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
