"""Lines that are captions by their shape: a credit closes them, whatever they tell before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from builder.normalize.text_measures import ends_statement, weighted_length

_SIGNS: Final = re.compile("[=\uff1d@/\uff0f(\uff08\\[\u25b2\u25b3\u25bc\u25bd]")
"""One of these stands in each such line."""
_LONGEST: Final = 500
"""Letters."""
_TOLD: Final = 25.0
"""Weighted letters of what a picture shows; a place before a name is shorter."""
_MARKED: Final = re.compile(
    "[\u25b2\u25b3\u25bc\u25bd]\\s?\\S.{8,400}?"
    "(?:[=\uff1d/|\u24d2\u00a9]\\s?[^\\s.=\uff1d][^.=\uff1d]{0,28}|[\\[(\uff08\u3010<\u3008][^\\[\\](){}]{2,40}[\\])\uff09\u3011>\u3009])\\s*"
)
"""A triangle before it and a credit behind it; items of a list have the triangle alone."""
_FILED: Final = re.compile(
    "(?:19|20)\\d\\d[.-]\\d{1,2}[.-]\\d{1,2}\\.?\\s*[(\\[]?[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}[)\\]]?\\s*$"
)
"""The day and the photographer's address behind the last full stop, as agencies file their pictures."""
_SLASHED: Final = re.compile(
    "[^\\W\\d_][\\w.&-]*(?: [^\\W\\d_][\\w.&-]*){0,3}\\s?/\\s?[^\\W\\d_][\\w.'-]+(?: [^\\W\\d_][\\w.'-]+){1,3}"
)
"""An agency and a name of two words and more."""
_AGENCY: Final = re.compile("[\\w.)\u201d\u00bb]\\s?/\\s?[A-Z]{3,12}(?:[ /-][A-Z][\\w.]{1,20}){0,3}\\s*$")
"""An agency in capitals behind a bar."""
_AGENCY_FIRST: Final = re.compile("\\s[A-Z]{2,12}\\s?/\\s?[^\\W\\d_a-z][\\w'-]+(?: [^\\W\\d_a-z][\\w'-]+){1,2}\\s*$")
"""One before it, and a name of two words behind."""
_SHORTEST_SHOUTED: Final = 3
"""Letters of a photographer's names in capitals, behind small letters; those of bodies are often shorter."""
_SMALL: Final = 3
"""Words in small letters before them: lists of names have fewer."""
_WINDOW: Final = 64
"""Letters from the sign before a credit to the end of the line."""


class PictureLines:
    """What closes credits, made ready."""

    def __init__(self, made: Iterable[str]) -> None:
        """`made` are the words that say what somebody did with a picture: took it, gave it."""
        words = "|".join(sorted(map(re.escape, made), key=lambda word: (-len(word), word))) or "(?!)"
        self._closed = re.compile(
            rf"(?:[=\uff1d](?P<credit>[^=\uff1d\u3002]{{2,56}}?)|[/\uff0f(\uff08\[][^/\uff0f()\uff08\uff09\u3002]{{2,24}}?)"
            rf"(?:{words})[)\uff09\]]?\s*$",
            re.IGNORECASE,
        )

    def is_caption(self, text: str) -> bool:
        """Whether a line is a caption with its credit, or a credit alone."""
        if len(text) > _LONGEST:
            return False
        if text[-1:].isupper() and _is_shouted(text):
            return True
        if not _SIGNS.search(text):
            return False
        if _MARKED.fullmatch(text) or _SLASHED.fullmatch(text):
            return True
        if text[-1:].isalnum() or text[-1:] in ")\uff09]":
            filed = _FILED.search(text, max(0, len(text) - 2 * _WINDOW)) if "@" in text else None
            if filed:
                return ends_statement(text[: filed.start()].rstrip())
            since = max(0, len(text) - _WINDOW)
            agency = _AGENCY.search(text, since) or _AGENCY_FIRST.search(text, since)
            if agency and weighted_length(text[: agency.start()]) >= _TOLD and " " in text[agency.start() :]:
                return True
            closed = self._closed.search(text, max(0, len(text) - _WINDOW))
            return closed is not None and weighted_length(text[: closed.start()]) >= _TOLD
        return False


def _is_shouted(text: str) -> bool:
    """Whether a line closes with two words or three in capitals, behind others that are not."""
    for count in (2, 3):
        before, *names = text.rsplit(maxsplit=count)
        small = sum(word[0].islower() for word in before.split())
        if len(names) == count and before[-1:].islower() and small >= _SMALL and weighted_length(before) >= _TOLD:
            return all(len(name) >= _SHORTEST_SHOUTED and name.isalpha() and name.isupper() for name in names)
    return False
