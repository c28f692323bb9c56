"""What in an archive needs a person."""

from __future__ import annotations

from typing import Literal

from builder.model.articles import Article
from builder.model.values import value
from builder.problems import Place

FindingKind = Literal["undated", "title", "cleaning", "person", "double"]


@value(frozen=True, slots=True)
class Finding:
    """One thing to look at."""

    place: Place
    kind: FindingKind
    message: str
    paste: str
    """What the archivist may paste, or type; may hold several lines."""
    into: str
    """Where it goes: a file, or the command line."""


def end_of_front_matter(article: Article) -> Place:
    """The line before which a field may be pasted: the one that closes the front matter."""
    return Place(article.path, article.body_line - 1)


def place_in_body(article: Article, offset: int) -> Place:
    """Line and column of a letter of an article's body."""
    before = article.body[:offset]
    return Place(article.path, article.body_line + before.count("\n"), offset - before.rfind("\n"))
