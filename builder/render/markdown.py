"""Markdown → HTML that can run nothing, load nothing and leave its element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import takewhile
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup

from builder.model import passage_id
from builder.model.footnotes import without_lost_references
from builder.render.allowlist import sanitized
from builder.render.blocks import has_definitions
from builder.render.body import STUMBLES
from builder.render.elements import elements, note_languages
from builder.render.marking import Rules, Words
from builder.render.parsing import parser
from builder.render.parts import PieceLink
from builder.render.passage_texts import passage_texts, token_texts
from builder.render.passages import Passages
from builder.render.piece_links import own_parser
from builder.render.plain import plain_tokens, too_much_markdown
from builder.render.scripts import harmless

_NEWLINE: Final = re.compile(r"\r\n?|\n")
_SENTENCE_END: Final = re.compile(r"[.!?][\"'\u2019\u201d)]*(?=\s)|[\u3002\uff01\uff1f][\u300d\u300f\u201d]*")
_SELF_LINKS: Final = re.compile(r'<a (?:href="#[^"]*" )?class="pm"[^<>]*></a>')
_VOID: Final = re.compile(r"<(br|hr)([^<>]*)>")
_WORD_END: Final = re.compile(r"\S(?=\s)")


def parsed_html(text: str, source: str, rules: Rules, spoken: Mapping[str, str]) -> Markup:
    """The body of a captured piece, all of it through the parser; `text` is its source with its anchors marked."""
    tokens, lines = _tokens(text), _NEWLINE.split(source)
    note_languages(tokens, lines, spoken)
    Passages(rules.words).identify(tokens, lines)
    return sanitized(elements(tokens, rules, []))


def text_html(source: str, language: str, *, words: Words) -> Markup:
    """A page in the archivist's own hand: relative links stay as they are written."""
    tokens = parser().parse(harmless(source))
    _name_sections(tokens)
    return sanitized(elements(tokens, Rules(language, words, (), own=True), []))


def dossier_html(source: str, language: str, *, links: Iterable[PieceLink], words: Words) -> Markup:
    """As a page in the archivist's own hand, with `[[id]]` leading to pieces."""
    tokens = own_parser().parse(harmless(source))
    _name_sections(tokens)
    pieces = {link.target: link for link in links}
    return sanitized(elements(tokens, Rules(language, words, (), own=True, pieces=pieces), []))


def sections(source: str) -> tuple[tuple[str, str], ...]:
    """Fragment and title of each section of a text in the archivist's own hand, those of the highest level alone."""
    tokens = parser().parse(harmless(source))
    _name_sections(tokens)
    named = [(at, token) for at, token in enumerate(tokens) if token.type == "heading_open" and token.attrGet("id")]
    highest = min((token.tag for _, token in named), default="")
    return tuple(
        (str(token.attrGet("id")), "".join(child.content for child in tokens[at + 1].children or ()))
        for at, token in named
        if token.tag == highest
    )


def as_xhtml(html: Markup) -> Markup:
    """A sanitized body as XML has it, without the links of passages to themselves: a book has pages for that."""
    text = _SELF_LINKS.sub("", str(html)).replace("&nbsp;", "&#160;")
    return Markup(_VOID.sub(r"<\1\2/>", text))


def beginning(source: str, letters: int) -> str:
    """The first blocks of a body, about so many letters and never much more than half of it.

    Where blocks do not end in time, the cut is at the end of a sentence, else of a word, and an ellipsis shows it.
    """
    most = min(letters, (len(source.strip()) + 1) // 2)
    lines = _NEWLINE.split(source)
    ends = [token.map[1] for token in _tokens(source) if token.level == 0 and token.map]
    blocks = ("\n".join(lines[:end]).rstrip() for end in ends)
    *_, whole = "", *takewhile(lambda taken: len(taken) <= 1.25 * most, blocks)
    if len(whole) >= most // 2:
        return whole
    said = _plain(source)
    sentences = [found.end() for found in _SENTENCE_END.finditer(source, most // 2, most)]
    words = [found.end() for found in _WORD_END.finditer(source, 0, most)]
    # A cut within a link or an emphasis would show its marks.
    fitting = (at for at in (*sentences[::-1], *words[::-1]) if said.startswith(_plain(source[:at])))
    return source[: next(fitting, most)].rstrip() + " …"


def passages(source: str) -> tuple[tuple[str, str], ...]:
    """Fragment and plain text of each passage of a body, as its page has them; the fragment of a loose one is empty."""
    text = harmless(source)
    if not (has_definitions(text) or too_much_markdown(text)):
        with suppress(*STUMBLES):
            return passage_texts(text, source)
    return token_texts(_tokens(text), _NEWLINE.split(source))


def _tokens(source: str) -> list[Token]:
    """The text parsed; one that would cost too much, or that the parser stumbles over, as plain paragraphs."""
    if too_much_markdown(source):
        return plain_tokens(source)
    try:
        return parser().parse(source)
    except STUMBLES:
        return plain_tokens(source)


def _plain(source: str) -> str:
    return " ".join(text for _, text in passages(without_lost_references(source)))


def _name_sections(tokens: list[Token]) -> None:
    """A fragment for each heading that stands in no list or quotation, from its words."""
    seen: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            key = "s" + passage_id(tokens[at + 1].content)[1:]
            seen[key] += 1
            token.attrSet("id", key if seen[key] == 1 else f"{key}-{seen[key]}")
