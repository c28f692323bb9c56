"""What speaks for and against the end of a cell between two words of a flattened table, as names of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from builder.model.values import value
from builder.normalize.table_words import NUMERIC, Word

Evidence = tuple[str, ...]
NEVER: Final[Evidence] = ("never",)
"""No cell ends here, whatever speaks for it."""
_CLOSERS: Final = {
    ")": "(",
    "）": "（",
    "]": "[",
    "”": "“",
    "」": "「",
    "』": "『",
    "》": "《",
    "’": "‘",
}
_COMMA: Final = re.compile("[,;、，·:：/&+]$")
_SPACE: Final = re.compile(r"\s+")


@value(frozen=True, slots=True)
class Surroundings:
    """The running text of the article, for what it tells of words in a table."""

    folded: str
    small: frozenset[str]
    """Words that occur in small letters: no names."""
    verb_endings: tuple[str, ...]
    """What makes a verb of a noun."""

    @classmethod
    def of(cls, article: str, verb_endings: tuple[str, ...]) -> Surroundings:
        """From the text itself."""
        spaced = _SPACE.sub(" ", article)
        small = frozenset(word for word in spaced.split(" ") if word[:1].islower())
        return cls(f" {spaced.casefold()} ", small, verb_endings)

    def verbal(self, word: Word) -> bool:
        """Whether the text makes a verb of the word: then it names an action, on which cells end."""
        return len(word.bare) > 1 and any(word.bare + ending in self.folded for ending in self.verb_endings)

    def together(self, left: Word, right: Word) -> bool:
        """Whether the words stand side by side in it, the second with any ending."""
        return f" {left.bare} {right.bare}" in self.folded

    def apart(self, left: Word, right: Word) -> bool:
        """Whether both occur, but never so."""
        return f" {left.bare}" in self.folded and f" {right.bare}" in self.folded and not self.together(left, right)


def row_evidence(words: Sequence[Word], around: Surroundings) -> list[Evidence]:
    """The evidence after each word but the last."""
    inside = _inside_brackets(words)
    mixed = _mixed_case(words)
    return [
        NEVER
        if inside[place] or _is_one_date(words, place) or _inseparable(left, right)
        else (*_evidence(left, right, around, mixed=mixed), *_in_context(words, place))
        for place, (left, right) in enumerate(pairwise(words))
    ]


def header_evidence(words: Sequence[Word], around: Surroundings) -> list[Evidence]:
    """The same for a header, whose cells are mostly single words."""
    mixed = _mixed_case(words)
    return [
        NEVER if _inseparable(left, right) else tuple(_header_evidence(left, right, around, mixed=mixed))
        for left, right in pairwise(words)
    ]


def _inseparable(left: Word, right: Word) -> bool:
    if left.role == "glue" or right.never_first:
        return True
    if right.unit and left.value == "figure":
        return True
    if left.value == "date" and right.day_part:
        return True
    # Year, month and day of one date go on with another unit; two dates side by side have the same.
    same = left.value == right.value == "date"
    return same and left.closes != "digit" and right.opens == "digit" and left.unit_text != right.unit_text


def _in_context(words: Sequence[Word], place: int) -> Iterator[str]:
    """What the word after next tells: whether a cell can begin with the next one."""
    left, right, *rest = words[place : place + 3]
    if left.capital and right.capital and right.opens == "latin" and right.role != "glue":
        # Even after a name: Cyril Ramaphosa | Relief for the poor.
        if rest and rest[0].opens == "latin" and not rest[0].capital:
            yield "capital-then-small"
    elif right.role in ("head", "tail", "noun") and not right.first and right.value in ("plain", "topic"):
        # A noun of action opens a cell as the object of another: cooperation extended; hardly before anything else.
        followed = bool(rest) and rest[0].role in ("head", "tail", "noun", "clause")
        yield "object-first" if followed else "action-first" if rest else "action-alone"


def _is_one_date(words: Sequence[Word], place: int) -> bool:
    """A month and the year after it, or the day if none stands before."""
    if not words[place].month or words[place + 1].opens != "digit":
        return False
    day_before = place > 0 and words[place - 1].value == "figure"
    return words[place + 1].value == "date" or not day_before


def _evidence(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    if "none" in (left.value, right.value):
        yield "nothing"
        return
    if _COMMA.search(left.text):
        yield "comma"
    if around.together(left, right):
        yield "together"
    elif around.apart(left, right):
        yield "apart"
    scripts = f"{left.closes}|{right.opens}"
    if "han" in (left.closes, right.opens):
        yield "han"
    if left.unit and left.value == "plain" and right.value not in NUMERIC:
        yield "after-unit"
        yield f"hangul:before-{_opening(right, around)}"
    elif left.value in NUMERIC or right.value in NUMERIC:
        yield from _figures(left, right)
    elif scripts == "latin|latin":
        yield "latin"
        yield from _case(left, right, around, mixed=mixed)
        yield from _roles(left, right, around, "latin")
    elif scripts == "hangul|hangul":
        yield "hangul"
        if left.foreign and right.foreign and left.value == right.value == left.role == right.role == "plain":
            yield "foreign-names"
        yield from _roles(left, right, around, "hangul")
    else:
        yield scripts
        yield from _roles(left, right, around, "hangul")
    if "place" in (left.value, right.value):
        yield ("places" if left.value == right.value else f"place-{'left' if left.value == 'place' else 'right'}")


def _roles(left: Word, right: Word, around: Surroundings, kind: str) -> Iterator[str]:
    before, after = _closing(left, around), _opening(right, around)
    yield f"{kind}:after-{before}"
    yield f"{kind}:before-{after}"
    yield f"{kind}:{before.split('-')[0]}|{after.split('-')[0]}"


def _closing(word: Word, around: Surroundings) -> str:
    if word.role in ("head", "tail") and word.compound:
        return "compound"
    if word.role in ("plain", "noun"):
        if word.first:
            return "first"
        if word.role == "noun" and not word.compound:
            return "noun"
        return "head" if around.verbal(word) else _plain(word)
    return word.role


def _plain(word: Word) -> str:
    if len(word.bare) != 2 or abs(word.kin) < 1:
        return f"plain-{min(4, len(word.bare))}"
    return "plain-kin" if word.kin > 0 else "plain-unlike"


def _opening(word: Word, around: Surroundings) -> str:
    if word.first:
        return "first"
    if word.value == "state" and word.role in ("head", "tail"):
        return "state"
    if word.role in ("head", "tail", "title", "noun") and not word.compound:
        return word.role
    if word.role == "plain" and around.verbal(word):
        return "head"
    return _plain(word) if word.role == "plain" else "plain"


def _figures(left: Word, right: Word) -> Iterator[str]:
    if left.day_part and right.opens == "digit":
        yield "day-part-figure"
    elif left.value in NUMERIC and right.value in NUMERIC:
        goes_on = left.value == right.value and left.unit_text and left.unit_text != right.unit_text
        yield "figures-of-units" if goes_on else "figures"
    elif left.value in NUMERIC:
        yield f"after-{'bare' if left.value == 'figure' and left.closes == 'digit' else left.value}"
        if right.opens == "latin" and not right.capital:
            yield "small-right"
        if right.first:
            yield "figure-first"
        elif right.role in ("head", "tail"):
            yield f"figure-{right.role}"
    else:
        yield f"before-{right.value}"
        if left.role in ("soft", "head", "tail", "title"):
            yield f"{left.role}-figure"


def _case(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    if not right.capital:
        yield "small-right"
    elif not mixed:
        yield "title-case"
    elif not left.capital:
        yield "small-capital"
    else:
        common_left = left.common or left.bare in around.small
        common_right = right.common or right.bare in around.small
        yield f"{'word' if common_left else 'name'}-{'word' if common_right else 'name'}"


def _header_evidence(left: Word, right: Word, around: Surroundings, *, mixed: bool) -> Iterator[str]:
    scripts = (left.closes, right.opens)
    if around.together(left, right):
        yield "header-together"
    if "han" in scripts:
        yield "header-han"
        return
    yield f"header-{'column' if left.names_column else 'other'}-{'column' if right.names_column else 'other'}"
    if left.value in NUMERIC and right.value in NUMERIC:
        yield "figures"
    elif scripts == ("latin", "latin"):
        yield "header-latin"
        yield f"header-{next(_case(left, right, around, mixed=mixed))}"
        yield from _leads(left, right)
    else:
        yield "header"
        if left.role in ("soft", "modifier"):
            yield f"header-{left.role}"
        elif left.first and not left.leads:
            yield "header-first"
        yield from _leads(left, right)
        if right.role in ("head", "tail") and not right.leads:
            yield f"header-{right.role}"


def _leads(left: Word, right: Word) -> Iterator[str]:
    if left.leads and left.role not in ("soft", "modifier"):
        yield "header-leads"
    if right.leads:
        yield "header-before-leads"


def _mixed_case(words: Sequence[Word]) -> bool:
    """Whether capitals tell anything: in Title Case they do not."""
    latin = [word for word in words if word.opens == "latin" and word.role != "glue" and not word.never_first]
    return any(not word.capital for word in latin)


def _inside_brackets(words: Sequence[Word]) -> list[bool]:
    """Whether a bracket or quotation mark is open after each word."""
    inside, opened = [], []
    openers = set(_CLOSERS.values())
    for word in words:
        for letter in word.text:
            if letter in openers:
                opened.append(letter)
            elif opened and _CLOSERS.get(letter) == opened[-1]:
                opened.pop()
        inside.append(bool(opened))
    return inside if not opened else [False] * len(words)
