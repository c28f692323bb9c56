"""What the pages of years, of months and of the whole run of time get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from builder.model import Event
from builder.render.happenings import events_of, happening, month_of
from builder.render.listings import Bar, Group, Month, Step
from builder.render.lists import Shelf, heading, time_page
from builder.render.parted import LONG, Part, numbered, taste, whole
from builder.render.views.every import View
from builder.render.views.times import MonthView, TimelineView, YearView

_TIMELINE: Final = 600
"""Events and pieces the timeline lists, about; the others of a month stand on its page."""
_NEIGHBOURS: Final = 16
_EVENTS_OF_A_YEAR: Final = 12


def time_pages(shown: Shelf, only: frozenset[str] | None = None) -> Iterator[tuple[str, str, View]]:
    """The page of every year and every month and the timeline: address, template, view.

    With `only`, of years and months those alone that list one of these pieces.
    """
    months = shown.groups((key for ids in shown.library.years.values() for key in ids), 7)
    events: dict[str, list[Event]] = {}
    for event in shown.library.events:
        events.setdefault(month_of(shown, event), []).append(event)
    for year, ids in shown.library.years.items():
        if only is None or not only.isdisjoint(ids):
            yield time_page(year), "year.html", _year(shown, year)
    yield from _months(shown, months, events, only=only)
    yield "timeline.html", "timeline.html", _timeline(shown, months, events)


def _year(shown: Shelf, year: str) -> YearView:
    years = sorted(shown.library.years)
    at = years.index(year)
    ids = shown.library.years[year]
    events = events_of(shown, ids)
    return YearView(
        year=year,
        pieces=len(ids),
        earlier=years[at - 1] if at else None,
        later=years[at + 1] if at + 1 < len(years) else None,
        strip=shown.strip(ids),
        groups=tuple(_of_month(shown, month, keys, len(ids)) for month, keys in shown.groups(ids, 7).items()),
        languages=shown.languages(ids),
        leaders=shown.most_named("leader", ids, limit=_NEIGHBOURS),
        topics=shown.most_named("topic", ids, limit=_NEIGHBOURS),
        events=tuple(happening(shown, event) for event in events[:_EVENTS_OF_A_YEAR]),
    )


def _of_month(shown: Shelf, month: str, ids: Sequence[str], in_year: int) -> Group:
    return whole(shown, month, ids) if in_year <= LONG else taste(shown, month, ids, time_page(month))


def _months(
    shown: Shelf,
    months: Mapping[str, Sequence[str]],
    events: Mapping[str, Sequence[Event]],
    *,
    only: frozenset[str] | None,
) -> Iterator[tuple[str, str, View]]:
    pages = [part for month, ids in months.items() for part in numbered(shown, month, ids, time_page(month))]
    for at, part in enumerate(pages):
        ids = months[part.label]
        if only is not None and only.isdisjoint(ids):
            continue
        yield (
            part.path,
            "month.html",
            MonthView(
                month=part.label,
                number=part.number,
                numbers=part.numbers,
                pieces=len(ids),
                earlier=_step(pages[at + 1]) if at + 1 < len(pages) else None,
                later=_step(pages[at - 1]) if at else None,
                group=part.groups[0],
                languages=shown.languages(row.id for row in part.groups[0].rows),
                leaders=shown.most_named("leader", ids, limit=_NEIGHBOURS),
                topics=shown.most_named("topic", ids, limit=_NEIGHBOURS),
                events=tuple(happening(shown, event) for event in events.get(part.label, ()))
                if part.number == 1
                else (),
            ),
        )


def _timeline(shown: Shelf, months: Mapping[str, Sequence[str]], events: Mapping[str, Sequence[Event]]) -> TimelineView:
    most = max(4, _TIMELINE // max(1, len(months)))
    years: dict[str, list[Month]] = {}
    for month, ids in months.items():
        shown_events = events.get(month, ())[:most]
        rest = [key for key in ids if key not in shown.event_of]
        rows = shown.rows(rest[: max(1, most - len(shown_events))])
        listed = len(rows) + sum(len(event.articles) for event in shown_events)
        here = Month(
            id=heading(month),
            month=month,
            page=time_page(month),
            count=len(ids),
            events=tuple(happening(shown, event) for event in shown_events),
            rows=rows,
            more=max(0, len(ids) - listed),
        )
        years.setdefault(month[:4], []).append(here)
    undated = [key for key, entry in shown.library.entries.items() if not entry.day and key not in shown.event_of]
    return TimelineView(
        years=tuple(
            (Bar(year, len(shown.library.years[year]), time_page(year)), tuple(found)) for year, found in years.items()
        ),
        events=len(shown.library.events),
        undated=shown.rows(undated[:_TIMELINE]),
    )


def _step(part: Part) -> Step:
    return Step(part.path, part.label, part.number)
