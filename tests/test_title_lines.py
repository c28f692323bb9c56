"""Which line of a pasted page is its headline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.model import Capture, CaptureOrigin
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "titles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_headline_of_a_pasted_page(case: dict[str, Any]) -> None:
    draft = normalize(Capture("captures/pasted.txt", case["page"].encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.title == case["title"]


@pytest.mark.parametrize("case", [case for case in CASES if case["title"]], ids=lambda case: case["name"])
def test_headline_below_a_long_menu(case: dict[str, Any]) -> None:
    menu = "World\nBusiness\nScience\nTravel\nBooks\nChess\nGardens\nLetters\nMaps\nTides\n"
    page = menu * 5 + case["page"]
    draft = normalize(Capture("captures/pasted.txt", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.title == case["title"]


def test_of_two_headlines_the_one_in_the_address_is_meant() -> None:
    lines = [
        "The Saltmarsh Post",
        "Island school gets a second teacher",
        "Ferry to run on Sundays again",
        "The island school will have a second teacher from spring, and the ferry will run on Sundays again.",
        "Both were decided by the council on Monday after parents had asked for a teacher and a ferry for two years.",
        "The teacher will live in the old harbour office. The ferry leaves at nine and comes back at six.",
    ]
    for slug, title in (
        ("ferry-to-run-on-sundays-again", lines[2]),
        ("island-school-gets-a-second-teacher", lines[1]),
    ):
        origin = CaptureOrigin(url=f"https://saltmarsh.example/2025/{slug}.html")
        capture = Capture("captures/pasted.txt", "\n".join(lines).encode(), origin)
        draft = normalize(capture, read_cleaning_rules()).draft
        assert draft is not None
        assert draft.title == title
