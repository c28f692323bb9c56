"""Patterns for lists of words, the longest of those that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

_NOTHING: Final = "(?!)"


def either(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first, so that a vice president is not read as a president.

    Words that begin alike share their beginning: of 300 alternatives side by side each one is tried at every letter of
    a text, of a tree only those that begin with it.
    """
    listed = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return _tree(listed) if listed else _NOTHING


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
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
