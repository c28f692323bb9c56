"""Who spoke, in Korean and Japanese: a marked subject before the words, a quotative after them, a verb at the end."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from builder.annotate.marks import Quoted
from builder.annotate.paragraph import Paragraph, Reading, Said

_SENTENCE_END: Final = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\n](?:(?<=[\u3002\uff01\uff1f\n])|(?<=[.!?\u2026])[.!?\u2026]*(?=[\s\"\u201c\u201d]|$))"
)
_STOPS: Final = ("", ".", "\u3002")
_MARKS: Final = '"\u201c\u201d\u300d '
_SOON: Final = 16
_FEWEST: Final = 3
"""Letters; fewer are a word in quotation marks."""


class _Subject(NamedTuple):
    at: int
    who: int | None
    """None for somebody without a record."""
    topic: bool


def said_marked(paragraph: Paragraph, reading: Reading) -> list[Said]:
    """The quotations of a paragraph that are a leader's words; the reading moves to its end."""
    said: list[Said] = []
    reading.here = False
    at = 0
    for each in paragraph.quotations:
        start = _sentence_start(paragraph.outside, each.start)
        if start > at:
            _pass_over(paragraph, reading, at, start)
            at = start
        if each.end - each.start - 2 < _FEWEST:
            continue
        who = None
        if _reported(paragraph, reading, each):
            who = _speaker(paragraph, reading, start, each)
        elif _ends_soon(paragraph, reading, each):
            governing = _governing(_subjects(paragraph, reading, start, each.start))
            who = governing.who if governing else None
        elif paragraph.outside[each.end - 1 : each.end + 1].strip(_MARKS) in _STOPS:
            who = _echoed(paragraph, reading, each)
        if who is not None:
            said.append(Said(who, (each,)))
            reading.speaker = who
    _pass_over(paragraph, reading, at, len(paragraph.outside))
    return said


def _sentence_start(outside: str, before: int) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(outside, 0, before)]
    return ends[-1] if ends else 0


def _reported(paragraph: Paragraph, reading: Reading, each: Quoted) -> bool:
    """Whether what follows the closing mark says beyond doubt that these words were spoken."""
    if reading.speech.reporting.match(paragraph.outside, each.end):
        return True
    return _verb(paragraph, reading, each) is not None


def _verb(paragraph: Paragraph, reading: Reading, each: Quoted) -> re.Match[str] | None:
    """The verb of saying behind the words and their quotative."""
    quotative = reading.speech.quotative.match(paragraph.outside, each.end)
    if quotative is None:
        return None
    return reading.speech.verb.search(paragraph.outside, quotative.end(), _sentence_end(paragraph.outside, each.end))


def _ends_soon(paragraph: Paragraph, reading: Reading, each: Quoted) -> bool:
    """Whether a quotative and little more end the sentence: there are more verbs of saying than can be listed."""
    quotative = reading.speech.quotative.match(paragraph.outside, each.end)
    if quotative is None:
        return False
    end = _sentence_end(paragraph.outside, each.end)
    return end - quotative.end() <= _SOON and not reading.speech.naming.search(paragraph.outside, quotative.end(), end)


def _echoed(paragraph: Paragraph, reading: Reading, each: Quoted) -> int | None:
    """Whose words stand alone, when the next sentence says: so he spoke."""
    behind = _SENTENCE_END.match(paragraph.outside, each.end)
    start = behind.end() if behind else each.end
    echo = reading.speech.echo.search(paragraph.outside, start, _sentence_end(paragraph.outside, start))
    governing = _governing(_subjects(paragraph, reading, start, echo.start())) if echo else None
    return governing.who if governing else None


def _sentence_end(outside: str, at: int) -> int:
    found = _SENTENCE_END.search(outside, at)
    return found.start() if found else len(outside)


def _speaker(paragraph: Paragraph, reading: Reading, start: int, each: Quoted) -> int | None:
    subjects = _subjects(paragraph, reading, start, each.start)
    verb = _verb(paragraph, reading, each)
    relayed = verb and reading.speech.relayed.match(paragraph.outside, verb.end())
    chosen = _governing([one for one in subjects if not (relayed and one.topic)] or subjects)
    if chosen is not None:
        return chosen.who
    behind = _subjects(paragraph, reading, each.end, _sentence_end(paragraph.outside, each.end))
    if behind:
        return behind[0].who
    if reading.speech.unknown.search(paragraph.outside, start, each.start):
        return None
    # A sentence without a subject goes on with that of the one before.
    return reading.topic if reading.speaker is None and reading.here else reading.speaker


def _governing(subjects: list[_Subject]) -> _Subject | None:
    """The last topic before the words, else the last subject: a subject may belong to a clause within."""
    topics = [each for each in subjects if each.topic]
    chosen = topics or subjects
    return chosen[-1] if chosen else None


def _subjects(paragraph: Paragraph, reading: Reading, start: int, end: int) -> list[_Subject]:
    """All that is marked as a subject between two places: leaders, pronouns, bare titles, strangers."""
    speech, outside = reading.speech, paragraph.outside
    found: list[_Subject] = []
    covered: list[tuple[int, int]] = []
    for name in paragraph.between(start, end):
        titles = speech.titles.match(outside, name.end)
        behind = titles.end() if titles else name.end
        covered.append((name.start, behind))
        # A marker may look like the end of a title, so the name alone is tried as well.
        for at in (behind, name.end):
            if speech.subject.match(outside, at):
                found.append(_Subject(name.start, name.subject, speech.topic.match(outside, at) is not None))
                break
    for match in speech.pronoun.finditer(outside, start, end):
        who = reading.topic if reading.topic is not None and reading.fits(match[1], reading.topic) else None
        found.append(_Subject(match.start(), who, True))
    for match in speech.stranger.finditer(outside, start, end):
        if not any(first <= match.start() < last for first, last in covered):
            office = speech.office.match(outside, match.start())
            who = reading.by_title(office[1], paragraph.start + match.start()) if office else None
            found.append(_Subject(match.start(), who, speech.topic.match(outside, match.start(1)) is not None))
    return sorted(found, key=lambda each: each.at)


def _pass_over(paragraph: Paragraph, reading: Reading, start: int, end: int) -> None:
    """Read on to a place: whoever governed a sentence is the one that pronouns mean, and another ends his words."""
    while start < end:
        found = _SENTENCE_END.search(paragraph.outside, start, end)
        stop = found.end() if found else end
        if governing := _governing(_subjects(paragraph, reading, start, stop)):
            if governing.who != reading.speaker:
                reading.speaker = None
            reading.topic, reading.here = governing.who, True
        start = stop
