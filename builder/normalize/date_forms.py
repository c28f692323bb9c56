"""The forms in which pages write days and times, as patterns that know units but no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_LETTER: Final = r"[^\W\d_]"
_MARKED: Final = rf"(?:{_LETTER}|[\u0300-\u036f\u064b-\u065f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d])"
WORD: Final = rf"(?<!{_LETTER}){_LETTER}{_MARKED}{{0,30}}(?:[.'-]{_LETTER}{_MARKED}{{0,30}}){{0,3}}"
"""A word with its vowel signs, inner hyphens and the points of abbreviations; bounded, as all repetitions here are."""
YEAR: Final = r"(?<!\d)(?P<year>(?:19|20|21|25)\d\d)(?!\d)"
_DAY: Final = r"(?P<day>\d{1,2})"
_NUMBER: Final = r"(?P<month>\d{1,2})"
_BETWEEN: Final = r"[\s.,/'-]{0,6}"


def day_forms(
    units: dict[str, list[str]],
    phrases: Iterable[str],
    eras: Iterable[str],
    *,
    first: Iterable[str],
    ends: Iterable[str],
    solar: Iterable[str],
    short: Iterable[str],
) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Each form of a day, and a sign of it by which most texts are passed over.

    `first` are words for the first year of an era, `ends` those of numbers that order, `solar` months of years of the
    sun since the Hijra, `short` months before years whose last two figures may stand alone.
    """

    def form(pattern: str, sign: str = r"\d") -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(sign), re.compile(pattern)

    year, month, day = (one_of(units.get(kind, ())) for kind in ("year", "month", "day"))
    name = rf"(?P<name>{one_of(phrases)}|{WORD})"
    second = rf"{_BETWEEN}(?:(?P<second>{WORD})[\s.]{{0,4}})?"
    within = rf"(?P<within>\d{{1,3}}|{one_of(first)})"
    counted = rf"\s?{year}(?:\s?\([^()]{{1,14}}\))?\s?{_NUMBER}\s?{month}\s?{_DAY}\s?{day}"
    yield form(rf"{YEAR}\s?(?P<mark>[-./\u2013])\s?{_NUMBER}\s?(?P=mark)\s?{_DAY}(?!\d|[-/]\d|\.\d+(?![\d:]))")
    yield form(YEAR + counted)
    yield form(rf"(?<![\d./-])(?P<minguo>1[01]\d)(?P<mark>[-./])\s?{_NUMBER}(?P=mark)\s?{_DAY}(?![\d./-])")
    yield form(rf"(?P<era>{one_of(eras)})\s?{within}{counted}")
    of_sun = r"(?P<sun>1[34]\d\d)"
    yield form(rf"(?<!\d){of_sun}(?P<mark>[-./])\s?{_NUMBER}(?P=mark)\s?{_DAY}(?![\d/-])", sign=of_sun)
    yield form(
        rf"(?<!\d){_DAY}{_BETWEEN}(?P<name>{one_of(solar)})(?:\s\w{{2,5}})?[\s,\u060c]{{1,3}}{of_sun}(?!\d)",
        sign=of_sun,
    )
    two = rf"(?P<name>{one_of(short)})\s?(?P<year>\d\d)(?![\d/:.-])"
    yield form(rf"(?<!\d){_DAY}\s?{two}", sign=two)
    ended = "|".join(sorted(ends)) or "(?!)"
    ordinal = rf"(?:{ended}|\.|\u00ba|\u00aa|\u00b0)?"
    yield form(rf"(?<!\d){_DAY}{ordinal}{_BETWEEN}(?:(?P<first>{WORD})\.?\s{{1,4}})?{name}{second}{YEAR}")
    day_and_year = rf"{_DAY}(?:{ended})?(?!\d){second}{YEAR}"
    # A name may begin at every word; a day with its year behind it few texts have.
    yield form(rf"{name}[\s./-]{{0,4}}{day_and_year}", sign=day_and_year)
    yield form(rf"{YEAR}{second}{name}[\s./-]{{0,4}}{_DAY}(?!\d)")
    yield form(
        rf"(?<![\d./-]){_DAY}\s?(?P<separator>[-./])\s?{_NUMBER}\s?(?P=separator)\s?"
        rf"(?P<year>(?:19|20|21|25)\d\d|\d\d)(?!\d|[-/:]\d|\.\d)"
    )


def time_forms(units: dict[str, list[str]], halves: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Each form of a time of the day, with the words for its halves before or behind it."""
    hour, minute, second = (one_of(units.get(kind, ())) for kind in ("hour", "minute", "second"))
    half = one_of(halves)
    before, after = rf"(?:(?P<before>{half})\s?)?(?<!\d)", rf"(?:\s?(?P<after>{half}))?"
    for form in (
        rf"{before}(?P<hour>\d{{1,2}})\s?{hour}(?:\s?(?P<minute>\d{{1,2}})\s?{minute}(?:\s?\d\d?\s?{second})?)?",
        rf"{before}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?(?![:\d]){after}",
        r"(?<!\d)(?P<hour>\d{1,2})\s?h\s?(?P<minute>\d\d)?(?!\w)",
        rf"(?<![\d.])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?!\d|\.\d){after}",
        rf"(?<!\d)(?P<hour>\d{{1,2}})\s?(?P<after>{half})",
    ):
        yield re.compile(form)


def one_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; Latin words stand alone, glued scripts need not.

    Words are listed by their first letters, so that in most places of a text a letter is all that is looked at.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    if not ordered:
        return "(?!)"
    alone: list[str] = []
    anywhere: list[str] = []
    for first in dict.fromkeys(word[0] for word in ordered):
        rest = "|".join(re.escape(word[1:]) + _end(word) for word in ordered if word[0] == first)
        (alone if _stands_alone(first) else anywhere).append(f"{re.escape(first)}(?:{rest})")
    bounded = rf"(?<!{_LETTER})(?:{'|'.join(alone)})"
    return f"(?:{'|'.join([*([bounded] if alone else []), *anywhere])})"


def _end(word: str) -> str:
    return rf"(?!{_LETTER})" if _stands_alone(word[-1]) else ""


def _stands_alone(letter: str) -> bool:
    return letter.isalpha() and not is_glued(letter)


def is_glued(word: str) -> bool:
    """Whether a word is in a script that sets no spaces between words, or not always."""
    return any(letter >= "\u1100" or "\u0e00" <= letter <= "\u0eff" for letter in word)
