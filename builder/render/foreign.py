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
_CLAUSE: Final = re.compile("[\\s,.!?\u3001\u3002\uff0c\uff01\uff1f]")
"""A name has none of them, or one."""
_FEWEST: Final = 2


def with_quotations(children: Sequence[Token], language: str) -> list[Token]:
    """The tokens of a block, its quotations in another script in an element with their language."""
    done: list[Token] = []
    for token in children:
        if token.type == "text" and len(token.content) > 12:
            done += _parted(token, language)
        else:
            done.append(token)
    return done


def _parted(token: Token, language: str) -> Iterator[Token]:
    text, at = token.content, 0
    for found in _QUOTED.finditer(text):
        spoken = passage_language(found[0], language) if len(_CLAUSE.findall(found[0])) >= _FEWEST else None
        if spoken is None:
            continue
        turned = f' dir="{direction(spoken)}"' if direction(spoken) != direction(language) else ""
        yield Token("text", "", 0, content=text[at : found.start()])
        yield Token("html_inline", "", 0, content=f'<span lang="{spoken}"{turned}>')
        yield Token("text", "", 0, content=found[0])
        yield Token("html_inline", "", 0, content="</span>")
        at = found.end()
    yield Token("text", "", 0, content=text[at:]) if at else token
