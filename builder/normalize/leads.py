"""Paragraphs between the headline and the text that are the article's: a standfirst, or an opening between buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run, prose_of
from builder.normalize.resuming import is_paragraph
from builder.normalize.text_measures import fold, stems, wide_share

_ABOVE: Final = 14
"""Lines from the headline to the text."""
_SHARED: Final = 0.25
_SHARED_WIDE: Final = 0.12
"""Share of such a paragraph's words, or pairs of letters, that the headline and the article use."""
_LEAST: Final = -1.5
"""Learnt weight of such a paragraph."""
_PICTURES: Final = ("image-credit", "repeated-label")


def with_lead(judged: Sequence[Judged], run: Run, title: int | None, *, addressing: Collection[str]) -> Run:
    """The run with the paragraphs above it that speak of what headline and article speak of.

    `title` is the headline's position. Captions do so as well: what a credit follows is one.
    """
    if title is None or not title < run.start <= title + _ABOVE:
        return run
    known = {stem for text in (judged[title].line.words, *prose_of(judged, run)) for stem in stems(text)}
    lead = [at for at in range(title + 1, run.start) if _is_lead(judged, at, known, addressing)]
    if not lead:
        return run
    others = {at for at in range(lead[0], run.start) if at not in lead}
    return replace(run, start=lead[0], left_out=run.left_out | others)


def _is_lead(judged: Sequence[Judged], position: int, known: Collection[str], addressing: Collection[str]) -> bool:
    one, below = judged[position], judged[position + 1]
    text = one.line.words
    if not is_paragraph(one) or one.line.bad > 1 or (one.learnt and one.weight < _LEAST) or below.rule in _PICTURES:
        return False
    theirs = set(stems(text))
    least = _SHARED_WIDE if wide_share(text) >= 0.3 else _SHARED
    speaks = any(word in addressing for word in fold(text).split())
    return not speaks and sum(stem in known for stem in theirs) >= least * len(theirs)
