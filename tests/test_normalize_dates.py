"""Dates as pages write them, which lines say nothing else, and which of them is the piece's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.normalize.dates import date_line, dates_in
from builder.normalize.flatten_html import flatten_html
from builder.normalize.flatten_text import flatten_markdown, flatten_text
from builder.normalize.judge import best_run, judge
from builder.normalize.page import Page
from builder.normalize.published import published_of_page
from builder.normalize.title import find_title
from builder.normalize.vocabulary import vocabulary
from builder.read.cleaning import read_cleaning_rules

RULES = read_cleaning_rules()
CASES = Path(__file__).parent / "cases" / "dates"


def cases(name: str) -> Any:
    # Every value stays the text that stands there: YAML's own dates are what is being tested.
    return yaml.load((CASES / name).read_text("utf-8"), Loader=yaml.BaseLoader)


def or_none(text: str | None) -> str | None:
    return None if text in (None, "null") else text


LINES = [(f"{reason}: {case['text']}", case) for reason, group in cases("lines.yaml").items() for case in group]
NOT_LINES = [(reason, text) for reason, texts in cases("not-lines.yaml").items() for text in texts]
PAGES = cases("pages.yaml")


@pytest.mark.parametrize("case", [case for _, case in LINES], ids=[name for name, _ in LINES])
def test_line_says_when(case: dict[str, str]) -> None:
    line = date_line(case["text"], RULES, language=case.get("language"))
    assert line is not None
    assert (line.kind, line.value) == (case["kind"], case["value"])


@pytest.mark.parametrize(("reason", "text"), NOT_LINES)
def test_line_does_not_say_when(reason: str, text: str) -> None:
    assert date_line(text, RULES) is None, reason


@pytest.mark.parametrize("case", cases("found.yaml"), ids=lambda case: case["text"])
def test_dates_in_a_text(case: dict[str, Any]) -> None:
    found = dates_in(case["text"], RULES)
    assert [
        {"words": case["text"][one.start : one.end], "kind": one.kind, "value": one.value} for one in found
    ] == case["found"]


@pytest.mark.parametrize("case", PAGES.values(), ids=list(PAGES))
def test_date_of_a_page(case: dict[str, Any]) -> None:
    page = flattened(case["page"], case["form"])
    judged = judge(page, vocabulary(RULES))
    run = best_run(judged)
    dates = published_of_page(page, judged, run, find_title(page, judged, run, RULES).position, rules=RULES)
    assert dates.published == or_none(case["published"])
    assert dates.retrieved == or_none(case.get("retrieved"))
    if "lines" in case:
        assert dates.lines == tuple(map(int, case["lines"]))


def test_full_width_digits_keep_their_places() -> None:
    text = "発行　２０２４年５月３日　第七号"
    (found,) = dates_in(text, RULES)
    assert text[found.start : found.end] == "２０２４年５月３日"
    assert found.value == "2024-05-03"


@pytest.mark.parametrize("day", ["2024-02-29", "1990-01-01", "2100-12-31"])
def test_every_form_gives_the_same_day(day: str) -> None:
    year, month, number = (int(part) for part in day.split("-"))
    english = RULES.languages[[language.code for language in RULES.languages].index("en")].months[month - 1][0]
    forms = [
        f"{year}.{month:02}.{number:02}",
        f"{year}. {month}. {number}.",
        f"{year}년 {month}월 {number}일",
        f"{year}年{month}月{number}日",
        f"{number} {english} {year}",
        f"{english.title()} {number}, {year}",
        f"{number:02}.{month:02}.{year}",
        f"{day}T10:00:00Z",
    ]
    assert {form: [found.value[:10] for found in dates_in(form, RULES)] for form in forms} == {
        form: [day] for form in forms
    }


@pytest.mark.parametrize("piece", ["1 a ", "a.", "1.'", "(", " ", "10:00 ", "a-", "1 مهر ", "1400/"])
def test_long_lines_are_read_in_linear_time(piece: str) -> None:
    # With one unbounded repetition in a form this takes minutes.
    assert dates_in(piece * 20_000 + " 2024", RULES) == ()


def flattened(text: str, form: str) -> Page:
    if form == "html":
        return flatten_html(text, "utf-8", vocabulary(RULES).boxes)
    return (flatten_markdown if form == "markdown" else flatten_text)(text, "utf-8")
