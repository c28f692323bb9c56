"""What became of a page that no longer stands at its address."""

from __future__ import annotations

from builder.model.values import value
from builder.problems import Place


@value(frozen=True, slots=True)
class Move:
    """An address that a page once had, and where it stands now; both from the site's root."""

    old: str
    new: str | None
    """None: it is gone for good."""
    fragment: str
    """Of the new address, without its sign; mostly empty."""
    old_place: Place
    new_place: Place
