"""The lines of a page that may be its headline, each weighed for how headlines stand on pages that do not name theirs.

Each line above the text is weighed: by the words that it shares with the text, by its length and punctuation, by what
stands above and below it. The weights come from a logistic regression over the lines of 548 flattened pages, rounded by
hand; halves of them not learnt from gave the same.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.headline import SEPARATOR
from builder.normalize.judge import Judged, Run, prose_of
from builder.normalize.language import script_of
from builder.normalize.text_measures import STEM, ends_statement, sentences, skeleton, units, wide_share, words_of

LONGEST_TITLE: Final = 330.0
_SHORTEST_TITLE: Final = 8.0
"""Weighted letters."""
_INSIDE: Final = 4
"""Lines from the first paragraph on among which a headline may stand, below a standfirst."""
_STANDFIRST: Final = 1
"""Paragraphs that a standfirst has: what stands above the headline is cut, and with more of them it would be text."""
_SPEAKS: Final = 0.25
"""Share of a repeated line's words that the text uses more than once."""
_LONGEST_NAME: Final = 5
"""Words."""
_OFTEN: Final = "repeated-label"
"""The rule of lines that a page says again and again, as some do with their headline."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LABELLED: Final = re.compile("^[^\\s:\uff1a]{1,12}(?:\\s[^\\s:\uff1a]{1,12})?\\s?[:\uff1a]\\s?\\S")
_PARTED: Final = re.compile("[|\u00bb\u203a\u00a9\u2022]|\\s/\\s")
_LONGEST_LABELLED: Final = 70.0
_BLOCK: Final = 3
"""Labels below each other that make a table of them."""
_SPACED: Final = 0.5
"""Share of lines with an empty one below from which on empty lines say nothing."""
_DATED: Final = 4
"""Lines below a headline among which its date stands."""
_FIRST: Final = 4
"""Paragraphs in which the words of a headline return."""
_FOOTER: Final = 6
"""Lines at the end of a page."""
_PLENTY: Final = 8
"""Words of the text in a headline; more say no more."""
_LEAST: Final = -0.75
"""Score below which a line is no headline."""


@value(frozen=True, slots=True)
class Text:
    """What the lines are held against."""

    start: int
    """Of the article, and of its first paragraph, as positions."""
    first: int
    words: Mapping[str, int]
    """Of all its paragraphs, by their beginnings, with how often they stand there; small words left out."""
    opening: Mapping[str, int]
    """Of its first paragraphs."""
    script: str
    small: frozenset[str]
    spaced: bool
    """Whether most lines of the page have an empty one below."""
    labels: frozenset[int]
    """Positions in blocks of labels."""


class Sayings:
    """Which lines of a page say a headline: alone, or followed by a separator and the site's name or address."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self._judged = judged
        self._sorted = sorted((one.bare, position) for position, one in enumerate(judged))
        self._found: dict[str, tuple[int, ...]] = {"": ()}

    def of(self, bare: str) -> tuple[int, ...]:
        """Positions of the lines that say a headline, given by its letters, in order."""
        if bare not in self._found:
            self._found[bare] = tuple(sorted(self._saying(bare)))
        return self._found[bare]

    def _saying(self, bare: str) -> Iterator[int]:
        """The letters before a separator are those that all the letters of the line begin with."""
        for at in range(bisect_left(self._sorted, (bare, 0)), len(self._sorted)):
            letters, position = self._sorted[at]
            if not letters.startswith(bare):
                return
            if len(letters) == len(bare) or self._says_first(self._judged[position], bare):
                yield position

    def _says_first(self, one: Judged, bare: str) -> bool:
        words = one.line.words
        return one.length <= 2 * LONGEST_TITLE and any(
            skeleton(words[: cut.start()]) == bare for cut in SEPARATOR.finditer(words)
        )


@value(frozen=True, slots=True)
class Candidates:
    """The lines that may be the headline, with what is said for each."""

    text: Text
    parts: Mapping[int, tuple[float, float, float, float]]
    """By position: points by words, by shape, by place, by repetition."""


def candidates_of(judged: Sequence[Judged], run: Run, sayings: Sayings, rules: CleaningRules) -> Candidates:
    """The lines above the text, and a few of its own, that may be the headline."""
    text = _text(judged, run, _small(rules))
    names = _site_names(judged)
    return Candidates(
        text,
        {
            position: (
                _by_words(judged, position, text),
                _by_shape(judged[position], text),
                _by_place(judged, position, text),
                _by_repetition(judged, position, sayings),
            )
            for position in range(min(len(judged), text.first + _INSIDE))
            if _may_be_title(judged[position]) and judged[position].bare not in names
            if judged[position].rule != _OFTEN or _speaks_of(judged[position].line.words, text)
            if position < text.first or _is_below_standfirst(judged, position, run)
        },
    )


def is_headline(judged: Sequence[Judged], position: int, found: Candidates) -> bool:
    """Whether the points of a line are enough for a headline."""
    return sum(found.parts[position]) >= _LEAST or _is_all_there_is(judged, position, found.text)


def _speaks_of(line: str, text: Text) -> bool:
    """Whether a line that the page says again and again speaks of what the text does: others are its labels."""
    theirs = set(beginnings(line, text.small))
    return sum(text.words.get(word, 0) > 1 for word in theirs) >= max(2, len(theirs) * _SPEAKS)


def _is_below_standfirst(judged: Sequence[Judged], position: int, run: Run) -> bool:
    one, above = judged[position], judged[run.start : position]
    return not (one.prose or ends_statement(one.line.words)) and sum(each.prose for each in above) <= _STANDFIRST


def best_spelled(judged: Sequence[Judged], position: int, found: Candidates) -> int:
    """Of two spellings of one headline the one with more punctuation is the author's, the other a slug made of it."""
    same = [at for at in found.parts if judged[at].bare == judged[position].bare]
    return max(same, key=lambda at: (_punctuation(judged[at].line.words), at))


def _is_all_there_is(judged: Sequence[Judged], position: int, text: Text) -> bool:
    """Whether a line stands alone above the text: a short note shares no words with its headline."""
    return position == 0 and text.first == 1 and not ends_statement(judged[0].line.words)


def _text(judged: Sequence[Judged], run: Run, small: frozenset[str]) -> Text:
    prose = [position for position in range(run.start, run.end) if judged[position].prose]
    # Captions and questions above the text are short; where every paragraph is, the first one begins the text.
    first = next((p for p in prose if judged[p].weight >= 2.0), next(iter(prose), run.start))
    paragraphs = list(prose_of(judged, run))
    counts = Counter(_beginnings(" ".join(paragraphs), small))
    opening = Counter(_beginnings(" ".join(paragraphs[:_FIRST]), small))
    gaps = sum(two.line.number > one.line.number + 1 for one, two in pairwise(judged[: first + 1]))
    spaced = gaps > _SPACED * first
    labels = _blocks_of_labels(judged[: first + _BLOCK])
    return Text(run.start, first, counts, opening, script_of(" ".join(paragraphs)), small, spaced, labels)


@lru_cache(maxsize=1024)
def beginnings(text: str, small: frozenset[str]) -> tuple[str, ...]:
    """The words that lines are compared by, as far as inflection leaves them alike; small words left out.

    Each line above a text is compared with those around it.
    """
    return tuple(_beginnings(text, small))


def _beginnings(text: str, small: frozenset[str]) -> list[str]:
    return [unit[:STEM] for unit in units(text) if unit not in small]


def _may_be_title(one: Judged) -> bool:
    plain = one.rule in (None, _OFTEN) and one.section is None and one.linked < 0.9
    return plain and _SHORTEST_TITLE <= one.length <= LONGEST_TITLE and one.line.kind in ("text", "heading", "item")


def _by_words(judged: Sequence[Judged], position: int, text: Text) -> float:
    """What the words that a line shares with the text say."""
    one = judged[position]
    theirs = list(dict.fromkeys(beginnings(one.line.words, text.small)))
    # A line of the text itself shares its words with the others, not with itself.
    own = text.start <= position and one.prose
    shared = [text.words[unit] - own for unit in theirs if text.words.get(unit, 0) > own]
    opening = sum(text.opening.get(unit, 0) > own for unit in theirs)
    plenty = _PLENTY * 2 if wide_share(one.line.words) > 0.3 else _PLENTY
    often = min(3.0, sum(map(math.log1p, shared)) / max(1, len(theirs)))
    return 1.5 * often + 0.9 * opening / max(1, len(theirs)) + 0.85 * min(1.0, len(shared) / plenty)


def _by_shape(one: Judged, text: Text) -> float:
    words, length = one.line.words, one.length
    few = len(words_of(words)) if wide_share(words) < 0.5 else _PLENTY
    # Captions, the alternative text of pictures and standfirsts are sentences; headlines seldom are.
    score = -1.4 * ends_statement(words) - 0.9 * (sentences(words) > 1) - 1.4 * (length > 105.0)
    score -= 0.65 * (length < 32.0) + 0.5 * (length < 20.0) + 0.4 * (few <= 4) + 0.5 * (few <= 2)
    score -= (
        0.7 * bool(_PARTED.search(words)) + 1.4 * (one.line.kind == "item") + 2.0 * (script_of(words) != text.script)
    )
    score += 0.5 * (": " in words)
    if one.line.kind == "heading":
        score += 2.0 if one.line.level == 1 else 0.7
    return score - (2.0 if _YEAR.search(words) and sum(map(str.isdigit, words)) > 5 else 0.0)


def _by_place(judged: Sequence[Judged], position: int, text: Text) -> float:
    """What the lines above and below say; empty lines part a headline from both."""
    above = judged[max(0, position - 3) : position]
    below = judged[position + 1 : position + 1 + _DATED]
    dated = [is_dated(one) for one in below]
    number = judged[position].line.number
    score = 1.15 * any(dated) + 0.45 * any(dated[:1]) + 0.3 * sum(one.length < 30.0 for one in above)
    if not text.spaced:
        score += 1.8 * bool(below and below[0].line.number > number + 1)
        score += 1.0 * bool(above and above[-1].line.number < number - 1)
    # Without learnt weights headings right above the text are counted to it.
    score -= 1.1 * (position >= text.start and judged[position].learnt)
    score += 0.6 * (any(is_dated(one) for one in above[-1:]) and not any(dated))
    score -= 0.2 * math.log1p(max(0, text.first - position))
    score -= 0.4 * _before_credit(judged, position) + 2.0 * (position in text.labels)
    return score


def is_dated(one: Judged) -> bool:
    """Whether a short line says a year."""
    return one.length < 100.0 and bool(_YEAR.search(one.line.words))


def _by_repetition(judged: Sequence[Judged], position: int, sayings: Sayings) -> float:
    """Points for a line that the page says again, where it is most of that line: footers name the site before all.

    At the very end of a page the headline stands before its address; elsewhere lists of links repeat others as well.
    """
    one = judged[position]
    if one.length < 20.0:
        return 0.0
    again = (at for at in reversed(sayings.of(one.bare)) if at != position and judged[at].length <= 2 * one.length)
    last = next(again, None)
    if last is None:
        return 0.0
    return 3.0 if last >= len(judged) - _FOOTER and last > position + _FOOTER else 1.0


def _blocks_of_labels(judged: Sequence[Judged]) -> frozenset[int]:
    """Positions of three and more labels with their values, one below the other."""
    found: set[int] = set()
    first = 0
    for position in range(len(judged) + 1):
        if position < len(judged) and _is_labelled(judged[position]):
            continue
        if position - first >= _BLOCK:
            found.update(range(first, position))
        first = position + 1
    return frozenset(found)


def _is_labelled(one: Judged) -> bool:
    return one.length < _LONGEST_LABELLED and bool(_LABELLED.match(one.line.words))


def _site_names(judged: Sequence[Judged]) -> set[str]:
    """Short lines that the copyright notice repeats are the site's name, not a headline, which feeds repeat there."""
    notices = "\n".join(one.bare for one in judged if one.rule == "copyright")
    short = (one for one in judged if one.length < 45.0 and one.line.words.count(" ") < _LONGEST_NAME)
    return {one.bare for one in short if one.bare in notices}


def _before_credit(judged: Sequence[Judged], position: int) -> bool:
    if position + 1 >= len(judged):
        return False
    following = judged[position + 1]
    return following.rule in ("image-credit", "repeated-label") or following.line.kind == "caption"


def _punctuation(text: str) -> int:
    return sum(not letter.isalnum() and not letter.isspace() for letter in text)


@lru_cache(maxsize=2)
def _small(rules: CleaningRules) -> frozenset[str]:
    return frozenset(word for language in rules.languages for word in language.stop_words)
