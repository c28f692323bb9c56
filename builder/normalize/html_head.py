"""What a saved page says of itself: title, metas, JSON-LD, time elements, headlines."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from builder.normalize.head_dates import CAPTURED
from builder.normalize.page import Head
from builder.normalize.saved_from import is_front_page, original_address, saved_from

ARTICLE_TYPES: Final = ("article", "posting", "report", "webpage", "creativework", "liveblog", "interview")
_LARGEST_RECORD: Final = 2_000_000
_DEEPEST_RECORD: Final = 12
_MOST_ARTICLES: Final = 50
"""JSON-LD articles a page speaks of; what is its own stands first."""
_MOST_TAGS: Final = 15
_SHORTEST_BODY: Final = 160
_LINE_END: Final = re.compile(r"</p>|<br\s*/?>|</h\d>|</li>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{1,300}>")
_SENTENCE: Final = re.compile(r"(?<=[.!?][^\s\w])\s+|(?<=[.!?])\s+(?=[^\W\d_a-z])")


def read_head(tree: LexborHTMLParser, text: str, known: str | None) -> Head:
    """Title, language, canonical address, metas, JSON-LD articles, times and headlines of a parsed page.

    `text` is the page's source; `known` is the address that the archivist gives, for pages that say none.
    """
    title = tree.css_first("title")
    html = tree.css_first("html")
    canonical = tree.css_first("link[rel=canonical]")
    metas = (*_metas(tree), *_tagged(tree))
    saved = saved_from(text, dict(reversed(metas)), html.attributes if html else {})
    said = (canonical.attributes.get("href") or "").strip() if canonical else ""
    records, sites = _records(tree)
    return Head(
        title=_folded(title.text()) if title else None,
        language=(html.attributes.get("lang") or html.attributes.get("xml:lang")) if html else None,
        canonical=_address(said, dict(metas).get("og:url", ""), saved.address or known),
        metas=(*metas, *((CAPTURED, stamp) for stamp in saved.stamps)),
        records=records,
        times=tuple(node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:8]),
        headlines=tuple(text for node in tree.css("h1")[:4] if (text := _folded(node.text(deep=True, separator=" ")))),
        sites=sites,
    )


def body_of(head: Head) -> tuple[str, ...]:
    """The paragraphs of the longest article body in the page's data; none when it is no more than a description."""
    bodies = [body for record in head.records if isinstance(body := dict(record).get("articleBody"), str)]
    text = max(bodies, key=len, default="")
    if not _SHORTEST_BODY <= len(text) <= _LARGEST_RECORD:
        return ()
    lines = _TAG.sub("", _LINE_END.sub("\n", unescape(text))).splitlines()
    sentences = [part for line in lines for part in (_SENTENCE.split(line) if len(lines) == 1 else (line,))]
    return tuple(folded for line in sentences if (folded := _folded(line)))


def _tagged(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Links that say they lead to one of the piece's tags; a page with many of them lists pieces."""
    links = tree.css('a[rel~="tag"]')
    if len(links) <= _MOST_TAGS:
        yield from (("rel:tag", said) for link in links if (said := _folded(link.text(deep=True))))


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if name:
            yield name.strip().lower(), (attributes.get("content") or "").strip()


def _records(
    tree: LexborHTMLParser,
) -> tuple[tuple[tuple[tuple[str, object], ...], ...], tuple[tuple[str, str], ...]]:
    articles: list[tuple[tuple[str, object], ...]] = []
    sites: list[tuple[str, str]] = []
    for node in tree.css("script[type='application/ld+json']"):
        text = (node.text() or "").strip().removeprefix("<!--").removesuffix("-->")
        for record in _objects(text):
            types = record.get("@type")
            kinds = [str(kind).lower() for kind in (types if isinstance(types, list) else [types])]
            if any(kind.endswith(ARTICLE_TYPES) for kind in kinds) and len(articles) < _MOST_ARTICLES:
                articles.append(tuple(sorted((str(key), value) for key, value in record.items())))
            elif isinstance(name := record.get("name"), str):
                sites.extend(
                    (kind, name) for kind in kinds if kind in ("website", "organization", "newsmediaorganization")
                )
    return tuple(articles), tuple(sites)


def _objects(text: str) -> Iterator[dict[str, object]]:
    if not text or len(text) > _LARGEST_RECORD:
        return
    try:
        root = json.loads(text, strict=False)
        if "\\ud" in text.lower():
            # Half of a letter outside the basic plane is none, and no file can hold it.
            root = json.loads(json.dumps(root, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return
    waiting: deque[tuple[object, int]] = deque([(root, 0)])
    while waiting:
        value, depth = waiting.popleft()
        if isinstance(value, dict):
            yield value
            if depth < _DEEPEST_RECORD:
                graph = value.get("@graph")
                waiting.append((graph, depth + 1))
                waiting.append((value.get("mainEntity"), depth + 1))
        elif isinstance(value, list) and depth < _DEEPEST_RECORD:
            waiting.extend((item, depth + 1) for item in value[:200])


def _address(canonical: str, shared: str, came_from: str | None) -> str | None:
    """The page's own address; where it gives that of its whole site, or none, the one from which it was saved."""
    own = original_address(_joined(shared or came_from or "", canonical) or shared or None)
    if came_from and (not own or (is_front_page(own) and not is_front_page(came_from))):
        return came_from
    return own


def _joined(base: str, address: str) -> str | None:
    if not address:
        return None
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())
