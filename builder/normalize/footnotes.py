"""Footnotes: which stretches of the article refer to a note, and which lines are the notes.

In saved pages a reference is a link into its own page whose target stands further down; in dumps it is a mark that
opens a line further down as well: `[1]`, a number in a circle, stars, a word for "note" with its number. One mark
without its partner proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from builder.model import CleaningRules
from builder.model.values import field, value
from builder.normalize.judge import Judged
from builder.normalize.page import Line, Page

RULE: Final = "footnote-mark"
"""What the marks are cut by: Markdown's own stand in their place."""
_SHORTEST: Final = 4
"""Letters of a note."""
_LONGEST_MARK: Final = 12
_ANSWERED: Final = 0.8
"""Share of the marks of a kind that must have their notes."""
_MOST: Final = 500
"""References of one page."""
_BRACKETED: Final = re.compile(r"\[(?P<label>\d{1,3})\]")
_CIRCLED: Final = re.compile("(?P<label>[\u2460-\u2473])")
_STARS: Final = re.compile(r"(?<=[^\s*(\[])(?P<label>\*{1,3})(?![*\w])")
_OPENING: Final = re.compile(
    r"\s*(?P<label>\[\d{1,3}\]|[\u2460-\u2473]|\*{1,3}(?!\*))[\s.:]*(?=\S)".replace(r"\u2460-\u2473", "\u2460-\u2473")
)
_CARET: Final = re.compile("\\s*[\\^\u2191](?:\\s[a-z](?=\\s))*\\s+(?=\\S.{4})")
_BACK: Final = re.compile("[\\s\\^\u2191\u21a9\u21b5\u2934\ufe0e\ufe0f\u25b2\\[\\]().,a-z\\d]*")
"""What a link back to the text shows: an arrow, a caret, a letter for each place."""
_ARROW: Final = re.compile("(?:[\\^\u2191\u21a9]\\s*)+")
_TRIMMED: Final = "[]().:, \u3000"


@value(frozen=True, slots=True)
class Footnotes:
    """The notes of a page and the places that refer to them, by numbers of lines."""

    references: Mapping[int, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)
    """Start and end of each mark in its line, and the label of its note."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """The label of the note that a line begins."""
    marks: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """What in the lines of notes is no words of theirs: the mark before them, links back to the text."""

    def cuts(self, line: int) -> list[tuple[int, int, str]]:
        """The marks of a line, as they are cut."""
        found = [(start, end) for start, end, _ in self.references.get(line, ())]
        return [(start, end, RULE) for start, end in (*found, *self.marks.get(line, ()))]


class _Opening(NamedTuple):
    """What opens the line of a note: its mark, and where that ends."""

    mark: str
    end: int


_Reference = tuple[Line, int, int, str]
"""A line, where a mark begins and ends in it, and what ties it to its note: the note's line, or the mark's letters."""


def footnotes_of(page: Page, judged: Sequence[Judged], fates: Sequence[str], rules: CleaningRules) -> Footnotes:
    """The footnotes of the lines that are the article's by their fates."""
    body = [one.line for one, fate in zip(judged, fates, strict=True) if fate.partition(":")[0] == "body"]
    if page.form == "html":
        return _of_links(page, body) if page.notes else Footnotes()
    return _of_marks(body, judged, rules) if page.form == "text" else Footnotes()


def keep_notes(judged: Sequence[Judged], fates: MutableSequence[str], notes: Footnotes) -> None:
    """Notes that the article refers to are its own, wherever they stand; what the archivist has cut stays cut."""
    for position, one in enumerate(judged):
        if one.line.number in notes.notes and not fates[position].startswith(("title", "body", "site:")):
            fates[position] = "body"


def _of_links(page: Page, body: Sequence[Line]) -> Footnotes:
    """References and notes of a saved page, which says by its links what belongs together."""
    targets = dict(page.notes)
    lines = {line.number: line for line in page.lines}
    found: list[tuple[Line, int, int, int]] = []
    for line in body:
        for mark in line.marks:
            note = targets.get(mark.target, 0) if mark.kind == "note" else 0
            if line.kind != "row" and note > line.number and mark.end - mark.start <= _LONGEST_MARK:
                found.append((line, *_whole_mark(line.text, mark.start, mark.end), note))
    found = [one for one in found[:_MOST] if len(lines[one[3]].words) >= _SHORTEST and lines[one[3]].kind != "row"]
    labels: dict[int, str] = {}
    for line, start, end, note in found:
        labels.setdefault(note, _label(line.text[start:end], labels.values()))
    references: dict[int, list[tuple[int, int, str]]] = {}
    for line, start, end, note in found:
        references.setdefault(line.number, []).append((start, end, labels[note]))
    marks = {number: tuple(_marks_of(lines[number])) for number in labels}
    return Footnotes({number: tuple(some) for number, some in references.items()}, labels, marks)


def _whole_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """The mark with the brackets around its link and the space before it."""
    if text[start - 1 : start] in ("[", "(") and text[end : end + 1] in ("]", ")"):
        start, end = start - 1, end + 1
    return (start - 1 if start and text[start - 1] == " " else start), end


def _label(text: str, taken: Iterable[str]) -> str:
    """What the mark shows, without brackets; numbered anew where another note bears it already."""
    bare = (
        "".join(sign for sign in text.strip(_TRIMMED) if sign not in "[]^|" and not sign.isspace())[:_LONGEST_MARK]
        or "n"
    )
    number, label, known = 1, bare, set(taken)
    while label in known:
        number += 1
        label = f"{bare}-{number}"
    return label


def _marks_of(line: Line) -> Iterator[tuple[int, int]]:
    """Links in a note that lead back to the text, and a mark that opens its line."""
    opening = _OPENING.match(line.text, line.start) if line.kind != "item" else None
    found = _ARROW.match(line.text, line.start) or opening
    if found:
        yield found.span()
    for mark in line.marks:
        back = mark.kind in ("note", "link") and _BACK.fullmatch(line.text, mark.start, mark.end)
        if back and (mark.kind == "note" or "#" in mark.target) and not (found and mark.start < found.end()):
            yield mark.start, mark.end


def _of_marks(body: Sequence[Line], judged: Sequence[Judged], rules: CleaningRules) -> Footnotes:
    """References and notes of a dump, tied by the letters of their marks."""
    if not body:
        return Footnotes()
    worded = _worded(rules)
    first, last = body[0].number, body[-1].number
    below = [one.line for one in judged if first < one.line.number <= last + _MOST]
    openings = {line.number: found for line in below if (found := _opening(line, worded))} or _counted(below)
    if not openings:
        return Footnotes()
    inside = [one for line in body if line.number not in openings for one in _references(line, worded)][:_MOST]
    return _tied(inside, openings, {one.line.number: one.line for one in judged})


def _counted(lines: Sequence[Line]) -> dict[int, _Opening]:
    """The notes of a list that was copied without its numbers: a caret opens each, and leads back to its place."""
    found = ((line.number, caret.end()) for line in lines if (caret := _CARET.match(line.text)))
    return {number: _Opening(str(count), end) for count, (number, end) in enumerate(found, 1)}


def _tied(found: Sequence[_Reference], openings: Mapping[int, _Opening], lines: Mapping[int, Line]) -> Footnotes:
    """The references whose mark opens one line further down, if that is so of nearly all of their kind."""
    last: dict[str, int] = {}
    for line, _, _, mark in found:
        last[mark] = max(last.get(mark, 0), line.number)
    notes = {
        mark: next((number for number, opening in openings.items() if opening.mark == mark and number > at), 0)
        for mark, at in last.items()
    }
    answered = {mark: number for mark, number in notes.items() if number}
    kinds = {_kind(mark) for mark in answered}
    asked = [mark for mark in last if _kind(mark) in kinds]
    below = max((line.number for line, _, _, mark in found if mark in answered), default=0)
    above = any(number < below for number in answered.values())
    if not answered or above or len(answered) < _ANSWERED * len(asked) or _many_stars(openings, answered):
        return Footnotes()
    references: dict[int, list[tuple[int, int, str]]] = {}
    labels = {mark: _label(mark, ()) for mark in answered}
    for line, start, end, mark in found:
        if mark in answered:
            references.setdefault(line.number, []).append((start, end, labels[mark]))
    # What opens a list's item is layout already.
    marks = {at: ((lines[at].start, opening.end),) for at, opening in openings.items() if opening.end > lines[at].start}
    return Footnotes(
        {number: tuple(some) for number, some in references.items()},
        {number: labels[mark] for mark, number in answered.items()},
        {at: marks[at] for at in answered.values() if at in marks},
    )


def _many_stars(openings: Mapping[int, _Opening], answered: Mapping[str, int]) -> bool:
    """Whether a star opens several lines: those are items of a list."""
    opened = [opening.mark for opening in openings.values()]
    return any(mark[0] == "*" and opened.count(mark) > 1 for mark in answered)


def _references(line: Line, worded: re.Pattern[str]) -> Iterator[_Reference]:
    if line.kind in ("row", "code"):
        return
    for pattern in (_BRACKETED, _CIRCLED, _STARS, worded):
        for found in pattern.finditer(line.text, line.start, line.end):
            if found.start() > line.start:
                yield line, found.start(), found.end(), _bare(found)


def _opening(line: Line, worded: re.Pattern[str]) -> _Opening | None:
    """The mark that opens a line: before its words, or taken for that of a list's item."""
    found = _OPENING.match(line.text) or worded.match(line.text)
    fits = found and line.end - found.end() >= _SHORTEST and line.kind in ("text", "item")
    return _Opening(_bare(found), found.end()) if found and fits else None


def _bare(found: re.Match[str]) -> str:
    return "".join(found["label"].split()).strip(_TRIMMED)


def _kind(mark: str) -> str:
    return "1" if mark[0].isdecimal() else "a" if mark.isalpha() and mark.isascii() else "*" if mark[0] == "*" else "o"


@lru_cache(maxsize=2)
def _worded(rules: CleaningRules) -> re.Pattern[str]:
    """A word for "note" with its number, and perhaps a bracket behind it."""
    words = "|".join(re.escape(word) for kind, word in rules.labels if kind == "note")
    return re.compile(rf"[(\[\uff08]?(?P<label>(?:{words or '(?!)'})\s?\d{{1,3}})[)\]:.\uff09\uff1a]\s*", re.IGNORECASE)
