"""The site: its settings, its hand-written pages, and the files that go out."""

from __future__ import annotations

from builder.model.articles import Access, Visibility
from builder.model.knowledge import AuthorityKind
from builder.model.look import Look
from builder.model.values import field, value


@value(frozen=True, slots=True)
class Settings:
    """site.yaml, checked and with its defaults."""

    title: str
    subtitle: str
    description: str
    language: str
    """Of the interface."""
    url: str | None
    """Absolute base address with a trailing slash; None: formats that need one are left out."""
    author: str | None
    license: str | None
    access: Access
    provenance: Visibility
    look: Look = field(default_factory=Look)


@value(frozen=True, slots=True)
class TextPage:
    """A hand-written page of content/pages."""

    path: str
    """From the site's root: `content/pages/about.md`."""
    name: str
    title: str
    language: str
    body: str


@value(frozen=True, slots=True)
class Dossier:
    """A study of the archivist's own, from content/dossiers: it links pieces and passages by id."""

    path: str
    """From the site's root: `content/dossiers/<name>.md`."""
    name: str
    title: str
    language: str
    summary: str
    """Empty when there is none."""
    body: str
    """Markdown with `[[id]]`, `[[id#passage]]` and `[[id|words]]`, from the line after the front matter."""
    body_line: int
    """The line of the file on which the body begins, from 1."""


@value(frozen=True, slots=True)
class ProvenanceLine:
    """One flattened line of a capture with its spans, as the provenance page shows it."""

    number: int
    spans: tuple[tuple[str, bool, str], ...]
    """Text, kept or not, rule."""


@value(frozen=True, slots=True)
class Provenance:
    """What became of each line of an article's capture."""

    article: str
    capture: str
    sha256: str
    encoding: str
    lines: tuple[ProvenanceLine, ...]
    edited: bool = False
    """A person has changed the article's body since: the lines tell what Pressmark wrote."""


@value(frozen=True, slots=True)
class Output:
    """One file of the site."""

    path: str
    """Below the output folder, with forward slashes."""
    data: bytes


@value(frozen=True, slots=True)
class SearchRecord:
    """What the search knows of one published article: no more than its page shows."""

    id: str
    page: str
    """From the output's root."""
    title: str
    language: str
    day: str | None
    """`YYYY-MM-DD` in the source's own zone."""
    source: str | None
    leaders: tuple[str, ...]
    """Ids, the one named most often first."""
    topics: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    """Fragment on the page (may be empty) and plain text of each passage, in order."""


@value(frozen=True, slots=True)
class SearchSubject:
    """A leader or topic by which the search filters, and the names under which a person is found in every script."""

    kind: AuthorityKind
    id: str
    page: str
    """From the output's root."""
    name: str
    """In the interface's language where there is one."""
    language: str
    """Of `name`."""
    names: tuple[str, ...]
    """All names and aliases that are enough alone, of all languages."""
    weak: tuple[str, ...]
    """Names that many people bear."""
