"""What the site looks like and the words its interface speaks, as read from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The interface's words in one language."""

    language: str
    """Of the catalogue that was found: `en` when the wished one is not there."""
    source: str
    """A gettext PO file; it is parsed when the first page is rendered, which an idle build never does."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The site's templates over the shipped ones, file by file, with the interface's words."""

    sources: Mapping[str, str]
    """By name below templates/ (`article.html`, `parts/rows.html`), sorted."""
    files: Mapping[str, str]
    """Where each source was read, for messages: name → path."""
    assets: Mapping[str, bytes]
    """By address below the output folder (`assets/site.css`), sorted."""
    catalogue: Catalogue
    fingerprint: str
    """Digest of all of it: equal fingerprints, equal pages from equal views."""

    def __hash__(self) -> int:
        return hash(self.fingerprint)
