"""The archivist's own rules: read, checked on their examples, and at work upon captures."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from builder.audit import audit
from builder.cache import NoCache, open_cache
from builder.explain import as_json, as_lines, explained
from builder.learn import as_yaml, learn
from builder.model import Capture, CaptureOrigin
from builder.model.wildcards import Wildcards, wildcards
from builder.normalize import check_rules, normalize
from builder.normalizing import normalize as normalize_site
from builder.normalizing import refresh
from builder.parallel import InlineExecutor
from builder.read.cleaning import read_cleaning_rules
from builder.read.rules import parse_rules

SHIPPED = read_cleaning_rules()
PAGE = """<html lang="en"><head><title>Old title</title>
<link rel="canonical" href="https://www.harbour.example/2024/bridge"></head><body>
<h1>Old title</h1><h2 class="head">Harbour bridge opens after two years</h2>
<p>Desk copy of 3 May 2024, second edition</p>
<p>The harbour bridge opened on Friday after two years of work, and the first buses crossed it at noon.
(Photo: our desk) The mayor said that the town had waited long enough.</p>
<div class="promo"><p>A weekly letter about the town is printed on Sundays, and kiosks on the pier sell it.</p></div>
<p>The bridge replaces a ferry that had run since 1911, and many came to see the last boat leave its pier.</p>
<p>Traffic is expected to double within a year, according to the county office, which plans a second lane.</p>
<p>Correction: the vote was on Monday.</p>
<p>Elsewhere on this site</p>
<p>Another piece that is not about the bridge but about football, and rather long at that, to look like prose.</p>
</body></html>"""
RULES = """- host: harbour.example
  drop:
    - select: div.promo
      example: <div class="promo">x</div>
    - span: "(Photo: *)"
      example: "They met. (Photo: Kim)"
      name: credit
    - from: Elsewhere on this site
      example: Elsewhere on this site
  keep:
    - line: "Correction: *"
      example: "Correction: we erred."
  title:
    - select: h2.head
      example: <h2 class="head">Bridge opens</h2>
      gives: Bridge opens
  date:
    - line: Desk copy of {date}, *
      example: Desk copy of 3 May 2024, first edition
      gives: 2024-05-03
"""

HOST = "- host: a.example\n"
DROP = HOST + "  drop:\n    - "
DATE = HOST + "  date:\n    - "


def parsed(text: str) -> tuple[str, ...]:
    own, problems = parse_rules("content/rules.yaml", text)
    return tuple(map(str, (*problems, *check_rules(replace(SHIPPED, own=own)))))


def cleaned(page: str, rules: str, path: str = "captures/a.html", url: str | None = None):
    own, problems = parse_rules("content/rules.yaml", rules)
    assert problems == ()
    draft = normalize(Capture(path, page.encode(), CaptureOrigin(url)), replace(SHIPPED, own=own)).draft
    assert draft is not None
    return draft


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content/captures").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: Harbour\n", "utf-8")
    (tmp_path / "content/captures/a.html").write_text(PAGE, "utf-8")
    return tmp_path


def made(site: Path) -> str:
    report = normalize_site(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    assert report.problems == ()
    return next((site / "content/articles").iterdir()).read_text("utf-8")


def test_every_aim_and_scope_does_what_it_says() -> None:
    draft = cleaned(PAGE, RULES)
    assert draft.title == "Harbour bridge opens after two years"
    assert draft.published == "2024-05-03"
    assert draft.text.split("\n") == [
        "The harbour bridge opened on Friday after two years of work, and the first buses crossed it at noon. "
        "The mayor said that the town had waited long enough.",
        "The bridge replaces a ferry that had run since 1911, and many came to see the last boat leave its pier.",
        "Traffic is expected to double within a year, according to the county office, which plans a second lane.",
        "Correction: the vote was on Monday.",
    ]
    by = {span.rule for span in draft.ledger.spans}
    assert {"site:div-promo", "site:credit", "site:elsewhere-on-this-site", "body:site:correction"} <= by


def test_rules_are_for_their_pages_alone() -> None:
    other = PAGE.replace("harbour.example", "harbour.test")
    assert cleaned(other, RULES) == normalize(Capture("captures/a.html", other.encode()), SHIPPED).draft
    for host in ("www.harbour.example", "harbour.example"):
        assert "+" in cleaned(PAGE.replace("www.harbour.example", host), RULES).ledger.rules
    assert "+" not in cleaned(PAGE.replace("www.harbour", "notharbour"), RULES).ledger.rules


def test_a_dump_is_known_by_its_file_by_its_origin_and_by_the_address_it_prints() -> None:
    prose = "The harbour bridge opened on Friday after two years of work, and the first buses crossed it at noon."
    more = "The mayor spoke to the crowd for an hour about it."
    dump = f"Harbour bridge opens\n\n{prose}\n\n{more}\n\nLocal voices matter here."
    rule = 'drop:\n    - line: Local voices *\n      example: "Local voices matter."\n'
    by_file, by_host = f"- file: radio/*.txt\n  {rule}", f"- host: harbour.example\n  {rule}"
    address = "https://www.harbour.example/2024/bridge"
    assert "Local voices" in cleaned(dump, by_file, "captures/a.txt").text
    assert "Local voices" not in cleaned(dump, by_file, "captures/radio/a.txt").text
    assert "Local voices" in cleaned(dump, by_host, "captures/a.txt").text
    assert "Local voices" not in cleaned(dump, by_host, "captures/a.txt", address).text
    printed = dump.replace("\n\n", f"\n{address}\n\n", 1)
    assert "Local voices" not in cleaned(printed, by_host, "captures/a.txt").text


def test_the_first_rule_that_fits_a_line_decides() -> None:
    both = """- host: harbour.example
  drop:
    - line: "Correction: *"
      example: "Correction: x"
- host: harbour.example
  keep:
    - line: "Correction: *"
      example: "Correction: x"
"""
    assert "Correction" not in cleaned(PAGE, both).text
    assert (
        "Correction" in cleaned(PAGE, both.replace("drop", "k").replace("keep", "drop").replace("  k:", "  keep:")).text
    )


def test_a_title_stands_in_a_part_of_its_line(site: Path) -> None:
    page = PAGE.replace("<p>Desk copy", "<p>Story: Bridge open at last / city desk</p><p>Desk copy")
    (site / "content/captures/a.html").write_text(page, "utf-8")
    (site / "content/rules.yaml").write_text(
        "- host: harbour.example\n  title:\n    line: 'Story: {title} / *'\n"
        "    example: 'Story: A day / desk'\n    gives: A day\n",
        "utf-8",
    )
    assert "title: Bridge open at last\n" in made(site)
    assert audit(site, executor=InlineExecutor(), say=lambda _: None).proved == 1


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("- host: a.example\n  drp:\n    - line: x\n", '2:3: error: unknown field "drp" (did you mean "drop"?)'),
        (DROP + "line: Read on\n", "3:7: error: has no example"),
        (
            DROP + "line: Read on\n      example: Red on\n",
            '4:16: error: "Read on" does not fit',
        ),
        (
            DROP + "line: '*'\n      example: x\n",
            '3:13: error: "*" would fit nearly everything',
        ),
        (DROP + "line: Read {x}\n      example: x\n", "holds {x}, and only {number}"),
        (
            DROP + "select: p..x\n      example: <p>\n",
            '4:16: error: "p..x" is no CSS selector',
        ),
        (DROP + "select: p.y\n      example: <p class=x>a</p>\n", "it holds p.x"),
        (HOST + "  title:\n    - line: Read on\n      example: Read on\n", "write {title} in its place"),
        (DATE + "line: On {date}\n      example: On Monday\n", "its example gives no date"),
        (
            DATE + "line: On {date}\n      example: On 3 May 2024\n      gives: 2024-05-04\n",
            'its example gives "2024-05-03" and not "2024-05-04"',
        ),
        (
            "- drop:\n    - line: Read on\n      example: Read on\n",
            "1:3: error: says neither which host nor which files",
        ),
        (
            "- host: a.example/x\n  drop:\n    - line: Read on\n      example: Read on\n",
            'error: "a.example/x" is no host',
        ),
        ("- host: a.example\n", "1:3: error: says nothing of its pages"),
        ("host: a.example\n", "1:1: error: must be a list of rules"),
        (
            DROP + "line: Read on\n      span: Read\n      example: Read on\n",
            "line and span",
        ),
    ],
)
def test_a_wrong_rule_is_told_with_its_place_and_what_to_do(rules: str, said: str) -> None:
    problems = parsed(rules)
    assert [problem for problem in problems if said in problem], problems
    assert all(problem.startswith("content/rules.yaml:") and "(" in problem for problem in problems)


def test_rules_that_fit_their_examples_are_no_trouble() -> None:
    assert parsed(RULES) == ()


def test_wrong_rules_clean_nothing(site: Path) -> None:
    (site / "content/rules.yaml").write_text("- host: harbour.example\n  drop: {line: Read on}\n", "utf-8")
    report = normalize_site(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    assert [str(one.place) for one in report.problems] == ["content/rules.yaml:2:9"]
    assert not (site / "content/articles").exists()


def test_new_rules_reach_articles_by_refresh_and_their_ledgers_are_proved(site: Path) -> None:
    before = made(site)
    assert "weekly letter" in before or "football" in before
    (site / "content/rules.yaml").write_text(RULES, "utf-8")
    with open_cache(site / ".pressmark") as cache:
        for _ in range(2):  # once computed, once remembered
            report = refresh(site, (), executor=InlineExecutor(), cache=cache, say=lambda _: None)
            assert report.problems == ()
        after = next((site / "content/articles").iterdir()).read_text("utf-8")
        assert "title: Harbour bridge opens" in after
        assert "weekly letter" not in after
        (site / "content/rules.yaml").write_text(
            RULES.replace("div.promo", "div.pro").replace('"promo"', '"pro"'), "utf-8"
        )
        refresh(site, (), executor=InlineExecutor(), cache=cache, say=lambda _: None)
    assert "weekly letter" in next((site / "content/articles").iterdir()).read_text("utf-8")
    proofs = audit(site, executor=InlineExecutor(), say=lambda _: None)
    assert (proofs.proved, proofs.problems) == (1, ())


def test_explain_asks_the_rules_of_the_site_and_says_which_won(site: Path) -> None:
    (site / "content/rules.yaml").write_text(RULES, "utf-8")
    told = list(as_lines(explained(site / "content/captures/a.html"), colour=True))
    assert [line for line in told if "\033[31mcut  site:div-promo" in line and "weekly letter" in line]
    assert [line for line in told if "\033[32mkept body:site:correction" in line]
    assert '"rule": "site:credit"' in "".join(as_json(explained(site / "content/captures/a.html")))
    elsewhere = site / "a.html"
    elsewhere.write_text(PAGE, "utf-8")
    assert not [line for line in as_lines(explained(elsewhere), colour=False) if "site:" in line]


def test_patterns_cannot_be_made_slow() -> None:
    made_ready = wildcards("a* b* c* {number} d* (e *) f")
    assert isinstance(made_ready, Wildcards)
    for text in ("a b c 1 d (e " * 20_000, "a" * 200_000, "a " * 100_000 + "1" * 100_000, " " * 200_000):
        began = time.process_time()
        made_ready.fits(text)
        list(made_ready.stretches(text))
        assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("pattern", "text", "whole", "inside"),
    [
        ("Share this *", "share  THIS story", True, ["share  THIS story"]),
        ("Share this", "Share this story", False, ["Share this"]),
        ("Comments ({number})", "Comments (12)", True, ["Comments (12)"]),
        ("Comments ({number})", "Comments (x)", False, []),
        ("* read on", "The end. Read on", True, ["The end. Read on"]),
        ("(Photo: *)", "A (Photo: x) b (photo: y) c", False, ["(Photo: x)", "(photo: y)"]),
        (r"now \* then", "Now * then", True, ["Now * then"]),
        ("{title} | Paper", "Up | down | Paper", True, ["Up | down | Paper"]),
    ],
)
def test_what_a_pattern_fits(pattern: str, text: str, *, whole: bool, inside: list[str]) -> None:
    ready = wildcards(pattern)
    assert isinstance(ready, Wildcards)
    assert (ready.fits(text) is not None) is whole
    assert [text[start:end] for start, end in ready.stretches(text)] == inside or "{" in pattern


def test_what_recurs_on_a_host_is_proposed_as_rules_that_can_be_pasted(site: Path) -> None:
    slogan, tail = (
        "The harbour paper is read by 12 towns and belongs to those who read it every day.",
        "More of this in print.",
    )
    for number, subject in enumerate(("bridge", "ferry", "market", "school")):
        page = (
            PAGE.replace("bridge", subject).replace("2024/", f"2024/{number}/").replace("Old title", f"New {subject}")
        )
        own = slogan.replace("12", str(10 + number))
        page = page.replace("leave its pier.", f"leave its pier. {tail}").replace(
            "<p>Correction", f"<p>{own}</p><p>Correction"
        )
        (site / f"content/captures/{subject}.html").write_text(page, "utf-8")
    (site / "content/captures/a.html").unlink()
    found = learn(site, 3, executor=InlineExecutor())
    assert found.problems == ()
    by_example = {one.example: one for one in found.proposals}
    assert (by_example[tail].scope, by_example[tail].times, by_example[tail].of) == ("span", 4, 4)
    numbered = next(one for one in found.proposals if "towns" in one.pattern)
    assert numbered.pattern == slogan.replace("12", "{number}")
    text = as_yaml(found.proposals)
    assert parsed(text) == ()
    assert "# in 4 of 4 pieces, kept in 4; content/captures/" in text
    assert not (site / "content/rules.yaml").exists()
    (site / "content/rules.yaml").write_text(text, "utf-8")
    assert learn(site, 3, executor=InlineExecutor()).proposals == ()


def test_copies_of_one_piece_do_not_make_its_lines_recur(site: Path) -> None:
    for name in "bcde":
        (site / f"content/captures/{name}.html").write_text(PAGE, "utf-8")
    assert learn(site, 2, executor=InlineExecutor()).proposals == ()
