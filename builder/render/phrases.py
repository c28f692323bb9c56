"""A line of Markdown as HTML: what is nothing but text, emphasis and plain links is made without the parser.

It gives what the parser gives and the sanitizer leaves of it: a test compares them.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from builder.render.allowlist import sanitized, sanitized_link, sanitized_text
from builder.render.marking import CLOSE, FIRST_MARK, MARK, OPEN, Rules, unmarked
from builder.render.quotations import quotations
from builder.render.scripts import direction

if TYPE_CHECKING:
    from markdown_it.token import Token

_DRESSED: Final = '<&>\xa0"\u201c\u300c\u00ab\u201e' + OPEN + CLOSE
"""They stand escaped, or begin quotations and anchors."""
SIGNS: Final = "\\`*_[" + _DRESSED
"""A line without these and those that begin Markdown is its own HTML."""
_MARKUP: Final = re.compile(r"[\\`*_\[<&](?:(?<!&)|#|\w+;)")
"""A line without these is nothing but text."""
_WORDS: Final = r"[^\n\\`*_\[\]<&]"
_LETTER: Final = rf"[^\W_]|[{OPEN}{CLOSE}]"
"""Beside a letter, asterisks open and close whatever stands on their other side."""
_SAID: Final = ("text", "code_inline")
_HOST: Final = r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)+"
_PLAIN: Final = re.compile(
    rf"\\([!-/:-@\[-`{{-~])|\*(\*?)((?={_LETTER}){_WORDS}*(?<={_LETTER}))\*\2(?!\*)"
    rf"|\[(?<!!\[)({_WORDS}+)\]\(({_HOST}(?:/[A-Za-z0-9/._~=?,+-]*)?)\)"
)
"""An escaped sign; emphasis; a link whose address needs no signs in another form."""


def line_html(text: str, rules: Rules, language: str) -> str:
    """The sanitized HTML of a line inside a block; `language` is the one it is in."""
    if not (_has_signs(text) and _MARKUP.search(text)):
        return _words(text, rules, language)
    html = _plain(text, rules, language)
    return _parsed_html(text, rules, language) if html is None else html


def line_text(text: str) -> str:
    """What a line inside a block says."""
    if not (_has_signs(text) and _MARKUP.search(text)):
        return text
    said: list[str] = []
    at = 0
    for found in _PLAIN.finditer(text):
        between = text[at : found.start()]
        at = found.end()
        if _MARKUP.search(between):
            return _parsed_text(text)
        sign, _, stressed, linked, _ = found.groups()
        said += (between, sign or stressed or linked)
    if _MARKUP.search(text, at):
        return _parsed_text(text)
    return "".join((*said, text[at:]))


def token_text(token: Token) -> str:
    """What a parsed line says."""
    return "".join(child.content for child in token.children or () if child.type in _SAID)


def _parsed_html(text: str, rules: Rules, language: str) -> str:
    # Whoever edits one text may never need the parser, which takes 40 ms to load; so below, and in other modules.
    from builder.render.foreign import with_quotations  # noqa: PLC0415
    from builder.render.inline import inline  # noqa: PLC0415
    from builder.render.tags import inline_html  # noqa: PLC0415

    tokens = with_quotations(inline(_parsed(text).children or [], rules), language)
    return sanitized("".join(map(inline_html, tokens)))


def _parsed_text(text: str) -> str:
    return token_text(_parsed(text))


def _parsed(text: str) -> Token:
    from builder.render.parsing import parser  # noqa: PLC0415

    (token,) = parser().parseInline(text)
    return token


def _has_signs(text: str) -> bool:
    """Whether a sign of Markdown stands in a line, each of which is found twenty times faster than all at once."""
    return "*" in text or "[" in text or "\\" in text or "_" in text or "&" in text or "<" in text or "`" in text


def _is_bare(text: str) -> bool:
    """Whether a text stands as it is wherever it is said: no anchors, no quotations and nothing to be escaped."""
    for sign in _DRESSED:  # noqa: SIM110 - a generator takes twice as long
        if sign in text:
            return False
    return True


def _plain(text: str, rules: Rules, language: str) -> str | None:
    """The HTML of a line with no other Markdown than the plainest; None where there is any."""
    shown = str if _is_bare(text) else partial(_words, rules=rules, language=language)
    parts: list[str] = []
    words, at = "", 0
    for found in _PLAIN.finditer(text):
        between = text[at : found.start()]
        at = found.end()
        if _has_signs(between) and _MARKUP.search(between):
            return None
        sign, star, stressed, linked, href = found.groups()
        words += between
        if sign:
            words += sign
            continue
        parts.append(shown(words))
        words = ""
        if stressed:
            tag = "strong" if star else "em"
            parts.append(f"<{tag}>{shown(stressed)}</{tag}>")
        else:
            # The sanitizer, which takes 20 µs, leaves an address with a plain host as it is: no number, no code.
            host = href.partition("//")[2].partition("/")[0]
            plain = "-" not in host and host.rpartition(".")[2].isalpha()
            opening = f'<a href="{href}">' if plain else sanitized_link(href)
            parts.append(f"{opening}{_quoting(unmarked(linked), language)}</a>")
    rest = text[at:]
    if _has_signs(rest) and _MARKUP.search(rest):
        return None
    parts.append(shown(words + rest))
    return "".join(parts)


def _words(text: str, rules: Rules, language: str) -> str:
    """A text in which nothing is Markdown, its anchors as links."""
    if OPEN not in text:
        return _quoting(unmarked(text), language)
    parts, at = [], 0
    for mark in MARK.finditer(text):
        parts.append(_quoting(unmarked(text[at : mark.start()]), language))
        link = sanitized_link(rules.hrefs[ord(mark[1]) - FIRST_MARK])
        parts.append(f"{link}{_quoting(mark[2], language)}</a>")
        at = mark.end()
    return "".join((*parts, _quoting(unmarked(text[at:]), language)))


def _quoting(text: str, language: str) -> str:
    """A text with its quotations in another script in an element with their language."""
    parts, at = [], 0
    for start, end, spoken in quotations(text, language):
        turned = f' dir="{direction(spoken)}"' if direction(spoken) != direction(language) else ""
        quoted = sanitized_text(text[start:end])
        parts.append(f'{sanitized_text(text[at:start])}<span lang="{spoken}"{turned}>{quoted}</span>')
        at = end
    return "".join((*parts, sanitized_text(text[at:]))) if parts else sanitized_text(text)
