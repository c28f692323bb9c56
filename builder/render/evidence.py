"""The pages that tell of the archive itself: what its data holds, and where it has gaps."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model import months_of, silences
from builder.render.lists import Shelf
from builder.render.sources import outlets
from builder.render.tables import rows, tables
from builder.render.views.every import View
from builder.render.views.evidence import CoverageView, DataView


def evidence_pages(shown: Shelf) -> Iterator[tuple[str, str, View]]:
    """The page that explains the data and the page of coverage: address, template, view."""
    yield "data/index.html", "data.html", _data(shown)
    yield "coverage.html", "coverage.html", _coverage(shown)


def _data(shown: Shelf) -> DataView:
    library = shown.library
    counted = tuple((table, sum(1 for _ in rows(library, table))) for table in tables()) if library.entries else ()
    return DataView(counted, len(library.entries))


def _coverage(shown: Shelf) -> CoverageView:
    entries = shown.library.entries
    found = silences(entries.values())
    listed = []
    for outlet, ids in outlets(shown):
        months = list(months_of(entries[key] for key in ids))
        span = _months(months[0], months[-1]) if months else 0
        own = tuple(one for one in found if one.source == outlet.name) if outlet.name else ()
        listed.append((outlet, len(months), span, own))
    return CoverageView(
        strip=shown.strip(entries),
        silences=tuple(one for one in found if one.source is None),
        outlets=tuple(listed),
        undated=sum(not entry.day for entry in entries.values()),
        pieces=len(entries),
    )


def _months(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
