"""Quotations in another script inside a paragraph: they say their language, so that they are read out and set by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from builder.render.quotations import quotations
from builder.render.scripts import direction


def with_quotations(children: Sequence[Token], language: str) -> list[Token]:
    """The tokens of a block, its quotations in another script in an element with their language."""
    done: list[Token] = []
    for token in children:
        if token.type == "text" and (found := quotations(token.content, language)):
            done += _parted(token.content, language, found)
        else:
            done.append(token)
    return done


def _parted(text: str, language: str, quoted: Sequence[tuple[int, int, str]]) -> Iterator[Token]:
    at = 0
    for start, end, spoken in quoted:
        turned = f' dir="{direction(spoken)}"' if direction(spoken) != direction(language) else ""
        yield Token("text", "", 0, content=text[at:start])
        yield Token("html_inline", "", 0, content=f'<span lang="{spoken}"{turned}>')
        yield Token("text", "", 0, content=text[start:end])
        yield Token("html_inline", "", 0, content="</span>")
        at = end
    yield Token("text", "", 0, content=text[at:])
