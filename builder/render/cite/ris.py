"""RIS, the format that every reference manager imports; none of a reference's fields is lost in it.

Tags as Zotero and EndNote read them. Where several kinds of piece share one RIS type, a line `M2` (Zotero's *Extra*)
names the kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from builder.render.cite.reference import Reference

_TYPES: Final[Mapping[str, str]] = {
    "newspaperArticle": "NEWS",
    "magazineArticle": "MGZN",
    "blogPost": "BLOG",
    "webpage": "ELEC",
    "journalArticle": "JOUR",
    "report": "RPRT",
    "interview": "PCOMM",
    "tvBroadcast": "MPCT",
    "radioBroadcast": "SOUND",
    "videoRecording": "VIDEO",
    "podcast": "SOUND",
    "presentation": "SLIDE",
    "document": "GEN",
    "statute": "STAT",
    "letter": "PCOMM",
    "forumPost": "ICOMM",
    "encyclopediaArticle": "ENCYC",
    "dictionaryEntry": "DICT",
    "manuscript": "MANSCPT",
    "thesis": "THES",
}
_SHARED: Final = frozenset(("interview", "tvBroadcast", "radioBroadcast", "podcast", "letter", "forumPost", "document"))
"""Kinds that Zotero takes for another when it reads their RIS type."""
_PUBLISHER: Final = frozenset(
    ("report", "videoRecording", "document", "manuscript", "thesis", "letter", "interview", "statute", "podcast")
)
"""Kinds that have a publisher and no work that they stand in."""


def ris(reference: Reference) -> str:
    """One record, from its `TY` to the empty line after its `ER`; lines end as the format demands."""
    kind, day = reference.item_type, reference.day
    lines = [
        ("PB" if kind in _PUBLISHER else "T2", reference.source),
        ("PY", day[:4] if day else ""),
        ("DA", _date(day or "")),
        ("LA", reference.language),
        ("UR", reference.url),
        ("Y2", _date(reference.retrieved)),
        ("DB", reference.archive),
        ("AN", reference.archived),
        ("CN", reference.mark),
        *[("KW", keyword) for keyword in reference.keywords],
        ("M2", f"itemType: {kind}" if kind in _SHARED else ""),
    ]
    authors = "".join([f"AU  - {creator.inverted}\r\n" for creator in reference.creators])
    others = "".join([f"{tag}  - {value}\r\n" for tag, value in lines if value])
    begun = f"TY  - {_TYPES.get(kind, 'GEN')}\r\nID  - {reference.id}\r\nTI  - {reference.title}\r\n"
    return f"{begun}{authors}{others}ER  - \r\n\r\n"


def _date(day: str) -> str:
    """`2026/11/20/`: year, month, day, and nothing more to say."""
    return day.replace("-", "/") + "/" if day else ""
