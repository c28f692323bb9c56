"""The pieces that a page advertises under its article: kept apart, never counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from builder.model import CleaningRules, Teaser
from builder.normalize.judge import Judged, Run
from builder.normalize.tails import is_only_tags

_SHORTEST: Final = 11.0
"""Weighted letters of a teaser's headline; labels and counters are shorter."""
_FOOTER: Final = r"://|@|©|ⓒ|\d{2,4}-\d{3,4}-\d{4}|〒"
_CREDITS: Final = ("image-credit", "repeated-label")
_NUMBERED: Final = re.compile("^(?:\\d{1,2}[.)]?\\s+|[\u30fb·■▶◆※]\\s*)(?=\\S)")
_INERT: Final = ("advertisement", "reading-time", "updated-label", "navigation")


def teasers_of(judged: Sequence[Judged], run: Run, rules: CleaningRules) -> tuple[Teaser, ...]:
    """Headline and text of each teaser behind the article, in the page's order."""
    teasers: list[Teaser] = []
    collecting = False
    labels: frozenset[str] | None = None
    for position in range(run.end, len(judged)):
        one = judged[position]
        if collecting and not one.prose and _footer(rules).search(one.line.words):
            collecting = False
        if one.section == "related" or (position == run.end and run.ended_by == "related"):
            collecting = True
        elif one.section == "comments" or (one.rule is not None and one.rule not in (*_CREDITS, *_INERT)):
            collecting = False
        elif collecting:
            labels = _labels(judged[run.end :]) if labels is None else labels
            if _is_own(judged, position, labels):
                _collect(teasers, one)
    return tuple(teasers)


@lru_cache(maxsize=2)
def _footer(rules: CleaningRules) -> re.Pattern[str]:
    """Addresses, telephones and notices: the page's footer, not a teaser."""
    boxes = "|".join(re.escape(word) for kind, word in rules.labels if kind == "postal")
    return re.compile(rf"{_FOOTER}|\b(?:{boxes})\b", re.IGNORECASE)


def _collect(teasers: list[Teaser], one: Judged) -> None:
    text = _NUMBERED.sub("", " ".join(one.line.words.split()))
    if not one.prose or one.line.kind == "heading":
        if one.length >= _SHORTEST:
            teasers.append(Teaser(text))
    elif teasers and teasers[-1].title and not teasers[-1].text:
        teasers[-1] = Teaser(teasers[-1].title, text)
    else:
        teasers.append(Teaser("", text))


def _is_own(judged: Sequence[Judged], position: int, labels: frozenset[str]) -> bool:
    """Whether a line is a teaser's headline or text rather than a label, a credit or a picture's description."""
    one = judged[position]
    if one.rule is not None or one.bare in labels or is_only_tags(one.line.words):
        return False
    return not _is_alternative_text(judged, position)


def _labels(judged: Sequence[Judged]) -> frozenset[str]:
    """Short lines that stand on the page twice, alone or at the beginning of another short line."""
    bares = sorted(one.bare for one in judged if not one.prose)
    found = set()
    for first, second in pairwise(bares):
        if first and second.startswith(first):
            found |= {first, second}
    return frozenset(found)


def _is_alternative_text(judged: Sequence[Judged], position: int) -> bool:
    """A sentence on the line right above a picture's credit describes the picture."""
    if position + 1 >= len(judged) or not judged[position].prose:
        return False
    below = judged[position + 1]
    return below.rule in _CREDITS and below.line.number == judged[position].line.number + 1
