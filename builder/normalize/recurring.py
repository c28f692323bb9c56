"""Lines that recur on the pages of one host, or of one folder: what the archivist may want a rule for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from builder.model import Capture, CleaningRules
from builder.model.values import value
from builder.normalize.draft import examine, page_of
from builder.normalize.text_measures import skeleton, weighted_length

_SHORTEST: Final = 8.0
"""Weighted letters; shorter lines are labels that pages share by chance."""
_LONGEST: Final = 400.0
_SHORTEST_TAIL: Final = 15.0
_MOST_LINES: Final = 5000
_DIGITS: Final = re.compile(r"\d+")
_SENTENCE: Final = re.compile("(?<=[.!?])\\s+|(?<=[\u3002\uff01\uff1f])|\\s+(?=[(\\[\uff08\u3010])")


@value(frozen=True, slots=True)
class Listed:
    """The lines of one capture."""

    capture: str
    pages: str
    """Where it belongs: its host, or its folder with a slash behind it."""
    piece: str
    """What copies of one piece have in common, so that they count once."""
    lines: tuple[tuple[int, str, bool], ...]
    """Number, text, and whether it was kept."""


@value(frozen=True, slots=True)
class Proposal:
    """A line, or the end of a line, that recurs on pages which belong together."""

    pages: str
    scope: str
    """`line` or `span`."""
    pattern: str
    example: str
    place: str
    """File and line of the example."""
    times: int
    kept: int
    """Of so many pieces that hold it, in so many it was kept."""
    of: int
    """Pieces of the host or the folder."""


@value(frozen=True, slots=True)
class Listing:
    """Looking at the lines of one capture as a stage to be mapped over an archive."""

    rules: CleaningRules
    name: str = "list"

    @property
    def fingerprint(self) -> str:
        """Equal rules, equal fates."""
        return self.rules.version

    def __call__(self, capture: Capture, /) -> Listed | None:
        """Its lines with what becomes of them."""
        return lines_of(capture, self.rules)

    def failed(self, capture: Capture, trace: str, /) -> None:
        """A page that cannot be read was told of when its article was to be made."""


def lines_of(capture: Capture, rules: CleaningRules) -> Listed | None:
    """The lines of a capture with what becomes of them; None for one that holds no text."""
    page = page_of(capture, rules)
    if page is None or not any(line.kind != "blank" for line in page.lines):
        return None
    examined = examine(page, rules, capture.path)
    kept: dict[int, str] = {}
    for piece in examined.verdicts.pieces:
        kept[piece.line.number] = f"{kept.get(piece.line.number, '')} {piece.words}"
    titles = {span.line for span in examined.verdicts.spans if span.kept and span.rule.startswith("title")}
    url = examined.found.publisher.source.url
    folder, _, _ = capture.path.removeprefix("captures/").rpartition("/")
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    lines = [line for line in page.lines if line.kind not in ("blank", "meta") and line.number not in titles]
    first = next((piece.words for piece in examined.verdicts.pieces), "")
    return Listed(
        capture.path,
        host or f"{folder}/",
        skeleton(examined.found.title.text or first),
        tuple(
            (line.number, " ".join(kept.get(line.number, line.words).split()), line.number in kept)
            for line in lines[:_MOST_LINES]
        ),
    )


def proposals(captures: Iterable[Listed], least: int) -> tuple[Proposal, ...]:
    """Rules for what stands in at least so many pieces of one host or folder and was kept in one of them.

    Numbers that change from page to page become `{number}`. What every rule cuts already needs none.
    """
    groups: dict[str, list[Listed]] = defaultdict(list)
    for one in captures:
        groups[one.pages].append(one)
    found: list[Proposal] = []
    for pages, together in sorted(groups.items()):
        of = len({one.piece for one in together})
        lines = _recurring(together, pages, of, least)
        whole = {skeleton(line.example) for line in lines}
        tails = [one for one in _tails(together, pages, of, least) if skeleton(one.example) not in whole]
        found += sorted((*lines, *tails), key=lambda one: (-one.kept, -one.times, one.pattern))
    return tuple(found)


@value(frozen=False, slots=True)
class _Seen:
    first: Proposal
    texts: set[str]
    pieces: set[str]
    kept: set[str]


def _recurring(together: Sequence[Listed], pages: str, of: int, least: int) -> list[Proposal]:
    occurrences = (
        (one, number, text, kept)
        for one in together
        for number, text, kept in one.lines
        if _SHORTEST <= weighted_length(text) <= _LONGEST
    )
    return _proposed(occurrences, Proposal(pages, "line", "", "", "", 0, 0, of), least)


def _tails(together: Sequence[Listed], pages: str, of: int, least: int) -> list[Proposal]:
    """The last sentences of lines that were kept."""
    occurrences = (
        (one, number, tail, kept)
        for one in together
        for number, text, kept in one.lines
        if kept and (tail := _last_sentence(text)) and _SHORTEST_TAIL <= weighted_length(tail) <= _LONGEST
    )
    return _proposed(occurrences, Proposal(pages, "span", "", "", "", 0, 0, of), least)


def _proposed(occurrences: Iterable[tuple[Listed, int, str, bool]], blank: Proposal, least: int) -> list[Proposal]:
    seen: dict[str, _Seen] = {}
    for one, number, text, kept in occurrences:
        key = _DIGITS.sub("0", text.casefold())
        if sum(map(str.isalpha, key)) < 3:
            continue
        place = f"content/{one.capture}:{number}"
        about = seen.setdefault(key, _Seen(replace(blank, example=text, place=place), set(), set(), set()))
        about.texts.add(text)
        about.pieces.add(one.piece)
        if kept:
            about.kept.add(one.piece)
    return [
        replace(one.first, pattern=_pattern(one.texts), times=len(one.pieces), kept=len(one.kept))
        for one in seen.values()
        if len(one.pieces) >= least and one.kept
    ]


def _pattern(texts: set[str]) -> str:
    text = re.sub(r"([\\*{}])", r"\\\1", min(texts))
    return text if len({one.casefold() for one in texts}) == 1 else _DIGITS.sub("{number}", text)


def _last_sentence(text: str) -> str:
    parts = [part for part in _SENTENCE.split(text) if part and part.strip()]
    return parts[-1].strip() if len(parts) > 1 else ""
