"""The schemas of the archivist's files know what the readers know, take what is right and refuse what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from builder.read import records, rules, settings
from builder.read.articles import KNOWN_FIELDS
from builder.render.schemas import schema_files, schemas

SCHEMAS = schemas()


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: version 1.2, in which a day and NO are texts."""


LEFT_OUT = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, form) for tag, form in found if tag not in LEFT_OUT]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def wrong(name: str, text: str) -> list[str]:
    validator = Draft7Validator(SCHEMAS[name])
    return [one.message for one in validator.iter_errors(yaml.load(text, EditorLoader))]


def front_matter(path: Path) -> str:
    return path.read_text("utf-8").split("---\n", 2)[1]


def properties(schema: dict[str, Any]) -> set[str]:
    return set(schema["properties"])


@pytest.mark.parametrize("output", tuple(schema_files()), ids=lambda output: output.path)
def test_each_schema_is_one(output: Any) -> None:
    Draft7Validator.check_schema(json.loads(output.data))


def test_the_schemas_know_the_fields_that_the_readers_know() -> None:
    record = {name: SCHEMAS[f"{name}s"]["anyOf"][0]["items"] for name in ("leader", "topic")}
    assert properties(SCHEMAS["site"]) == set(settings._KNOWN)
    assert properties(SCHEMAS["article"]) == set(KNOWN_FIELDS)
    assert properties(record["leader"]) == set(records._KNOWN["leader"])
    assert properties(record["topic"]) == set(records._KNOWN["topic"])
    assert properties(SCHEMAS["rules"]["items"]) == {"host", "file", *rules._AIMS}
    for aim, scopes in rules._SCOPES.items():
        entry = SCHEMAS["rules"]["items"]["properties"][aim]["anyOf"][0]
        assert set(scopes) <= properties(entry)


def test_the_demo_is_right_by_them(root: Path) -> None:
    assert wrong("site", (root / "site.yaml").read_text("utf-8")) == []
    articles = sorted((root / "content" / "articles").glob("*.md"))
    assert len(articles) > 20
    assert {path.name: found for path in articles if (found := wrong("article", front_matter(path)))} == {}
    for path in (root / "content" / "dossiers").glob("*.md"):
        assert wrong("dossier", front_matter(path)) == []
    for name in ("leaders", "topics"):
        assert wrong(name, (root / "builder" / "data" / f"{name}.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "subtitle: x"),
        ("site", "title: x\ntitel: y"),
        ("site", "title: x\nlanguage: xx"),
        ("site", "title: x\naccess: open"),
        ("article", "id: a\ntitle: b"),
        ("article", "id: A b\ntitle: b\nlanguage: en"),
        ("article", "id: a\ntitle: b\nlanguage: en\npublished: 3 May"),
        ("article", "id: a\ntitle: b\nlanguage: en\nitem_type: newspaper"),
        ("article", "id: a\ntitle: b\nlanguage: en\ntopcs: [x]"),
        ("leaders", "- names: {en: X}"),
        ("leaders", "- id: x\n  offices: [{title: {en: President}}]"),
        ("leaders", "- id: x\n  country: Korea"),
        ("topics", "- id: x\n  country: KR"),
        ("rules", "- host: a.example\n  drop:\n    - line: x"),
        ("rules", "- host: a.example\n  keep:\n    - span: x\n      example: x"),
        ("moved", "- a"),
    ],
)
def test_what_is_wrong_is_marked(name: str, text: str) -> None:
    assert wrong(name, text) != []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "title: 2024"),
        ("article", "id: a\ntitle: b\nlanguage: zh-Hans\npublished: 2023-10-18T18:00+09:00\nleaders: {drop: [x]}"),
        ("article", "id: a\ntitle: b\nlanguage: en\nauthors: One\ntopics: [x]\ndraft: true"),
        ("leaders", "as_of: 2026-11-22\nleaders:\n  - id: x\n    names: {zh-Hant: 某}\n    weak: {en: [X]}"),
        ("rules", "- file: [a/*.txt]\n  title: {select: h2, example: <h2>x</h2>, gives: x}"),
        ("moved", "old-id: new-id\ngone: null"),
    ],
)
def test_what_is_right_passes(name: str, text: str) -> None:
    assert wrong(name, text) == []
