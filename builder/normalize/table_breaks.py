"""How likely a cell of a flattened table ends between two words: weights in the manner of log odds, by evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from builder.normalize.table_words import Word

NEVER: Final = -9.0
"""No break here, whatever speaks for it."""
_CLOSERS: Final = {")": "(", "）": "（", "]": "[", "”": "“", "」": "「", "』": "『", "》": "《", "’": "‘"}
_COMMA: Final = re.compile("[,;、，·]$")


def row_breaks(words: Sequence[Word], article: str) -> list[float]:
    """The weight of a break after each word but the last."""
    depths = _depths(words)
    mixed = _mixed_case(words)
    return [
        NEVER if depths[place] else _weight(words[place], words[place + 1], mixed=mixed) + _heard(words, place, article)
        for place in range(len(words) - 1)
    ]


def header_breaks(words: Sequence[Word], article: str) -> list[float]:
    """The same for a header, whose cells are mostly single words."""
    weights = []
    mixed = _mixed_case(words)
    for place, (left, right) in enumerate(zip(words, words[1:], strict=False)):
        weight = 0.9 + 0.6 * min(0.0, _heard(words, place, article))
        if left.role == "glue" or right.never_first:
            weight = NEVER
        elif left.role == "soft":
            weight -= 2.0
        elif right.unit and left.value == "figure":
            weight -= 3.0
        elif left.first:
            weight -= 1.8
        elif "latin" in (left.closes, right.opens):
            weight += _case_weight(left, right, mixed=mixed) * 0.8
        elif right.role == "head":
            weight -= 0.4
        weights.append(weight)
    return weights


def _weight(left: Word, right: Word, *, mixed: bool) -> float:
    if left.role == "glue" or right.never_first or _COMMA.search(left.text):
        return NEVER if left.role == "glue" or right.never_first else -4.0
    if "none" in (left.value, right.value):
        return 1.5
    weight = _ending(left) + _opening(right) - 0.3
    if left.closes == right.opens == "latin":
        return weight + _case_weight(left, right, mixed=mixed)
    return weight + _figures(left, right) + _scripts(left, right)


def _ending(word: Word) -> float:
    if word.role == "soft":
        return -2.2
    if word.role == "head":
        return 0.4 if word.first else 1.3
    return -1.2 if word.first else 0.0


def _opening(word: Word) -> float:
    return (0.8 if word.first else 0.0) - (1.1 if word.role == "head" else 0.0)


def _figures(left: Word, right: Word) -> float:
    numeric = ("figure", "percent", "date", "time")
    if left.value in numeric and right.value in numeric:
        if left.value == right.value == "date" and left.closes == right.closes == "digit":
            return 2.5
        if left.value == right.value == "date":
            return -2.5
        if left.value == right.value == "figure" and left.closes == "wide" and left.bare != right.bare:
            return 0.6 if _same_unit(left, right) else -1.5
        return 2.5
    if left.value == "figure" and right.unit:
        return -4.0
    if left.value in ("date", "time", "percent"):
        return 1.0
    if left.value == "figure":
        return 0.6 if left.closes == "wide" else 0.2
    if right.value in numeric:
        return 1.2
    if "place" in (left.value, right.value):
        return 0.5
    return 0.0


def _same_unit(left: Word, right: Word) -> bool:
    return left.bare.lstrip("+-−0123456789.,") == right.bare.lstrip("+-−0123456789.,")


def _scripts(left: Word, right: Word) -> float:
    if left.closes == right.opens:
        return 0.0
    if left.closes == "wide" and right.opens == "latin":
        return 0.4
    if left.closes == "latin" and right.opens == "wide":
        return -0.5
    return 0.0


def _case_weight(left: Word, right: Word, *, mixed: bool) -> float:
    if right.opens == "latin" and not right.capital:
        return -2.6 if left.opens != "digit" else -1.5
    if not mixed:
        return 0.0
    if right.opens == "latin" and not left.capital:
        return 2.6
    return -0.2


def _mixed_case(words: Sequence[Word]) -> bool:
    """Whether capitals tell anything: in Title Case they do not."""
    latin = [word for word in words if word.opens == "latin" and word.role != "glue" and not word.never_first]
    return sum(not word.capital for word in latin) >= 0.2 * len(latin) if latin else False


def _heard(words: Sequence[Word], place: int, article: str) -> float:
    """Words that stand together in the article's text stand together in a cell."""
    together = article.count(f"{words[place].bare} {words[place + 1].bare}")
    return -min(3.0, 1.6 + 0.5 * together) if together else 0.0


def _depths(words: Sequence[Word]) -> list[bool]:
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
