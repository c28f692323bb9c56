"""Which topics a piece is about: enough alone, or a weak word in the title, in a hashtag or repeated."""

from __future__ import annotations

from collections.abc import Iterable

from builder.annotate.hits import Hit
from builder.annotate.sheet import Sheet


def topics(found: Iterable[Hit], sheet: Sheet) -> list[Hit]:
    """The hits of topics that the piece is about, each with its subject."""
    by_topic: dict[int, list[Hit]] = {}
    enough: set[int] = set()
    for hit in found:
        for label in hit.key.labels:
            by_topic.setdefault(label.subject, []).append(hit)
            if label.strong or hit.start < sheet.body:
                enough.add(label.subject)
    given = []
    for subject, hits in by_topic.items():
        if subject in enough or len(hits) > 1:
            for hit in hits:
                given.append(Hit(hit.start, hit.end, hit.key, subject=subject))
    return given
