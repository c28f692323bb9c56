"""Footnotes on a page: references that lead to their notes, and notes that lead back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token
from markupsafe import escape

from builder.model.footnotes import NOTE, REFERENCE
from builder.model.values import field, value
from builder.render.marking import Words

_LONGEST: Final = 4
"""Letters of a label that is shown as it stands; a longer one is told by its note's number."""


@value(frozen=False, slots=True)
class _Note:
    """One note of a page."""

    key: str
    shown: str
    """What stands for it in the text."""
    references: list[str] = field(default_factory=list)
    """Ids of the places that refer to it."""


def link_notes(tokens: list[Token], words: Words) -> None:
    """Give notes and references ids, and links to one another; ids that passages have already are kept."""
    opening = [at for at, token in enumerate(tokens) if token.type == NOTE]
    if not opening:
        return
    notes: dict[str, _Note] = {}
    for number, at in enumerate(opening, 1):
        label = str(tokens[at].meta["label"])
        key = str(tokens[at].attrGet("id") or f"n{number}")
        tokens[at].attrSet("id", key)
        notes.setdefault(label, _Note(key, label if len(label) <= _LONGEST else str(number)))
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_linked(token.children, notes, words))
    for at in opening:
        _lead_back(tokens[at], tokens[at + 1 :], notes, words)
    _frame(tokens, words)


def _linked(children: Sequence[Token], notes: dict[str, _Note], words: Words) -> Iterator[Token]:
    for token in children:
        if token.type != REFERENCE:
            yield token
            continue
        note = notes[str(token.meta["label"])]
        key = f"r{note.key}" + (f"-{len(note.references) + 1}" if note.references else "")
        note.references.append(key)
        label = escape(words.note(note.shown))
        link = f'<a href="#{note.key}" id="{key}" role="doc-noteref" aria-label="{label}">{escape(note.shown)}</a>'
        yield Token("html_inline", "", 0, content=f'<sup class="note">{link}</sup>')


def _lead_back(opening: Token, behind: Sequence[Token], notes: dict[str, _Note], words: Words) -> None:
    """The note's label, which leads to the first place that refers to it; of two notes under one label, the first."""
    note = notes[str(opening.meta["label"])]
    inline = next(token for token in behind if token.type == "inline")
    if opening.attrGet("id") == note.key and note.references:
        back = f'<a href="#{note.references[0]}" role="doc-backlink" aria-label="{escape(words.back(note.shown))}">'
        label = f"{back}{escape(note.shown)}</a> "
    else:
        label = f'<span class="label">{escape(note.shown)}</span> '
    inline.children = [Token("html_inline", "", 0, content=label), *(inline.children or ())]


def _frame(tokens: list[Token], words: Words) -> None:
    framed: list[Token] = []
    opening = f'<div class="footnotes" role="doc-endnotes" aria-label="{escape(words.notes)}">'
    for token in tokens:
        if token.type == "footnotes_open":
            framed.append(Token("html_block", "", 0, content=opening))
        framed.append(token)
        if token.type == "footnotes_close":
            framed.append(Token("html_block", "", 0, content="</div>"))
    tokens[:] = framed
