"""A draft as the two files the archivist gets: the article with its front matter, and the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from builder.model import Draft, Ledger, Span
from builder.model.edits import digest_of
from builder.normalize.draft import Normalized

_FATES: Final = {"kept": True, "cut": False}
_Dumper: Final[type] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def article_text(draft: Draft, fallback_title: str) -> str:
    """Front matter and Markdown of a new article; `fallback_title` stands in where the page has no headline."""
    fields = article_fields(draft, fallback_title)
    normalized = {"fields": {name: digest_of(value) for name, value in fields.items()}, "body": digest_of(draft.body)}
    capture = {"file": draft.ledger.capture, "sha256": draft.ledger.sha256}
    front = "".join(
        field_text(name, value) for name, value in (("id", draft.id), *fields.items(), ("capture", capture))
    )
    return f"---\n{front}{field_text('normalized', normalized)}---\n\n{draft.body}"


def fallback_title(normalized: Normalized) -> str:
    """What an article is called whose capture has no headline: the name of the capture's file."""
    return PurePosixPath(normalized.capture).stem.replace("-", " ").replace("_", " ").strip() or normalized.capture


def article_fields(draft: Draft, fallback_title: str) -> dict[str, Any]:
    """The front matter's fields in their order; what the capture does not say is left out."""
    source = {key: value for key, value in (("name", draft.source.name), ("url", draft.source.url)) if value}
    teasers = [{k: v for k, v in (("title", one.title), ("text", one.text)) if v} for one in draft.teasers]
    fields = {
        "title": draft.title or fallback_title,
        "language": draft.language,
        "published": draft.published,
        "retrieved": draft.retrieved,
        "source": source,
        "authors": list(draft.authors),
        "tags": list(draft.tags),
        "teasers": teasers,
        "captions": [{k: v for k, v in (("text", one.text), ("credit", one.credit)) if v} for one in draft.captions],
        "passage_languages": dict(draft.passage_languages),
    }
    return {name: value for name, value in fields.items() if value}


def field_text(name: str, value: Any) -> str:
    """One field of the front matter as YAML, ending in a line feed."""
    flow = isinstance(value, (Mapping, list)) and name not in ("teasers", "captions")
    text = yaml.dump(
        {name: value},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=None if flow else False,
    )
    return str(text)


def ledger_text(ledger: Ledger) -> str:
    """The ledger as JSON, a span a line, so that a difference in git can be read."""
    head = {
        "capture": ledger.capture,
        "sha256": ledger.sha256,
        "encoding": ledger.encoding,
        "flattening": ledger.flattening,
        "rules": ledger.rules,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    spans = [json.dumps([s.line, s.start, s.end, "kept" if s.kept else "cut", s.rule]) for s in ledger.spans]
    body = ",\n    ".join(spans)
    return "{\n" + "\n".join(lines) + f'\n  "spans": [\n    {body}\n  ]\n}}\n'


def read_ledger(text: str) -> Ledger | None:
    """The ledger in a JSON text; None when it is not one."""
    try:
        data = json.loads(text)
        spans = tuple(
            Span(int(line), int(start), int(end), kept=_FATES[fate], rule=str(rule))
            for line, start, end, fate, rule in data["spans"]
        )
        return Ledger(
            capture=str(data["capture"]),
            sha256=str(data["sha256"]),
            encoding=str(data["encoding"]),
            flattening=int(data["flattening"]),
            rules=str(data["rules"]),
            spans=spans,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
