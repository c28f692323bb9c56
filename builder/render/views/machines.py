"""What files for machines hold."""

from __future__ import annotations

from builder.model.values import value
from builder.render.parts import FeedEntry


@value(frozen=True, slots=True)
class FeedView:
    """feed.xml and feeds/…xml (Atom); the same as JSON Feed beside it."""

    id: str
    title: str
    stem: str
    """Its address without the ending."""
    page: str
    """The page whose pieces it tells of."""
    updated: str
    """RFC 3339."""
    entries: tuple[FeedEntry, ...]
    """Dated pieces alone, newest first, at least one."""


@value(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml, or one of the files that it leads to where there are very many pages."""

    addresses: tuple[str, ...]
    """Absolute, sorted."""
    index: bool = False
    """The addresses are those of other sitemaps."""


@value(frozen=True, slots=True)
class RobotsView:
    """robots.txt."""

    sitemap: str | None
    """Absolute, as the format demands."""
