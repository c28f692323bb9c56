"""Small drawings, made when a page is rendered; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

_HEIGHT: Final = 20
_LABEL: Final = 230
"""The widest a name may be in a plot."""
_WIDE: Final = 13
_NARROW: Final = 7
"""Widths of letters in a plot, at the most: Hangul, kana and Han, and all others."""
_CELL: Final = 24
_LANGUAGES: Final = 8
"""Choices that the style sheet knows of in a filter of languages."""
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


@lru_cache(maxsize=4096)
def bar(count: int, top: int) -> Markup:
    """One bar as high as its share of the top, for a cell that says its count in words as well."""
    height = _n(max(2, count / max(top, 1) * _BAR)) if count else "0"
    return Markup(
        f'<svg height="{height}" viewBox="0 0 8 8" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="M0 0h8v8H0z"/></svg>'
    )


@lru_cache(maxsize=4096)
def share(count: int, top: int) -> Markup:
    """One lying bar as long as its share of the top, beside a number that says the same."""
    width = _n(max(1.5, count / max(top, 1) * 100)) if count else "0"
    return Markup(
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="M0 0h{width}v8H0z"/></svg>'
    )


def matrix(names: Sequence[str], counts: Sequence[Sequence[int]], top: int, *, label: str) -> Markup:
    """A square of dots, the larger the more; names stand at both sides. A table says the same beside it."""
    shown = [_short(name) for name in names]
    edge = max((_width(name) for name in shown), default=0) + 8
    start = edge + 8
    size = start + _CELL * len(names)
    parts = []
    for at, name in enumerate(shown):
        middle = _n(start + _CELL * (at + 0.5))
        parts.append(
            f'<text x="{edge}" y="{middle}" text-anchor="end" dominant-baseline="central">{escape(name)}</text>'
            f'<text x="{middle}" y="{edge}" transform="rotate(-90 {middle} {edge})" dominant-baseline="central">'
            f"{escape(name)}</text>"
        )
    lines = "".join(f"M{start} {at}H{size}M{at} {start}V{size}" for at in range(start, size + 1, _CELL))
    for row, listed in enumerate(counts):
        for column, count in enumerate(listed):
            if count and row != column:
                radius = _n(max(1.5, (count / max(top, 1)) ** 0.5 * (_CELL / 2 - 1.5)))
                x, y = (_n(start + _CELL * (place + 0.5)) for place in (column, row))
                parts.append(f'<circle cx="{x}" cy="{y}" r="{radius}"/>')
    return Markup(
        f'<svg class="dots" viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img"'
        f' aria-label="{escape(label)}"><path class="grid" d="{lines}"/>{"".join(parts)}</svg>'
    )


def ranks(languages: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Each language and its number in the filter of a list, from 1; the last number is for all that are left."""
    return {tag: min(at, _LANGUAGES) for at, (tag, _) in enumerate(languages, 1)}


def shade(count: int, top: int) -> int:
    """How dark a cell of a matrix is, from 0 for none to 5 for the most."""
    return 1 + round(count / max(top, 1) * 4) if count else 0


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _short(name: str) -> str:
    while _width(name) > _LABEL:
        name = name.rstrip("\u2026")[:-1].rstrip() + "\u2026"
    return name


def _width(name: str) -> int:
    return sum(_WIDE if letter >= "\u1100" and letter != "\u2026" else _NARROW for letter in name)
