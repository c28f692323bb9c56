"""The Markdown parser, with a short way through it for the blocks that nearly all bodies are made of.

It gives the tokens that the parser would give without it: a test compares them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.model.footnotes import with_footnotes
from builder.render.blocks import ITEM

_MARKERS: Final = frozenset("`~>*-_+[<|:")
"""With one of these a line may begin what is neither a paragraph nor a heading; so with a number, as here:"""
_NUMBERED: Final = re.compile(r"[0-9]+[.)]")
_MARKUP: Final = re.compile(r"[\n\\`*_\[<&]")
"""A text without these is nothing but text."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables and footnotes, without HTML."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """One of the same kind that may be added to."""
    made = with_footnotes(MarkdownIt("commonmark", {"html": False}).enable("table"))
    made.block.ruler.before("table", "one_line", _one_line)
    made.block.ruler.before("one_line", "plain_list", _plain_list)
    made.core.ruler.at("inline", _inline)
    return made


def _one_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph or heading of one line, with an empty one after it: no other kind of block can begin there.

    Nine rules would be asked before they say so, two of three times in a captured page.
    """
    after = start + 1
    if after < state.lineMax and not state.isEmpty(after):
        return False
    at = state.bMarks[start] + state.tShift[start]
    first = state.src[at]
    if first in _MARKERS or state.sCount[start] - state.blkIndent > 3 or _NUMBERED.match(state.src, at):
        return False
    if first == "#" and heading(state, start, end, silent):
        return True
    text = state.src[at : state.eMarks[start]].strip(" \t")
    if text != text.strip():
        return False  # versions of the parser differ in what other signs are white space
    level, place = state.level, [start, after]
    state.tokens += (
        Token("paragraph_open", "p", 1, map=place, level=level, block=True),
        Token("inline", "", 0, map=[start, after], level=level + 1, content=text, children=[], block=True),
        Token("paragraph_close", "p", -1, level=level, block=True),
    )
    state.line = after
    return True


def _plain_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list that stands in nothing else, each of its items one line, with an empty one or nothing after the last."""
    found = _item(state, start) if state.level == 0 else None
    if found is None:
        return False
    items: list[str] = []
    marker, stop = found[1], start
    while found is not None and found[1] == marker:
        items.append(state.src[found.end() : state.eMarks[stop]].strip(" \t"))
        stop += 1
        found = _item(state, stop) if stop < end else None
    after = state.skipEmptyLines(stop)
    if after == stop < end or (after < end and (state.sCount[after] > 1 or _begins(state, after) in "-*+")):
        return False
    if any(text != text.strip() for text in items):
        return False  # white space to some versions of the parser alone
    state.tokens.append(Token("bullet_list_open", "ul", 1, map=[start, after], block=True, markup=marker))
    for at, text in enumerate(items, start):
        lines = [at, at + 1]
        whole = [at, at + 1 if at + 1 < stop else after]
        state.tokens += (
            Token("list_item_open", "li", 1, map=whole, level=1, block=True, markup=marker),
            Token("paragraph_open", "p", 1, map=lines, level=2, block=True, hidden=True),
            Token("inline", "", 0, map=[*lines], level=3, content=text, children=[], block=True),
            Token("paragraph_close", "p", -1, level=2, block=True, hidden=True),
            Token("list_item_close", "li", -1, level=1, block=True, markup=marker),
        )
    state.tokens.append(Token("bullet_list_close", "ul", -1, block=True, markup=marker))
    state.line = after
    return True


def _item(state: StateBlock, line: int) -> re.Match[str] | None:
    return None if state.tShift[line] else ITEM.match(state.src, state.bMarks[line], state.eMarks[line])


def _begins(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line]]


def _inline(state: StateCore) -> None:
    """The parser's own rule, but for texts in which it would find nothing."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))
