"""What the `clean` command answers for one page."""

from __future__ import annotations

import json

from builder.normalize.draft import Normalized

_DAY = len("2025-10-27")


def clean_record(normalized: Normalized) -> str:
    """The page's JSON; what the page does not say is null, and so is everything of a page that could not be read."""
    draft = normalized.draft
    record = {
        "title": draft.title if draft else None,
        "date": draft.published[:_DAY] if draft and draft.published else None,
        "language": _two_letters(draft.language) if draft else None,
        "body": draft.text if draft else None,
        "markdown": draft.body if draft else None,
        "url": draft.source.url if draft else None,
        "site_name": draft.source.name if draft else None,
        "authors": list(draft.authors) if draft else [],
        "tags": list(draft.tags) if draft else [],
        "teasers": [{"title": teaser.title, "text": teaser.text} for teaser in draft.teasers] if draft else [],
        "dropped": [{"line": one.line, "text": one.text, "rule": one.rule} for one in draft.dropped] if draft else [],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _two_letters(language: str) -> str | None:
    code = language.split("-", maxsplit=1)[0]
    return None if code == "und" else code[:2]
