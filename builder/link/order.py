"""The order in which pieces stand in lists."""

from __future__ import annotations

from builder.model import Entry


def newest_first(entry: Entry) -> tuple[int, str]:
    """A key by which the newest comes first, the undated last, and one day's pieces by id."""
    return (-int(entry.day.replace("-", "")) if entry.day else 0, entry.id)
