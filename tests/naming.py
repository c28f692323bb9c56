"""What the tests of names share: articles made of a few words, and the shipped knowledge."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.model import Article, Choice, Facts, Knowledge, Source
from builder.read.authorities import read_knowledge


@lru_cache(maxsize=1)
def shipped() -> Knowledge:
    """The knowledge of a site without authority files of its own."""
    knowledge, problems = read_knowledge(Path("/nowhere"))
    assert problems == ()
    return knowledge


def article(body: str = "", **fields: Any) -> Article:
    """An article with a body and little else."""
    values: dict[str, Any] = {
        "path": "content/articles/a.md",
        "id": "a",
        "title": "",
        "language": "en",
        "published": None,
        "retrieved": None,
        "source": Source(),
        "authors": (),
        "tags": (),
        "teasers": (),
        "capture": None,
        "normalized": None,
        "item_type": "newspaperArticle",
        "leaders": Choice(),
        "topics": Choice(),
        "summary": None,
        "event_date": None,
        "draft": False,
        "access": "full",
        "provenance": "public",
        "body_line": 5,
    }
    return Article(body=body, **(values | fields))


def leaders(facts: Facts) -> set[str]:
    """The ids of the leaders that are named."""
    return {mention.id for mention in facts.mentions if mention.kind == "leader"}


def topics(facts: Facts) -> set[str]:
    """The ids of the topics that are found."""
    return {mention.id for mention in facts.mentions if mention.kind == "topic"}
