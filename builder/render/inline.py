"""Inside a block: anchors, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from builder.render.parts import Anchor, PieceLink
from builder.render.piece_links import PIECE_LINK, link_tokens
from builder.render.scripts import harmless

OPEN, CLOSE = "\U0001fffe", "\U0001ffff"
FIRST_MARK: Final = 0xF0000
"""Two non-characters stand around an anchor while the text is parsed, and its number, as a private letter, after the
first; `harmless` has taken such non-characters out of the text itself."""
MARK: Final = re.compile(f"{OPEN}(.)([^{OPEN}{CLOSE}]+){CLOSE}")
_HALF: Final = re.compile(f"{OPEN}.?|{CLOSE}")
_ALLOWED: Final = re.compile(r"(?i)(https?://|mailto:)")
_SCHEME: Final = re.compile(r"(?i)([a-z][a-z0-9+.-]*:|//|\\)")


@dataclass(frozen=True, slots=True)
class Words:
    """What the interface says inside a body."""

    passage: Callable[[int], str]
    """The label of the link to the n-th passage."""
    table: str
    picture: str
    notes: str = ""
    """The label of a list of notes."""
    note: Callable[[str], str] = str
    """That of a reference to a note."""
    back: Callable[[str], str] = str
    """That of a note's link back to its reference."""
    unpublished: str = ""
    """What stands for a link without words to a piece that is not published."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a body is treated: its language, and whether it is the archivist's own writing."""

    language: str
    words: Words
    hrefs: tuple[str, ...]
    """Of the anchors, in their order."""
    own: bool
    pieces: Mapping[str, PieceLink] = field(default_factory=dict)
    """Where the archivist's `[[target]]` leads."""


def marked(source: str, anchors: Sequence[Anchor]) -> str:
    """The text without unseen letters, the marks among them, and then with a mark at both ends of each anchor."""
    parts, at = [], 0
    for number, anchor in enumerate(anchors):
        if anchor.start < at:
            continue  # two names in one place: the first has it
        before, inside = source[at : anchor.start], source[anchor.start : anchor.end]
        parts += [harmless(before), OPEN, chr(FIRST_MARK + number), harmless(inside), CLOSE]
        at = anchor.end
    return "".join((*parts, harmless(source[at:])))


def unmarked(text: str) -> str:
    """The text without marks or halves of them."""
    return _HALF.sub("", text) if OPEN in text or CLOSE in text else text


def inline(children: list[Token], rules: Rules) -> list[Token]:
    """Anchors become links, remote pictures become links, links that lead nowhere safe become text."""
    done: list[Token] = []
    kept: list[bool] = []
    for token in children:
        if token.type == "link_open":
            kept.append(_leads_somewhere(str(token.attrGet("href") or ""), own=rules.own))
            if kept[-1]:
                done.append(token)
        elif token.type == "link_close":
            if kept.pop():
                done.append(token)
        elif token.type == "image":
            done += _picture(token, rules, inside_link=any(kept))
        elif token.type == PIECE_LINK:
            done += link_tokens(token, rules.pieces, unpublished=rules.words.unpublished, language=rules.language)
        elif token.type == "text" and OPEN in token.content:
            done += _anchored(token, rules, inside_link=any(kept))
        else:
            token.content = unmarked(token.content)
            done.append(token)
    return done


def _anchored(token: Token, rules: Rules, *, inside_link: bool) -> list[Token]:
    """The text with a link where an anchor was marked; half a mark, or one inside a link, is dropped."""
    done: list[Token] = []
    at = 0
    for mark in () if inside_link else MARK.finditer(token.content):
        done.append(Token("text", "", 0, content=unmarked(token.content[at : mark.start()])))
        done += _link(rules.hrefs[ord(mark[1]) - FIRST_MARK], mark[2])
        at = mark.end()
    done.append(Token("text", "", 0, content=unmarked(token.content[at:])))
    return done


def _picture(token: Token, rules: Rules, *, inside_link: bool) -> list[Token]:
    source = str(token.attrGet("src") or "")
    text = unmarked(token.content) or rules.words.picture
    if inside_link or not _leads_somewhere(source, own=False):
        return [Token("text", "", 0, content=text)]
    return _link(source, text)


def _link(href: str, text: str) -> list[Token]:
    return [
        Token("link_open", "a", 1, attrs={"href": href}),
        Token("text", "", 0, content=text),
        Token("link_close", "a", -1),
    ]


def _leads_somewhere(href: str, *, own: bool) -> bool:
    return bool(_ALLOWED.match(href)) or (own and bool(href) and not _SCHEME.match(href))
