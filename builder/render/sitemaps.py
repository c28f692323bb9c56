"""sitemap.xml, and the parts of it where one file would be too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from builder.render.parts import Site
from builder.render.views.machines import SitemapView
from builder.render.views.page import Page

MOST: Final = 50_000
"""Addresses in one file, by the sitemaps protocol."""


def sitemaps(site: Site, addresses: Iterable[str]) -> Iterator[Page]:
    """The sitemap of pages at these addresses from the site's root; over the limit an index and its parts."""
    base = site.url or ""
    absolute = sorted(base + ("" if path == "index.html" else quote(path)) for path in addresses)
    if len(absolute) <= MOST:
        yield Page("sitemap.xml", "sitemap.xml", site, SitemapView(tuple(absolute)))
        return
    parts = [tuple(absolute[at : at + MOST]) for at in range(0, len(absolute), MOST)]
    names = [f"sitemaps/{number}.xml" for number in range(1, len(parts) + 1)]
    yield Page("sitemap.xml", "sitemap.xml", site, SitemapView(tuple(base + name for name in names), index=True))
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", site, SitemapView(part))
