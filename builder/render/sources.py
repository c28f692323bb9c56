"""The outlets of an archive and what it holds of each."""

from __future__ import annotations

import hashlib
from collections import Counter
from urllib.parse import urlsplit

from builder.render.lists import Shelf
from builder.render.parts import Outlet


def outlets(shown: Shelf) -> tuple[Outlet, ...]:
    """Each, the most pieces first, the pieces that name none last."""
    held: dict[str, list[str]] = {}
    for key, entry in shown.library.entries.items():
        held.setdefault(entry.source.name or "", []).append(key)
    ranked = sorted(held.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    return tuple(_source(shown, name, ids) for name, ids in ranked)


def source_id(name: str) -> str:
    """The fragment of an outlet; a digest, since outlets have names in every script."""
    return "s-" + hashlib.blake2b(name.encode(), digest_size=5).hexdigest() if name else "unnamed"


def host_of(url: str | None) -> str | None:
    """The host of an address as readers know it, without `www.`."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _source(shown: Shelf, name: str, ids: list[str]) -> Outlet:
    entries = [shown.library.entries[key] for key in ids]
    hosts = Counter(host for entry in entries if (host := host_of(entry.source.url)))
    languages = Counter(entry.language for entry in entries)
    days = shown.days(ids)
    return Outlet(
        id=source_id(name),
        name=name,
        host=min(hosts, key=lambda host: (-hosts[host], host)) if hosts and name else None,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        languages=tuple(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
        rows=shown.rows(ids),
    )
