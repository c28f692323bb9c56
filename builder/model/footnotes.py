"""Footnotes in Markdown: `[^1]` where one is referred to, `[^1]: words` where it stands.

The syntax is that of most Markdown tools. A label is a word of up to 32 letters, a note one paragraph; a reference
without its note is text. Labels are found by one bounded pattern, so that no text costs more than its length.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

REFERENCE: Final = "footnote_reference"
"""The type of a reference's token; its `meta` holds the `label`."""
NOTE: Final = "footnote_open"
"""That of a note's first token, with the same in its `meta`."""
_WRITTEN: Final = r"\[\^([^\s\[\]^|]{1,32})\]"
_REFERENCE: Final = re.compile(_WRITTEN)
_NOTE: Final = re.compile(_WRITTEN + r":[ \t]*(?=\S)")
_LABELS: Final = "footnotes"
"""Where the parser remembers the labels of a text's notes."""


def with_footnotes(parser: MarkdownIt) -> MarkdownIt:
    """The parser, which from now on reads footnotes."""
    parser.block.ruler.before("reference", "footnote", _note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", REFERENCE, _reference)
    parser.core.ruler.after("block", "footnotes", _gathered)
    return parser


def without_lost_references(markdown: str) -> str:
    """A part of a text with the references whose notes are not in it blanked, every other letter at its place."""
    if "[^" not in markdown:
        return markdown
    there = {found[1] for line in markdown.split("\n") if (found := _NOTE.match(line.lstrip(" ")))}
    return _REFERENCE.sub(lambda found: found[0] if found[1] in there else " " * len(found[0]), markdown)


def _note(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    found = _NOTE.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    if found is None or state.is_code_block(first):
        return False
    if silent:
        return True
    last = first + 1
    while last < end and not state.isEmpty(last) and not _opens(state, last):
        last += 1
    lines = [state.src[found.end() : state.eMarks[first]]]
    lines += [state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]] for at in range(first + 1, last)]
    state.env.setdefault(_LABELS, set()).add(found[1])
    opening = state.push(NOTE, "li", 1)
    opening.meta = {"label": found[1]}
    opening.map = [first, last]
    paragraph = state.push("paragraph_open", "p", 1)
    paragraph.map, paragraph.hidden = [first, last], True
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = "\n".join(lines).strip(), [first, last], []
    state.push("paragraph_close", "p", -1).hidden = True
    state.push("footnote_close", "li", -1)
    state.line = last
    return True


def _opens(state: StateBlock, line: int) -> bool:
    return _NOTE.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]) is not None


def _reference(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None or found[1] not in state.env.get(_LABELS, ()):
        return False
    if not silent:
        state.push(REFERENCE, "sup", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def _gathered(state: StateCore) -> None:
    """Notes that follow one another become one list."""
    if _LABELS not in state.env:
        return
    tokens: list[Token] = []
    inside = False
    for token in state.tokens:
        opens = token.type == NOTE
        if opens and not (tokens and tokens[-1].type == "footnotes_close"):
            tokens.append(Token("footnotes_open", "ol", 1, level=token.level, block=True))
        elif opens:
            tokens.pop()
        inside = inside or opens
        token.level += inside
        tokens.append(token)
        if token.type == "footnote_close":
            inside = False
            tokens.append(Token("footnotes_close", "ol", -1, level=token.level - 1, block=True))
    state.tokens = tokens
