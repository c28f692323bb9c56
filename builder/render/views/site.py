"""What the pages show that stand once in a site."""

from __future__ import annotations

from builder.model.values import value
from builder.render.listings import Strip
from builder.render.parts import Card, DossierCard, Name, PieceLink, Row


@value(frozen=True, slots=True)
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
    dossiers: tuple[DossierCard, ...] = ()


@value(frozen=True, slots=True)
class SearchView:
    """search.html: the choices its filters offer, each with the number of pieces."""

    languages: tuple[tuple[str, int], ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    years: tuple[tuple[str, int], ...]
    pieces: int
    indexed: bool = True
    """Whether this build has an index to search in."""


@value(frozen=True, slots=True)
class Initial:
    """A first letter and the titles that begin with it."""

    label: str
    """The letter, a Korean first sound, the first kana of a row, a radical, or a sign for numbers or for others."""
    id: str
    """The fragment of its place."""
    page: str
    """Where its first title stands, from the site's root, fragment included."""
    pieces: int
    rows: tuple[Row, ...]
    """Those that stand on this page; empty where the page only leads to them."""


@value(frozen=True, slots=True)
class TitlesView:
    """titles/index.html and the pages below it: all titles in alphabetical order, one language after the other."""

    pieces: int
    languages: tuple[tuple[str, tuple[Initial, ...]], ...]
    number: int = 0
    """Which page of its language this is, from 1; 0 for the index."""
    numbers: int = 0
    earlier: str | None = None
    later: str | None = None
    """The pages before and after it in its language, from the site's root."""


@value(frozen=True, slots=True)
class TextView:
    """A hand-written page."""

    name: str
    title: str
    language: str
    body: str
    """Markdown; empty where the template's own text stands in."""
    pieces: int


@value(frozen=True, slots=True)
class DossierView:
    """dossiers/<name>.html: a study of the archivist's own."""

    name: str
    title: str
    language: str
    summary: str
    body: str
    """Markdown with `[[id]]`."""
    links: tuple[PieceLink, ...]
    """Where each `[[id]]` leads; one that leads to nothing published is not among them."""
    pieces: tuple[Row, ...]
    """The pieces it links, in the order in which it first does."""


@value(frozen=True, slots=True)
class DossiersView:
    """dossiers/index.html."""

    dossiers: tuple[DossierCard, ...]


@value(frozen=True, slots=True)
class MissingView:
    """404.html."""

    base: str
    """What stands before addresses: the archive's own where it has one, since this page is shown at any depth."""


@value(frozen=True, slots=True)
class MovedView:
    """The stub at an old address: it carries nothing of what stood there."""

    page: str | None
    """Where that stands now, from the site's root; None when it is gone."""
    fragment: str
