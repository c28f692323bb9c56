"""The words of flattened tables: which open, close or continue a cell, and what sort of value they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from builder.model import CleaningRules

Role = Literal["glue", "soft", "head", "noun", "plain"]
Value = Literal["figure", "percent", "date", "time", "place", "none", "plain"]
Script = Literal["latin", "wide", "digit", "mark"]

_EDGES: Final = re.compile(r"^[^\w%％$€£¥₩#+−-]+|[^\w%％)）+]+$")
_FIGURE: Final = re.compile(r"[~≈±+\-−–△▲▼▽<>≤≥]?[$€£¥₩]?\d[\d,.\-–~/:]*")
_TIME: Final = re.compile(r"\d{1,2}:\d\d([~–-]\d{1,2}:\d\d)?$")
_DAY: Final = re.compile(r"\d{2,4}[./-]\d{1,2}([./-]\d{1,2})?[.]?$")
_YEAR: Final = re.compile(r"(19|20)\d\d([~–-]((19|20)?\d\d)?)?$")
_NOTHING: Final = re.compile(r"[-–—―−]+$|[nN]/[aA]$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a row, as white space parts it."""

    text: str
    bare: str
    """In small letters, without marks around it."""
    role: Role
    """What it does at the end of a cell: `glue` never ends one, `soft` hardly, `head` likes to."""
    first: bool
    """Likes to open a cell and leans on the next word."""
    value: Value
    opens: Script
    closes: Script
    """Script of its first and last letter."""
    capital: bool
    unit: bool
    """Counts what the figure before it says: `billion`, `percent`."""
    never_first: bool


class TableWords:
    """The vocabulary of table cells, ready to weigh words."""

    def __init__(self, rules: CleaningRules) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, word in rules.table_words:
            kinds.setdefault(kind, set()).add(word)
        self._kinds = {kind: frozenset(words) for kind, words in kinds.items()}
        self._months = frozenset(name for language in rules.languages for names in language.months for name in names)
        self._endings: dict[str, Role] = {}
        for kind, role in (("soft_endings", "soft"), ("glue_endings", "glue"), ("nouns", "noun"), ("heads", "head")):
            self._endings.update(dict.fromkeys(self._of(kind), role))  # type: ignore[misc]
        self._longest = max(map(len, self._endings), default=0)

    def word(self, text: str) -> Word:
        """What one word is."""
        bare = _EDGES.sub("", text).casefold() or text.casefold()
        return Word(
            text,
            bare,
            self._role(bare),
            bare in self._of("firsts"),
            self._value(bare),
            _script(text, 1),
            _script(text, -1),
            next((letter.isupper() for letter in text if letter.isalnum()), False),
            bare in self._of("units"),
            bare in self._of("never_first"),
        )

    def expects(self, header: str) -> Value:
        """The sort of value that stands below a column's name."""
        last = header.rsplit(maxsplit=1)[-1].casefold()
        for value in ("date", "figure", "place"):
            if any(last == word or (_is_wide(word) and last.endswith(word)) for word in self._of(f"{value}_columns")):
                return value  # type: ignore[return-value]
        return "plain"

    def _of(self, kind: str) -> frozenset[str]:
        return self._kinds.get(kind, frozenset())

    def _role(self, bare: str) -> Role:
        if bare in self._of("glue"):
            return "glue"
        if bare in self._endings:
            return self._endings[bare]
        if _is_wide(bare[-1:]):
            for size in range(min(self._longest, len(bare) - 1), 0, -1):
                if role := self._endings.get(bare[-size:]):
                    return role
        return "plain"

    def _value(self, bare: str) -> Value:
        if _NOTHING.match(bare):
            return "none"
        if bare in self._of("places"):
            return "place"
        if bare in self._months or bare in self._of("date_words"):
            return "date"
        figure = _FIGURE.match(bare)
        if not figure:
            return "plain"
        rest = bare[figure.end() :]
        if _TIME.match(bare):
            return "time"
        if _DAY.match(bare) or _YEAR.match(bare) or any(rest.endswith(end) for end in self._of("date_endings")):
            return "date"
        if rest[:1] in ("%", "％"):
            return "percent"
        return "figure" if len(rest) <= 5 else "plain"


@lru_cache(maxsize=2)
def table_words(rules: CleaningRules) -> TableWords:
    """The vocabulary for one set of rules, made once in a process."""
    return TableWords(rules)


def _is_wide(text: str) -> bool:
    return text[:1] >= "\u1100"


def _script(text: str, step: int) -> Script:
    for letter in text[::step]:
        if letter.isdigit():
            return "digit"
        if letter.isalpha():
            return "wide" if _is_wide(letter) else "latin"
    return "mark"
