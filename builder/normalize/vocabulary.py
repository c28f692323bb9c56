"""The cleaning vocabularies made ready for matching: which rule, section or label a line speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import ahocorasick

from builder.model import CleaningRules, Phrase
from builder.normalize.picture_lines import PictureLines
from builder.normalize.text_measures import ends_sentence, ends_statement, fold, fold_small, small, weighted_length

LONGEST_LABEL: Final = 160.0
"""Weighted letters. A phrase inside a longer line proves nothing: news writes about cookies and subscriptions too."""
SHORTEST_PROSE: Final = 60.0
"""A line this long that closes with a full stop is a sentence of its own, whatever it begins with."""
LONGEST_NOTICE: Final = 700.0
"""Cookie banners and copyright notices run on for a few sentences."""
_LONGEST_EDIT: Final = 48
"""Letters of a button behind a heading."""
_REMEMBERED: Final = 32_768
"""Lines."""
_BETWEEN: Final = re.compile(r"[\s|/·>,:()\d+]+")
_ASCII_BETWEEN: Final = bytes(32 if code in b"|/>,:()+0123456789" else code for code in range(256))
_NOT_LATIN: Final = re.compile("[^\x00-\u024f\u2000-\u206f]")
_SAID_BEHIND: Final = re.compile("[:\uff1a]\\s*\\S.{11}")
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_COUNT: Final = re.compile(r"^\d+\s+|\s*\(?\d+\)?$")
_WHOLE: Final = 4
"""Letters of a word that is no other's beginning."""
_UNSPACED: Final = "\u0e00"
"""From here on scripts set no spaces between words, or glue others to them."""
_LONG_RULES: Final = frozenset({"cookie-banner", "copyright", "newsletter", "advertisement"})


class Vocabulary:
    """Matchers over all languages' phrases at once."""

    def __init__(self, rules: CleaningRules) -> None:
        self._whole = {phrase.text: phrase.rule for phrase in reversed(rules.phrases) if phrase.where == "line"}
        # Of two rules for the same words the first one counts.
        phrases = [(phrase, small(phrase.text)) for phrase in reversed(rules.phrases)]
        for phrase, little in phrases:
            folded = fold_small(little)
            # "Related stories:" opens a teaser; without its colon the line is the heading of a section.
            if phrase.where == "line" or folded == little:
                self._whole[folded] = phrase.rule
        self._firsts = frozenset(phrase.partition(" ")[0] for phrase in self._whole if " " in phrase)
        seconds = {phrase.partition(" ")[2] for phrase in self._whole}
        # A label whose date was left empty; Korean sites write the same label with and without the space.
        self._labels = frozenset(fold(word).replace(" ", "") for _, word in rules.date_labels)
        self._starts = {little: phrase.rule for phrase, little in phrases if phrase.where == "start"}
        self._by_start = _by_first_letters(self._starts)
        inside = {little: phrase for phrase, little in reversed(phrases) if phrase.where == "has"}
        self._inside = _automaton(inside.items())
        self._latin_inside = _automaton(one for one in inside.items() if not _NOT_LATIN.search(one[0]))
        self._sections = {fold(word): kind.removesuffix("_start") for kind, word in reversed(rules.sections)}
        starting = [(kind.removesuffix("_start"), word) for kind, word in rules.sections if kind.endswith("_start")]
        self._openings = {fold(word): kind for kind, word in starting}
        self._openings.update((fold(word), kind) for kind, word in rules.sections if kind == "faq")
        self._by_opening = _by_first_letters(self._openings)
        self.small = frozenset(word for language in rules.languages for word in language.stop_words)
        """Function words."""
        self._of_phrases = self.small.difference(self._whole, self._firsts, seconds)
        """Those that no button and no link holds, which most lines have one of."""
        self.addressing = frozenset(rules.addressing)
        """Words with which a text speaks of itself or to its readers."""
        edits = "|".join(re.escape(word) for kind, word in rules.labels if kind == "edit") or "(?!)"
        self.edit = re.compile(rf"\s?\[\s?(?:{edits})(?:\s?\|\s?(?:{edits}))?\s?\]$", re.IGNORECASE)
        """The button behind a heading of an encyclopaedia."""
        self.to_readers = self.addressing - {word for kind, word in rules.labels if kind == "speaking"}
        """Those of them with which a site speaks to its readers."""
        offers = [small(word) for kind, word in rules.labels if kind == "offers"]
        self._offers = frozenset(word for word in offers if len(word) <= _WHOLE)
        self._offered = tuple(word for word in offers if len(word) > _WHOLE and word < _UNSPACED and " " not in word)
        self._offered_anywhere = tuple(word for word in offers if word >= _UNSPACED or " " in word)
        self.everyday = rules.everyday
        self._pictures = PictureLines(word for kind, word in rules.labels if kind == "pictures")
        self.leads = frozenset(rules.boxes_lead)
        """Words in the names of boxes of standfirsts."""
        self.boxes = (rules.boxes_good, rules.boxes_bad)
        self.says = lru_cache(maxsize=_REMEMBERED)(self._says)

    def rule_of(self, text: str) -> str | None:
        """The rule whose phrase the line holds in the place where it counts; None for an ordinary line."""
        return self.says(text)[0]

    def section_of(self, text: str) -> str | None:
        """`related`, `comments` or `faq` when the line is the heading of such a section."""
        return self.says(text)[1]

    def offers(self, folded: str) -> bool:
        """Whether a text in small letters names what sites offer to readers: apps, letters, channels."""
        words = folded.split()
        if any(word in folded for word in self._offered_anywhere) or not self._offers.isdisjoint(words):
            return True
        return any(word.startswith(self._offered) for word in words)

    def _says(self, text: str) -> tuple[str | None, str | None]:
        """Rule and section; menus return on every page of a site, so that answers are remembered."""
        if text[-1:] == "]" and (found := self.edit.search(text, max(0, len(text) - _LONGEST_EDIT))):
            text = text[: found.start()]
        length = weighted_length(text)
        if length > LONGEST_NOTICE:
            return None, None
        little = small(text)
        folded = fold_small(little)
        if not folded:
            return "ornament", None
        section = self._section(text, folded) if length <= LONGEST_LABEL / 2 else None
        return self._rule(text, little, folded, length), section

    def _rule(self, text: str, little: str, folded: str, length: float) -> str | None:
        prose = length >= SHORTEST_PROSE and ends_statement(text)
        if length <= LONGEST_LABEL:
            if rule := self._whole.get(little.strip()) or self._whole.get(folded) or self._counting(folded):
                return rule
            if length <= LONGEST_LABEL / 2 and folded.replace(" ", "") in self._labels:
                return "updated-label"
            if rule := self._menu(folded):
                return rule
            if not prose and (rule := self._beginning(little.lstrip(), folded)):
                return rule
        rule = self._having(little, length, prose=prose)
        return "image-credit" if rule is None and self._pictures.is_caption(text.strip()) else rule

    def _section(self, text: str, folded: str) -> str | None:
        kind = self._sections.get(folded)
        if kind is None and (folded[0].isdecimal() or folded[-1] == ")" or folded[-1].isdecimal()):
            kind = self._sections.get(_COUNT.sub("", folded))
        if kind is None:
            near = (*self._by_opening.get(folded[:2], ()), *self._by_opening.get(folded[:1], ()))
            if not near or not folded.startswith(near):
                return None
            words = next(words for words in near if folded.startswith(words))
            # "Read also: Two ferries for one island" is a box of one line.
            alone = self._openings[words] == "faq" or not _SAID_BEHIND.search(text)
            return self._openings[words] if alone and not ends_sentence(text) else None
        return kind

    def _counting(self, folded: str) -> str | None:
        """The rule of a phrase that holds figures, which the data writes as 0: "page 2 of 5" is "page 0 of 0"."""
        return self._whole.get(_FIGURE.sub("0", folded)) if _FIGURE.search(folded) else None

    def _menu(self, folded: str) -> str | None:
        """The rule of a line that is nothing but a row of buttons or links: "politics economy culture", "log in menu".

        A function word makes a phrase of it: "sport and travel" may head a part of an article.
        """
        if folded.isalpha():
            return None
        if folded.isascii():
            words = folded.encode().translate(_ASCII_BETWEEN).decode().split()
        else:
            spaced = folded.replace("·", " ").encode("utf-8", "replace").translate(_ASCII_BETWEEN).decode()
            words = [part for word in spaced.split() for part in ((word,) if word.isalpha() else _BETWEEN.split(word))]
            words = [word for word in words if word]
        if len(words) < 2 or not self._of_phrases.isdisjoint(words):
            return None
        known: list[str] = []
        strange, position = 0, 0
        while position < len(words):
            word, length, rule = words[position], 1, None
            if word in self._firsts:
                rule = self._whole.get(" ".join(words[position : position + 2]))
                length = 2
            if rule is None:
                rule, length = self._whole.get(word), 1
            if rule is not None:
                known.append(rule)
            else:
                strange += 1
                if strange * 3 > len(words) or word in self.small:
                    return None
            position += length
        return max(known, key=known.count) if len(known) >= 2 else None

    def _beginning(self, text: str, folded: str) -> str | None:
        rule = self._starting(text)
        # Where nothing was taken off before the words, what begins them begins the text.
        return self._starting(folded) if rule is None and not text.startswith(folded) else rule

    def _starting(self, text: str) -> str | None:
        for letters in (text[:2], text[:1]):
            near = self._by_start.get(letters)
            if near and text.startswith(near):
                for phrase in near:
                    if text.startswith(phrase) and _word_ends(text, len(phrase)):
                        return self._starts[phrase]
        return None

    def _having(self, text: str, length: float, *, prose: bool) -> str | None:
        anything = length <= LONGEST_LABEL and not prose
        # For each letter it looks through the letters that phrases begin with, of which most are of other scripts.
        phrases = self._latin_inside if text.isascii() or not _NOT_LATIN.search(text) else self._inside
        for last, (rule, size, long) in phrases.iter(text):
            if (anything or long) and _word_ends(text, last + 1) and _word_begins(text, last - size + 1):
                return str(rule)
        return None


@lru_cache(maxsize=2)
def vocabulary(rules: CleaningRules) -> Vocabulary:
    """The matchers for one set of rules, made once in a process."""
    return Vocabulary(rules)


def _automaton(phrases: Iterable[tuple[str, Phrase]]) -> ahocorasick.Automaton:
    """What finds phrases by their small letters."""
    automaton = ahocorasick.Automaton()
    for little, phrase in phrases:
        long = phrase.rule in _LONG_RULES and _says_enough(phrase.text)
        automaton.add_word(little, (phrase.rule, len(little), long))
    automaton.make_automaton()
    return automaton


def _by_first_letters(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by their first two letters: most of thousands need not be looked at."""
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        groups.setdefault(phrase[:2], []).append(phrase)
    return {letters: tuple(group) for letters, group in groups.items()}


def _says_enough(phrase: str) -> bool:
    """Whether a phrase proves a notice inside prose too: news has newsletters and the GDPR for its subjects."""
    return " " in phrase or phrase[0] >= "\u1100"


def _word_ends(text: str, position: int) -> bool:
    """Whether no Latin or Cyrillic word goes on here; scripts without spaces and glued particles may."""
    if position >= len(text) or position == 0:
        return True
    return not (_spaced(text[position - 1]) and _spaced(text[position]))


def _word_begins(text: str, position: int) -> bool:
    return _word_ends(text, position)


def _spaced(letter: str) -> bool:
    return letter.isalpha() and letter < "\u1100"
