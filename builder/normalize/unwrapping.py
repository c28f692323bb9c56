"""Dumps whose lines were broken at a width, as those of mails and of PDF files are: their paragraphs in one piece.

What is decided of a paragraph is told of each of its lines again: ledgers know the lines of the capture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile
from typing import Final

from builder.model import Span
from builder.normalize.flatten_text import text_line
from builder.normalize.page import Line, Page
from builder.normalize.text_measures import ends_sentence, wide_share

_WIDEST: Final = 120
_NARROWEST: Final = 45
"""Letters of the longest line of such a text; a list of headlines has shorter ones, a paragraph in one piece longer."""
_FEWEST: Final = 3
"""Lines that go on in the next one."""
_SHARE: Final = 0.125
"""Of all lines."""
_FULL: Final = 0.86
_FULL_BEFORE_CAPITAL: Final = 0.94
"""Share of the width that a line and the next one's first word go beyond, where the line was broken for its width."""
_HYPHENS: Final = ("-", "\u00ad")
_WIDE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the capture, from its first to its last word, in the line that it was put into."""

    number: int
    start: int
    """In the line of the capture."""
    length: int
    at: int
    """In the paragraph."""


Parts = Mapping[int, Sequence[Part]]
"""By the number of a paragraph's first line."""


def unwrapped(page: Page, small: Collection[str]) -> tuple[Page, Parts]:
    """The page with its paragraphs in one line each, numbered as their first; the page itself where none is broken.

    `small` are function words: no paragraph ends in one.
    """
    if page.form != "text":
        return page, {}
    lengths = [len(line.words) for line in page.lines]
    width = max(lengths, default=0)
    if not _NARROWEST <= width <= _WIDEST or any(line.kind == "row" for line in page.lines):
        return page, {}
    filled = sum(line.kind != "blank" for line in page.lines)
    spaced = 4 * (len(page.lines) - filled) >= filled
    joined = [_goes_on(one, two, width, small, spaced=spaced) for one, two in pairwise(page.lines)]
    if sum(joined) < max(_FEWEST, _SHARE * filled) or not _is_prose(page.lines, joined, small):
        return page, {}
    return _joined(page, joined)


def spans_of_lines(spans: Sequence[Span], page: Page, parts: Parts) -> tuple[Span, ...]:
    """Spans of paragraphs as spans of the page's lines, of which they cover every letter."""
    told = [one for span in spans for one in _on_lines(span, parts.get(span.line, ()))]
    ends = {line.number: len(line.text) for line in page.lines}
    whole: list[Span] = []
    for at, span in enumerate(told):
        first = not at or told[at - 1].line != span.line
        last = at + 1 == len(told) or told[at + 1].line != span.line
        if first and span.start:
            whole.append(Span(span.line, 0, span.start, kept=False, rule="layout"))
        whole.append(span)
        if last and span.end < ends[span.line]:
            whole.append(Span(span.line, span.end, ends[span.line], kept=False, rule="layout"))
    return tuple(whole)


def _goes_on(one: Line, two: Line, width: int, small: Collection[str], *, spaced: bool) -> bool:
    if one.kind not in ("text", "item") or two.kind not in ("text", "item") or wide_share(one.words) >= _WIDE:
        return False
    if ends_sentence(one.words) and not spaced:
        return False
    # "on" and, in the next line, "1. October": a day, and no item of a list.
    if two.kind == "item" and not (two.ordered and _ends_small(one.words, small)):
        return False
    first = two.text.split(maxsplit=1)[0]
    least = _FULL_BEFORE_CAPITAL if first[:1].isupper() and not _ends_small(one.words, small) else _FULL
    return len(one.words) + 1 + len(first) > least * width


def _is_prose(lines: Sequence[Line], joined: Sequence[bool], small: Collection[str]) -> bool:
    """Whether most broken lines break off in a sentence: those of lists of names and headlines do not."""
    broken = [pair for pair, goes_on in zip(pairwise(lines), joined, strict=True) if goes_on]
    inside = sum(two.words[:1].islower() or _ends_small(one.words, small) for one, two in broken)
    return 3 * inside >= 2 * len(broken)


def _ends_small(text: str, small: Collection[str]) -> bool:
    return text.endswith(_HYPHENS) or text.rsplit(maxsplit=1)[-1].casefold() in small


def _joined(page: Page, joined: Sequence[bool]) -> tuple[Page, Parts]:
    lines: list[Line] = []
    parts: dict[int, Sequence[Part]] = {}
    firsts = [at for at, goes_on in enumerate((False, *joined)) if not goes_on]
    for start, end in pairwise((*firsts, len(page.lines))):
        if end - start == 1:
            lines.append(page.lines[start])
            continue
        text, own = _paragraph(page.lines[start:end])
        lines.append(text_line(own[0].number, text))
        parts[own[0].number] = own
    return replace(page, lines=tuple(lines)), parts


def _paragraph(lines: Sequence[Line]) -> tuple[str, Sequence[Part]]:
    """The lines in one, and where each stands in it."""
    texts = [lines[0].text[: lines[0].end]]
    parts = [Part(lines[0].number, 0, lines[0].end, 0)]
    for line in lines[1:]:
        first = len(line.text) - len(line.text.lstrip())
        words = line.text[first : line.end]
        gap = "" if texts[-1].endswith(_HYPHENS) and words[:1].islower() else " "
        parts.append(Part(line.number, first, len(words), parts[-1].at + parts[-1].length + len(gap)))
        texts += (gap, words)
    return "".join(texts), parts


def _on_lines(span: Span, parts: Sequence[Part]) -> Iterator[Span]:
    if not parts:
        yield span
    first = bisect_right(parts, span.start, key=lambda part: part.at) - 1
    for part in takewhile(lambda part: part.at < span.end, islice(parts, max(0, first), None)):
        start, end = max(span.start, part.at), min(span.end, part.at + part.length)
        if start < end:
            shift = part.start - part.at
            yield replace(span, line=part.number, start=start + shift, end=end + shift)
