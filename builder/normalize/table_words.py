"""The words of flattened tables: which open, close or continue a cell, and what sort of value they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final, Literal

from builder.model import CleaningRules

Role = Literal["glue", "soft", "modifier", "title", "clause", "tail", "head", "noun", "plain"]
Value = Literal[
    "figure",
    "percent",
    "date",
    "time",
    "place",
    "person",
    "post",
    "body",
    "topic",
    "state",
    "none",
    "plain",
]
Script = Literal["latin", "hangul", "han", "digit", "mark"]
NUMERIC: Final = frozenset({"figure", "percent", "date", "time"})
_EDGES: Final = re.compile(r"^[^\w%％$€£¥₩#+−-]+|[^\w%％)）+]+$")
_ROLES: Final[tuple[tuple[str, Role], ...]] = (
    ("soft_endings", "soft"),
    ("glue_endings", "glue"),
    ("nouns", "noun"),
    ("heads", "head"),
    ("tails", "tail"),
    ("clause_ends", "clause"),
    ("titles", "title"),
)
_COLUMNS: Final[tuple[Value, ...]] = (
    "date",
    "figure",
    "place",
    "person",
    "post",
    "topic",
    "body",
)
_FIGURE: Final = re.compile(r"[~≈±+\-−–△▲▼▽<>≤≥]?[$€£¥₩]?\d[\d,.\-–~/:]*")
_TIME: Final = re.compile(r"\d{1,2}:\d\d([~–-]\d{1,2}:\d\d)?$")
_DAY: Final = re.compile(r"\d{2,4}[./-]\d{1,2}([./-]\d{1,2})?[.]?$")
_CAPITAL_MONTHS: Final = frozenset({"en", "de"})
"""Languages that write the names of months with a capital; elsewhere Janeiro is a city."""
_YEAR: Final = re.compile(r"(19|20)\d\d([~–-]((19|20)?\d\d)?)?$")
_NOTHING: Final = re.compile(r"[-–—―−]+$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a row, as white space parts it."""

    text: str
    bare: str
    """In small letters, without marks around it."""
    role: Role
    """What it does at the end of a cell: `glue` never ends one, `soft` and `modifier` hardly, `head` and `tail`
    like to, a `tail` once something stands before it; a `clause`, a verb made a noun, nearly always does, and a
    `title` ends the name of a person."""
    first: bool
    """Likes to open a cell."""
    compound: bool
    """Only its ending says what it does: it has the word it needs before it in itself, and may open a cell."""
    value: Value
    opens: Script
    closes: Script
    """Script of its first and last letter."""
    capital: bool
    unit: bool
    """Counts what the figure before it says: `billion`, `percent`."""
    never_first: bool
    unit_text: str
    """What follows the digits of a figure, in the same word."""
    day_part: bool
    """Says more of the date before it: morning, second half."""
    month: bool
    """A month's name: a day or a year may follow."""
    common: bool
    """An everyday word, no name: with a capital it begins something."""
    leads: bool
    """Begins column names of two words: main, expected."""
    kin: float
    """How much its two letters are those of words that close cells, rather than of others: log odds."""
    foreign: bool
    """Spelt by sound, as foreign names and loan words are."""
    names_column: bool
    """Ends the names of columns: item, result."""


class TableWords:
    """The vocabulary of table cells, ready to weigh words."""

    def __init__(self, rules: CleaningRules) -> None:
        kinds: dict[str, set[str]] = {}
        for kind, word in rules.table_words:
            kinds.setdefault(kind, set()).add(word)
        self._kinds = {kind: frozenset(words) for kind, words in kinds.items()}
        self._months = tuple(
            frozenset(
                name
                for language in rules.languages
                if (language.code in _CAPITAL_MONTHS) == capital
                for names in language.months
                for name in names
            )
            for capital in (False, True)
        )
        self._endings: dict[str, Role] = {}
        for kind, role in _ROLES:
            self._endings.update(dict.fromkeys(self._of(kind), role))
        self._common_endings = tuple(self._of("common_endings"))
        self._column_ends = tuple(word for word in self._of("columns") if len(word) > 1)
        closing = self._of("heads") | self._of("tails")
        others = (
            self._of("nouns") | self._of("firsts") | self._of("modifiers") | self._of("topics") | self._of("places")
        )
        self._kin = tuple(_log_odds(closing, others - closing, place) for place in (0, 1))
        self._sounds = frozenset("".join(self._of("sounds")))
        self._venues = tuple(self._of("venues"))
        self.verb_endings = tuple(sorted(self._of("verb_endings")))
        named = {value: self._of(f"{value}_columns") for value in _COLUMNS}
        self._expected = {value: (words, tuple(filter(_is_wide, words))) for value, words in named.items()}
        self._longest = max(map(len, self._endings), default=0)

    def word(self, text: str) -> Word:
        """What one word is."""
        bare = _EDGES.sub("", text).casefold() or text.casefold()
        capital = next((letter.isupper() for letter in text if letter.isalnum()), False)
        month = bare in self._months[capital]
        value = "date" if month else self._value(bare)
        return Word(
            text,
            bare,
            "plain" if value in NUMERIC or (capital and value == "state") else self._role(bare, capital=capital),
            bare in self._of("firsts") or bare in self._of("modifiers"),
            bare not in self._endings and len(bare) > 3,
            value,
            _script(text, 1),
            _script(text, -1),
            capital,
            bare in self._of("units"),
            self._never_first(text, bare),
            _FIGURE.sub("", bare, count=1) if value in NUMERIC else "",
            bare in self._of("date_words"),
            month,
            self._is_common(bare),
            bare in self._of("leads"),
            self._kinship(bare),
            self._is_foreign(bare),
            self._names_column(bare),
        )

    def expects(self, header: str) -> Value:
        """The sort of value that stands below a column's name."""
        last = header.rsplit(maxsplit=1)[-1].casefold()
        for value, (words, endings) in self._expected.items():
            if last in words or last.endswith(endings):
                return value
        return "plain"

    def _kinship(self, bare: str) -> float:
        return sum(self._kin[place].get(letter, 0.0) for place, letter in enumerate(bare)) if len(bare) == 2 else 0.0

    def _is_foreign(self, bare: str) -> bool:
        return len(bare) > 1 and sum(letter in self._sounds for letter in bare) >= 0.5 * len(bare)

    def _names_column(self, bare: str) -> bool:
        return bare in self._of("columns") or (_is_wide(bare) and len(bare) > 2 and bare.endswith(self._column_ends))

    def _of(self, kind: str) -> frozenset[str]:
        return self._kinds.get(kind, frozenset())

    def _never_first(self, text: str, bare: str) -> bool:
        """A cell may begin with From or By, but not with from or by."""
        return bare in self._of("never_first") and not text[:1].isupper()

    def _is_common(self, bare: str) -> bool:
        return bare in self._of("common") or bare in self._of("glue") or bare.endswith(self._common_endings)

    def _role(self, bare: str, *, capital: bool) -> Role:
        if capital and bare in self._of("glue_capitals"):
            return "glue"
        if bare in self._of("glue"):
            return "glue"
        if bare in self._of("modifiers"):
            return "modifier"
        if bare in self._endings:
            return self._endings[bare]
        if _is_wide(bare[-1:]):
            for size in range(min(self._longest, len(bare) - 1), 0, -1):
                if role := self._endings.get(bare[-size:]):
                    return role
        return "plain"

    def _value(self, bare: str) -> Value:
        if _NOTHING.match(bare) or bare in self._of("nothing"):
            return "none"
        if bare in self._of("places"):
            return "place"
        if bare in self._of("date_words"):
            return "date"
        figure = _FIGURE.match(bare)
        if not figure:
            return self._sort(bare)
        rest = bare[figure.end() :]
        if _TIME.match(bare):
            return "time"
        if _DAY.match(bare) or _YEAR.match(bare) or any(rest.endswith(end) for end in self._of("date_endings")):
            return "date"
        if rest[:1] in ("%", "％"):
            return "percent"
        return "figure" if len(rest) <= 5 else "plain"

    def _sort(self, bare: str) -> Value:
        if bare in self._of("topics"):
            return "topic"
        if bare in self._of("states"):
            return "state"
        bodies = self._of("bodies")
        if bare in bodies or (_is_wide(bare) and bare.endswith(tuple(bodies))):
            return "body"
        return "place" if len(bare) > 2 and bare.endswith(self._venues) else "plain"


@lru_cache(maxsize=2)
def table_words(rules: CleaningRules) -> TableWords:
    """The vocabulary for one set of rules, made once in a process."""
    return TableWords(rules)


def _log_odds(some: Iterable[str], others: Iterable[str], place: int) -> dict[str, float]:
    """How much likelier each letter is at that place of some words of two letters than of others."""
    counts = [Counter(word[place] for word in words if len(word) == 2) for words in (some, others)]
    sizes = [max(1, count.total()) for count in counts]
    return {
        letter: log((counts[0][letter] + 0.5) / sizes[0]) - log((counts[1][letter] + 0.5) / sizes[1])
        for letter in {*counts[0], *counts[1]}
    }


def _is_wide(text: str) -> bool:
    return text[:1] >= "\u1100"


def _script(text: str, step: int) -> Script:
    for letter in text[::step]:
        if letter.isdigit():
            return "digit"
        if letter.isalpha():
            if not _is_wide(letter):
                return "latin"
            return "hangul" if "\uac00" <= letter <= "\ud7a3" else "han"
    return "mark"
