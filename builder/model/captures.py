"""A captured page, what became of each of its lines, and the draft made of it."""

from __future__ import annotations

import hashlib
from typing import Final

from builder.model.values import value

CAPTURE_KINDS: Final = frozenset({".txt", ".html", ".htm", ".xhtml", ".md"})
"""Endings of the files that are captures as they are, in small letters."""


@value(frozen=True, slots=True)
class CaptureOrigin:
    """What the archivist knows of a capture beside its bytes."""

    url: str | None = None
    """Where it was found."""
    retrieved: str | None = None
    """When, as `2026-11-20` or `2026-11-20T18:00+09:00`."""
    record: str | None = None
    """Its identifier in the web archive, feed or mail it was taken from."""
    charset: str | None = None
    """Its encoding as the server or the mail named it; pages need not say it themselves."""


@value(frozen=True, slots=True)
class Capture:
    """One page as it came."""

    path: str
    """Below content/, with forward slashes: `captures/003.txt`."""
    data: bytes
    origin: CaptureOrigin = CaptureOrigin()
    """What the page itself says goes before it."""

    @property
    def sha256(self) -> str:
        """The digest that stands in the article's front matter and in the ledger, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@value(frozen=True, slots=True)
class Span:
    """A stretch of one flattened line of a capture and what became of it; a line's spans leave no gap."""

    line: int
    """From 1."""
    start: int
    end: int
    """Letters (code points) from the line's beginning, half open."""
    kept: bool
    rule: str
    """Kept: `title` or `body`. Cut: the name of the rule that cut it, such as `cookie-banner`."""


@value(frozen=True, slots=True)
class Ledger:
    """Every line of a capture, kept or cut, and by which rule."""

    capture: str
    """The capture's path below content/."""
    sha256: str
    encoding: str
    flattening: int
    """Version of the way from bytes to numbered lines."""
    rules: str
    """Version of the cleaning rules."""
    spans: tuple[Span, ...]


@value(frozen=True, slots=True)
class Source:
    """Who published a piece, and where."""

    name: str | None = None
    url: str | None = None


@value(frozen=True, slots=True)
class Teaser:
    """Another piece that the page advertised; never part of the article."""

    title: str
    text: str = ""


@value(frozen=True, slots=True)
class Caption:
    """What the page says of one of its pictures; never part of the article."""

    text: str
    credit: str = ""
    """Who made the picture, or whose it is, as the page says it; empty when it does not."""


@value(frozen=True, slots=True)
class DroppedLine:
    """A line, or a part of one, that was cut; for the `clean` command."""

    line: int
    text: str
    rule: str


@value(frozen=True, slots=True)
class Draft:
    """What one capture says, cleaned, before it becomes an article of the archivist's."""

    id: str
    title: str | None
    language: str
    """BCP 47: `ko`, `en`, `zh-Hans`, `zh-Hant`; `und` when the text does not say."""
    published: str | None
    """`YYYY-MM-DD` or `YYYY-MM-DDTHH:MM+09:00`, only when the capture carries it."""
    retrieved: str | None
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    teasers: tuple[Teaser, ...]
    body: str
    """Markdown."""
    text: str
    """The body verbatim, a block a line, without Markdown marks."""
    dropped: tuple[DroppedLine, ...]
    ledger: Ledger
    captions: tuple[Caption, ...] = ()
    """In the page's order, each once."""
    passage_languages: tuple[tuple[str, str], ...] = ()
    """Fragments of the body's passages that are in another language, and the language of each."""


@value(frozen=True, slots=True)
class Trace:
    """What an article's provenance page is made of."""

    article: str
    capture: Capture
    ledger: str
    """The ledger's JSON text."""
    body: str
    """The article's, as it stands."""
    written: str | None
    """The digest of the body that Pressmark wrote; None for an article made by hand."""


@value(frozen=True, slots=True)
class WrittenFile:
    """A file to be written into the site's content."""

    path: str
    """From the site's root."""
    text: str


@value(frozen=True, slots=True)
class Change:
    """A block of text that one version of a piece has and another has not."""

    text: str
    added: bool
    """By the later version; otherwise it is gone there."""


@value(frozen=True, slots=True)
class Version:
    """A later capture of an address that has an article."""

    article: str
    capture: str
    sha256: str
    title: str | None
    published: str | None
    retrieved: str | None
    changes: tuple[Change, ...]
    """Against the capture the article was made from."""
