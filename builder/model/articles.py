"""An article as the archivist has it."""

from __future__ import annotations

from typing import Final, Literal

from builder.model.captures import Caption, Source, Teaser
from builder.model.values import field, value

Access = Literal["full", "excerpt", "private"]
Visibility = Literal["public", "local"]
ITEM_TYPES: Final = (
    "newspaperArticle",
    "magazineArticle",
    "blogPost",
    "webpage",
    "journalArticle",
    "report",
    "interview",
    "tvBroadcast",
    "radioBroadcast",
    "videoRecording",
    "podcast",
    "presentation",
    "document",
    "statute",
    "letter",
    "forumPost",
    "encyclopediaArticle",
    "dictionaryEntry",
    "manuscript",
    "thesis",
)
"""What Zotero takes a piece for, the usual one first."""


@value(frozen=True, slots=True)
class CaptureReference:
    """The capture an article was made from."""

    file: str
    sha256: str


@value(frozen=True, slots=True)
class Digests:
    """Digests of each field and of the body as Pressmark wrote them; a difference is the archivist's edit."""

    fields: tuple[tuple[str, str], ...]
    """Field name and digest, in the order of the front matter."""
    body: str


@value(frozen=True, slots=True)
class Choice:
    """What the archivist adds to, and drops from, the people or topics that were found."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Line and column of each id in the file, those of `add` first; empty where it was not read from one."""


@value(frozen=True, slots=True)
class Article:
    """One file of content/articles, front matter and body, as the archivist has it."""

    path: str
    """From the site's root: `content/articles/<name>.md`."""
    id: str
    title: str
    language: str
    published: str | None
    retrieved: str | None
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    teasers: tuple[Teaser, ...]
    capture: CaptureReference | None
    normalized: Digests | None
    item_type: str
    leaders: Choice
    topics: Choice
    summary: str | None
    event_date: str | None
    draft: bool
    access: Access
    provenance: Visibility
    body: str
    """Markdown, from the line after the front matter."""
    body_line: int
    """The line of the file on which the body begins, from 1."""
    sha256: str = field(default="", compare=False)
    """Of the file, in hex; empty where it was not read from one."""
    front: str = field(default="", compare=False)
    """A digest of the front matter as it stands in the file, in hex; empty where it was not read from one."""
    captions: tuple[Caption, ...] = ()
    """Of the captured page's pictures."""
    passage_languages: tuple[tuple[str, str], ...] = ()
    """Fragments of passages in another language, and their languages."""
