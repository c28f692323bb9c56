"""Where a piece says that something happened, and which of its signs are the same in every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from typing import Final

from builder.annotate.finder import Standing
from builder.annotate.kinds import HAN, HANGUL, KANA, WIDE, kinds
from builder.annotate.lexicon import Lexicon
from builder.annotate.sheet import Sheet
from builder.model.values import value

_HEAD: Final = 400
"""Letters at the head of a body in which a report says where it happened: the dateline and the first sentences."""
_HEAD_DENSE: Final = 200
"""The same where a letter is a syllable or a word."""
_READ: Final = 2400
"""Letters of a body that are read: what a report is about, it says early."""
_MOST: Final = 48
# What stands before is asked behind the first letter: a pattern that begins with a class skips to where it can match.
_NUMBER: Final = re.compile(r"[0-9](?<![A-Za-z0-9_.][0-9])(?<![A-Za-z]-[0-9])[0-9,]*(?:\.[0-9]+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CAPITALS: Final = re.compile(r"[A-Z](?<![A-Za-z][A-Z])[A-Z0-9+&-]*[A-Z0-9](?![A-Za-z])")
_LONGEST: Final = 6
"""Letters; a longer word in capitals is a dateline's town or a heading."""
_DENSE: Final = "\u2e80"
_DENSE_KINDS: Final = (KANA, HAN, HANGUL)
_FULL_WIDTH: Final = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
_HANGUL: Final = ("\uac00", "\ud7a3")


@value(frozen=True, slots=True)
class Scene:
    """What tells one meeting from another, whatever language it is told in."""

    scenes: tuple[str, ...]
    places: tuple[str, ...]
    figures: tuple[str, ...]


def scene(sheet: Sheet, lexicon: Lexicon, standing: Iterable[Standing]) -> Scene:
    """The places a piece names, those at its head apart, and its numbers and abbreviations."""
    head = sheet.body + (_HEAD_DENSE if _is_dense(sheet) else _HEAD)
    first: dict[str, None] = {}
    later: dict[str, None] = {}
    for start, place in _places(sheet.folded, sheet.body + _READ, lexicon.vocabulary.places, standing):
        (first if start < sheet.tags or sheet.body <= start < head else later)[place] = None
    return Scene(
        scenes=tuple(sorted(first)),
        places=tuple(sorted(later.keys() - first.keys())),
        figures=_figures(sheet, first.keys() | later.keys()),
    )


def _is_dense(sheet: Sheet) -> bool:
    if not any(kind in sheet.kinds for kind in _DENSE_KINDS):
        return False
    found = kinds(sheet.text[sheet.body : sheet.body + _HEAD])
    return sum([found.count(kind) for kind in _DENSE_KINDS]) > _HEAD // 4


def _places(text: str, until: int, places: Mapping[str, str], standing: Iterable[Standing]) -> list[tuple[int, str]]:
    """Start and id of each place named; a name inside a longer one, or across the end of one before it, is none."""
    found: dict[int, tuple[int, str]] = {}
    for end, start, spelling in standing:
        if end > until:
            break
        place = places.get(spelling)
        if place is not None and _bounded(text, start, end, spelling[0]) and found.get(start, (0, ""))[0] < end:
            found[start] = (end, place)
    taken, behind = [], 0
    for start, (end, place) in sorted(found.items()):
        if start >= behind:
            behind = end
            if place:
                taken.append((start, place))
    return taken


def _bounded(text: str, start: int, end: int, first: str) -> bool:
    before = text[start - 1 : start]
    if first < _DENSE:
        # Russian names stand in the file without the endings of their cases.
        ends = first >= "\u0400" or not text[end : end + 1].isalpha() or text[end] >= _DENSE
        return ends and (not before.isalpha() or before >= _DENSE)
    return not (_HANGUL[0] <= first <= _HANGUL[1] and _HANGUL[0] <= before <= _HANGUL[1])


def _figures(sheet: Sheet, places: Set[str]) -> tuple[str, ...]:
    text = sheet.text[sheet.body : sheet.body + _READ]
    if WIDE in sheet.kinds and re.search(_FULL_WIDTH, text):
        text = unicodedata.normalize("NFKC", text)
    found: dict[str, None] = {}
    for number in _NUMBER.findall(text):
        plain = number.replace(",", "").rstrip(".")
        if len(plain) > 1 and not _YEAR.fullmatch(plain):
            found[plain] = None
    for word in _CAPITALS.findall(text):
        if len(word) <= _LONGEST and word.lower() not in places:
            found[word.lower()] = None
    return tuple(sorted(list(found)[:_MOST]))
