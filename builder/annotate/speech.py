"""The patterns by which each language says that somebody spoke; made once, of the languages' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from builder.annotate.either import either
from builder.annotate.fold import Folding
from builder.model import Affixes

_NOTHING: Final = "(?!)"
_UNSPACED: Final = ("ja", "ko", "zh")
_ANY: Final = r"\w"
_LETTER_BEFORE: Final = {"ko": "[\uac00-\ud7a3]", "": _ANY}
_WORD: Final = {"ko": "[\uac00-\ud7a3]{2,}", "ja": "[\u4e00-\u9fff\u30a1-\u30fc]+"}
_WORD_ENDS: Final = {"ko": r"(?=[\s,]|$)"}


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """How one language, or the spaced ones together, report speech; patterns are for folded text."""

    verb: re.Pattern[str]
    naming: re.Pattern[str]
    conjunction: re.Pattern[str]
    he: frozenset[str]
    """Pronouns, small; those that may be anybody stand in both."""
    she: frozenset[str]
    pronoun: re.Pattern[str]
    """With its marker, where the language has markers."""
    stranger: re.Pattern[str]
    """A word for somebody who has no record; with its marker, where the language has markers."""
    titles: re.Pattern[str]
    """What may stand between a name and its marker or verb: brackets, titles, offices, honorifics."""
    office: re.Pattern[str]
    """A word for a post; with its marker, where the language has markers."""
    topic: re.Pattern[str]
    subject: re.Pattern[str]
    """The markers, at the end of a word."""
    unknown: re.Pattern[str]
    """Any word that is marked as the topic."""
    quotative: re.Pattern[str]
    reporting: re.Pattern[str]
    indefinite: re.Pattern[str]
    """Brings in somebody else between a verb of saying and a name."""
    relayed: re.Pattern[str]
    carries: re.Pattern[str]
    preposition: re.Pattern[str]
    occasion: re.Pattern[str]
    """Behind a name: when, on the occasion of."""
    echo: re.Pattern[str]
    """Behind words that stand alone, the next sentence says with it and a verb of saying whose they were."""
    according: re.Pattern[str]
    """Before the name of somebody whose words stand before it."""
    countryman: re.Pattern[str]
    """The leader of a country, by its adjective and a word for a post."""
    countries: Mapping[str, str]
    """Adjectives and the codes of their countries."""


def speech(affixes: Iterable[Affixes], folding: Folding, language: str) -> Speech:
    """For `ko`, `ja` or `zh`; for an empty text, of all languages that put spaces between words."""
    if language:
        return _speech([each for each in affixes if each.language == language], folding, language)
    return _speech([each for each in affixes if each.language not in _UNSPACED], folding, "")


def _speech(affixes: list[Affixes], folding: Folding, language: str) -> Speech:
    def words(name: str) -> list[str]:
        return [folding.fold(word) for each in affixes for word in getattr(each, name)]

    def pronouns(kind: str) -> frozenset[str]:
        listed = [word for each in affixes for word in (*each.pronouns.get(kind, ()), *each.pronouns.get("any", ()))]
        return frozenset(folding.fold(word).lower() for word in listed)

    offices = [folding.fold(word) for each in affixes for listed in each.offices.values() for word in listed]
    he, she = pronouns("he"), pronouns("she")
    before, after = _LETTER_BEFORE.get(language, ""), _WORD_ENDS.get(language, "")
    topic, subject = words("topic_markers"), words("subject_markers")
    marker = f"({either([*topic, *subject])}){after}" if topic else "()"
    if not language:
        marker = r"()(?!\w)"

    def one_of(listed: Iterable[str], *, any_case: bool = False) -> str:
        return either(listed, no_letter_before=before, any_case=any_case and not language)

    adjectives = {word: code for each in affixes for code, listed in each.demonyms.items() for word in listed}
    titles = either([*words("modifiers"), *words("honorifics"), *offices])
    verb = either(words("verbs")) if language else rf"(?:{one_of(words('verbs'))})(?!\w)"
    return Speech(
        verb=re.compile(verb),
        naming=re.compile(either(words("naming_verbs"))),
        conjunction=re.compile(rf"(?:{either(words('conjunctions'), no_letter_before=_ANY)})(?!\w)"),
        he=he,
        she=she,
        pronoun=re.compile(f"({one_of([*he, *she], any_case=True)}){marker}"),
        stranger=re.compile(f"(?:{either(words('speakers'), any_case=not language)}){marker}"),
        titles=re.compile(rf"(?:\([^()]*\))?(?:[ \u00b7]?(?:{titles}))*"),
        office=re.compile(f"({one_of(offices)}){marker}"),
        topic=re.compile(f"(?:{either(topic)}){after}"),
        subject=re.compile(f"(?:{either([*topic, *subject])}){after}"),
        unknown=re.compile(f"(?<!{before or _NOTHING}){_WORD.get(language, _NOTHING)}(?:{either(topic)}){after}"),
        quotative=re.compile(either(words("quotatives"))),
        reporting=re.compile(either(words("reporting"))),
        indefinite=re.compile(rf"(?:{either(words('indefinite'), no_letter_before=_ANY)})(?!\w)"),
        relayed=re.compile(rf"\w{{0,2}}(?:{either(words('relayed'))})"),
        carries=re.compile(either(words("carries"))),
        preposition=re.compile(
            f"(?:{either(words('prepositions'))})$"
            if language
            # With the words of a title between: to the visiting President Xi.
            else rf"(?:{one_of(words('prepositions'))})\s(?:[^\s,.;]+\s){{0,3}}$"
        ),
        occasion=re.compile(either(words("occasions"))),
        echo=re.compile(rf"(?:{either(words('echoes'))}) ?(?:{verb})"),
        according=re.compile(rf"(?:{either(words('according'))})\s"),
        countryman=re.compile(
            rf"[Tt](?<!\w.)he ({either(adjectives)}) (?:{either(offices)}|(?i:{either(offices)}))(?!\w)"
        ),
        countries=adjectives,
    )
