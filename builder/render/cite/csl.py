"""CSL-JSON, as citation processors and Zotero read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from builder.render.cite.reference import Creator, Reference

_TYPES: Final[Mapping[str, str]] = {
    "newspaperArticle": "article-newspaper",
    "magazineArticle": "article-magazine",
    "journalArticle": "article-journal",
    "blogPost": "post-weblog",
    "forumPost": "post",
    "webpage": "webpage",
    "report": "report",
    "interview": "interview",
    "tvBroadcast": "broadcast",
    "radioBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "podcast": "song",
    "presentation": "speech",
    "document": "document",
    "statute": "legislation",
    "letter": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary",
    "manuscript": "manuscript",
    "thesis": "thesis",
}
_MEDIA: Final[Mapping[str, str]] = {"tvBroadcast": "television", "radioBroadcast": "radio", "podcast": "podcast"}

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def csl(reference: Reference) -> dict[str, Any]:
    """One item of a CSL-JSON list."""
    item = {
        "id": reference.id,
        "type": _TYPES.get(reference.item_type, "document"),
        "title": reference.title,
        "author": [_name(creator) for creator in reference.creators],
        "container-title": reference.source,
        "issued": _date(reference.day or ""),
        "language": reference.language,
        "medium": _MEDIA.get(reference.item_type, ""),
        "URL": reference.url,
        "accessed": _date(reference.retrieved),
        "keyword": ", ".join(keyword.replace(",", ";") for keyword in reference.keywords),
        "archive": reference.archive,
        "archive_location": reference.archived,
        "call-number": reference.mark,
    }
    return {name: value for name, value in item.items() if value}


def csl_text(reference: Reference) -> str:
    """The item in one line."""
    return _ENCODER.encode(csl(reference))


def _name(creator: Creator) -> dict[str, str]:
    if creator.given:
        return {"family": creator.family, "given": creator.given}
    return {"literal": creator.family}


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}
