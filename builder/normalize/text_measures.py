"""Measures of a stretch of text that hold in every script."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

STEM: Final = 5
"""Letters by which words are compared: in Russian or Turkish a headline has them in other cases than the text."""
_WIDE: Final = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_OFTEN_AROUND: Final = " .,:;!?\"'()[]|/-–—•·“”‘’«»…"
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_ENDS: Final = frozenset(".!?…。！？।؟۔։።།။។")
_SENTENCE_END: Final = re.compile("[.!?…。！？।؟۔։።།။។]+[\"'”’」』）)\\]»›*_]*\\s*$")
_FULL_STOP: Final = re.compile("[.!…。！।۔։።།။។]+[\"'”’」』）)\\]»›*_]*\\s*$")
_INNER_END: Final = re.compile("[.!?。！？।؟۔։።།။។][\"'”’」』）)]*(?=\\s|[\u3040-\u9fff\uac00-\ud7af]|$)")
_MARKS: Final = "’“”–…—‘„«»·•"
"""The signs outside ASCII that stand in most texts; patterns are left what else there is."""
_NO_LETTER: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"\w+")
# Tables for bytes take a tenth of the time that tables for letters or patterns take; in UTF-8 no byte of another letter
# is one of ASCII.
_SMALL_ASCII: Final = bytes(range(256)).lower()
_NO_ASCII_LETTER: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_ASCII_WORDS: Final = bytes(32 if code in _NO_ASCII_LETTER and chr(code) != "_" else code for code in range(256))
_UNPOINTED_FROM: Final = "\u0e01"
_UNPOINTED_TO: Final = "\u0eff"
_LONGEST_UNPOINTED: Final = 80
"""Letters of a headline in Thai or Lao, which have no full stops: what is longer is sentences."""
_UNSPACED: Final = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer, whose words are not parted and are broken by their signs for vowels."""
WIDE_WEIGHT: Final = 2.2
"""A Hangul, kana or Han letter says as much as about two Latin ones."""


def weighted_length(text: str) -> float:
    """Length in Latin letters' worth."""
    return float(len(text)) if text.isascii() else _with_wide(text)


@lru_cache(maxsize=8192)
def _with_wide(text: str) -> float:
    return len(text) + (WIDE_WEIGHT - 1) * len(_WIDE.findall(text))


def wide_share(text: str) -> float:
    """Share of Hangul, kana and Han among the letters."""
    if text.isascii():
        return 0.0
    wide = len(_WIDE.findall(text))
    return wide / (sum(map(str.isalpha, text)) or 1) if wide else 0.0


def ends_sentence(text: str) -> bool:
    """Whether the text closes like a sentence, quotation marks and brackets passed over."""
    last = text[-1:]
    if _UNPOINTED_FROM <= last <= _UNPOINTED_TO:
        return len(text) >= _LONGEST_UNPOINTED
    return last in _ENDS or (not last.isalnum() and bool(_SENTENCE_END.search(text[-12:])))


def ends_statement(text: str) -> bool:
    """As `ends_sentence`, but not with a question mark."""
    if _UNPOINTED_FROM <= text[-1:] <= _UNPOINTED_TO:
        return len(text) >= _LONGEST_UNPOINTED
    return not text[-1:].isalnum() and bool(_FULL_STOP.search(text[-12:]))


def sentences(text: str) -> int:
    """How many sentences end in the text."""
    if text.isascii() and "." not in text and "!" not in text and "?" not in text:
        return 0
    return len(_INNER_END.findall(text))


def small(text: str) -> str:
    """Small letters and straight apostrophes; Turkish dotless i is i, since capitals do not tell the two apart."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("\u2019", "'").replace("\u0307", "").replace("\u0131", "i")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Small letters, single spaces, nothing but words at the edges: the form in which phrases are compared."""
    return fold_small(small(text))


def fold_small(little: str) -> str:
    """As `fold`, of a text that is in small letters already."""
    little = little.strip(_OFTEN_AROUND)
    if not (little[:1].isalnum() and little[-1:].isalnum()):
        core = _CORE.search(little)
        if core is None:
            return ""
        little = core[0]
    return little if little.isprintable() and "  " not in little else " ".join(little.split())


def skeleton(text: str) -> str:
    """Letters and digits alone, in small letters: the form in which titles are compared."""
    if text.isascii():
        return text.encode().translate(_SMALL_ASCII, _NO_ASCII_LETTER).decode()
    little = text.casefold().encode("utf-8", "surrogatepass").translate(None, _NO_ASCII_LETTER)
    letters = _without_marks(little.decode("utf-8", "surrogatepass"), "")
    return letters if letters.isalnum() else _NO_LETTER.sub("", letters)


def words_of(text: str) -> list[str]:
    """Its letters, digits and underscores, parted by all else."""
    if text.isascii():
        return text.encode().translate(_ASCII_WORDS).decode().split()
    spaced = text.encode("utf-8", "surrogatepass").translate(_ASCII_WORDS).decode("utf-8", "surrogatepass")
    words = _without_marks(spaced, " ").split()
    if all(map(str.isalnum, words)):
        return words
    return [part for word in words for part in ((word,) if word.isalnum() else _WORD.findall(word))]


def _without_marks(text: str, instead: str) -> str:
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, instead)
    return text


def stems(text: str) -> list[str]:
    """The beginnings of a text's units, as far as inflection leaves them alike."""
    return [unit[:STEM] for unit in units(text)]


def units(text: str) -> list[str]:
    """What texts are compared by: words, and in scripts without spaces or with glued particles pairs of letters."""
    folded = fold(text)
    words = words_of(folded)
    if wide_share(folded) < 0.3:
        if not folded.isascii() and 3 * len(_UNSPACED.findall(folded)) > len(folded):
            return [first + second for word in folded.split() for first, second in pairwise(word)]
        return [word for word in words if len(word) > 2]
    return [first + second for word in words for first, second in pairwise(word)]
