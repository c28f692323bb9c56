"""What pages are made of: rows, names, cards, groups and bars as plain frozen data."""

from __future__ import annotations

from typing import Literal

from builder.model import AuthorityKind
from builder.model.values import value


@value(frozen=True, slots=True)
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
    texts: tuple[TextLink, ...]
    """The archivist's own pages, about.html aside."""
    logo: Picture | None = None
    dossiers: bool = False
    """Whether there is a dossier, and with it dossiers/index.html."""


@value(frozen=True, slots=True)
class Picture:
    """A picture of the archivist's."""

    page: str
    """From the site's root."""
    width: int
    height: int
    """CSS pixels."""


@value(frozen=True, slots=True)
class TextLink:
    """A page in the archivist's own hand."""

    page: str
    """From the site's root."""
    title: str
    language: str


@value(frozen=True, slots=True)
class PieceLink:
    """Where a dossier's `[[target]]` leads."""

    target: str
    """As it is written between the brackets, words aside."""
    href: str
    """From the dossier's page."""
    title: str
    """Of the piece."""
    language: str
    """Of the title."""
    passage: str = ""
    """The passage's words where the link leads to one."""


@value(frozen=True, slots=True)
class DossierCard:
    """A dossier as lists show it."""

    page: str
    """From the site's root."""
    title: str
    language: str
    summary: str
    """Empty when the archivist wrote none."""
    pieces: int
    """Published pieces that it links."""
    first: str | None
    last: str | None
    """Days of the oldest and the newest of them."""


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
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
    item_type: str
    authors: tuple[str, ...] = ()
    url: str | None = None
    """Where the piece was first published."""
    summary: str = ""
    """Only where the page shows it."""

    def __hash__(self) -> int:
        """Of its id: what was made of a row is looked up twenty times a page, and few rows have the same."""
        return hash(self.id)


@value(frozen=True, slots=True)
class Card:
    """A leader or topic with how often it was named over the years."""

    name: Name
    country: str | None
    spark: tuple[int, ...]
    """Pieces a year or month, over the archive's span; the same length on every card."""
    first: str | None
    last: str | None
    """Days of the oldest and the newest piece."""


@value(frozen=True, slots=True)
class Branch:
    """A topic among topics."""

    name: Name
    below: tuple[Branch, ...]


@value(frozen=True, slots=True)
class Anchor:
    """A stretch of the Markdown body that becomes a link: code points, half open."""

    start: int
    end: int
    page: str
    """From the site's root."""


@value(frozen=True, slots=True)
class Quotation:
    """Words of a leader in one piece."""

    text: str
    row: Row
    passage: str


@value(frozen=True, slots=True)
class RuleCount:
    """How much one rule cut."""

    rule: str
    spans: int
    letters: int


@value(frozen=True, slots=True)
class Post:
    """A post somebody held, in the interface's language where the authority file has it."""

    title: str
    language: str
    since: str
    until: str | None
    checked: str | None


@value(frozen=True, slots=True)
class Gloss:
    """What a link to a leader or topic says before it is followed; nothing that other articles could change."""

    page: str
    """From the site's root."""
    text: str
    language: str
    names: tuple[tuple[str, str], ...]
    """Language and name in a few other languages."""
    country: str | None
    office: Post | None
    """Held on the day of the piece that links here, else the latest."""

    def __hash__(self) -> int:
        """Of its page, as a row's of its id: few differ in their posts alone."""
        return hash(self.page)


@value(frozen=True, slots=True)
class Outlet:
    """Who published pieces of the archive."""

    page: str
    """From the site's root."""
    name: str
    """Empty for the pieces that name no source."""
    host: str | None
    pieces: int
    first: str | None
    last: str | None
    languages: tuple[tuple[str, int], ...]


@value(frozen=True, slots=True)
class FeedEntry:
    """One piece in a feed."""

    id: str
    """A URL, or a `urn:uuid:` for an archive that knows no address of its own."""
    row: Row
    updated: str
    """RFC 3339."""
    terms: tuple[str, ...]


@value(frozen=True, slots=True)
class Run:
    """A stretch of words that both versions have or only one."""

    text: str
    kind: Literal["same", "gone", "added"]


@value(frozen=True, slots=True)
class ChangedBlock:
    """A block of text that a later version took out, added or worded anew."""

    kind: Literal["gone", "added", "reworded"]
    runs: tuple[Run, ...]
    """One `same` run where the whole block is gone or added."""


@value(frozen=True, slots=True)
class VersionPart:
    """A later capture of the piece, and what it changed."""

    capture: str
    """Its file, below the captures."""
    published: str | None
    retrieved: str | None
    blocks: tuple[ChangedBlock, ...]
    same: bool
    """The text is word for word that of the first capture."""


def article_page(key: str) -> str:
    """The address of an article from the site's root."""
    return f"articles/{key}.html"
