"""Names of people in scripts that have spaces and no capitals: Arabic, Hebrew."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules

_LIST: Final = re.compile("\\s*[,;/&|\u060c\u061b]\\s*")
_WORD: Final = re.compile("[\u0621-\u064a\u0660-\u06d3\u05d0-\u05ea][\u0621-\u06d3\u05d0-\u05ea\u05f3\u05f4'\u200c-]+")
_FEWEST, _MOST = 2, 4
"""Words of a name."""
_ARTICLE: Final = "\u0627\u0644"
"""Family names begin with the Arabic article, and so do the first words of phrases."""


def may_name(text: str) -> bool:
    """Whether a text begins in a script with spaces and without capitals."""
    return "\u05d0" <= text[:1] <= "\u06d3"


def uncased_names(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names in a list of nothing else; none where one of its parts is a phrase."""
    names = [part.strip() for part in _LIST.split(text.strip(" .:")) if part.strip()]
    return tuple(names) if names and all(_is_name(name, rules) for name in names) else ()


def _is_name(text: str, rules: CleaningRules) -> bool:
    parts = text.split()
    if not _FEWEST <= len(parts) <= _MOST or parts[0].startswith(_ARTICLE):
        return False
    return all(_WORD.fullmatch(part) and part not in _others(rules) for part in parts)


@lru_cache(maxsize=2)
def _others(rules: CleaningRules) -> frozenset[str]:
    """Words that no name holds: small ones, those of dates, of buttons and of bylines."""
    words = {word for language in rules.languages for word in language.stop_words}
    words |= {day for language in rules.languages for day in language.calendar.weekdays}
    words |= {name for language in rules.languages for group in language.months for name in group}
    listed = [word for _, word in (*rules.date_labels, *rules.bylines, *rules.sections)]
    listed += [phrase.text for phrase in rules.phrases if phrase.where == "line"]
    return frozenset(words | {part.strip(":") for text in listed for part in text.split()})
