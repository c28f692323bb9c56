"""Rules and reasons in words: none is left out, and what tools get keeps its names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from builder.explain import Explanation, as_json, as_lines
from builder.model import Capture
from builder.normalize import explain, reason_told, rule_told
from builder.normalize.draft import page_of
from builder.normalize.judge import judge
from builder.normalize.reasons import by_hand
from builder.normalize.vocabulary import vocabulary
from builder.normalize.weighing import MEASURES
from builder.read.cleaning import read_cleaning_rules
from builder.read.explaining import read_explaining_words

ROOT = Path(__file__).resolve().parents[1]
WORDS = read_explaining_words()
RULES = read_cleaning_rules()
PAGE = (
    "Home News Sport\nFerry crews keep night crossings\nBy Nora Whitfield\n12 November 2025\n"
    "Ferry owners and their crews agreed on Tuesday to keep the night crossings until the end of March.\n"
    "The owners had wanted to end them because fewer than forty people travel on most nights of the winter.\n"
    "#ferry #island\nRelated stories\nHarbour museum opens a second floor\nWe use cookies to improve this site.\n"
)


def rules_in_code() -> set[str]:
    """Names of rules as they stand in the code that gives lines their fates."""
    found: set[str] = set()
    for name in ("verdicts", "strays", "pieces", "inner_cuts", "judge", "vocabulary", "captions", "footnotes"):
        source = (ROOT / "builder" / "normalize" / f"{name}.py").read_text("utf-8")
        found |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
        found |= set(re.findall(r'(?:return|fates\[\w+\] =|rule =) "([a-z-]+)"', source))
    return found


def rules_in_ledgers() -> set[str]:
    ledgers = (json.loads(path.read_text("utf-8")) for path in (ROOT / "content" / "ledger").glob("*.json"))
    return {rule for ledger in ledgers for *_, rule in ledger["spans"]}


def captures() -> Iterator[Capture]:
    for path in sorted((ROOT / "tests" / "cases" / "clean").iterdir()):
        if path.suffix != ".yaml":
            yield Capture(f"captures/{path.name}", path.read_bytes())
    for name in ("captions", "footnotes", "tags"):
        for case in yaml.safe_load((ROOT / "tests" / "cases" / f"{name}.yaml").read_text("utf-8")):
            yield Capture(f"captures/page.{case.get('form', 'txt')}", case["page"].encode())


def test_every_rule_has_words() -> None:
    known = {phrase.rule for phrase in RULES.phrases} | rules_in_code() | rules_in_ledgers()
    assert len(known) > 30
    assert sorted(known - set(WORDS.rules) - {""}) == []


def test_every_measure_has_words() -> None:
    assert [name for name in MEASURES if name not in WORDS.measures] == []


def test_every_trait_has_words() -> None:
    names = sorted({name for weights in RULES.weights.values() for name in weights.first if name})
    assert len(names) > 500
    assert [name for name in names if reason_told(name, WORDS) == name] == []


def test_every_reason_of_a_page_has_words() -> None:
    for capture in captures():
        page = page_of(capture, RULES)
        assert page is not None
        names = {name for one in judge(page, vocabulary(RULES)) for name in by_hand(one)}
        names |= {name for line in explain(capture, RULES) for name, _ in line.reasons}
        assert [name for name in names if name not in WORDS.measures and reason_told(name, WORDS) == name] == []
        assert [rule for line in explain(capture, RULES) for _, _, rule in line.spans if rule not in WORDS.rules] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("site:newsletter-box", "your own rule newsletter-box"),
        ("body:keep-tables", "your own rule keep-tables"),
        ("cookie-banner", "asks for consent"),
        ("a-rule-of-tomorrow", "a-rule-of-tomorrow"),
    ],
)
def test_a_rule_is_told(name: str, told: str) -> None:
    assert rule_told(name, WORDS) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("box:<aside", "inside an element “aside”"),
        ("own:teaser", "right inside a box named “teaser”"),
        ("size:3.", "a line of 25 to 45 letters, that ends a sentence"),
        ("rule:copyright 1", "words of “copyright”"),
        ("sentence, 40 letters", "a sentence of 40 letters"),
        ("a measure of tomorrow", "a measure of tomorrow"),
    ],
)
def test_a_reason_is_told(name: str, told: str) -> None:
    assert reason_told(name, WORDS) == told


def test_people_read_words_and_tools_names() -> None:
    explanation = Explanation("", (), explain(Capture("captures/a.txt", PAGE.encode()), RULES))
    printed = "\n".join(as_lines(explanation, colour=False))
    assert "cut  cookie-banner" in printed
    assert "(asks for consent; " in printed
    spans = [span for line in as_json(explanation) for span in json.loads(line)["spans"]]
    assert "cookie-banner" in {span["rule"] for span in spans}
    assert "asks for consent" not in "".join(as_json(explanation))
