"""Quotation marks paired as they are meant, not as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from builder.model.values import value

_DOUBLE: Final = '"\u201c\u201d\u201e\u201f\uff02'
_NESTING: Final = {"\u300c": "\u300d", "\u00ab": "\u00bb", "\ufe41": "\ufe42"}
_ANY: Final = re.compile(f"[{_DOUBLE}{''.join(_NESTING)}{''.join(_NESTING.values())}]")
_SINGLE: Final = re.compile(
    r"(?<![\w'\u2019])[\u2018']([^\s'\u2018\u2019](?:[^\u2018\u2019'\n]|(?<=\w)['\u2019](?=\w)){6,600}?[,.!?])[\u2019'](?!\w)"
)
_ENDS: Final = ".,!?\u2026\u3002\uff01\uff1f"
_HIDDEN: Final = "\ufffc"


@value(frozen=True, slots=True)
class Quoted:
    """Words between two marks; `start` is at the opening mark, `end` behind the closing one."""

    start: int
    end: int

    def inside(self, text: str) -> str:
        """The words without the marks."""
        return text[self.start + 1 : self.end - 1]


def quoted(text: str) -> list[Quoted]:
    """The outermost quotations of one paragraph, in order.

    Double marks open and close in turn, whichever way they are turned: both “so“ and “so” are met. A mark that can
    only open, since a space is before it and none behind, opens anew when one before it was never closed.
    """
    found = list(_double(text)) if _ANY.search(text) else []
    if not found and ("\u2018" in text or " '" in text or text.startswith("'")):
        found = [Quoted(*match.span()) for match in _SINGLE.finditer(text)]
    return found


def hidden(text: str, quotations: list[Quoted]) -> str:
    """The text with the words between marks blanked, the marks and all places kept."""
    parts, at = [], 0
    for each in quotations:
        parts += [text[at : each.start + 1], _HIDDEN * (each.end - each.start - 2)]
        at = each.end - 1
    return "".join((*parts, text[at:]))


def _double(text: str) -> Iterator[Quoted]:
    opened, depth, closing = -1, 0, ""
    for match in _ANY.finditer(text):
        sign, at = match[0], match.start()
        if closing:
            depth += (sign in _NESTING) - (sign == closing)
            if depth == 0:
                yield Quoted(opened, at + 1)
                closing = ""
        elif sign in _NESTING:
            opened, depth, closing = at, 1, _NESTING[sign]
        elif sign in _DOUBLE:
            if opened < 0 or (closing == "" and _only_opens(text, at)):
                opened = at if _may_open(text, at) else -1
            elif at - opened > 1:
                yield Quoted(opened, at + 1)
                opened = -1
        if not closing and depth == 0 and sign in _NESTING.values():
            opened = -1


def _may_open(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and after not in _ENDS


def _only_opens(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return before in (" ", "\n", "(", "\u00a0") and _may_open(text, at)
