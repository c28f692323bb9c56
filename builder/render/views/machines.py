"""What files for machines hold."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.parts import FeedEntry


@dataclass(frozen=True, slots=True)
class FeedView:
    """feed.xml (Atom)."""

    id: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml: absolute addresses, sorted."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """robots.txt."""

    sitemap: str | None
    """Absolute, as the format demands."""
