"""Small drawings, made when a page is rendered; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from builder.render.views import Bar

_HEIGHT: Final = 20


def spark(counts: Sequence[int], label: str) -> Markup:
    """A row of thin bars, one a month or year, drawn in the colour of the text around it."""
    top = max((*counts, 1))
    step = 100 / max(len(counts), 1)
    drawn = "".join(
        f'<path d="M{_n(at * step)} {_HEIGHT}v-{_n(max(2, count / top * _HEIGHT))}h{_n(step * 0.72)}V{_HEIGHT}z"/>'
        for at, count in enumerate(counts)
        if count
    )
    return Markup(
        f'<svg class="spark" viewBox="0 0 100 {_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}"><path class="base" d="M0 {_HEIGHT - 0.5}h100"/>{drawn}</svg>'
    )


def heights(bars: Sequence[Bar], steps: int = 20) -> tuple[int, ...]:
    """How high each bar stands, from 0 to `steps`: a bar that counts anything is seen."""
    top = max((*(bar.count for bar in bars), 1))
    return tuple(max(1, round(bar.count / top * steps)) if bar.count else 0 for bar in bars)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
