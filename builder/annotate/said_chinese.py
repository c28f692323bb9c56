"""Who spoke, in Chinese: a name and a verb of saying before the words, or behind them."""

from __future__ import annotations

import re
from typing import Final

from builder.annotate.marks import Quoted
from builder.annotate.paragraph import Named, Paragraph, Reading, Said

_SENTENCE_END: Final = re.compile("[\u3002\uff01\uff1f!?\uff1b\n]")
_CLAUSE: Final = re.compile("[\uff0c,\u3001\uff1a:]")
_INTRODUCES: Final = re.compile("[\uff1a:\uff0c,]?$")
_FEWEST: Final = 4
_FEWEST_IN_PART: Final = 8
_FAR: Final = 24
_COMMAS: Final = ("\uff0c", ",")


def said_chinese(paragraph: Paragraph, reading: Reading) -> list[Said]:
    """The quotations of a paragraph that are a leader's words; the reading moves to its end."""
    said: list[Said] = []
    at = 0
    for each in paragraph.quotations:
        start = _sentence_start(paragraph.outside, each.start)
        if start > at:
            _pass_over(paragraph, reading, at, start)
            at = start
        letters = each.end - each.start - 2
        if letters < _FEWEST:
            continue
        who = _before(paragraph, reading, start, each)
        if who is None and not _verb_before(paragraph, reading, start, each):
            who = _behind(paragraph, reading, each)
        if who is not None:
            said.append(Said(who, (each,)))
            reading.speaker = who
    _pass_over(paragraph, reading, at, len(paragraph.outside))
    return said


def _sentence_start(outside: str, before: int) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(outside, 0, before)]
    return ends[-1] if ends else 0


def _verb_before(paragraph: Paragraph, reading: Reading, start: int, each: Quoted) -> re.Match[str] | None:
    """The verb of saying that brings the words in; for a part of a sentence in marks it may stand a little off."""
    verbs = list(reading.speech.verb.finditer(paragraph.outside, start, each.start))
    for verb in reversed(verbs):
        between = paragraph.outside[verb.end() : each.start].lstrip("\uff0c,")
        if _INTRODUCES.fullmatch(between):
            return verb
        if (
            len(between) <= _FEWEST_IN_PART
            and each.end - each.start - 2 >= _FEWEST_IN_PART
            and not _CLAUSE.search(between)
        ):
            return verb
    return None


def _before(paragraph: Paragraph, reading: Reading, start: int, each: Quoted) -> int | None:
    verb = _verb_before(paragraph, reading, start, each)
    if verb is None:
        return None
    outside = paragraph.outside
    names = [
        name
        for name in paragraph.between(start, verb.start())
        if not (_spoken_to(outside, name, reading) or _is_occasion(outside, name, reading))
    ]
    name = names[-1] if names else None
    since = _behind_titles(outside, name, reading) if name else start
    if name and verb.start() - since > _FAR:
        return None
    if reading.speech.stranger.search(outside, since, verb.start()):
        return _titled(paragraph, reading, since, verb.start()) if name is None else None
    if pronouns := reading.speech.pronoun.findall(outside, since, verb.start()):
        who = name.subject if name else reading.topic
        return who if who is not None and reading.fits(pronouns[-1][0], who) else None
    if name:
        # Behind a comma another subject may stand, unless the clause plainly goes on.
        clauses = list(_CLAUSE.finditer(outside, since, verb.start()))
        goes_on = (
            not clauses or clauses[-1].end() == verb.start() or reading.speech.carries.match(outside, clauses[-1].end())
        )
        return name.subject if goes_on else None
    # A sentence without a subject goes on with whoever spoke.
    return reading.speaker if verb.start() - start <= 4 else None


def _titled(paragraph: Paragraph, reading: Reading, start: int, end: int) -> int | None:
    office = reading.speech.office.search(paragraph.outside, start, end)
    return reading.by_title(office[1], paragraph.start + office.start()) if office else None


def _behind_titles(outside: str, name: Named, reading: Reading) -> int:
    titles = reading.speech.titles.match(outside, name.end)
    return titles.end() if titles else name.end


def _spoken_to(outside: str, name: Named, reading: Reading) -> bool:
    """Whether a preposition, with a title at most between, makes the name the one spoken to."""
    before = outside[max(0, name.start - 12) : name.start]
    office = reading.speech.office.search(before)
    return bool(
        reading.speech.preposition.search(
            before[: office.start()] if office and office.end() == len(before) else before
        )
    )


def _is_occasion(outside: str, name: Named, reading: Reading) -> bool:
    """Whether a name ends a clause that only says when: on meeting so and so, another said."""
    return reading.speech.occasion.match(outside, _behind_titles(outside, name, reading)) is not None


def _behind(paragraph: Paragraph, reading: Reading, each: Quoted) -> int | None:
    """ "…", so and so said: the name stands right behind the words, and a verb soon after it."""
    outside = paragraph.outside
    end = _SENTENCE_END.search(outside, each.end + 1)
    last = end.start() if end else len(outside)
    for name in paragraph.between(each.end, last):
        since = _behind_titles(outside, name, reading)
        verb = reading.speech.verb.search(outside, since, last)
        # A verb that brings in further words is theirs.
        near = name.start - each.end <= 8 and verb and verb.start() - since <= 8
        goes_on = verb and paragraph.text[each.end - 2] in _COMMAS and outside[verb.end() : verb.end() + 1] in _COMMAS
        if not near or not verb or not (goes_on or verb.end() >= last - 1):
            return None
        stranger = reading.speech.stranger.search(outside, each.end, name.start)
        return name.subject if stranger is None or stranger.end() == name.start else None
    return None


def _pass_over(paragraph: Paragraph, reading: Reading, start: int, end: int) -> None:
    """Read on to a place: the first leader of a sentence is its subject, a stranger makes an end of pronouns."""
    at = start
    while at < end:
        found = _SENTENCE_END.search(paragraph.outside, at, end)
        stop = found.end() if found else end
        names = [name for name in paragraph.between(at, stop) if not _spoken_to(paragraph.outside, name, reading)]
        if names:
            if names[0].subject != reading.speaker:
                reading.speaker = None
            reading.topic = names[0].subject
        elif reading.speech.stranger.search(paragraph.outside, at, stop):
            reading.topic = reading.speaker = None
        at = stop
