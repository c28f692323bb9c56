"""The archive as data: tables that say what the pages say, and cells that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest
import rispy
from small_library import KIM, LEE, TRADE, article, library, settings

from builder.model import AuthorWords, Source
from builder.read.templates import read_templates
from builder.render.books import Choice
from builder.render.data import files
from builder.render.extracts import EXTRACTS, extract

FIRST = article("first-2a3b4c5d", title="=HYPERLINK(1)", source=Source("@post", "https://post.example/1"))
SECOND = article("second-6e7f2a3b", title="'quoted', twice\n", published=None, authors=("Choi Ha-na", "Anna Berg"))
NAMED = {FIRST.id: (KIM, LEE, TRADE), SECOND.id: (KIM,)}


def outputs() -> dict[str, bytes]:
    made = files(settings(), library([FIRST, SECOND], NAMED), templates=read_templates(Path("/nonexistent")))
    return {output.path: output.data for output in made}


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outputs()[f"data/{name}.csv"].decode(), newline="")))


def test_articles_are_the_same_in_both_forms() -> None:
    listed = [json.loads(line) for line in outputs()["data/articles.jsonl"].splitlines()]
    rows = table("articles")
    assert [row["id"] for row in rows] == [one["id"] for one in listed]
    assert [row["leaders"].split() for row in rows] == [one["leaders"] for one in listed]
    assert [row["published"] for row in rows] == [one["published"] or "" for one in listed]
    assert [row["authors"] for row in rows] == ["", "Choi Ha-na; Anna Berg"]


def test_a_record_is_one_line_by_whatever_sign_a_reader_ends_lines() -> None:
    odd = article("odd-2a3b4c5d", title="one\u2028two\u2029three\x85four")
    made = files(settings(), library([odd]), templates=read_templates(Path("/nonexistent")))
    (lines,) = [output.data.decode() for output in made if output.path == "data/articles.jsonl"]
    assert [json.loads(line)["title"] for line in lines.splitlines()] == [odd.title]


def test_no_cell_begins_like_a_formula_and_each_can_be_had_back() -> None:
    first, second = table("articles")
    assert (first["title"], first["source_name"], second["title"]) == ("'=HYPERLINK(1)", "'@post", "''quoted', twice\n")
    assert [cell.removeprefix("'") for cell in (first["title"], second["title"])] == [FIRST.title, SECOND.title]
    for path, data in outputs().items():
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row]
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_mentions_co_mentions_quotations_and_authorities_agree() -> None:
    mentions = {(row["article"], row["authority"]) for row in table("mentions")}
    assert mentions == {(FIRST.id, KIM), (FIRST.id, LEE), (FIRST.id, TRADE), (SECOND.id, KIM)}
    assert table("co-mentions") == [{"leader": KIM, "other": LEE, "pieces": "1"}]
    assert {row["page"] for row in table("quotations")} == {f"articles/{one}.html#p-0" for one in (FIRST.id, SECOND.id)}
    assert [(row["id"], row["pieces"]) for row in table("authorities")] == [(KIM, "2"), (LEE, "1"), (TRADE, "1")]
    assert {row["name"] for row in table("names") if row["authority"] == KIM} == {"Kim Min-a", "김민아"}


def test_the_package_describes_each_file() -> None:
    made = outputs()
    package = json.loads(made["data/datapackage.json"])
    assert package["name"] == "the-fish-shelf"
    for resource in package["resources"]:
        data = made[f"data/{resource['path']}"]
        assert resource["bytes"] == len(data)
        if "schema" in resource:
            (header, *_) = csv.reader(io.StringIO(data.decode(), newline=""))
            assert [field["name"] for field in resource["schema"]["fields"]] == header
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_an_empty_archive_has_no_tables_and_no_citations() -> None:
    made = files(settings(), library([]), templates=read_templates(Path("/nonexistent")))
    given = ("assets/", "data/schemas/")
    assert {output.path for output in made if not output.path.startswith(given)} == {
        *("data/articles.jsonl", "data/datapackage.json", "CITATION.cff"),
    }


@pytest.mark.parametrize("form", EXTRACTS)
def test_a_leaders_pieces_can_be_taken_away(form: str) -> None:
    def taken(choice: Choice) -> str:
        shelf = library([FIRST, SECOND], NAMED)
        return extract(form, settings(), shelf, choice=choice, dossiers=(), authors=AuthorWords())

    read: dict[str, Callable[[str], list[str]]] = {
        "jsonl": lambda text: [json.loads(line)["id"] for line in text.splitlines()],
        "csv": lambda text: [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))],
        "ris": lambda text: [one["id"] for one in rispy.loads(text)],
        "bibtex": lambda text: [one["ID"] for one in bibtexparser.loads(text).entries],
        "csl-json": lambda text: [one["id"] for one in json.loads(text)],
    }
    assert read[form](taken(Choice())) == [FIRST.id, SECOND.id]
    assert read[form](taken(Choice("leader", LEE))) == [FIRST.id]
    assert read[form](taken(Choice("topic", TRADE))) == [FIRST.id]
