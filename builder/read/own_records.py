"""Records of the program's own authority files, whose one way of writing YAML is read in a quarter of the time.

There each record is a mapping in braces behind a dash. With its texts in quotes that is JSON, which Python reads in a
tenth of the time that composing nodes takes; and nothing of it need be checked, since the tests do. What is written in
another way is no JSON, and left to `parse_records`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from builder.model import AuthorityKind, Office
from builder.problems import Place, Problem
from builder.read.records import Record

_HEAD: Final = re.compile(r"(?:#[^\n]*\n|\n)*as_of: (\d{4}-\d\d-\d\d)\n[a-z]+:\n")
_COMMENT: Final = re.compile(r"^#[^\n]*", re.M)
_DASH: Final = re.compile(r"^- (?=\{)", re.M)
_TEXT: Final = re.compile(
    r"""("[^"\\\n]*")|'((?:[^'"\\\n]|'')*)'"""
    r"""|([^\s\[\]{},:#&*!|>%@`"'?~-](?:[^\[\]{},:#"\\\n]*[^\[\]{},:#"\\\n\s])?)"""
)
"""In double quotes, in single ones, or in none."""
_COLUMN: Final = 3


def own_records(
    kind: AuthorityKind, path: str, text: str
) -> tuple[tuple[Record, ...], str, tuple[Problem, ...]] | None:
    """As `parse_records`; None where the file is not written in that way."""
    head = _HEAD.match(text)
    if head is None:
        return None
    lines = text.count("\n", 0, head.end())
    listed = _COMMENT.sub("", text[head.end() :])
    starts = [number for number, line in enumerate(listed.split("\n"), lines + 1) if line.startswith("- {")]
    try:
        mappings = json.loads(f"[{_TEXT.sub(_in_quotes, _DASH.sub(',', listed)).strip().removeprefix(',')}]")
        records = tuple(
            _record(kind, Place(path, line, _COLUMN), mapping) for line, mapping in zip(starts, mappings, strict=True)
        )
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return records, head[1], ()


def _in_quotes(found: re.Match[str]) -> str:
    twice, once, plain = found.groups()
    if plain:
        return f'"{plain}"'
    return twice or '"' + once.replace("''", "'") + '"'


def _record(kind: AuthorityKind, place: Place, mapping: Mapping[str, Any]) -> Record:
    return Record(
        kind=kind,
        id=mapping["id"],
        place=place,
        names=_first(mapping["names"]),
        aliases=_by_language(mapping.get("aliases")),
        weak=_by_language(mapping.get("weak")),
        country=mapping.get("country"),
        surname=mapping.get("surname"),
        pronoun=mapping.get("pronoun"),
        heading=mapping.get("heading") == "true",
        offices=tuple(
            Office(_first(office["title"]), office["from"], office.get("until"), office.get("checked"))
            for office in mapping.get("offices", ())
        ),
        broader=tuple(mapping.get("broader", ())),
        wikidata=mapping.get("wikidata"),
        formerly=tuple(mapping.get("formerly", ())),
    )


def _by_language(listed: Mapping[str, str | list[str]] | None) -> dict[str, tuple[str, ...]]:
    found = (listed or {}).items()
    return {language: (words,) if isinstance(words, str) else tuple(words) for language, words in found}


def _first(listed: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {language: words if isinstance(words, str) else words[0] for language, words in listed.items()}
