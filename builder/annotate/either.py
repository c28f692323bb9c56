"""Patterns for lists of words, the longest of those that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

_NOTHING: Final = "(?!)"
_ALSO: Final = {"s": "\u017f"}
"""Letters that are one with a small one, though neither is its capital."""


def either(words: Iterable[str], *, no_letter_before: str = "", any_case: bool = False) -> str:
    """A pattern of alternatives, the longest first, so that a vice president is not read as a president.

    Words that begin alike share their beginning: of 300 alternatives side by side each one is tried at every letter of
    a text, of a tree only those that begin with it. A search skips to these as long as each alternative begins with a
    plain letter. So `no_letter_before`, a class of which none may stand before a word, is asked for behind its first;
    and for `any_case` the first letter is spelled out, small and capital, and the rest has the flag: all under the flag
    took ten times as long to search with, all spelled out five times as long to compile.
    """
    plain = {word.lower() if any_case else word for word in words if word}
    listed = sorted(plain, key=lambda word: (-len(word), word))
    if not listed:
        return _NOTHING
    letters: dict[str, list[str]] = {}
    for word in listed:
        letters.setdefault(word[0], []).append(word[1:])
    behind = f"(?<!{no_letter_before}.)" if no_letter_before else ""
    return _one_of(
        [
            re.escape(form) + behind + (f"(?i:{rest})" if any_case and rest else rest)
            for letter, rests in letters.items()
            for rest in [_tree(rests)]
            for form in (_forms(letter) if any_case else letter)
        ]
    )


def _tree(words: Sequence[str]) -> str:
    behind: dict[str, list[str]] = {}
    for word in words:
        if word:
            behind.setdefault(word[0], []).append(word[1:])
    # No class for letters that end a word: where each alternative begins with a letter, a search skips to one of them.
    branches = [re.escape(letter) + _tree(rests) for letter, rests in behind.items()]
    if not branches:
        return ""
    if "" in words:
        return f"(?:{'|'.join(branches)})?"
    return _one_of(branches)


def _one_of(branches: Sequence[str]) -> str:
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _forms(letter: str) -> str:
    """A small letter and its capital."""
    capital = letter.upper()
    return letter + (capital if len(capital) == 1 and capital != letter else "") + _ALSO.get(letter, "")
