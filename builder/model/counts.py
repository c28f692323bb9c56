"""Counts over a library: what pages draw and data files say comes from here, so that both agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from builder.model.library import Library


def co_mentions(library: Library) -> dict[tuple[str, str], int]:
    """In how many pieces two leaders are named together: each pair once, its ids in order, pairs sorted."""
    return {
        (one, other): count
        for one, subject in sorted(library.leaders.items())
        for other, count in sorted(subject.neighbours)
        if one < other
    }


def by_month(library: Library, ids: Iterable[str]) -> dict[str, int]:
    """How many of those pieces each month has, `YYYY-MM`, in order; the undated are under an empty month, last."""
    counts = Counter((library.entries[key].day or "")[:7] for key in ids)
    undated = counts.pop("", 0)
    return dict(sorted(counts.items())) | ({"": undated} if undated else {})
