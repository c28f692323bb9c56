"""Who spoke, in languages with spaces: "…", she said; so and so said: "…"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from builder.annotate.marks import Quoted
from builder.annotate.paragraph import Named, Paragraph, Reading, Said

_LEAD: Final = re.compile(r"[\s,]*")
_TO_VERB: Final = re.compile(r"(?:,[^,.;\ufffc]{1,70},|\s\([^()]*\))?(?:\s[^\W\d_A-Z]\w*){0,3}?\s")
_BREAK: Final = re.compile("[.;:\ufffc]")
_FULL_NAME: Final = re.compile(
    r"[^\W\d_a-z\u0430-\u044f][^\W\d_A-Z\u0410-\u042f]+ [^\W\d_a-z\u0430-\u044f][^\W\d_A-Z\u0410-\u042f]+"
)
_ENDED: Final = ".!?\u2026"
_FEWEST: Final = 3
_NEAR: Final = 60
_FAR: Final = 120


class _Found(NamedTuple):
    who: int | None
    """None when somebody without a record said it, or nobody can tell who."""


def said_spaced(paragraph: Paragraph, reading: Reading) -> list[Said]:
    """The quotations of a paragraph that are a leader's words; the reading moves to its end."""
    said: list[Said] = []
    at = 0
    ends = (
        [found.end() for found in reading.speech.sentence_end.finditer(paragraph.outside)]
        if paragraph.quotations
        else []
    )
    for number, each in enumerate(paragraph.quotations):
        start = _sentence_start(paragraph, each, ends)
        if start > at:
            _pass_over(paragraph, reading, at, start)
            at = start
        following = paragraph.quotations[number + 1].start if number + 1 < len(paragraph.quotations) else None
        found = _speaker(paragraph, reading, each, start=start, following=following)
        if found.who is None:
            continue
        last = said[-1] if said else None
        if last and last.subject == found.who and _goes_on(paragraph, reading, last.parts[-1], each):
            said[-1] = Said(found.who, (*last.parts, each))
        elif _long_enough(paragraph, each):
            said.append(Said(found.who, (each,)))
        reading.speaker = found.who
    _pass_over(paragraph, reading, at, len(paragraph.outside))
    return said


def _sentence_start(paragraph: Paragraph, each: Quoted, ends: Sequence[int]) -> int:
    """After the last of the stops before the words, or after quoted words that hold the stop themselves."""
    stops = bisect_right(ends, each.start + 1)
    start = ends[stops - 1] if stops else 0
    for other in paragraph.quotations:
        if start < other.end <= each.start and paragraph.text[other.end - 2] in _ENDED:
            after = paragraph.outside[other.end : each.end].lstrip()
            if after[:1].isupper() or other.end + 1 >= each.start:
                start = other.end
    return start


def _sentence_end(paragraph: Paragraph, reading: Reading, at: int) -> int:
    found = reading.speech.sentence_end.search(paragraph.outside, at)
    return found.start() if found else len(paragraph.outside)


def _speaker(paragraph: Paragraph, reading: Reading, each: Quoted, *, start: int, following: int | None) -> _Found:
    """Whoever is named with a verb of saying: right before the words, behind them, or farther before them."""
    verbs = list(reading.speech.verb.finditer(paragraph.outside, start, each.start))
    verb = verbs[-1] if verbs else None
    between = paragraph.outside[verb.end() : each.start] if verb else ""
    if (
        verb
        and reading.speech.introduces.fullmatch(between)
        and (not reading.speech.naming.fullmatch(verb[0]) or between.strip())
    ):
        return _subject_of(paragraph, reading, start, verb)
    end = min(_sentence_end(paragraph, reading, each.end), following or len(paragraph.outside), each.end + _FAR)
    if _stands_alone(paragraph, each):
        end = each.end
    elif behind := _behind(paragraph, reading, each.end, end):
        return behind
    if verb and not reading.speech.naming.fullmatch(verb[0]) and _reaches(between):
        return _subject_of(paragraph, reading, start, verb)
    alone = not paragraph.outside[start : each.start].strip() and not paragraph.outside[each.end : end].strip(" .,")
    said_before = reading.speaker if reading.speaker is not None else reading.telling
    return _Found(said_before if alone and (start > 0 or paragraph.goes_on) else None)


def _stands_alone(paragraph: Paragraph, each: Quoted) -> bool:
    """Whether the words hold their own full stop, so that what follows is another sentence."""
    after = paragraph.outside[each.end :].lstrip()
    return paragraph.text[each.end - 2] == "." and (not after or after[0].isupper() or not after[0].isalnum())


def _reaches(between: str) -> bool:
    """Whether a verb a little before the words still governs them: told reporters: "…"."""
    return len(between) <= _NEAR and not _BREAK.search(between.rstrip().rstrip(",:"))


def _behind(paragraph: Paragraph, reading: Reading, at: int, end: int) -> _Found | None:
    """The attribution behind the words; None when there is none."""
    speech, outside = reading.speech, paragraph.outside
    lead = _LEAD.match(outside, at, end)
    at = lead.end() if lead else at
    if according := speech.according.match(outside, at, end):
        source = _named_behind(paragraph, reading, according.end(), end)
        return source if source.who is not None else None
    verb = speech.verb.search(outside, at, end)
    if verb is None:
        return None
    if countryman := speech.countryman.match(outside, at, verb.start()):
        return _Found(reading.of_country(countryman[1]))
    if verb.start() == at:
        return _verb_first(paragraph, reading, verb, end)
    pronoun = speech.pronoun.match(outside, at, end)
    if pronoun and verb.start() - pronoun.end() <= _NEAR // 3:
        return _Found(_meant(reading, pronoun[1], _spoken_to(paragraph, reading, verb.end(), end)))
    names = paragraph.between(at, verb.start())
    if (
        names
        and speech.title_before.fullmatch(outside, at, names[0].start)
        and _TO_VERB.fullmatch(outside, names[0].end, verb.start())
    ):
        return _Found(names[0].subject)
    # Another subject and a verb: somebody without a record, unless another clause begins.
    elsewhere = outside[at : at + 1] in (";", ":") or speech.conjunction.search(outside, at, verb.start())
    return None if elsewhere else _Found(None)


def _verb_first(paragraph: Paragraph, reading: Reading, verb: re.Match[str], end: int) -> _Found:
    outside = paragraph.outside
    if verb[0].endswith(reading.speech.speaker_endings):
        return _Found(_meant(reading, next(iter(reading.speech.he & reading.speech.she), "")))
    pronoun = reading.speech.pronoun.match(outside, verb.end() + 1, end)
    if pronoun:
        return _Found(_meant(reading, pronoun[1]))
    return _named_behind(paragraph, reading, verb.end(), end)


def _named_behind(paragraph: Paragraph, reading: Reading, at: int, end: int) -> _Found:
    """The first leader behind a place, unless somebody else stands between."""
    outside = paragraph.outside
    names = paragraph.between(at, end)
    if not names or names[0].start - at > _NEAR or outside.startswith(reading.speech.possessives, names[0].end):
        return _Found(None)
    between = outside[at : names[0].start]
    stranger = reading.speech.stranger.search(between)
    office = reading.speech.office.search(between.rstrip() + " ")
    if (
        "," in between
        or reading.speech.indefinite.search(between)
        or (stranger and not (office and office.start() <= stranger.start()))
    ):
        return _Found(None)
    return _Found(names[0].subject)


def _subject_of(paragraph: Paragraph, reading: Reading, start: int, verb: re.Match[str]) -> _Found:
    """Who is the subject of a verb of saying: the name right before it, a pronoun, or the head of the sentence."""
    outside = paragraph.outside
    names = [
        name
        for name in paragraph.between(start, verb.start())
        if not outside.startswith(reading.speech.possessives, name.end)
    ]
    pronouns = list(reading.speech.pronoun.finditer(outside, max(start, verb.start() - _NEAR // 3), verb.start()))
    if pronouns and (not names or pronouns[-1].start() > names[-1].end):
        if names and len({name.subject for name in names}) == 1 and reading.fits(pronouns[-1][1], names[0].subject):
            return _Found(names[0].subject)
        return _Found(None if names else _meant(reading, pronouns[-1][1]))
    countryman = reading.speech.countryman.search(outside, start, verb.start())
    if countryman and not (names and names[-1].start > countryman.end()):
        return _Found(reading.of_country(countryman[1]))
    if not names:
        title = reading.speech.office.search(outside, start, verb.start())
        near = title and _TO_VERB.fullmatch(outside, title.end(), verb.start())
        return _Found(reading.by_title(title[1], paragraph.start + title.start()) if title and near else None)
    last = names[-1]
    if len(names) > 1 and reading.speech.joined.fullmatch(outside, names[-2].end, last.start):
        return _Found(None)  # two said it together
    if _TO_VERB.fullmatch(outside, last.end, verb.start()) and not _governed(outside, start, last, reading):
        return _Found(last.subject)
    if reading.speech.stranger.search(outside, last.end, verb.start()):
        return _Found(None)
    head = names[0]
    whole = outside[last.end : verb.start()]
    joined = (
        verb[0].endswith(reading.speech.participles)
        or reading.speech.goes_on.search(whole)
        or len({name.subject for name in names}) == 1
    )
    return _Found(head.subject if joined and not _governed(outside, start, head, reading) else None)


def _governed(outside: str, start: int, name: Named, reading: Reading) -> bool:
    """Whether a preposition stands before the name, so that it is no subject."""
    return reading.speech.preposition.search(outside[start : name.start]) is not None


def _spoken_to(paragraph: Paragraph, reading: Reading, at: int, end: int) -> frozenset[int]:
    """Who is named right behind a verb of saying, and so is not the one who said it: he told Scholz."""
    name = next(iter(paragraph.between(at, end)), None)
    if name is None or paragraph.outside.startswith(reading.speech.possessives, name.end):
        return frozenset()
    direct = reading.speech.done_to.fullmatch(paragraph.outside, at, name.start)
    return frozenset((name.subject,)) if direct else frozenset()


def _meant(reading: Reading, pronoun: str, others: frozenset[int] = frozenset()) -> int | None:
    if reading.speaker is not None and reading.speaker not in others and reading.fits(pronoun, reading.speaker):
        return reading.speaker
    return reading.meant(pronoun, others)


def _goes_on(paragraph: Paragraph, reading: Reading, before: Quoted, each: Quoted) -> bool:
    """Whether words go on behind their attribution: "…", he said, "…"."""
    between = paragraph.outside[before.end : each.start]
    return (
        paragraph.text[before.end - 2] not in _ENDED
        and between.rstrip().endswith(",")
        and len(between) <= _FAR
        and not reading.speech.sentence_end.search(between)
    )


def _long_enough(paragraph: Paragraph, each: Quoted) -> bool:
    words = paragraph.text[each.start + 1 : each.end - 1].split()
    whole = words[-1:] and (words[-1][-1] in _ENDED + "," or paragraph.text[each.end : each.end + 1] == ",")
    return len(words) >= _FEWEST or (len(words) == 2 and bool(whole))


def _pass_over(paragraph: Paragraph, reading: Reading, start: int, end: int) -> None:
    """Read on to a place: the leaders of the last sentence are those whom pronouns mean."""
    at = start
    while at < end:
        found = reading.speech.sentence_end.search(paragraph.outside, at, end)
        stop = found.end() if found else end
        subjects = tuple(dict.fromkeys(name.subject for name in paragraph.between(at, stop)))
        if subjects:
            reading.near = subjects
            if reading.speaker not in subjects or len(subjects) > 1:
                reading.speaker = None
        elif _other_person(paragraph, reading, at, min(stop, at + _NEAR)):
            reading.near, reading.speaker = (), None
        reading.telling = _telling(paragraph, reading, at, stop)
        at = stop


def _other_person(paragraph: Paragraph, reading: Reading, start: int, end: int) -> bool:
    """Whether the head of a sentence brings in somebody without a record, by a word for people or by a full name."""
    stranger = reading.speech.stranger.search(paragraph.outside, start, end)
    return bool(stranger or _FULL_NAME.search(paragraph.outside, start, end))


def _telling(paragraph: Paragraph, reading: Reading, start: int, end: int) -> int | None:
    """Who tells something in a sentence of his own, so that words alone in marks behind it are his."""
    names = paragraph.between(start, end)
    verb = reading.speech.verb.search(paragraph.outside, names[0].end, end) if names else None
    direct = verb and _TO_VERB.fullmatch(paragraph.outside, names[0].end, verb.start())
    return names[0].subject if direct and not _governed(paragraph.outside, start, names[0], reading) else None
