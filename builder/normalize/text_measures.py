"""Measures of a stretch of text that hold in every script."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

_WIDE: Final = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_SENTENCE_END: Final = re.compile("[.!?…。！？।؟۔]+[\"'”’」』）)\\]»›*_]*\\s*$")
_FULL_STOP: Final = re.compile("[.!…。！।۔]+[\"'”’」』）)\\]»›*_]*\\s*$")
_INNER_END: Final = re.compile("[.!?。！？।؟۔][\"'”’」』）)]*(?=\\s|[\u3040-\u9fff\uac00-\ud7af]|$)")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_NO_ASCII_LETTER: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_WORD: Final = re.compile(r"\w+")
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
    letters = sum(map(str.isalpha, text))
    return len(_WIDE.findall(text)) / letters if letters else 0.0


def ends_sentence(text: str) -> bool:
    """Whether the text closes like a sentence, quotation marks and brackets passed over."""
    return not text[-1:].isalnum() and bool(_SENTENCE_END.search(text[-12:]))


def ends_statement(text: str) -> bool:
    """As `ends_sentence`, but not with a question mark."""
    return not text[-1:].isalnum() and bool(_FULL_STOP.search(text[-12:]))


def sentences(text: str) -> int:
    """How many sentences end in the text."""
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
    if not (little[:1].isalnum() and little[-1:].isalnum()):
        core = _CORE.search(little)
        if core is None:
            return ""
        little = core[0]
    return little if little.isprintable() and "  " not in little else " ".join(little.split())


def skeleton(text: str) -> str:
    """Letters and digits alone, in small letters: the form in which titles are compared."""
    if text.isascii():
        return text.lower().translate(_NO_ASCII_LETTER)
    return _NO_LETTER.sub("", text.casefold())


def units(text: str) -> list[str]:
    """What texts are compared by: words, and in scripts without spaces or with glued particles pairs of letters."""
    folded = fold(text)
    words = _WORD.findall(folded)
    if wide_share(folded) < 0.3:
        return [word for word in words if len(word) > 2]
    return [first + second for word in words for first, second in pairwise(word)]
