"""The pieces as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from builder.model import Entry, Facts, Library
from builder.render.lists import article_page


def article_lines(library: Library, ids: Iterable[str]) -> str:
    """The lines of these pieces."""
    records = (_record(library, library.entries[key]) for key in ids)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _record(library: Library, entry: Entry) -> dict[str, object]:
    facts: Facts = library.facts[entry.id]
    return {
        "id": entry.id,
        "page": article_page(entry.id),
        "title": entry.title,
        "language": entry.language,
        "published": entry.day,
        "source": {"name": entry.source.name, "url": entry.source.url},
        "capture": entry.capture,
        "leaders": [mention.id for mention in facts.mentions if mention.kind == "leader"],
        "topics": [mention.id for mention in facts.mentions if mention.kind == "topic"],
        "quotes": [{"leader": quote.leader, "text": quote.text} for quote in facts.quotes],
        "related": list(library.related.get(entry.id, ())),
        "words": entry.words,
    }
