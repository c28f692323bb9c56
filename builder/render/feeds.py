"""What the feeds say: of the archive, and of each leader and topic; Atom through a template, JSON Feed here."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from builder.model import AuthorityKind, Output
from builder.render.lists import Shelf
from builder.render.parts import FeedEntry, Site
from builder.render.scripts import harmless
from builder.render.views.machines import FeedView

_KINDS: Final[tuple[AuthorityKind, ...]] = ("leader", "topic")
_ENTRIES: Final = 50
_SUBJECT_ENTRIES: Final = 10
"""Each piece stands in the feeds of a dozen subjects: these tell what is new, and no more."""


def feed_views(site: Site, shown: Shelf, only: frozenset[str] | None = None) -> Iterator[FeedView]:
    """Every feed, none of them empty: the newest dated pieces of the archive and of each leader and topic.

    With `only`, those alone that tell of one of these pieces.
    """
    library = shown.library
    if (feed := _feed(site, shown, library.entries, page="index.html")) is not None and _tells_of(feed, only):
        yield feed
    for subject in (*library.leaders.values(), *library.topics.values()):
        if only is not None and only.isdisjoint(subject.articles):
            continue
        page = f"{subject.authority.kind}s/{subject.authority.id}.html"
        if (feed := _feed(site, shown, subject.articles, page=page)) is not None and _tells_of(feed, only):
            yield feed
            # Readers of feeds do not follow a stub: who subscribed to a former address goes on being told.
            for old in subject.authority.formerly:
                yield replace(feed, stem=f"feeds/{subject.authority.kind}s/{old}")


def feed_stem(shown: Shelf, page: str) -> str:
    """Where the feeds of a page stand, without their endings; empty for a page without one."""
    kind, _, name = page.removesuffix(".html").partition("/")
    subjects = {"leaders": shown.library.leaders, "topics": shown.library.topics}.get(kind, {})
    if page == "index.html":
        return "feed" if shown.months else ""
    if name in subjects and any(shown.library.entries[key].published for key in subjects[name].articles):
        return f"feeds/{kind}/{name}"
    return ""


def json_feed(site: Site, view: FeedView) -> Output:
    """A feed in the form of JSON Feed 1.1; absolute addresses only where the archive knows its own."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": harmless(view.title),
        "description": harmless(site.subtitle or site.description),
        "home_page_url": site.url and site.url + ("" if view.page == "index.html" else view.page),
        "feed_url": site.url and f"{site.url}{view.stem}.json",
        "language": site.language,
        "authors": [{"name": harmless(site.author or site.title)}],
    }
    items = [_item(site, entry) for entry in view.entries]
    text = json.dumps({**_said(feed), "items": items}, ensure_ascii=False, separators=(",", ":"))
    return Output(f"{view.stem}.json", f"{text}\n".encode())


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


def _tells_of(feed: FeedView, only: frozenset[str] | None) -> bool:
    return only is None or any(entry.row.id in only for entry in feed.entries)


def _feed(site: Site, shown: Shelf, ids: Iterable[str], *, page: str) -> FeedView | None:
    """None where no piece is dated: an empty feed is of no use to a reader."""
    entries = shown.library.entries
    whole = page == "index.html"
    published = (entries[key] for key in ids if entries[key].published)
    dated = [*islice(published, _ENTRIES if whole else _SUBJECT_ENTRIES)]
    if not dated:
        return None
    stem = feed_stem(shown, page)
    name = "" if whole else _name(shown, page)
    own = site.url + (page if name else "") if site.url else _urn(f"feed:{site.title}{page if name else ''}")
    return FeedView(
        id=own,
        title=f"{name} · {site.title}" if name else site.title,
        stem=stem,
        page=page,
        updated=timestamp(max(entry.published or "" for entry in dated)),
        entries=tuple(
            FeedEntry(
                id=f"{site.url}articles/{entry.id}.html" if site.url else _urn(entry.id),
                row=shown.row(entry.id, summary=True),
                updated=timestamp(entry.published or ""),
                terms=_terms(shown, entry.id) if whole else (),
            )
            for entry in dated
        ),
    )


def _terms(shown: Shelf, key: str) -> tuple[str, ...]:
    mentions = shown.library.mentions[key]
    return tuple(found.text for kind in _KINDS for found in shown.named_in(kind, mentions))


def _name(shown: Shelf, page: str) -> str:
    kind, _, key = page.removesuffix(".html").partition("s/")
    return shown.name("leader" if kind == "leader" else "topic", key).text


def _item(site: Site, entry: FeedEntry) -> dict[str, Any]:
    row = entry.row
    return _said(
        {
            "id": entry.id,
            "url": site.url and site.url + row.page,
            "external_url": row.url,
            "title": harmless(row.title),
            "content_text": harmless(row.summary or row.title),
            "date_published": entry.updated,
            "language": row.language,
            "authors": [{"name": harmless(author)} for author in row.authors],
            "tags": [harmless(term) for term in entry.terms],
        }
    )


def _said(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value}


@lru_cache(maxsize=4096)
def _urn(name: str) -> str:
    """A lasting name for an archive without an address of its own."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "pressmark:" + name).urn
