"""What the pages of years and of the whole run of time get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from builder.render.lists import Shelf
from builder.render.parts import MonthGroup
from builder.render.views import TimelineView, View, YearView

_TIMELINE: Final = 1200
"""Pieces the timeline lists, about; the others of a month stand on its year's page."""
_NEIGHBOURS: Final = 16


def time_pages(shown: Shelf) -> Iterator[tuple[str, str, View]]:
    """The page of every year and the timeline: address, template, view."""
    for year in shown.library.years:
        yield f"years/{year}.html", "year.html", _year(shown, year)
    yield "timeline.html", "timeline.html", _timeline(shown)


def _year(shown: Shelf, year: str) -> YearView:
    years = sorted(shown.library.years)
    at = years.index(year)
    ids = shown.library.years[year]
    return YearView(
        year=year,
        pieces=len(ids),
        earlier=years[at - 1] if at else None,
        later=years[at + 1] if at + 1 < len(years) else None,
        strip=shown.strip(ids),
        groups=shown.by_month(ids),
        leaders=shown.most_named("leader", ids, limit=_NEIGHBOURS),
        topics=shown.most_named("topic", ids, limit=_NEIGHBOURS),
    )


def _timeline(shown: Shelf) -> TimelineView:
    groups = shown.by_month(shown.library.entries)
    most = max(3, _TIMELINE // max(1, len(groups)))
    months: dict[str, list[MonthGroup]] = {}
    for group in groups:
        if group.label:
            rows = group.rows[:most]
            month = MonthGroup(group.id, group.label, rows, more=len(group.rows) - len(rows))
            months.setdefault(group.label[:4], []).append(month)
    bars = {bar.label: bar for bar, _ in shown.strip(shown.library.entries).years}
    return TimelineView(
        years=tuple((bars[year], tuple(found)) for year, found in months.items()),
        undated=groups[-1].rows if groups and not groups[-1].label else (),
    )
