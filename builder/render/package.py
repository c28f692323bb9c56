"""Descriptions of the archive's data for programs: a Frictionless data package and CITATION.cff."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from builder.model import Output
from builder.model.values import value
from builder.render.cite import FORMATS
from builder.render.parts import Site
from builder.render.scripts import harmless
from builder.render.tables import Table

_LINES: Final = "data/articles.jsonl"
_SPDX: Final = frozenset(
    (
        *("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-SA-4.0"),
        *("CC-BY-NC-ND-4.0", "CC-BY-3.0", "CC-BY-SA-3.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0"),
        *("MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0-only", "GPL-3.0-or-later"),
    )
)
"""Licences that CITATION.cff may name; its schema has a closed list, and another word would make it invalid."""


@value(frozen=True, slots=True)
class Weight:
    """What is told of a file when it has gone its way."""

    path: str
    bytes: int
    sha256: str


def weighed(output: Output) -> Weight:
    """The size and the digest of a file."""
    return Weight(output.path, len(output.data), hashlib.sha256(output.data).hexdigest())


def described(tables: Sequence[Table]) -> frozenset[str]:
    """The addresses of the files that a data package tells of, where they are there."""
    names = (*(f"{table.name}.csv" for table in tables), *(f"citations.{form.ending}" for form in FORMATS))
    return frozenset({f"data/{name}" for name in names} | {_LINES})


def datapackage(site: Site, tables: Sequence[Table], files: Mapping[str, Weight]) -> Output:
    """data/datapackage.json: every file of data with its columns, size and digest; `files` are by address."""
    resources = [
        _table(table, files[f"data/{table.name}.csv"]) for table in tables if f"data/{table.name}.csv" in files
    ]
    # Its objects hold lists: a file, not a table, or Frictionless would ask for an extra to read it.
    lines = _resource("articles-jsonl", files[_LINES], "jsonl", "application/jsonl")
    resources.append({**lines, "type": "file"})
    for form in FORMATS:
        if (file := files.get(f"data/citations.{form.ending}")) is not None:
            resources.append(_resource(f"citations-{form.ending}", file, form.ending, form.media_type))
    package = {
        "profile": "data-package",
        "name": _slug(site.title),
        "title": harmless(site.title),
        "description": harmless(site.description or site.subtitle),
        "homepage": site.url,
        "licenses": [{"name": _slug(site.license), "title": harmless(site.license)}] if site.license else None,
        "contributors": [{"title": harmless(site.author), "role": "author"}] if site.author else None,
        "resources": resources,
    }
    text = json.dumps({name: value for name, value in package.items() if value}, ensure_ascii=False, indent=1)
    return Output("data/datapackage.json", f"{text}\n".encode())


def citation_cff(site: Site) -> Output:
    """CITATION.cff: how the archive as a whole is cited."""
    record = {
        "cff-version": "1.2.0",
        "message": "If you use this archive, please cite it as below, and each piece as its own page says.",
        "type": "dataset",
        "title": harmless(site.title),
        "abstract": harmless(site.description or site.subtitle),
        "authors": [{"name": harmless(site.author or site.title)}],
        "url": site.url,
        "license": site.license if site.license in _SPDX else None,
    }
    import yaml  # noqa: PLC0415 - an edit of a text needs the other description alone, and no YAML: 15 ms

    said = {name: value for name, value in record.items() if value}
    return Output("CITATION.cff", yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000).encode())


def _table(table: Table, file: Weight) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": column.type,
            "description": column.said,
            **({"constraints": {"required": True}} if column.required else {}),
        }
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}} for column, other in table.foreign
        ]
    resource = _resource(table.name, file, "csv", "text/csv")
    return {**resource, "description": table.said, "encoding": "utf-8", "profile": "tabular-data-resource"} | {
        "schema": schema
    }


def _resource(name: str, file: Weight, form: str, media_type: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": file.path.removeprefix("data/"),
        "format": form,
        "mediatype": media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _slug(text: str) -> str:
    """A name as the format allows it; a digest for titles without Latin letters."""
    found = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    return found or "archive-" + hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
