"""The outlets of an archive and what it holds of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from builder.render.hosts import host_of
from builder.render.lists import Shelf
from builder.render.parted import parted
from builder.render.parts import Outlet
from builder.render.subjects import part_pages
from builder.render.views.every import View
from builder.render.views.sources import SourcesView, SourceView

_NEWEST: Final = 5
_NAMES: Final = 16


def source_pages(shown: Shelf, only: frozenset[str] | None = None) -> Iterator[tuple[str, str, View]]:
    """The page of all outlets and one of each: address, template, view; with `only`, of those with such a piece."""
    held = outlets(shown)
    newest = tuple((outlet, shown.rows(ids[:_NEWEST])) for outlet, ids in held)
    yield "sources/index.html", "sources.html", SourcesView(newest)
    for outlet, ids in held:
        if only is not None and only.isdisjoint(ids):
            continue
        list_ = parted(shown, ids, outlet.page)
        view = SourceView(
            outlet=outlet,
            strip=shown.strip(ids, list_.months.__getitem__),
            groups=list_.groups,
            leaders=shown.most_named("leader", ids, limit=_NAMES),
            topics=shown.most_named("topic", ids, limit=_NAMES),
        )
        yield outlet.page, "source.html", view
        yield from part_pages(shown, list_, outlet.page, outlet=outlet)


def outlets(shown: Shelf) -> tuple[tuple[Outlet, list[str]], ...]:
    """Each source with the ids of its pieces, newest first; the most pieces first, those of no named source last."""
    held: dict[str, list[str]] = {}
    for key, entry in shown.library.entries.items():
        held.setdefault(entry.source.name or "", []).append(key)
    ranked = sorted(held.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    return tuple((_outlet(shown, name, ids), ids) for name, ids in ranked)


def _outlet(shown: Shelf, name: str, ids: list[str]) -> Outlet:
    entries = [shown.library.entries[key] for key in ids]
    hosts = Counter(host for entry in entries if (host := host_of(entry.source.url)))
    languages = Counter(entry.language for entry in entries)
    days = shown.days(ids)
    return Outlet(
        page=f"sources/{_source_id(name)}.html",
        name=name,
        host=min(hosts, key=lambda host: (-hosts[host], host)) if hosts and name else None,
        pieces=len(ids),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _source_id(name: str) -> str:
    """A digest, since outlets have names in every script."""
    return hashlib.blake2b(name.encode(), digest_size=5).hexdigest() if name else "unnamed"
