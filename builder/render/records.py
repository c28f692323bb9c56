"""The pieces as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from builder.model import Entry, Library
from builder.render.parts import article_page

_ENDS: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Signs that JSON leaves as they are and many languages' readers of lines end one at, escaped."""


def article_lines(library: Library, ids: Iterable[str]) -> str:
    """The lines of these pieces."""
    records = (_record(library, library.entries[key]) for key in ids)
    return "".join(json.dumps(record, ensure_ascii=False).translate(_ENDS) + "\n" for record in records)


def _record(library: Library, entry: Entry) -> dict[str, object]:
    mentions = library.mentions[entry.id]
    return {
        "id": entry.id,
        "page": article_page(entry.id),
        "title": entry.title,
        "language": entry.language,
        "published": entry.day,
        "source": {"name": entry.source.name, "url": entry.source.url},
        "capture": entry.capture,
        "leaders": [mention.id for mention in mentions if mention.kind == "leader"],
        "topics": [mention.id for mention in mentions if mention.kind == "topic"],
        "quotes": [{"leader": quote.leader, "text": quote.text} for quote in library.quotes(entry.id)],
        "related": list(library.related.get(entry.id, ())),
        "words": entry.words,
    }
