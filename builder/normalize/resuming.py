"""Where a pasted article goes on behind a box of links, a poll or a notice that stands between its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import ends_statement, fold, stems, wide_share

_GAP: Final = 8
"""Lines of such a box."""
_SHORTEST: Final = 60.0
"""Weighted letters of a paragraph behind it."""
_LEAST: Final = -2.0
"""Score of a paragraph that may be the article's."""
_LIKELY: Final = -0.75
"""Score of one that need not share words with the article."""
_SHARED: Final = 0.15
_SHARED_WIDE: Final = 0.075
"""Share of a paragraph's words, or pairs of letters, that the article has used."""
_MOST: Final = 1.2
"""Letters behind the box for each before it: a piece that is as long is another one."""
_MANY: Final = 5
"""Paragraphs behind the box."""
_LEAD: Final = 8
"""Lines above the text among which its headline and its standfirst stand."""
_COUNTED: Final = 4
"""Lines from one number to the next."""
_FEWEST: Final = 3
"""Items of a list that the article holds."""
_HEADING: Final = 10.0
"""Weighted letters of a heading over some of them."""
_QUOTED: Final = re.compile(
    '["\u201c\u201e\u00ab\u300c\u300e][^"\u201c\u201d\u00ab\u00bb\u300d\u300f]{1,600}["\u201c\u201d\u00bb\u300d\u300f]'
)
_DIGITS: Final = re.compile("[0-9]{1,3}")
_LAST_RULES: Final = ("copyright", "contact-form")


def resumed(judged: Sequence[Judged], scores: Sequence[float], run: Run, *, addressing: Collection[str]) -> Run:
    """The run with the paragraphs that go on with the article between or behind a few lines that do not.

    A teaser stands under its own headline and shares words with that; a paragraph shares them with the article, and
    follows the one before, or a line that a rule knows. Lines that speak to readers belong to the site.
    """
    article = [one for one in judged[run.start : run.end] if one.prose]
    known = {stem for one in (*judged[max(0, run.start - _LEAD) : run.start], *article) for stem in _stems(one)}

    def may_belong(position: int) -> bool:
        theirs, above = _stems(judged[position]), judged[position - 1]
        beneath = len(theirs & _stems(above)) if _is_unclosed(above) else 0
        speaks = any(word in addressing for word in fold(outside_quotes(judged[position].line.words)).split())
        heads = above.section is not None and above.rule is None
        return scores[position] >= _LEAST and beneath <= len(theirs & known) and not speaks and not heads

    def belongs(position: int) -> bool:
        theirs = _stems(judged[position])
        least = _SHARED_WIDE if wide_share(judged[position].line.words) >= 0.3 else _SHARED
        told = scores[position] >= _LIKELY or len(theirs & known) >= least * len(theirs)
        return told and may_belong(position)

    run = _with_numbers(judged, _with_items_between(judged, run))
    inside: set[int] = set()
    for position in sorted(run.left_out):
        beside = position - 1 in inside or _is_notice(judged[position - 1])
        if is_paragraph(judged[position]) and beside and belongs(position):
            inside.add(position)
    run = replace(run, left_out=run.left_out - inside) if inside else run
    behind = list(takewhile(may_belong, _paragraphs(judged, run.end)))
    letters = sum(judged[position].length for position in behind)
    if len(behind) > _MANY or letters > _MOST * sum(one.length for one in article):
        return run
    while behind and not belongs(behind[-1]):
        behind.pop()
    if not behind:
        return run
    cut = {position for position in range(run.end, behind[-1]) if position not in behind}
    return replace(run, end=behind[-1] + 1, left_out=run.left_out | cut)


def _with_items_between(judged: Sequence[Judged], run: Run) -> Run:
    """The run with the items, left out, of a list that it holds others of by their numbers, and the headings over them.

    Paragraphs of declarations are numbered, and short beside those of reports.
    """
    numbers = {at: number for at in range(run.start, run.end) if (number := _number(judged[at]))}
    kept = {number for at, number in numbers.items() if at not in run.left_out}
    if len(set(numbers.values())) < len(numbers) or len(kept) < _FEWEST:
        return run
    inside = {at for at in numbers if at in run.left_out and judged[at].rule is None}
    heads = {at - 1 for at in inside if at - 1 in run.left_out and _is_head(judged[at - 1])}
    return replace(run, left_out=run.left_out - inside - heads)


def _is_head(one: Judged) -> bool:
    return _is_unclosed(one) and one.times == 1 and one.line.kind in ("text", "heading") and one.length >= _HEADING


def _with_numbers(judged: Sequence[Judged], run: Run) -> Run:
    """The run with the items behind it that go on counting where its last one ended, and the headings over them."""
    end = run.end
    last = next((n for one in reversed(judged[max(run.start, end - _COUNTED) : end]) if (n := _number(one))), 0)
    while last:
        ahead = range(end, min(len(judged), end + _COUNTED))
        following = next((at for at in ahead if _number(judged[at]) == last + 1), None)
        if following is None or any(one.rule or one.section for one in judged[end : following + 1]):
            break
        end, last = following + 1, last + 1
    return replace(run, end=end)


def _number(one: Judged) -> int:
    """The number before an item; 0 for all other lines."""
    found = _DIGITS.search(one.line.text[: one.line.start]) if one.line.ordered else None
    return int(found[0]) if found else 0


def _paragraphs(judged: Sequence[Judged], end: int) -> list[int]:
    """Positions of the paragraphs behind the article, if a box stands between; none where they have headlines each."""
    found: list[int] = []
    position = end
    while (following := _next_paragraph(judged, position)) is not None:
        gap = judged[position:following]
        if not found and not any(one.rule or one.section for one in gap):
            return []
        if found and _is_unclosed(judged[following - 1]):
            return []
        found.append(following)
        position = following + 1
    return found


def _next_paragraph(judged: Sequence[Judged], start: int) -> int | None:
    for position in range(start, min(len(judged), start + _GAP + 1)):
        one = judged[position]
        if one.section == "comments" or one.rule in _LAST_RULES:
            return None
        if is_paragraph(one):
            return position
    return None


def outside_quotes(text: str) -> str:
    """A line without what stands in quotation marks: whoever is quoted says "we", too."""
    return _QUOTED.sub(" ", text)


def is_paragraph(one: Judged) -> bool:
    """Whether a line is of some length, closes like a statement, and no rule or section speaks against it."""
    return is_plain(one) and ends_statement(one.line.words)


def is_plain(one: Judged) -> bool:
    """Whether a line has a paragraph's length, however it closes, and no rule or section speaks against it."""
    plain = one.rule is None and one.section is None and one.line.kind == "text" and one.linked < 0.5
    return plain and one.length >= _SHORTEST


def _is_unclosed(one: Judged) -> bool:
    return one.rule is None and one.section is None and not ends_statement(one.line.words)


def _is_notice(one: Judged) -> bool:
    return one.rule is not None or not any(map(str.isalpha, one.line.words))


def _stems(one: Judged) -> set[str]:
    return set(stems(one.line.words))
