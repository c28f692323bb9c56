"""What the pages of years and of the whole run of time show."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.parts import Bar, Group, MonthGroup, Name, Row, Strip


@dataclass(frozen=True, slots=True)
class YearView:
    """years/<yyyy>.html."""

    year: str
    pieces: int
    earlier: str | None
    later: str | None
    """The neighbouring years that have a page."""
    strip: Strip
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """timeline.html."""

    years: tuple[tuple[Bar, tuple[MonthGroup, ...]], ...]
    """Each year and its months, newest first."""
    undated: tuple[Row, ...]
