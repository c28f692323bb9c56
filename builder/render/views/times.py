"""What the pages of years, of months and of the whole run of time show."""

from __future__ import annotations

from builder.model.values import value
from builder.render.listings import Bar, Group, Happening, Month, Step, Strip
from builder.render.parts import Name, Row


@value(frozen=True, slots=True)
class YearView:
    """years/<yyyy>.html."""

    year: str
    pieces: int
    earlier: str | None
    later: str | None
    """The neighbouring years that have a page."""
    strip: Strip
    groups: tuple[Group, ...]
    """By month, newest first; of a year of many pieces the newest of each month."""
    languages: tuple[tuple[str, int], ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    events: tuple[Happening, ...]


@value(frozen=True, slots=True)
class MonthView:
    """years/<yyyy>-<mm>.html, and the further pages of a month of many pieces."""

    month: str
    number: int
    numbers: int
    """Which of how many pages of that month this is, from 1."""
    pieces: int
    earlier: Step | None
    later: Step | None
    """The pages before and after it in time."""
    group: Group
    languages: tuple[tuple[str, int], ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
    events: tuple[Happening, ...]


@value(frozen=True, slots=True)
class TimelineView:
    """timeline.html."""

    years: tuple[tuple[Bar, tuple[Month, ...]], ...]
    """Each year and its months, newest first."""
    events: int
    undated: tuple[Row, ...]
