"""A line of Markdown as HTML: what is nothing but text, emphasis and plain links is made without the parser.

It gives what the parser gives and the sanitizer leaves of it: a test compares them.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.render.allowlist import sanitized, sanitized_link, sanitized_text
from builder.render.foreign import quotations, with_quotations
from builder.render.inline import CLOSE, FIRST_MARK, MARK, OPEN, Rules, inline, unmarked
from builder.render.scripts import direction
from builder.render.tags import inline_html

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


def line_html(parser: MarkdownIt, text: str, rules: Rules, language: str) -> str:
    """The sanitized HTML of a line inside a block; `language` is the one it is in."""
    if not (_has_signs(text) and _MARKUP.search(text)):
        return _words(text, rules, language)
    html = _plain(text, rules, language)
    if html is None:
        (parsed,) = parser.parseInline(text)
        tokens = with_quotations(inline(parsed.children or [], rules), language)
        html = sanitized("".join(map(inline_html, tokens)))
    return html


def line_text(parser: MarkdownIt, text: str) -> str:
    """What a line inside a block says."""
    if not _MARKUP.search(text):
        return text
    said: list[str] = []
    at = 0
    marks = set[str]()
    for found in _PLAIN.finditer(text):
        between = text[at : found.start()]
        at = found.end()
        if _MARKUP.search(between):
            return _parsed_text(parser, text)
        sign, star, stressed, linked, _ = found.groups()
        if stressed:
            marks.add(star)
        said += (between, sign or stressed or linked)
    if len(marks) > 1 or _MARKUP.search(text, at):
        return _parsed_text(parser, text)
    return "".join((*said, text[at:]))


def token_text(token: Token) -> str:
    """What a parsed line says."""
    return "".join(child.content for child in token.children or () if child.type in _SAID)


def _parsed_text(parser: MarkdownIt, text: str) -> str:
    (token,) = parser.parseInline(text)
    return token_text(token)


def _has_signs(text: str) -> bool:
    """Whether a sign of Markdown stands in a line, each of which is found twenty times faster than all at once."""
    return "*" in text or "[" in text or "\\" in text or "_" in text or "&" in text or "<" in text or "`" in text


def _plain(text: str, rules: Rules, language: str) -> str | None:
    """The HTML of a line with no other Markdown than the plainest; None where there is any."""
    parts: list[str] = []
    words, at = "", 0
    marks = set[str]()
    for found in _PLAIN.finditer(text):
        between = text[at : found.start()]
        at = found.end()
        if _MARKUP.search(between):
            return None
        sign, star, stressed, linked, href = found.groups()
        words += between
        if sign:
            words += sign
            continue
        parts.append(_words(words, rules, language))
        words = ""
        if stressed:
            marks.add(star)
            tag = "strong" if star else "em"
            parts.append(f"<{tag}>{_words(stressed, rules, language)}</{tag}>")
        else:
            parts.append(f"{sanitized_link(href)}{_quoting(unmarked(linked), language)}</a>")
    # Where marks of both lengths stand, which of them belong together is a longer story.
    if len(marks) > 1 or _MARKUP.search(text, at):
        return None
    return "".join((*parts, _words(words + text[at:], rules, language)))


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
