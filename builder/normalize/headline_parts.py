"""The lines of a dump over which its headline goes, and what of them is the headline and not the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.bylines import byline
from builder.normalize.headline import SEPARATOR
from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import ends_statement, skeleton
from builder.normalize.title_lines import is_dated

_COLONS: Final = (":", "\uff1a")
_LONGEST_PART: Final = 160.0
"""Weighted letters."""
_BEFORE_COLON: Final = re.compile("\\s+(?=[:\uff1a]\\s)")
_WIDEST_WRAPPED: Final = 110.0
"""Weighted letters of the longest line of a text that is wrapped."""
_SHORTEST_WRAPPED: Final = 40.0
"""Weighted letters of a line that goes on in the next one."""
_SHORTEST_HEADLINE: Final = 8
"""Letters that are left of one when something is cut off."""
_SHORTEST_NAME: Final = 3
_HEADER: Final = 12
_FOOTER: Final = 15
"""Lines at either end of a page among which a site says its name."""
_PLAIN_SEPARATOR: Final = re.compile("[|\uff5c\u00bb]")


@value(frozen=True, slots=True)
class Parts:
    """A headline's lines, by position, and from where to where it goes in the words of them."""

    positions: tuple[int, ...]
    text: str
    start: int = 0
    """Where it begins in the words of the first line."""
    end: int | None = None
    """Where it ends in the words of the last line; None for all of them."""


def parts_of(judged: Sequence[Judged], position: int, run: Run, *, rules: CleaningRules, address: str = "") -> Parts:
    """All of a headline of which one line is known; `address` is the page's own, where it is known."""
    positions = _lines(judged, position, run, rules)
    text = " ".join(judged[at].line.words for at in positions)
    if len(positions) > 1:
        return Parts(positions, " ".join(_BEFORE_COLON.sub("", text).split()))
    start, end = _without_names(judged, position, address)
    return Parts(positions, " ".join(text[start:end].split()), start, end if end < len(text) else None)


def _lines(judged: Sequence[Judged], position: int, run: Run, rules: CleaningRules) -> tuple[int, ...]:
    wrapped = all(one.length <= _WIDEST_WRAPPED for one in judged[run.start : run.end])
    for first in (position, position - 1):
        if first >= 0 and first + 1 < len(judged):
            one, two = judged[first], judged[first + 1]
            # A line with a colon above a headline is as often no part of it.
            by_colon = two.line.words.startswith(_COLONS) or (first == position and one.line.words.endswith(_COLONS))
            if (by_colon or (wrapped and _is_wrapped(one, two))) and _may_go_on(one, two, rules):
                return first, first + 1
    return (position,)


def _is_wrapped(one: Judged, two: Judged) -> bool:
    first, second = one.line.words, two.line.words
    inside = second[:1].islower() and first[-1:] not in "?!:" and two.line.number == one.line.number + 1
    return inside and one.length >= _SHORTEST_WRAPPED and two.length <= one.length * 1.3


def _may_go_on(one: Judged, two: Judged, rules: CleaningRules) -> bool:
    near = two.line.number - one.line.number <= 2 and one.line.kind == two.line.kind
    plain = all(
        part.rule is None
        and part.section is None
        and part.length <= _LONGEST_PART
        and not is_dated(part)
        and not byline(part.line.words, rules)
        for part in (one, two)
    )
    return near and plain and not ends_statement(one.line.words) and not ends_statement(two.line.words)


def _without_names(judged: Sequence[Judged], position: int, address: str) -> tuple[int, int]:
    """From where to where a line is the headline: a site's name behind a separator, or before one, is cut off."""
    text = judged[position].line.words
    start, end = 0, len(text)
    cuts = [cut for cut in SEPARATOR.finditer(text[: int(2 * _LONGEST_PART)]) if "\u00ab" not in text]
    while cuts and len(skeleton(text[: cuts[-1].start()])) >= _SHORTEST_HEADLINE and "\u00bb" not in cuts[-1][0]:
        plain = bool(_PLAIN_SEPARATOR.search(cuts[-1][0]))
        if not _is_name(text[cuts[-1].end() : end], judged, position, address=address, plain=plain):
            break
        end = cuts.pop().start()
    while (
        cuts and _PLAIN_SEPARATOR.search(cuts[0][0]) and len(skeleton(text[cuts[0].end() : end])) >= _SHORTEST_HEADLINE
    ):
        if not _is_name(text[start : cuts[0].start()], judged, position, address=address, plain=True):
            break
        start = cuts.pop(0).end()
    return start, end


def _is_name(text: str, judged: Sequence[Judged], position: int, *, address: str, plain: bool) -> bool:
    """Whether the page says elsewhere that a text is its site's, or behind a plain separator its section's, name."""
    bare = skeleton(text)
    if len(bare) < _SHORTEST_NAME - (not text.isascii()):
        return False
    if bare in skeleton(_host(address)) or any(one.rule == "copyright" and bare in one.bare for one in judged):
        return True
    others = [at for at, one in enumerate(judged) if one.bare == bare and at != position]
    return any(plain or at < _HEADER or at >= len(judged) - _FOOTER for at in others)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
