"""A body that asks for more than any honest one does, as plain paragraphs instead of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from builder.model import Article
from builder.model.budgets import LETTERS, MARKS
from builder.problems import Place, Problem, warning
from builder.render.scripts import harmless

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKS: Final = "\n[]!*_`<&|\\"
_MOST: Final = 5_000
"""Paragraphs; what follows stands in the last."""


def check_bodies(articles: Iterable[Article]) -> tuple[Problem, ...]:
    """A warning for each body that asks for more than its page may cost."""
    return tuple(
        warning(Place(article.path, article.body_line), f"{excess} to be read as Markdown", "it is shown as plain text")
        for article in articles
        if (excess := too_much_markdown(article.body))
    )


def too_much_markdown(source: str) -> str:
    """What a body has too much of to be read as Markdown; empty when it may be."""
    if len(source) <= MARKS:
        return ""  # as nearly all: too short for so many
    if len(source) > LETTERS:
        return f"has more than {LETTERS:,} letters"
    return f"has more than {MARKS:,} marks and lines" if sum(map(source.count, _MARKS)) > MARKS else ""


def plain_tokens(source: str) -> list[Token]:
    """The text as the parser would give it if no letter of it were Markdown: paragraphs between blank lines."""
    from markdown_it.token import Token  # noqa: PLC0415 - as in `phrases`

    tokens: list[Token] = []
    for text, first, last in _paragraphs(source):
        place = [first, last]
        inline = Token("inline", "", 0, map=place, level=1, content=text, block=True)
        inline.children = [Token("text", "", 0, content=text)]
        opening = Token("paragraph_open", "p", 1, map=place, block=True)
        tokens += (opening, inline, Token("paragraph_close", "p", -1, block=True))
    return tokens


def plain_html(source: str) -> Markup:
    """The text as paragraphs, escaped and nothing else; for what cannot be laid out."""
    return Markup("\n").join(Markup("<p>{}</p>").format(harmless(text)) for text, _, _ in _paragraphs(source))


def _paragraphs(source: str) -> Iterator[tuple[str, int, int]]:
    """Each paragraph with its first line and the line behind it, from 0."""
    lines = source.split("\n")
    first, number = -1, 0
    for at, line in enumerate((*lines, "")):
        if line.strip():
            first = at if first < 0 else first
        elif first >= 0 and (number < _MOST or at == len(lines)):
            yield "\n".join(lines[first:at]).strip(), first, at
            first, number = -1, number + 1
