"""Whether a word before a family name is the person's given name, however the piece spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from builder.annotate.keys import Label
from builder.annotate.lexicon import Lexicon

_UNHEARD: Final = "[\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fc]"
"""Small kana and the long mark, which spellings of one name put here and there."""
_FEWEST_ALIKE: Final = 4
_ALIKE: Final = 0.75


def is_own(word: str, labels: Iterable[Label], lexicon: Lexicon) -> bool:
    """Whether a word is a given name of somebody whom a spelling may name; nearly one, where the family name tells.

    The press spells given names in many ways: Binyamin, Massoud; relatives' names are rarely as near.
    """
    for label in labels:
        given = lexicon.given[label.subject]
        if is_given(word, given) or (label.strong and not label.common and is_near(word, given)):
            return True
    return False


def has_middle_name(first: str, middle: str, labels: Iterable[Label], lexicon: Lexicon) -> bool:
    """Whether a word that no record has is a middle name, since a given name is before it, as in Bola Ahmed Tinubu."""
    if middle.endswith(lexicon.surroundings.possessives) or not first[:1].isupper():
        return False
    return any(is_given(first, lexicon.given[label.subject]) for label in labels)


def is_given(word: str, given: frozenset[str]) -> bool:
    """Whether a word is one of the person's names, in whatever case a language declines it to."""
    if word in given or word.title() in given:
        return True
    if word.isascii():
        return False
    stem = word[: max(3, len(word) - 2)]
    return any(name.startswith(stem) and abs(len(name) - len(word)) < 3 for name in given)


@lru_cache(maxsize=256)
def is_near(word: str, given: frozenset[str]) -> bool:
    """Whether a name is spelled much like one of the person's."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - a short process meets no such name

    plain, letters = re.sub(_UNHEARD, "", word), set(word)
    return len(word) >= _FEWEST_ALIKE and any(
        SequenceMatcher(None, plain, re.sub(_UNHEARD, "", name)).ratio() >= _ALIKE
        for name in given
        # Most have no letter in common, and no more than that need be asked.
        if len(name) >= _FEWEST_ALIKE and (name[0] == word[0] or not word.isascii()) and not letters.isdisjoint(name)
    )
