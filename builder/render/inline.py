"""Inside a block: anchors, links and pictures."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token

from builder.render.marking import FIRST_MARK, MARK, OPEN, Rules, unmarked
from builder.render.piece_links import PIECE_LINK, link_tokens

_ALLOWED: Final = re.compile(r"(?i)(https?://|mailto:)")
_SCHEME: Final = re.compile(r"(?i)([a-z][a-z0-9+.-]*:|//|\\)")


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
