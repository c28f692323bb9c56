"""The archive as a whole: the facts of all articles → Library, pure; the order in which they come is immaterial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.link.compared import compared
from builder.link.doubles import doubles
from builder.link.edits import relinked
from builder.link.events import events
from builder.link.order import newest_first
from builder.link.related import related
from builder.link.subjects import leaders, topics
from builder.model import Authority, Facts, Library

__all__ = ["compared", "link", "relink", "years"]


def link(facts: Iterable[Facts], authorities: Sequence[Authority], *, as_of: str = "") -> Library:
    """Who, what and when over all articles that are no drafts, each with the pieces near it."""
    kept = sorted((each for each in facts if not each.entry.draft), key=lambda each: newest_first(each.entry))
    alike = doubles(kept)
    return Library(
        entries={each.entry.id: each.entry for each in kept},
        facts={each.entry.id: each for each in kept},
        mentions={each.entry.id: each.mentions for each in kept},
        quoting=frozenset([each.entry.id for each in kept if each.quotes]),
        leaders=leaders(kept, authorities),
        topics=topics(kept, authorities),
        related=related(kept),
        doubles=alike,
        years=years(kept),
        events=events(kept, alike),
        as_of=as_of,
    )


def relink(library: Library, new: Mapping[str, Facts]) -> Library:
    """The library with new facts of some of its pieces, none of them a draft, which name nobody whom no piece named."""
    if revised := relinked(library, new):
        return revised
    authorities = tuple(subject.authority for kind in (library.leaders, library.topics) for subject in kind.values())
    return link({**library.facts, **new}.values(), authorities, as_of=library.as_of)


def years(facts: Iterable[Facts]) -> dict[str, tuple[str, ...]]:
    """By year the ids of the dated pieces, in the order in which they come."""
    found: dict[str, list[str]] = {}
    for each in facts:
        if each.entry.day:
            found.setdefault(each.entry.day[:4], []).append(each.entry.id)
    return {year: tuple(ids) for year, ids in found.items()}
