"""What the pages show that tell of the archive itself: its data, and its gaps."""

from __future__ import annotations

from builder.model import Silence
from builder.model.values import value
from builder.render.listings import Strip
from builder.render.parts import Outlet
from builder.render.tables import Table


@value(frozen=True, slots=True)
class DataView:
    """data/index.html: every file of data and what it holds."""

    tables: tuple[tuple[Table, int], ...]
    """Each with the number of its rows; empty for an archive without a piece."""
    pieces: int


@value(frozen=True, slots=True)
class CoverageView:
    """coverage.html: what the archive holds of each month and source, and what it does not."""

    strip: Strip
    silences: tuple[Silence, ...]
    """Of the whole archive, oldest first."""
    outlets: tuple[tuple[Outlet, int, int, tuple[Silence, ...]], ...]
    """Each source, the months that have a piece of it, the months between its first and last, and its silences."""
    undated: int
    pieces: int
