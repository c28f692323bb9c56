"""Events as pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from builder.model import Event
from builder.render.listings import Happening
from builder.render.lists import Shelf, shelf_mark, time_page

_LEADERS = 6


def happening(shown: Shelf, event: Event) -> Happening:
    """An event under the title of its first piece that the reader can read."""
    rows = shown.rows(event.articles)
    spoken = shown.language.partition("-")[0]
    lead = next((row for row in rows if row.language.partition("-")[0] == spoken), rows[0])
    fragment = f"e-{shelf_mark(event.id)}"
    return Happening(
        id=fragment,
        page=f"{time_page(month_of(shown, event))}#{fragment}",
        day=event.day,
        lead=lead,
        rows=tuple(row for row in rows if row is not lead),
        languages=tuple(dict.fromkeys(row.language for row in rows)),
        leaders=shown.pages("leader", event.leaders[:_LEADERS]),
    )


def month_of(shown: Shelf, event: Event) -> str:
    """The month on whose page an event stands: that of its first report, which has a page in any case."""
    return next(day[:7] for key in event.articles if (day := shown.library.entries[key].day))


def events_of(shown: Shelf, ids: Iterable[str]) -> tuple[Event, ...]:
    """The events that those pieces report, newest first."""
    found = {event.id: event for key in ids if (event := shown.event_of.get(key))}
    return tuple(sorted(found.values(), key=lambda event: (-int(event.day.replace("-", "")), event.id)))
