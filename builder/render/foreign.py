"""Quotations in another script inside a paragraph: they say their language, so that they are read out and set by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from builder.render.scripts import direction, passage_language

_QUOTED: Final = re.compile(
    "(?<=\u201c)[^\u201c\u201d\n]{12,1000}(?=\u201d)|(?<=\u00ab)[^\u00ab\u00bb\n]{12,1000}(?=\u00bb)"
    '|(?<=\u300c)[^\u300c\u300d\n]{8,1000}(?=\u300d)|(?<!\\w)(?<=")[^"\n]{12,1000}(?=")|(?<=\u201e)[^\u201e\u201c\n]{12,1000}(?=\u201c)'
)
_SHORTEST: Final = 12
"""Letters of a text in which there is none."""
_CLAUSE: Final = re.compile("[\\s,.!?\u3001\u3002\uff0c\uff01\uff1f]")
"""A name has none of them, or one."""
_FEWEST: Final = 2


def quotations(text: str, language: str) -> list[tuple[int, int, str]]:
    """Where the quotations of a text begin and end that are in another script, and their languages."""
    if len(text) <= _SHORTEST or not _may_quote(text):
        return []
    return [
        (*found.span(), spoken)
        for found in _QUOTED.finditer(text)
        if len(_CLAUSE.findall(found[0])) >= _FEWEST and (spoken := passage_language(found[0], language))
    ]


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


def _may_quote(text: str) -> bool:
    """Whether one of the marks stands in it that open a quotation, each of which is found faster than all at once."""
    return '"' in text or "\u201c" in text or "\u300c" in text or "\u00ab" in text or "\u201e" in text
