"""What the files of an EPUB edition show."""

from __future__ import annotations

from builder.model.values import value
from builder.render.listings import Strip
from builder.render.parts import Anchor, Name, PieceLink, Row


@value(frozen=True, slots=True)
class BookList:
    """A leader or topic of the edition, and its pieces in the edition, oldest first."""

    name: Name
    rows: tuple[Row, ...]


@value(frozen=True, slots=True)
class BookView:
    """The edition as a whole: its cover, title page, contents, indexes and package file."""

    title: str
    title_language: str
    subtitle: str
    cover: tuple[str, ...]
    """The title in lines that fit the cover."""
    identifier: str
    """A `urn:uuid:` that stays the same for later editions of the same choice."""
    modified: str
    """`2026-03-04T00:00:00Z`: the newest day that the edition knows of."""
    languages: tuple[str, ...]
    """Of the interface first, then of the pieces, most first."""
    pieces: int
    first: str | None
    last: str | None
    """Days of the oldest and newest piece."""
    strip: Strip
    years: tuple[tuple[str, tuple[Row, ...]], ...]
    """Year and pieces, oldest first; the undated last under an empty year."""
    leaders: tuple[BookList, ...]
    topics: tuple[BookList, ...]
    study: Study | None
    """The dossier, where the edition is of one."""


@value(frozen=True, slots=True)
class Study:
    """The archivist's own chapter at the head of a dossier's edition."""

    title: str
    language: str
    summary: str
    body: str
    """Markdown."""
    links: tuple[PieceLink, ...]


@value(frozen=True, slots=True)
class ChapterView:
    """One piece."""

    row: Row
    published: str | None
    retrieved: str | None
    body: str
    """Markdown."""
    anchors: tuple[Anchor, ...]
    excerpt: bool
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    spoken: tuple[tuple[str, str], ...] = ()
    """Fragments of passages in another language, and their languages."""


@value(frozen=True, slots=True)
class StudyView:
    """The dossier's own text."""

    study: Study
