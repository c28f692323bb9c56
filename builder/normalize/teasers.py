"""The pieces that a page advertises under its article: kept apart, never counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from builder.model import Teaser
from builder.normalize.judge import Judged, Run

_SHORTEST: Final = 14.0
"""Weighted letters of a teaser's headline; labels and counters are shorter."""
_CREDITS: Final = ("image-credit", "repeated-label")
_INERT: Final = ("advertisement", "reading-time", "updated-label", "navigation")


def teasers_of(judged: Sequence[Judged], run: Run) -> tuple[Teaser, ...]:
    """Headline and text of each teaser behind the article, in the page's order."""
    teasers: list[Teaser] = []
    collecting = False
    for position in range(run.end, len(judged)):
        one = judged[position]
        if one.section == "related" or (position == run.end and run.ended_by == "related"):
            collecting = True
        elif one.section == "comments" or (one.rule is not None and one.rule not in (*_CREDITS, *_INERT)):
            collecting = False
        elif collecting and one.rule is None and not _is_alternative_text(judged, position):
            _collect(teasers, one)
    return tuple(teasers)


def _collect(teasers: list[Teaser], one: Judged) -> None:
    text = " ".join(one.line.words.split())
    if not one.prose or one.line.kind == "heading":
        if one.length >= _SHORTEST:
            teasers.append(Teaser(text))
    elif teasers and teasers[-1].title and not teasers[-1].text:
        teasers[-1] = Teaser(teasers[-1].title, text)
    else:
        teasers.append(Teaser("", text))


def _is_alternative_text(judged: Sequence[Judged], position: int) -> bool:
    """A sentence on the line right above a picture's credit describes the picture."""
    if position + 1 >= len(judged) or not judged[position].prose:
        return False
    below = judged[position + 1]
    return below.rule in _CREDITS and below.line.number == judged[position].line.number + 1
