"""English inflection off, so that meetings finds meeting; templates/assets/search-terms.js does the same.

Porter's stemmer also joins what derivation makes different (university, universe); a reader who asks for agreements
does not want every piece in which somebody agreed. Plurals, -ed and -ing come off, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from builder.publish.search.remembered import Remembered

_REMEMBERED: Final = 1 << 13
_WORD: Final = re.compile(r"[a-z]{3,}")
_VOWEL: Final = re.compile("[aeiouy]")
# One vowel between consonants, as in "trad": the e that -ed swallowed belongs there. "chang" and "plann" are not such.
_SHORT: Final = re.compile("[^aeiouy]*[aeiouy][^aeiouwxy]")
_DOUBLE: Final = re.compile(r"([^aeiouy])\1")


def stemmer(inflections: Mapping[str, str]) -> Callable[[str], str]:
    """`stem` with its words, and a memory: a language says the same few thousand words again and again."""
    return Remembered(lambda word: stem(word, inflections), _REMEMBERED).__getitem__


def stem(word: str, inflections: Mapping[str, str]) -> str:
    """The form under which the index knows a lower-case word; words of other letters come back as they are."""
    if not _WORD.fullmatch(word):
        return word
    if word in inflections:
        return _finished(inflections[word])
    if len(word) < 4:
        return word
    base = _present(_singular(word))
    return _finished(inflections.get(base, base))


def _singular(word: str) -> str:
    if word.endswith("men") and len(word) > 5:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _present(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and not word.endswith("eed") and len(rest) > 1 and _VOWEL.search(rest):
            return rest + "e" if _SHORT.fullmatch(rest) else rest
    return word


def _finished(word: str) -> str:
    """Without the e and the doubled consonant that some forms of a word have and others lack; organis is organiz."""
    if len(word) > 3 and word.endswith("e") and not _SHORT.fullmatch(word[:-1]):
        word = word[:-1]
    if len(word) > 3 and _DOUBLE.fullmatch(word[-2:]):
        word = word[:-1]
    return word[:-1] + "z" if len(word) > 5 and word.endswith(("is", "ys")) else word
