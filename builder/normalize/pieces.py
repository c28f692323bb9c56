"""What of a line of the article is kept: the pieces left when datelines, tails and own cuts are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.dates import dates_in
from builder.normalize.footnotes import Footnotes
from builder.normalize.inner_cuts import inner_cuts, opening
from builder.normalize.judge import SHORT_PROSE, Judged
from builder.normalize.page import Line
from builder.normalize.tails import split_tail
from builder.normalize.text_measures import sentences, wide_share
from builder.normalize.vocabulary import vocabulary

_LATIN_WORDS_FIRST: Final = re.compile(
    r"^(?:[A-Za-z0-9'’\"“”,:&.-]+\s+){5,}(?=[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af])"
)
_LAST_WIDE: Final = re.compile(
    '[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]["\'”’」』）)\\]]*\\s+(?=[A-Z"“])'
)


@value(frozen=True, slots=True)
class Piece:
    """A stretch of a line that is kept: code points of the line, half open."""

    line: Line
    start: int
    end: int
    continues: bool = False
    """Whether it goes on where the piece before it was broken off by a cut."""
    label: str = ""
    """Of a note, in its first piece."""
    references: tuple[str, ...] = ()
    """Labels of the notes that are referred to right behind it."""

    @property
    def words(self) -> str:
        """The text kept."""
        return self.line.text[self.start : self.end]


@value(frozen=True, slots=True)
class Tail:
    """What a cut tail says."""

    tags: tuple[str, ...] = ()
    date: str | None = None


class Inside:
    """What is cut inside the lines of one article, as they come."""

    def __init__(
        self,
        rules: CleaningRules,
        own: Mapping[int, Sequence[tuple[int, int, str]]],
        outlets: Sequence[str],
        notes: Footnotes,
    ) -> None:
        """`own` are the archivist's cuts by number of line, `outlets` the letters of names that may be outlets'."""
        self._notes = notes
        self._rules = rules
        self._own = own
        self._is_first = True
        self._agency = ""
        self._outlets = outlets

    def within(self, line: Line, one: Judged) -> tuple[list[Piece], list[tuple[int, int, str]], Tail]:
        """The pieces of a line, what is cut inside it, and what its tail says."""
        own = self._own.get(line.number, ())
        # What the archivist has cut is cut by the archivist's rule.
        others = [cut for cut in self._cuts(line, one) if not any(cut[0] < b and a < cut[1] for a, b, _ in own)]
        marks = [cut for cut in self._notes.cuts(line.number) if not any(cut[0] < b and a < cut[1] for a, b, _ in own)]
        others = [cut for cut in others if not any(cut[0] < b and a < cut[1] for a, b, _ in marks)]
        pieces, cut, said = _within(line, self._rules, [*own, *others, *marks])
        return self._with_notes(line, pieces), cut, said

    def _with_notes(self, line: Line, pieces: list[Piece]) -> list[Piece]:
        """The pieces with the label of the note that they are, and of those that are referred to between them."""
        label = self._notes.notes.get(line.number, "")
        if label and pieces:
            pieces = [replace(pieces[0], label=label), *pieces[1:]]
        for start, _, note in self._notes.references.get(line.number, ()):
            at = max((at for at, piece in enumerate(pieces) if piece.start <= start), default=0)
            if pieces:
                pieces[at] = replace(pieces[at], references=(*pieces[at].references, note))
        return pieces

    def _cuts(self, line: Line, one: Judged) -> list[tuple[int, int, str]]:
        text = line.words
        if text[-1:] == "]" and (button := vocabulary(self._rules).edit.search(text)):
            return [(line.start + button.start(), line.start + button.end(), "navigation")]
        if line.kind not in ("text", "quote") or one.length < SHORT_PROSE or _is_markup(line):
            return []
        if self._is_first and (start := opening(text, self._rules, self._outlets)):
            self._agency = start.agency
        found = inner_cuts(text, self._rules, first=self._is_first, agency=self._agency, outlets=self._outlets)
        self._is_first = self._is_first and not sentences(text)
        return [(line.start + a, line.start + b, rule) for a, b, rule in found]


def _within(
    line: Line, rules: CleaningRules, own: Sequence[tuple[int, int, str]] = ()
) -> tuple[list[Piece], list[tuple[int, int, str]], Tail]:
    """The pieces of a body line, what is cut inside it, and what its tail says."""
    start, end = line.start, line.end
    cut: list[tuple[int, int, str]] = []
    said = Tail()
    tail = split_tail(line.words)
    if tail is not None:
        behind, date = _behind_tags(line, start + tail.tags_end, rules)
        said = Tail(tail.tags, date)
        cut = [(start + tail.words_end, start + tail.tags_end, "hashtags"), *behind]
        end = start + tail.words_end
    inner = [(a, b, rule) for a, b, rule in _apart(own) if start <= a and b <= end]
    if inner:
        edges = [start, *(edge for a, b, _ in inner for edge in (a, b)), end]
        stretches = [_stripped(line, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        pieces = [piece for piece in stretches if piece.words]
        return [*pieces[:1], *(replace(piece, continues=True) for piece in pieces[1:])], [*inner, *cut], said
    middle = _change_of_script(line.text[start:end])
    if middle:
        return [Piece(line, start, start + middle), Piece(line, start + middle, end)], cut, said
    return ([Piece(line, start, end)] if end > start else []), cut, said


def _apart(cut: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Stretches in order, of two that overlap the one that begins first."""
    last = 0
    for start, end, rule in sorted(cut):
        if start >= last and end > start:
            yield start, end, rule
            last = end


def _stripped(line: Line, start: int, end: int) -> Piece:
    words = line.text[start:end]
    return Piece(line, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _behind_tags(line: Line, start: int, rules: CleaningRules) -> tuple[list[tuple[int, int, str]], str | None]:
    """A tail of share links and labels, the date in it named for what it is."""
    found = dates_in(line.text[start : line.end], rules)
    if not found:
        return ([(start, line.end, "share-links")] if start < line.end else []), None
    first, last = start + found[0].start, start + found[0].end
    spans = [(start, first, "share-links"), (first, last, "publication-date"), (last, line.end, "share-links")]
    return [span for span in spans if span[0] < span[1]], found[0].value if len(found) == 1 else None


def _change_of_script(text: str) -> int:
    """Where a headline in one script ends and a text in another begins on the same line; 0 for nowhere.

    Video portals put the headline in the channel's language before a report in another.
    """
    if not wide_share(text):
        return 0
    if found := _LATIN_WORDS_FIRST.match(text):
        rest = text[found.end() :]
        return found.end() if wide_share(rest) > 0.6 and sentences(rest) >= 2 and not sentences(found[0]) else 0
    last = 0
    for change in _LAST_WIDE.finditer(text):
        last = change.end()
    before, after = text[:last], text[last:]
    fits = 0 < last < 0.35 * len(text) and wide_share(before) > 0.6 and sentences(before) == 0
    return last if fits and wide_share(after) < 0.05 and sentences(after) >= 2 else 0


def _is_markup(line: Line) -> bool:
    return any(mark.kind == "markup" for mark in line.marks)
