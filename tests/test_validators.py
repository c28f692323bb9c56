"""The formats of the demo archive, each by a validator that is not ours or by the rules of its standard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import bibtexparser
import feedparser
import jsonschema
import pytest
import rispy
from lxml import etree

SCHEMAS = Path(__file__).parent / "cases" / "schemas"
FETCHED = "sitemap@9.0.1"
"""A package whose schemas are those of sitemaps.org."""


def feeds(demo: Path, ending: str) -> list[Path]:
    found = [demo / f"feed.{ending}", *sorted((demo / "feeds").rglob(f"*.{ending}"))]
    assert len(found) > 100
    return found


def test_atom_feeds_keep_the_rules_of_the_standard(demo: Path) -> None:
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    for path in feeds(demo, "xml"):
        grammar.assertValid(etree.parse(path))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<updated>", "<updated>yesterday "),
        ('rel="alternate"', 'rel="next"'),
        ("<id>https://", "<id>"),
        ("<entry>", "<entry><id>urn:uuid:2</id>"),
    ],
)
def test_the_rules_of_atom_can_be_broken(demo: Path, right: str, wrong: str) -> None:
    text = (demo / "feed.xml").read_text("utf-8")
    assert right in text
    grammar = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    assert not grammar.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


def test_a_reader_of_feeds_finds_nothing_amiss(demo: Path) -> None:
    for path in feeds(demo, "xml"):
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert all(one.get("id") and one.get("link") and one.get("updated_parsed") for one in read.entries)


def test_json_feeds_keep_the_rules_of_the_standard(demo: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
    for path in feeds(demo, "json"):
        assert list(validator.iter_errors(json.loads(path.read_text("utf-8")))) == []


def test_citation_cff_fits_its_schema(demo: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    checked = subprocess.run([*command, str(demo / "CITATION.cff")], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_file_of_citations_is_read_whole(demo: Path) -> None:
    pieces = len((demo / "data" / "articles.jsonl").read_text("utf-8").splitlines())
    ris = {path.with_suffix(""): rispy.loads(path.read_bytes().decode()) for path in demo.rglob("data/**/*.ris")}
    assert len(ris[demo / "data" / "citations"]) == pieces
    for stem, records in ris.items():
        entries = bibtexparser.loads(stem.with_suffix(".bib").read_text("utf-8")).entries
        items = json.loads(stem.with_suffix(".json").read_text("utf-8"))
        assert [one["id"] for one in records] == [one["ID"] for one in entries] == [one["id"] for one in items]


@pytest.mark.slow
def test_the_data_package_is_valid(demo: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="make test-all installs it")
    report = frictionless.validate(str(demo / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    assert len(report.tasks) >= 11


@pytest.mark.slow
def test_the_sitemap_fits_its_schema(demo: Path, tmp_path: Path) -> None:
    npm = shutil.which("npm")
    packed = npm and subprocess.run(
        [npm, "pack", FETCHED, "--silent"], cwd=tmp_path, capture_output=True, check=False, timeout=120
    )
    if not packed or packed.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the schema of sitemaps.org could not be fetched by npm")
    with tarfile.open(next(tmp_path.glob("*.tgz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    schema = etree.XMLSchema(etree.parse(tmp_path / "package" / "schema" / "sitemap.xsd"))
    schema.assertValid(etree.parse(demo / "sitemap.xml"))
