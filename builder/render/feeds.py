"""What the Atom feed says."""

from __future__ import annotations

import uuid
from typing import Final

from builder.render.lists import Shelf
from builder.render.parts import FeedEntry, Site
from builder.render.views import FeedView

_ENTRIES: Final = 50


def feed_view(site: Site, shown: Shelf) -> FeedView | None:
    """The newest dated pieces; None for an archive without any, since an empty feed is of no use to a reader."""
    library = shown.library
    dated = [entry for entry in library.entries.values() if entry.published][:_ENTRIES]
    if not dated:
        return None
    entries = tuple(
        FeedEntry(
            id=f"{site.url}articles/{entry.id}.html" if site.url else _urn(entry.id),
            row=shown.row(entry.id, summary=True),
            updated=timestamp(entry.published or ""),
            terms=tuple(
                found.text
                for kind in ("leader", "topic")
                for found in shown.named_in(kind, library.facts[entry.id].mentions)
            ),
        )
        for entry in dated
    )
    newest = max(entry.published or "" for entry in dated)
    return FeedView(id=site.url or _urn("feed:" + site.title), updated=timestamp(newest), entries=entries)


def timestamp(published: str) -> str:
    """RFC 3339: a day becomes its midnight in UTC, a minute its first second."""
    if "T" not in published:
        return published + "T00:00:00Z"
    day, _, rest = published.partition("T")
    clock, zone = rest[:5], rest[5:]
    seconds = ""
    if zone.startswith(":"):
        seconds, zone = zone[:3], zone[3:]
    return f"{day}T{clock}{seconds or ':00'}{zone or 'Z'}"


def _urn(name: str) -> str:
    """A lasting name for an archive without an address of its own."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "pressmark:" + name).urn
