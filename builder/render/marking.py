"""How a body is treated, and how its anchors are marked while it is read: without the parser, which few bodies need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from builder.model import AuthorityKind, Facts
from builder.model.values import field, value
from builder.render.parts import Anchor, PieceLink
from builder.render.scripts import harmless

OPEN, CLOSE = "\U0001fffe", "\U0001ffff"
FIRST_MARK: Final = 0xF0000
"""Two non-characters stand around an anchor while the text is parsed, and its number, as a private letter, after the
first; `harmless` has taken such non-characters out of the text itself."""
MARK: Final = re.compile(f"{OPEN}(.)([^{OPEN}{CLOSE}]+){CLOSE}")
_HALF: Final = re.compile(f"{OPEN}.?|{CLOSE}")


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class Said:
    """The same as the catalogue has it, with the places that a number or a label takes."""

    passage: str
    table: str
    picture: str
    notes: str
    note: str
    back: str
    unpublished: str


@value(frozen=True, slots=True)
class Rules:
    """How a body is treated: its language, and whether it is the archivist's own writing."""

    language: str
    words: Words
    hrefs: tuple[str, ...]
    """Of the anchors, in their order."""
    own: bool
    pieces: Mapping[str, PieceLink] = field(default_factory=dict)
    """Where the archivist's `[[target]]` leads."""


@lru_cache(maxsize=4)
def words_of(said: Said) -> Words:
    """What is said, with numbers and labels filled in."""
    return Words(
        passage=lru_cache(maxsize=1024)(lambda number: said.passage % {"number": number}),
        table=said.table,
        picture=said.picture,
        notes=said.notes,
        note=lambda label: said.note % {"label": label},
        back=lambda label: said.back % {"label": label},
        unpublished=said.unpublished,
    )


def anchors(facts: Facts, shows: Callable[[AuthorityKind, str], bool]) -> tuple[Anchor, ...]:
    """Where in a piece's text links stand to the people and topics that have a page."""
    found = [
        Anchor(*mention.link, f"{mention.kind}s/{mention.id}.html")
        for mention in facts.mentions
        if mention.link and shows(mention.kind, mention.id)
    ]
    return tuple(sorted(found, key=lambda anchor: anchor.start))


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
