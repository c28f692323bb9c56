"""Flattened tables given back their cells: tables of our own in four languages, and lines that are no tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.normalize.flatten_text import flatten_text
from builder.normalize.tables import Rows, find_tables, recover_table, table_candidates
from builder.read.cleaning import read_cleaning_rules

CASES = Path(__file__).parent / "cases" / "tables"
RULES = read_cleaning_rules()

# Shares of whole tables and of rows, header included, that come out exactly; what was reached, less a little.
FLOORS = {
    "korean-agenda": (0.55, 0.88),
    "korean-blog": (0.75, 0.92),
    "korean-explainers": (0.62, 0.8),
    "korean-figures": (0.94, 0.97),
    "korean-varied": (0.5, 0.74),
    "english": (0.92, 0.95),
    "chinese": (1.0, 1.0),
    "japanese": (1.0, 1.0),
}


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    return found


def cells(table: str) -> Rows:
    return tuple(tuple(cell.strip() for cell in row.split("|")) for row in table.strip().splitlines())


def flat(rows: Rows) -> list[str]:
    return [" ".join(row) for row in rows]


def found_in(text: str, article: str = "") -> list[tuple[int, int, Rows]]:
    lines = [line for line in flatten_text(text, "utf-8").lines if line.kind != "blank"]
    return list(find_tables(lines, [line.words for line in lines], article, RULES))


@pytest.mark.parametrize("name", FLOORS)
def test_tables_are_recovered(name: str) -> None:
    wanted = [(cells(case["table"]), case.get("article", "")) for case in cases(name)]
    given = [(want, recover_table(flat(want), article, RULES) or ()) for want, article in wanted]
    whole = sum(want == got for want, got in given)
    rows = sum(row in got for want, got in given for row in want)
    tables_floor, rows_floor = FLOORS[name]
    assert whole >= tables_floor * len(given), [want[0] for want, got in given if want != got]
    assert rows >= rows_floor * sum(len(want) for want, _ in given)


@pytest.mark.parametrize("name", FLOORS)
def test_no_word_is_lost_or_moved(name: str) -> None:
    for case in cases(name):
        rows = flat(cells(case["table"]))
        got = recover_table(rows, case.get("article", ""), RULES)
        if got is not None:
            assert flat(got) == rows
            assert len({len(row) for row in got}) == 1
            assert all(cell for row in got for cell in row)


@pytest.mark.parametrize("case", cases("not-tables"), ids=lambda case: case["name"])
def test_other_lines_are_left_alone(case: dict[str, Any]) -> None:
    assert found_in(case["lines"]) == []


def test_the_article_tells_which_words_belong_together() -> None:
    rows = [
        "Issue Outcome Host",
        "Steel Port Visit Agreed Busan",
        "Fish Sea Patrol Delayed Jeju",
        "Wheat Aid Sent Ulsan",
    ]
    wanted = ("Steel", "Port Visit Agreed", "Busan")
    article = "After the Steel the leaders spoke of a Port Visit, which was Port Visit Agreed in the end."
    alone, told = recover_table(rows, "", RULES), recover_table(rows, article, RULES)
    assert told is not None
    assert told[1] == wanted
    assert alone != told


@pytest.mark.parametrize(
    "text",
    [
        "| Day | Place |\n|---|---|\n| 1 May | Lima |\n| 2 May | San José |",
        "Day | Place\n1 May | Lima\n2 May | San José",
        "Day   Place\n1 May   Lima\n2 May  San José",
    ],
)
def test_bars_and_wide_gaps_part_cells(text: str) -> None:
    ((start, end, rows),) = found_in(text)
    assert rows == (("Day", "Place"), ("1 May", "Lima"), ("2 May", "San José"))
    assert (start, end) == (0, len(text.splitlines()))


def test_a_heading_above_and_a_remark_below_stay_outside() -> None:
    text = (
        "What the two sides took home\nCountry Exports Imports\nPeru 12% 30%\nChile 8% 21%\nMexico 15% 9%\n"
        "Figures by the host, rounded to whole points, without services"
    )
    ((start, end, rows),) = found_in(text)
    assert (start, end) == (1, 5)
    assert rows[1] == ("Peru", "12%", "30%")


def test_rows_beyond_the_first_dozen_follow_their_columns() -> None:
    rows = ["Year Growth Inflation", *(f"{1990 + n} {n}.5% {n + 1}.0%" for n in range(30))]
    got = recover_table(rows, "", RULES)
    assert got is not None
    assert got[-1] == ("2019", "29.5%", "30.0%")


def test_candidates_are_neighbouring_lines_that_end_no_sentence() -> None:
    text = "One two\nthree four\nfive six\n\nSeven eight\nnine ten\nThis line is a sentence.\na b\nc d\ne f\ng\nh i"
    lines = [line for line in flatten_text(text, "utf-8").lines if line.kind != "blank"]
    assert table_candidates(lines) == ((0, 3), (6, 9))


def test_too_few_rows_are_no_table() -> None:
    assert recover_table(["Country Exports", "Peru 12%"], "", RULES) is None
