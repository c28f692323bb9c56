"""What the site looks like and the words its interface speaks, as read from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from builder.model.references import KoreanStyle
from builder.model.values import field, value


@value(frozen=True, slots=True)
class Catalogue:
    """The interface's words in one language."""

    language: str
    """Of the catalogue that was found: `en` when the wished one is not there."""
    source: str
    """A gettext PO file; it is parsed when the first page is rendered, which an idle build never does."""
    messages: tuple[tuple[str, tuple[str, ...]], ...] | None = field(default=None, compare=False)
    """What stands in it, as `interface` reads it; None as long as it was not parsed."""


@value(frozen=True, slots=True)
class Templates:
    """The site's templates over the shipped ones, file by file, with the interface's words."""

    sources: Mapping[str, str]
    """By name below templates/ (`article.html`, `parts/rows.html`), sorted."""
    files: Mapping[str, str]
    """Where each source was read, for messages: name → path."""
    assets: Mapping[str, bytes]
    """By address below the output folder (`assets/site.css`), sorted."""
    catalogue: Catalogue
    korean: KoreanStyle
    """The words of the one style of citation that is not English."""
    fingerprint: str
    """Digest of all of it: equal fingerprints, equal pages from equal views."""

    def __hash__(self) -> int:
        return hash(self.fingerprint)


Typeface = Literal["charter", "georgia", "old-style", "slab", "humanist", "grotesque"]


@value(frozen=True, slots=True)
class Accent:
    """The one colour beside ink and paper, `#rrggbb` in each scheme."""

    light: str
    dark: str


@value(frozen=True, slots=True)
class Logo:
    """A picture beside the archive's title, checked and, if it is SVG, without anything that could run or load."""

    name: str
    """`logo.svg`, `logo.png`, …"""
    data: bytes
    width: int
    height: int
    """CSS pixels."""


@value(frozen=True, slots=True)
class Look:
    """What site.yaml says under `look`; the shipped style where it says nothing."""

    accent: Accent | None = None
    text: Typeface = "charter"
    """What pieces and titles are set in."""
    labels: Typeface = "grotesque"
    """What is said about pieces."""
    logo: Logo | None = None
