"""Who wrote it: a line's names in many languages, and lines that only begin like one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.normalize.bylines import bare_names, byline
from builder.normalize.dates import before_date
from builder.read.cleaning import read_cleaning_rules

LINES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "bylines.yaml").read_text("utf-8"))


@pytest.mark.parametrize("line", LINES["names"])
def test_people_are_named_without_what_stands_beside_them(line: str) -> None:
    assert list(byline(line, read_cleaning_rules())) == LINES["names"][line]


@pytest.mark.parametrize("line", LINES["no_names"])
def test_words_of_bylines_alone_name_nobody(line: str) -> None:
    assert byline(line, read_cleaning_rules()) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nora Whitfield", ("Nora Whitfield",)),
        ("Von Greta Lindemann und Otto Brandt", ("Greta Lindemann", "Otto Brandt")),
        ("Par Élodie Garnier", ("Élodie Garnier",)),
        ("Por Lucía Ferrer y Mateo Quiroga", ("Lucía Ferrer", "Mateo Quiroga")),
        ("di Chiara Bellini", ("Chiara Bellini",)),
        ("Door Pieter van den Berg", ("Pieter van den Berg",)),
        ("Oleh: Rina Kusuma", ("Rina Kusuma",)),
        ("Автор: Игорь Лесной", ("Игорь Лесной",)),
        ("Nora Whitfield, staff writer", ("Nora Whitfield",)),
        ("한가람 기자", ("한가람",)),
    ],
)
def test_a_byline_gives_its_names(line: str, names: tuple[str, ...]) -> None:
    assert byline(line, read_cleaning_rules()) == names


@pytest.mark.parametrize(
    "line",
    [
        "By train to the summit",
        "Von der Leyen reist nach Seoul",
        "Von Seoul nach Berlin",
        "Par crainte d'une pénurie de blé",
        "Por qué importa la cumbre de Lima",
        "Di pelabuhan kapal sudah menunggu",
        "Door de hitte stijgt de prijs",
        "Ein Redakteur der Zeitung verlässt das Haus",
        "Le journaliste",
    ],
)
def test_a_heading_that_begins_like_one_names_nobody(line: str) -> None:
    assert byline(line, read_cleaning_rules()) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Łukasz Żuraw", ("Łukasz Żuraw",)),
        ("Глеб Сорокин", ("Глеб Сорокин",)),
        ("Thứ Ba", ()),
        ("I. Water and fisheries", ()),
    ],
)
def test_a_line_of_names_alone(line: str, names: tuple[str, ...]) -> None:
    assert bare_names(line, read_cleaning_rules()) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Глеб Сорокин Опубликовано: 26 сентября 2025, 14:18", "Глеб Сорокин"),
        ("Nora Whitfield | Published 3 May 2025", "Nora Whitfield"),
        ("Puerto Alameda - 05 nov 2025 - 20:11 CET", ""),
    ],
)
def test_before_the_label_of_a_date_stands_a_name_before_a_bare_one_a_place(line: str, name: str) -> None:
    assert before_date(line, read_cleaning_rules()) == name
