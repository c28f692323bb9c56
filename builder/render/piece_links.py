"""`[[id]]`, `[[id#passage]]` and `[[id|words]]` in the archivist's own Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.model.values import value
from builder.render.parsing import new_parser
from builder.render.parts import PieceLink
from builder.render.scripts import harmless

PIECE_LINK: Final = "piece_link"
"""The type of a link's token; its `meta` holds `target` and `words`."""
_WRITTEN: Final = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\](?!\()")
"""A bracket follows where Markdown has a link whose words are in brackets: `[[1]](address)`."""


@value(frozen=True, slots=True)
class Wanted:
    """A link as it stands in the archivist's file."""

    target: str
    """As written, without spaces around it: an id, or an id, `#` and the fragment of a passage."""
    line: int
    """Of the body, from 0."""
    column: int
    """Of the target in that line, from 0."""

    @property
    def id(self) -> str:
        """The piece."""
        return self.target.partition("#")[0]

    @property
    def passage(self) -> str:
        """The fragment; empty when the whole piece is meant."""
        return self.target.partition("#")[2]


@lru_cache(maxsize=1)
def own_parser() -> MarkdownIt:
    """Markdown with such links."""
    parser = new_parser()
    parser.inline.ruler.before("link", PIECE_LINK, _rule)
    return parser


def wanted(source: str) -> tuple[Wanted, ...]:
    """Every such link of a text in its order; those inside code are none."""
    lines = harmless(source).split("\n")
    return tuple(_wanted(own_parser().parse("\n".join(lines)), lines))


def link_tokens(token: Token, pieces: Mapping[str, PieceLink], *, unpublished: str, language: str) -> list[Token]:
    """What stands for the link on its page: where it leads to nothing that is published, its words alone."""
    target, words = str(token.meta["target"]), str(token.meta["words"])
    found = pieces.get(target)
    if found is None:
        return [Token("text", "", 0, content=words or unpublished)]
    attributes: dict[str, str | int | float] = {"href": found.href, "class": "piece"}
    if not words and found.language != language:
        attributes["lang"] = found.language
    return [
        Token("link_open", "a", 1, attrs=attributes),
        Token("text", "", 0, content=words or found.title),
        Token("link_close", "a", -1),
    ]


def _rule(state: StateInline, silent: bool) -> bool:
    found = _WRITTEN.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push(PIECE_LINK, "", 0)
        token.content = found[0]
        token.meta = {"target": found[1].strip(), "words": " ".join((found[2] or "").split())}
    state.pos = found.end()
    return True


def _wanted(tokens: list[Token], lines: list[str]) -> Iterator[Wanted]:
    """The place of each is looked for in its block's own lines, after the one before it."""
    for token in tokens:
        line, column = (token.map or [0])[0], 0
        for child in token.children or ():
            if child.type != PIECE_LINK:
                continue
            target = str(child.meta["target"])
            line, column = _place(lines, "[[" + child.content[2:].partition("|")[0].rstrip("]"), line, column)
            yield Wanted(target, line, column)
            column += 1


def _place(lines: list[str], text: str, line: int, column: int) -> tuple[int, int]:
    for number in range(line, len(lines)):
        at = lines[number].find(text, column if number == line else 0)
        if at >= 0:
            return number, at + 2
    return line, column
