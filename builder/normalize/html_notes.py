"""Which elements of a saved page are footnotes, by the links that refer to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from builder.normalize.page import MarkKind

_REFERENCES: Final = ", ".join(
    (
        'sup a[href*="#"]',
        'a[href^="#"] sup',
        'a[role="doc-noteref"]',
        'a[epub\\:type="noteref"]',
        'a[class*="footnote"]',
        'a[class*="noteref"]',
    )
)
_LONGEST: Final = 12
"""Letters that refer to a note: a number in brackets, a star."""
_MOST: Final = 1000


class NoteMarks:
    """What is met of a page's notes while it is walked; false where it has none."""

    def __init__(self, targets: frozenset[str]) -> None:
        self._targets = targets
        self._lines: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._targets)

    def begins(self, attributes: Mapping[str, str | None], line: int) -> None:
        """Remember the line on which an element begins, if it is a note."""
        if self._targets and attributes:
            key = attributes.get("id") or attributes.get("name") or ""
            if key in self._targets:
                self._lines.setdefault(key, line)

    def kind_of(self, attributes: Mapping[str, str | None], target: str) -> tuple[MarkKind, str]:
        """What a link is and where it leads: to a note, within a page that has some, or to its target."""
        if not self._targets:
            return "link", target
        href = (attributes.get("href") or "").strip()
        if fragment(href) in self._targets:
            return "note", fragment(href)
        return "link", target or (href if href.startswith("#") else "")

    def lines(self) -> tuple[tuple[str, int], ...]:
        """Ids of the notes and the numbers of their lines, in the page's order."""
        return tuple(self._lines.items())


def note_targets(tree: LexborHTMLParser) -> frozenset[str]:
    """Ids of the elements that short raised links lead to."""
    targets = set()
    for node in tree.css(_REFERENCES)[:_MOST]:
        link = node.parent if node.tag == "sup" else node
        if link is None or link.tag != "a":
            continue
        words = link.text(deep=True).strip()
        target = fragment((link.attributes.get("href") or "").strip())
        if target and 0 < len(words) <= _LONGEST:
            targets.add(target)
    return frozenset(targets)


def fragment(address: str) -> str:
    """What an address says behind its sign; a page saved under another name still leads into itself by it."""
    return address.partition("#")[2]
