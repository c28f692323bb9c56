"""Lines among paragraphs that speak to readers, and of nothing that the article speaks of: pitches and players."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from builder.model import CleaningRules
from builder.normalize.dates import date_line
from builder.normalize.judge import Judged, Run, is_sentence
from builder.normalize.resuming import outside_quotes
from builder.normalize.text_measures import ends_statement, fold, stems, wide_share, words_of
from builder.normalize.vocabulary import Vocabulary

_SHORTEST: Final = 25.0
_LONGEST: Final = 150.0
"""Weighted letters of a pitch."""
_STRANGE: Final = 0.3
_STRANGE_WIDE: Final = 0.15
"""Share of its words, small ones left out, or pairs of letters, that the article uses; a paragraph shares more."""
_MOST: Final = 2
"""Such lines of one article: letters, interviews and diaries have more, and speak so in their paragraphs, too."""
_FEWEST: Final = 4
"""Paragraphs of an article that can be told from a pitch."""
_QUOTES: Final = tuple("\"'\u2018\u201c\u201e\u00ab\u300c\u300e")
"""What is said in a line that opens so is somebody's, though it be closed in another."""
_SPEAKER: Final = re.compile("[^:\uff1a]{1,24}[:\uff1a]")
"""Whose words a line of a transcript holds."""
_SHOUTS: Final = ("!", "\uff01")


def cut_asides(judged: Sequence[Judged], run: Run, fates: list[str], words: Vocabulary) -> None:
    """Cut short sentences that address readers, shout, or offer an app or a letter, in none of the article's words."""
    inside = [at for at in range(run.start, run.end) if fates[at] == "body"]
    told = [at for at in inside if judged[at].prose]
    asides = [at for at in inside if _may_be_aside(judged[at]) and _turns_to_readers(judged[at].line.words, words)]
    if not 0 < len(asides) <= _MOST or len(told) < _FEWEST:
        return
    others = [at for at in inside if at not in asides]
    if sum(_speaks(judged[at].line.words, words.addressing) for at in others) > 1:
        return
    known = {stem for at in others for stem in stems(judged[at].line.words)}
    for at in asides:
        if at != told[0] and _is_strange(judged[at].line.words, known, words):
            fates[at] = "newsletter"


def cut_players(judged: Sequence[Judged], run: Run, fates: list[str], rules: CleaningRules) -> None:
    """Cut what a box among paragraphs says of a recording: a button, its headline, and when it was broadcast."""
    for at in range(run.start + 2, run.end - 1):
        one = judged[at]
        if fates[at] != "body" or one.line.kind != "text" or one.length > _LONGEST or is_sentence(one):
            continue
        day = date_line(one.line.words, rules)
        if day is None or "T" not in day.value:
            continue
        fates[at] = "publication-date"
        if fates[at - 1] == "body" and fates[at - 2] != "body" and not ends_statement(judged[at - 1].line.words):
            fates[at - 1] = "surroundings"


def _may_be_aside(one: Judged) -> bool:
    text = one.line.words
    plain = _SHORTEST <= one.length <= _LONGEST and one.line.kind == "text" and text[:1] not in _QUOTES
    return plain and not _SPEAKER.match(text) and ends_statement(text)


def _turns_to_readers(text: str, words: Vocabulary) -> bool:
    said = outside_quotes(text)
    if said.rstrip().endswith(_SHOUTS):
        return True
    return _speaks(said, words.to_readers) or words.offers(fold(said))


def _speaks(text: str, addressing: Set[str]) -> bool:
    said = outside_quotes(text)
    if addressing.isdisjoint(words_of(fold(said))):
        return False
    # "US" is a country, whatever "us" is.
    return any(fold(word) in addressing for word in said.split() if len(word) == 1 or not word.isupper())


def _is_strange(text: str, known: set[str], words: Vocabulary) -> bool:
    own = [
        word
        for word in words_of(fold(outside_quotes(text)))
        if word not in words.small and word not in words.addressing
    ]
    theirs = set(stems(" ".join(own)))
    most = _STRANGE_WIDE if wide_share(text) >= _STRANGE else _STRANGE
    return sum(stem in known for stem in theirs) <= most * len(theirs)
