"""Small drawings, made when a page is rendered; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

_HEIGHT: Final = 20
_BAR: Final = 42
"""CSS pixels."""


def spark(counts: Sequence[int], label: str) -> Markup:
    """A row of thin bars, one a month or year, drawn in the colour of the text around it."""
    top = max((*counts, 1))
    step = 100 / max(len(counts), 1)
    drawn = "".join(
        f"M{_n(at * step)} {_HEIGHT}v-{_n(max(2, count / top * _HEIGHT))}h{_n(step * 0.7)}V{_HEIGHT}z"
        for at, count in enumerate(counts)
        if count
    )
    return Markup(
        f'<svg class="spark" viewBox="0 0 100 {_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}"><path d="{drawn}"/></svg>'
    )


def bar(count: int, top: int) -> Markup:
    """One bar as high as its share of the top, for a cell that says its count in words as well."""
    height = _n(max(2, count / max(top, 1) * _BAR)) if count else "0"
    return Markup(
        f'<svg height="{height}" viewBox="0 0 8 8" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="M0 0h8v8H0z"/></svg>'
    )


def shade(count: int, top: int) -> int:
    """How dark a cell of a matrix is, from 0 for none to 5 for the most."""
    return 1 + round(count / max(top, 1) * 4) if count else 0


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
