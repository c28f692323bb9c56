"""The archive as data: files that are no pages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from builder.model import Entry, Facts, Library, Output, Templates
from builder.render.lists import article_page


def files(library: Library, templates: Templates) -> Iterator[Output]:
    """Data and assets."""
    yield articles_jsonl(library)
    for path, data in templates.assets.items():
        yield Output(path, data)


def articles_jsonl(library: Library) -> Output:
    """One object an article and line, newest first; the fields are the contract with everybody else's tools."""
    lines = [json.dumps(_record(library, entry), ensure_ascii=False) for entry in library.entries.values()]
    return Output("data/articles.jsonl", "".join(line + "\n" for line in lines).encode())


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
