"""What speaks for and against the end of a cell between two words of a flattened table, as names of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from builder.normalize.table_words import Word

Evidence = tuple[str, ...]
NEVER: Final[Evidence] = ("never",)
"""No cell ends here, whatever speaks for it."""
_CLOSERS: Final = {")": "(", "）": "（", "]": "[", "”": "“", "」": "「", "』": "『", "》": "《", "’": "‘"}
_COMMA: Final = re.compile("[,;、，·:：/&+]$")
_NUMERIC: Final = frozenset({"figure", "percent", "date", "time"})
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The running text of the article, for what it tells of words in a table."""

    folded: str
    small: frozenset[str]
    """Words that occur in small letters: no names."""

    @classmethod
    def of(cls, article: str) -> Surroundings:
        """From the text itself."""
        spaced = _SPACE.sub(" ", article)
        return cls(f" {spaced.casefold()} ", frozenset(word for word in spaced.split(" ") if word[:1].islower()))

    def together(self, left: Word, right: Word) -> bool:
        """Whether the words stand side by side in it, the second with any ending."""
        return f" {left.bare} {right.bare}" in self.folded

    def apart(self, left: Word, right: Word) -> bool:
        """Whether both occur, but never so."""
        return f" {left.bare}" in self.folded and f" {right.bare}" in self.folded and not self.together(left, right)


def row_evidence(words: Sequence[Word], around: Surroundings) -> list[Evidence]:
    """The evidence after each word but the last."""
    inside = _inside_brackets(words)
    mixed = _mixed_case(words)
    return [
        NEVER if open_ or _inseparable(left, right) else tuple(_evidence(left, right, around, mixed=mixed))
        for open_, (left, right) in zip(inside, pairwise(words), strict=False)
    ]


def header_evidence(words: Sequence[Word], around: Surroundings) -> list[Evidence]:
    """The same for a header, whose cells are mostly single words."""
    mixed = _mixed_case(words)
    return [
        NEVER if _inseparable(left, right) else tuple(_header_evidence(left, right, around, mixed=mixed))
        for left, right in pairwise(words)
    ]


def _inseparable(left: Word, right: Word) -> bool:
    if left.role == "glue" or right.never_first:
        return True
    if right.unit and left.value == "figure":
        return True
    # Year, month and day of one date; two whole dates side by side are two cells.
    return left.value == right.value == "date" and left.closes != "digit" and right.opens == "digit" and not left.month


def _evidence(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    if "none" in (left.value, right.value):
        yield "nothing"
        return
    if _COMMA.search(left.text):
        yield "comma"
    if around.together(left, right):
        yield "together"
    elif around.apart(left, right):
        yield "apart"
    scripts = f"{left.closes}|{right.opens}"
    if left.value in _NUMERIC or right.value in _NUMERIC:
        yield from _figures(left, right)
    elif scripts == "latin|latin":
        yield "latin"
        yield from _case(left, right, around, mixed=mixed)
        yield from _roles(left, right, "latin")
    elif scripts == "hangul|hangul":
        yield "hangul"
        yield from _roles(left, right, "hangul")
    else:
        yield scripts
        yield from _roles(left, right, "hangul")
    if "place" in (left.value, right.value):
        yield "places" if left.value == right.value else f"place-{'left' if left.value == 'place' else 'right'}"


def _roles(left: Word, right: Word, kind: str) -> Iterator[str]:
    before = "head" if left.role == "head" else "soft" if left.role == "soft" else "first" if left.first else "plain"
    after = "first" if right.first else "head" if right.role == "head" else "plain"
    yield f"{kind}:{before}-{after}"


def _figures(left: Word, right: Word) -> Iterator[str]:
    if left.value in _NUMERIC and right.value in _NUMERIC:
        same = left.value == right.value
        yield "figures" if not same or left.unit_text == right.unit_text else "figures-of-units"
    elif left.value in _NUMERIC:
        yield f"after-{'bare' if left.value == 'figure' and left.closes == 'digit' else left.value}"
        if right.opens == "latin" and not right.capital:
            yield "small-right"
        if right.first:
            yield "figure-first"
        elif right.role == "head":
            yield "figure-head"
    else:
        yield f"before-{right.value}"
        if left.role in ("soft", "head"):
            yield f"{left.role}-figure"


def _case(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    if not right.capital:
        yield "small-right"
    elif not mixed:
        yield "title-case"
    elif not left.capital:
        yield "small-capital"
    else:
        common_left = left.common or left.bare in around.small
        common_right = right.common or right.bare in around.small
        yield f"{'word' if common_left else 'name'}-{'word' if common_right else 'name'}"


def _header_evidence(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    if around.together(left, right):
        yield "header-together"
    scripts = f"{left.closes}|{right.opens}"
    if left.value in _NUMERIC and right.value in _NUMERIC:
        yield "figures"
    elif scripts == "latin|latin":
        yield "header-latin"
        yield f"header-{next(_case(left, right, around, mixed=mixed))}"
    elif "han" in scripts.split("|"):
        yield "header-han"
    else:
        yield "header"
        if left.role == "soft":
            yield "header-soft"
        elif left.leads:
            yield "header-leads"
        elif left.first:
            yield "header-first"
        if right.role == "head":
            yield "header-head"


def _mixed_case(words: Sequence[Word]) -> bool:
    """Whether capitals tell anything: in Title Case they do not."""
    latin = [word for word in words if word.opens == "latin" and word.role != "glue" and not word.never_first]
    return any(not word.capital for word in latin)


def _inside_brackets(words: Sequence[Word]) -> list[bool]:
    """Whether a bracket or quotation mark is open after each word."""
    inside, opened = [], []
    openers = set(_CLOSERS.values())
    for word in words:
        for letter in word.text:
            if letter in openers:
                opened.append(letter)
            elif opened and _CLOSERS.get(letter) == opened[-1]:
                opened.pop()
        inside.append(bool(opened))
    return inside if not opened else [False] * len(words)
