"""Every line's fate: kept as title or body, or cut by a rule, in whole or in part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from builder.model import CleaningRules, Span
from builder.normalize.dates import dates_in
from builder.normalize.judge import Judged, Run, link_share
from builder.normalize.own_rules import OwnFindings
from builder.normalize.page import Line, Page
from builder.normalize.publisher import Publisher, is_about_author
from builder.normalize.tails import is_only_tags, split_tail, tags_of
from builder.normalize.text_measures import ends_sentence, sentences, wide_share
from builder.normalize.title import Title

_LATIN_WORDS_FIRST: Final = re.compile(
    r"^(?:[A-Za-z0-9'’\"“”,:&.-]+\s+){5,}(?=[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af])"
)
_LAST_WIDE: Final = re.compile(
    '[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]["\'”’」』）)\\]]*\\s+(?=[A-Z"“])'
)
_EMAIL_ONLY: Final = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_COUNTER: Final = re.compile(r"^(?:\d{4}-\d{2}-\d{2}\s+\d+\s*){2,}$|^[\d\s.,:/|+-]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that is kept: code points of the line, half open."""

    line: Line
    start: int
    end: int
    continues: bool = False
    """Whether it goes on where the piece before it was broken off by a cut."""

    @property
    def words(self) -> str:
        """The text kept."""
        return self.line.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The capture's spans in order, the body's pieces, and what its cut tails say."""

    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    tags: tuple[str, ...]
    """Hashtags, without the sign."""
    date: str | None
    """The date on the end of a one-line report, behind its hashtags."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the steps before found out about a page."""

    judged: tuple[Judged, ...]
    run: Run
    title: Title
    publisher: Publisher
    date_lines: tuple[int, ...]
    rules: CleaningRules
    own: OwnFindings = field(default_factory=OwnFindings)


def decide(page: Page, found: Findings) -> Verdicts:
    """Spans that cover every letter of every line, each kept or cut by a named rule."""
    by_number = {one.line.number: position for position, one in enumerate(found.judged)}
    fates = _fates(found)
    spans: list[Span] = []
    pieces: list[Piece] = []
    tags: list[str] = []
    dates: list[str] = []
    for line in page.lines:
        if line.kind in ("blank", "meta"):
            if line.text:
                rule = "front-matter" if line.kind == "meta" else "layout"
                spans.append(Span(line.number, 0, len(line.text), kept=False, rule=rule))
            continue
        fate = fates[by_number[line.number]]
        if fate.partition(":")[0] == "body":
            kept, cut, tail = _within(line, found.rules, found.own.spans.get(line.number, ()))
            pieces += kept
            tags += tail.tags
            dates += [tail.date] if tail.date else []
        elif fate.partition(":")[0] == "title":
            given = found.own.title if fate != "title" else None
            kept = [Piece(line, given.start, given.end) if given else Piece(line, line.start, line.end)]
            cut = [(line.start, given.start, fate), (given.end, line.end, fate)] if given else []
        else:
            kept, cut = [], [(line.start, line.end, fate)]
            tags += tags_of(line.words) if fate == "hashtags" else ()
        spans += _covering(line, [(piece.start, piece.end, fate) for piece in kept], cut)
    return Verdicts(tuple(spans), tuple(pieces), tuple(dict.fromkeys(tags)), next(iter(dates), None))


def _fates(found: Findings) -> list[str]:
    """For each judged line `title`, `body`, or the rule that cuts it whole."""
    sections = _sections_behind(found)
    fates = [_fate(position, one, found, sections) for position, one in enumerate(found.judged)]
    _cut_inner_boxes(found, fates)
    _cut_hanging_headings(found, fates)
    return fates


def _fate(position: int, one: Judged, found: Findings, sections: dict[int, str]) -> str:
    run, text, own = found.run, one.line.words, found.own
    if position == found.title.position:
        return f"title:{own.title.rule}" if own.title and own.title.line == one.line.number else "title"
    if own.date and own.date.line == one.line.number:
        return own.date.rule
    if one.line.number in own.whole:
        kept, name = own.whole[one.line.number]
        return f"body:{name}" if kept else name
    if position in found.title.repeats and not (one.prose and run.start <= position < run.end and len(text) > 200):
        return "title-again"
    if one.line.number in found.date_lines and not one.prose:
        return "publication-date"
    if position in found.publisher.bylines:
        return "byline"
    if is_only_tags(text):
        return "hashtags"
    if run.start <= position < run.end:
        return _fate_inside(position, one, found)
    return _fate_outside(one, "before-article" if position < run.start else sections.get(position, ""))


def _fate_inside(position: int, one: Judged, found: Findings) -> str:
    text = one.line.words
    if position in found.run.left_out:
        return one.rule or ("caption" if one.line.kind == "caption" else "surroundings")
    if one.rule is not None and one.weight < 1.0:
        return one.rule
    if one.learnt and one.weight > 0:
        return "body"
    if found.title.position is not None and position < found.title.position:
        return "before-article"
    if one.line.kind == "caption":
        return "caption"
    if _EMAIL_ONLY.match(text):
        return "email"
    if one.line.bad >= 2 and one.weight < 0 and one.line.kind != "heading":
        return "surroundings"
    if link_share(one.line) > 0.85 and not ends_sentence(text) and one.line.kind == "text":
        return "link"
    if position >= found.run.end - 2 and is_about_author(text, found.publisher.authors):
        return "author-note"
    return "body"


def _fate_outside(one: Judged, section: str) -> str:
    text = one.line.words
    if one.rule is not None:
        return one.rule
    if _COUNTER.match(text):
        return "counter"
    if _EMAIL_ONLY.match(text):
        return "email"
    if section:
        return section
    return "link" if link_share(one.line) > 0.5 else "after-article"


def _sections_behind(found: Findings) -> dict[int, str]:
    """For each position behind the article the kind of section it stands in, by the last heading of one before it."""
    names = {"related": "teaser", "comments": "comment"}
    current = names.get(found.run.ended_by or "", "")
    sections = {}
    for position in range(found.run.end, len(found.judged)):
        current = names.get(found.judged[position].section or "", current)
        sections[position] = current
    return sections


def _cut_inner_boxes(found: Findings, fates: list[str]) -> None:
    """A "related" heading inside the article takes the short lines and links under it along, up to the next prose."""
    position = found.run.start
    while position < found.run.end and not found.judged[position].learnt:
        one = found.judged[position]
        if fates[position] == "body" and one.section in ("related", "comments") and not one.prose:
            fates[position] = "teaser"
            following = position + 1
            while following < found.run.end and not found.judged[following].prose:
                if fates[following] == "body":
                    fates[following] = "teaser"
                following += 1
        position += 1


def _cut_hanging_headings(found: Findings, fates: list[str]) -> None:
    """A heading with nothing under it heads something that was cut."""
    for position in range(found.run.end - 1, found.run.start - 1, -1):
        if fates[position] != "body":
            continue
        one = found.judged[position]
        if one.prose or one.line.kind in ("item", "row", "quote", "code") or ends_sentence(one.line.words):
            return
        fates[position] = "after-article"


@dataclass(frozen=True, slots=True)
class _Tail:
    tags: tuple[str, ...] = ()
    date: str | None = None


def _within(
    line: Line, rules: CleaningRules, own: Sequence[tuple[int, int, str]] = ()
) -> tuple[list[Piece], list[tuple[int, int, str]], _Tail]:
    """The pieces of a body line, what is cut inside it, and what its tail says."""
    start, end = line.start, line.end
    cut: list[tuple[int, int, str]] = []
    said = _Tail()
    tail = split_tail(line.words)
    if tail is not None:
        behind, date = _behind_tags(line, start + tail.tags_end, rules)
        said = _Tail(tail.tags, date)
        cut = [(start + tail.words_end, start + tail.tags_end, "hashtags"), *behind]
        end = start + tail.words_end
    inner = [(a, b, rule) for a, b, rule in own if start <= a and b <= end]
    if inner:
        edges = [start, *(edge for a, b, _ in inner for edge in (a, b)), end]
        stretches = [_stripped(line, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        pieces = [piece for piece in stretches if piece.words]
        return [*pieces[:1], *(replace(piece, continues=True) for piece in pieces[1:])], [*inner, *cut], said
    middle = _change_of_script(line.text[start:end])
    if middle:
        return [Piece(line, start, start + middle), Piece(line, start + middle, end)], cut, said
    return ([Piece(line, start, end)] if end > start else []), cut, said


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
    if found := _LATIN_WORDS_FIRST.match(text):
        rest = text[found.end() :]
        return found.end() if wide_share(rest) > 0.6 and sentences(rest) >= 2 and not sentences(found[0]) else 0
    last = 0
    for change in _LAST_WIDE.finditer(text):
        last = change.end()
    before, after = text[:last], text[last:]
    fits = 0 < last < 0.35 * len(text) and wide_share(before) > 0.6 and sentences(before) == 0
    return last if fits and wide_share(after) < 0.05 and sentences(after) >= 2 else 0


def _covering(line: Line, kept: list[tuple[int, int, str]], cut: list[tuple[int, int, str]]) -> list[Span]:
    """Spans without a gap: what neither list names is layout."""
    spans: list[Span] = []
    position = 0
    marked = sorted([(s, e, rule, True) for s, e, rule in kept] + [(s, e, rule, False) for s, e, rule in cut])
    for start, end, rule, is_kept in marked:
        if start > position:
            spans.append(Span(line.number, position, start, kept=False, rule="layout"))
        if end > start:
            spans.append(Span(line.number, start, end, kept=is_kept, rule=rule))
        position = max(position, end)
    if position < len(line.text):
        spans.append(Span(line.number, position, len(line.text), kept=False, rule="layout"))
    return spans
