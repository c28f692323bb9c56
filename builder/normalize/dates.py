"""Dates in the text of a page: what each is the date of, and which lines are there to say nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

import ahocorasick

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.date_patterns import WrittenDate, date_patterns, may_hold_date, plain
from builder.normalize.text_measures import ends_statement, weighted_length
from builder.normalize.vocabulary import vocabulary

DateKind = Literal["published", "updated", "retrieved", "unlabelled"]
LONGEST_LINE: Final = 260.0
LONGEST_BESIDE: Final = 30.0
"""Weighted letters that may follow a bare date without a separator."""
MOST_OTHER: Final = 48.0
"""Weighted letters beside dates and their labels: a byline and a newspaper's name."""
_STRENGTH: Final[tuple[DateKind, ...]] = ("retrieved", "updated", "published")
_NEVER: Final = frozenset({"copyright", "image-credit", "cookie-banner", "newsletter", "advertisement"})
_RANGE: Final = re.compile(r"\d\.?\s*[-\u2013\u2014~]\s*$")
"""What stands before the last day of an event."""
_CAPTION: Final = re.compile("\\s*[\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd]")
_HIRAGANA: Final = re.compile("[\u3041-\u309f]")
_WIDE: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_PART: Final = re.compile(r"[|/\u00b7\u2022\uff0f\uff5c\u3000\t\n,;:\u2013\u2014]| {2,}")
_DIGIT_SOON: Final = re.compile(r"\D{0,12}\d")
_ADJOINING: Final = re.compile(r"[\s:;,.()\[\]/|-]*")


@value(frozen=True, slots=True)
class DateFound:
    """A date in a text, with what the words beside it make of it."""

    kind: DateKind
    value: str
    """`2023-10-18`, `2023-10-18T18:00` or `2023-10-18T18:00+09:00`."""
    start: int
    end: int
    """Of the date and its time, without the label, half open."""


@value(frozen=True, slots=True)
class DateLine(DateFound):
    """A line that is there to say when: the date in it that counts."""

    other: float
    """Weighted letters that are neither of a date nor of its label."""


def dates_in(text: str, rules: CleaningRules, *, language: str | None = None) -> tuple[DateFound, ...]:
    """Every whole date of a text in order; `language` decides about 3/4/2024, which is unknown otherwise."""
    found = date_patterns(rules).find(text, language)
    kinds = _kinds(plain(text), found, _labels(rules)) if found else []
    return tuple(DateFound(kind, one.value, one.start, one.end) for kind, one in zip(kinds, found, strict=True))


def date_line(text: str, rules: CleaningRules, *, language: str | None = None) -> DateLine | None:
    """The date of a line that holds one and little else; the line must stand outside prose."""
    if not may_hold_date(text) or weighted_length(text) > LONGEST_LINE:
        return None
    found = dates_in(text, rules, language=language)
    if not found or _is_counter(text, found):
        return None
    best = min(found, key=lambda one: ("published", "unlabelled", "updated", "retrieved").index(one.kind))
    rule = vocabulary(rules).rule_of(text)
    # "Published: … Photographs: …": a label before the day says more than the credit behind it.
    if rule in _NEVER and not (rule == "image-credit" and best.kind == "published"):
        return None
    rest = _rest(text, found, rules)
    other = sum(weighted_length(word) for word in rest)
    if other > MOST_OTHER:
        return None
    doubted = best.kind == "unlabelled" and not _is_bylined(text, rules)
    if doubted and (_is_spoken(rest, rules, language) or (rest and _is_phrase(text, found))):
        return None
    return DateLine(best.kind, best.value, best.start, best.end, other)


def before_date(text: str, rules: CleaningRules) -> str:
    """What stands before the label of a line's first date: whoever wrote the piece; before a bare date a place does."""
    found = date_patterns(rules).find(text)
    labels = [start for start, _, _ in _labels(rules).find(plain(text)) if found and start < found[0].start]
    return text[: min(labels, default=0)].strip(" |\u00b7\u2022,;:/([\u2013\u2014-")


def _kinds(text: str, found: Sequence[WrittenDate], labels: _Labels) -> list[DateKind]:
    kinds: list[DateKind] = []
    for position, one in enumerate(found):
        since = found[position - 1].end if position else 0
        following = found[position + 1].start if position + 1 < len(found) else None
        kind = labels.before(text[since : one.start])
        if kind == "unlabelled":
            kind = labels.after(text[one.end : following], last=following is None)
        kinds.append(kind)
    return kinds


class _Labels:
    """The words that say what a date is, of all languages."""

    def __init__(self, rules: CleaningRules) -> None:
        self._words = ahocorasick.Automaton()
        for kind, label in reversed(rules.date_labels):
            word = plain(label)
            self._words.add_word(word, (next(known for known in _STRENGTH if known == kind), len(word)))
        self._words.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, DateKind]]:
        """Start, end and kind of each label in a text in small letters; the longer of two that overlap."""
        found: list[tuple[int, int, DateKind]] = []
        for last, (kind, size) in self._words.iter(text):
            start, end = last + 1 - size, last + 1
            if not (_goes_on(text, start) or _goes_on(text, end)):
                while found and found[-1][0] >= start:
                    found.pop()
                if not found or found[-1][1] <= start:
                    found.append((start, end, kind))
        return found

    def before(self, text: str) -> DateKind:
        """What the last label of a text makes of the date after it; of labels side by side the stronger."""
        kind: DateKind = "unlabelled"
        since = 0
        for start, end, own in self.find(text):
            beside = kind != "unlabelled" and text[since:start].strip() == ""
            kind = min(own, kind, key=_STRENGTH.index) if beside and kind != "unlabelled" else own
            since = end
        return kind

    def after(self, text: str, *, last: bool) -> DateKind:
        """What a label right behind a date makes of it, unless it is the next date's, or that of a time of its own."""
        gap = _ADJOINING.match(text)
        for start, end, kind in self.find(text)[:1]:
            closed = last or text[end : end + 1] in (")", "]")
            if gap and start == gap.end() and closed and not _DIGIT_SOON.match(text, end):
                return kind
        return "unlabelled"


def _goes_on(text: str, position: int) -> bool:
    """Whether a position is inside a word of a script that sets spaces between words."""
    beside = text[max(0, position - 1) : position + 1]
    return position > 0 and len(beside) == 2 and all(letter.isalpha() and letter < "\u1100" for letter in beside)


@lru_cache(maxsize=2)
def _labels(rules: CleaningRules) -> _Labels:
    return _Labels(rules)


def _is_counter(text: str, found: Sequence[DateFound]) -> bool:
    """Whether a line counts visits by day, or names the days of an event."""
    bare = [one for one in found if one.kind == "unlabelled"]
    if len({one.value[:10] for one in bare}) > 1:
        return True
    return any(text[one.end :].strip().isdecimal() or _RANGE.search(text[: one.start]) for one in bare)


def _rest(text: str, found: Sequence[DateFound], rules: CleaningRules) -> list[str]:
    """Words of the text that are neither of a date, nor beside one by nature, nor of a part that a rule knows."""
    left = list(text)
    for one in found:
        left[one.start : one.end] = "|" * (one.end - one.start)
    for start, end, _ in _labels(rules).find(plain("".join(left))):
        left[start:end] = " " * (end - start)
    known, patterns = vocabulary(rules), date_patterns(rules)
    parts = (part.strip() for part in _PART.split("".join(left)))
    return [word for part in parts if part and known.rule_of(part) is None for word in patterns.without_fillers(part)]


def _is_bylined(text: str, rules: CleaningRules) -> bool:
    return plain(text).strip().startswith(_byline_starts(rules))


def _is_phrase(text: str, found: Sequence[DateFound]) -> bool:
    """Whether the words around an unlabelled date are built like a caption or a headline rather than a byline."""
    start, end = found[0].start, found[-1].end
    if _CAPTION.match(text) or (ends_statement(text) and _LETTERS.search(text[end:])):
        return True
    if any(map(_is_wide_phrase, _PART.split(text[:start] + "|" + text[end:]))):
        return True
    return weighted_length(_PART.split(text[end:])[0]) > LONGEST_BESIDE


def _is_spoken(rest: Sequence[str], rules: CleaningRules, language: str | None) -> bool:
    """Whether words that bylines do without stand among them: verbs, articles, particles."""
    if sum(word[0].islower() for word in rest) > 3:
        return True
    words, endings = _sentence_words(rules, language), _endings(rules)
    return any(word.casefold() in words or word.endswith(endings) for word in rest)


def _is_wide_phrase(part: str) -> bool:
    kana = len(_HIRAGANA.findall(part))
    letters = len(_WIDE.findall(part))
    return letters >= 14 or (letters >= 9 and kana >= 2)


@lru_cache(maxsize=2)
def _byline_starts(rules: CleaningRules) -> tuple[str, ...]:
    return tuple(f"{word.rstrip(':')}{mark}" for kind, word in rules.bylines if kind == "before" for mark in " :")


@lru_cache(maxsize=32)
def _sentence_words(rules: CleaningRules, language: str | None) -> frozenset[str]:
    """Words of sentences in the page's language and in English, those of bylines and of names left out."""
    own = [known for known in rules.languages if language is None or known.code in (language, "en")]
    words = {word for known in own for word in known.stop_words}
    return frozenset(words - {word.rstrip(":") for _, word in rules.bylines} - set(rules.name_particles))


@lru_cache(maxsize=2)
def _endings(rules: CleaningRules) -> tuple[str, ...]:
    return tuple(ending for language in rules.languages for ending in language.calendar.sentence_endings)
