"""The patterns by which each language says that somebody spoke, of the languages' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from builder.annotate.either import either
from builder.annotate.fold import Folding
from builder.model import Affixes

_NOTHING: Final = "(?!)"
_UNSPACED: Final = ("ja", "ko", "zh")
_CYRILLIC: Final = ("ru",)
LATIN: Final = "latin"
"""Stands for the languages with spaces that are written in Latin letters."""
_ANY: Final = r"\w"
_LETTER_BEFORE: Final = {"ko": "[\uac00-\ud7a3]", "": _ANY}
_WORD: Final = {"ko": "[\uac00-\ud7a3]{2,}", "ja": "[\u4e00-\u9fff\u30a1-\u30fc]+"}
_WORD_ENDS: Final = {"ko": r"(?=[\s,]|$)"}


class Speech:
    """How one language, or the spaced ones together, report speech; patterns are for folded text.

    Each is made when it is first asked for: all of them take 30 ms, and most pieces need a third.
    """

    def __init__(self, affixes: Iterable[Affixes], folding: Folding, language: str) -> None:
        self._affixes = tuple(affixes)
        self._folding = folding
        self._language = language
        self._before, self._after = _LETTER_BEFORE.get(language, ""), _WORD_ENDS.get(language, "")
        topic, subject = self._words("topic_markers"), self._words("subject_markers")
        self._topic, self._subject = either(topic), either([*topic, *subject])
        self._marker = f"({self._subject}){self._after}" if topic else "()" if language else r"()(?!\w)"
        self.he = self._pronouns("he")
        """Pronouns, small; those that may be anybody stand in both."""
        self.she = self._pronouns("she")
        self.countries = {
            word: code for each in self._affixes for code, listed in each.demonyms.items() for word in listed
        }
        """Adjectives and the codes of their countries."""
        self.possessives = tuple(self._words("possessives"))
        self.participles = tuple(self._words("participles"))
        self.speaker_endings = tuple(self._words("speaker_endings"))

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """A verb of saying."""
        return re.compile(self._verb)

    @cached_property
    def naming(self) -> re.Pattern[str]:
        """One that may also name a thing."""
        return re.compile(either(self._words("naming_verbs")))

    @cached_property
    def conjunction(self) -> re.Pattern[str]:
        """Opens another clause."""
        return re.compile(rf"(?:{either(self._words('conjunctions'), no_letter_before=_ANY)})(?!\w)")

    @cached_property
    def pronoun(self) -> re.Pattern[str]:
        """With its marker, where the language has markers."""
        return re.compile(f"({self._one_of([*self.he, *self.she], any_case=True)}){self._marker}")

    @cached_property
    def stranger(self) -> re.Pattern[str]:
        """A word for somebody who has no record; with its marker, where the language has markers."""
        return re.compile(f"(?:{either(self._words('speakers'), any_case=not self._language)}){self._marker}")

    @cached_property
    def titles(self) -> re.Pattern[str]:
        """What may stand between a name and its marker or verb: brackets, titles, offices, honorifics."""
        titles = either([*self._words("modifiers"), *self._words("honorifics"), *self._offices])
        return re.compile(rf"(?:\([^()]*\))?(?:[ \u00b7]?(?:{titles}))*")

    @cached_property
    def office(self) -> re.Pattern[str]:
        """A word for a post; with its marker, where the language has markers."""
        if not self._language:
            return re.compile(f"({self._one_of(self._offices)}){self._marker}")
        # Never searched for: what stands before is asked once, which is a tenth of the compiling.
        before = f"(?<!{self._before})" if self._before else ""
        return re.compile(f"{before}({either(self._offices)}){self._marker}")

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """The markers of a sentence's topic, at the end of a word."""
        return re.compile(f"(?:{self._topic}){self._after}")

    @cached_property
    def subject(self) -> re.Pattern[str]:
        """All markers of subjects, at the end of a word."""
        return re.compile(f"(?:{self._subject}){self._after}")

    @cached_property
    def unknown(self) -> re.Pattern[str]:
        """Any word that is marked as the topic."""
        before = f"(?<!{self._before})" if self._before else ""
        return re.compile(f"{before}{_WORD.get(self._language, _NOTHING)}(?:{self._topic}){self._after}")

    @cached_property
    def quotative(self) -> re.Pattern[str]:
        """Behind quoted words, with a verb of saying later in the sentence."""
        return re.compile(either(self._words("quotatives")))

    @cached_property
    def reporting(self) -> re.Pattern[str]:
        """Behind quoted words, and no verb is needed."""
        return re.compile(either(self._words("reporting")))

    @cached_property
    def indefinite(self) -> re.Pattern[str]:
        """Brings in somebody else between a verb of saying and a name."""
        return re.compile(rf"(?:{either(self._words('indefinite'), no_letter_before=_ANY)})(?!\w)")

    @cached_property
    def relayed(self) -> re.Pattern[str]:
        """Behind a verb of saying, by which somebody else hands the words on."""
        return re.compile(rf"\w{{0,2}}(?:{either(self._words('relayed'))})")

    @cached_property
    def carries(self) -> re.Pattern[str]:
        """Behind a comma, and goes on with the subject before it."""
        return re.compile(either(self._words("carries")))

    @cached_property
    def preposition(self) -> re.Pattern[str]:
        """At the end of what stands before a name; with the words of a title between: to the visiting President Xi."""
        words = self._words("prepositions")
        if self._language:
            return re.compile(f"(?:{either(words)})$")
        return re.compile(rf"(?:{self._one_of(words)})\s(?:[^\s,.;]+\s){{0,3}}$")

    @cached_property
    def occasion(self) -> re.Pattern[str]:
        """Behind a name: when, on the occasion of."""
        return re.compile(either(self._words("occasions")))

    @cached_property
    def echo(self) -> re.Pattern[str]:
        """Behind words that stand alone, the next sentence says with it and a verb of saying whose they were."""
        return re.compile(rf"(?:{either(self._words('echoes'))}) ?(?:{self._verb})")

    @cached_property
    def according(self) -> re.Pattern[str]:
        """Before the name of somebody whose words stand before it."""
        return re.compile(rf"(?:{either(self._words('according'))})\s")

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """A stop with white space behind it, and no small letter behind that; not one of an abbreviation."""
        by_length: dict[int, list[str]] = {}
        for word in self._words("abbreviations"):
            by_length.setdefault(len(word), []).append(word)
        kept = "".join(rf"(?<!\b(?:{'|'.join(words)}).)" for words in by_length.values())
        return re.compile(rf"[.!?\u2026\n](?:(?<=\n)|(?=\s+[^\sa-z])(?<![A-Z].){kept})")

    @cached_property
    def title_before(self) -> re.Pattern[str]:
        """What may stand as a title before a name, small words and words with a capital."""
        return re.compile(self._title)

    @cached_property
    def done_to(self) -> re.Pattern[str]:
        """Between a verb and the name of whom it is done to: a title at most."""
        return re.compile(rf"\s{self._title}")

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """Between two names of those who do something together."""
        return re.compile(rf"\s(?:{either(self._words('joins'))})\s(?:[^\W\d_]+\s){{0,4}}")

    @cached_property
    def goes_on(self) -> re.Pattern[str]:
        """At the end of what stands before a verb, where the sentence's subject does that, too."""
        return re.compile(rf"(?:,|\s(?:{either(self._words('joins'))}))\s(?:\w+\s)?$")

    @cached_property
    def introduces(self) -> re.Pattern[str]:
        """All that may stand between a verb of saying and the words that were said."""
        return re.compile(rf"[,:]?(?:\s(?:{either(self._words('introducers'))}))?[,:]?\s*")

    @cached_property
    def countryman(self) -> re.Pattern[str]:
        """The leader of a country, by its adjective and a word for a post."""
        offices = either(self._offices)
        article = self._one_of(self._words("articles"))
        return re.compile(rf"(?:{article}) ({either(self.countries)}) (?:{offices}|(?i:{offices}))(?!\w)")

    @cached_property
    def _verb(self) -> str:
        words = self._words("verbs")
        return either(words) if self._language else rf"(?:{self._one_of(words)})(?!\w)"

    @cached_property
    def _title(self) -> str:
        small = "|".join(re.escape(word) for word in (*self._words("articles"), *self._words("title_words")))
        owner = "|".join(re.escape(ending) for ending in self.possessives) or _NOTHING
        return rf"(?:(?:{small or _NOTHING}|[^\W\d_a-z][^\s,;:()]*|[^\s,;:()]+(?:{owner}))\s)*"

    @cached_property
    def _offices(self) -> list[str]:
        listed = [word for each in self._affixes for words in each.offices.values() for word in words]
        return self._folding.fold_all(listed)

    def _words(self, name: str) -> list[str]:
        return self._folding.fold_all(word for each in self._affixes for word in getattr(each, name))

    def _pronouns(self, kind: str) -> frozenset[str]:
        listed = (each.pronouns.get(name, ()) for each in self._affixes for name in (kind, "any"))
        return frozenset(word.lower() for words in listed for word in self._folding.fold_all(words))

    def _one_of(self, words: Iterable[str], *, any_case: bool = False) -> str:
        """Words behind no letter, and with capitals or without where a script has them."""
        return either(words, no_letter_before=self._before, any_case=any_case and not self._language)


def speech(affixes: Iterable[Affixes], folding: Folding, language: str) -> Speech:
    """For `ko`, `ja` or `zh`; for an empty text, of all languages that put spaces between words.

    A piece without a Cyrillic letter needs no more than `LATIN`, whose patterns are made in a third of the time.
    """
    if language in _UNSPACED:
        return Speech((each for each in affixes if each.language == language), folding, language)
    others = (*_UNSPACED, *_CYRILLIC) if language == LATIN else _UNSPACED
    return Speech((each for each in affixes if each.language not in others), folding, "")
