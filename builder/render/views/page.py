"""One file of the site before it is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from builder.model.values import value
from builder.render.cite import Beside
from builder.render.parts import Site

if TYPE_CHECKING:  # all kinds of pages at once take 20 ms to load, a tenth of what an edit costs
    from builder.render.views.every import View

_NOTHING: Final = Beside()


@value(frozen=True, slots=True)
class Page:
    """One file of the site before it is rendered: equal pages and templates give equal bytes."""

    path: str
    """Below the output folder."""
    template: str
    site: Site
    view: View
    beside: Beside = _NOTHING
