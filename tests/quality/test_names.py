"""Names and quotations over labelled texts of our own: figures that must not fall silently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from naming import article, leaders, shipped

from builder.annotate.article import annotate
from builder.model import Facts

FILES = sorted([*Path(__file__).parent.glob("names-*.yaml"), *Path(__file__).parent.glob("quotes-*.yaml")])
TOLERANCE = 0.6


def cases(file: Path) -> Iterator[tuple[dict[str, Any], Facts]]:
    for case in yaml.safe_load(file.read_text("utf-8")):
        form = "NFD" if case.get("decompose") else "NFC"
        text = unicodedata.normalize(form, case["body"])
        yield (
            case,
            annotate(
                article(
                    text,
                    title=unicodedata.normalize(form, case["title"]),
                    tags=tuple(case.get("tags", ())),
                    published=str(case["published"]) if "published" in case else None,
                ),
                shipped(),
            ),
        )


def rate(right: int, of: int) -> float:
    return right / of if of else 1.0


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_leaders_are_found_and_nobody_else(file: Path) -> None:
    hit = wrong = missed = 0
    for case, facts in cases(file):
        optional = set(case.get("optional", ()))
        got, want = leaders(facts) - optional, set(case["leaders"]) - optional
        hit, wrong, missed = hit + len(got & want), wrong + len(got - want), missed + len(want - got)
    assert rate(hit, hit + wrong) >= 0.985
    assert rate(hit, hit + missed) >= 0.97


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def same(one: str, other: str) -> bool:
    short, long = sorted((plain(one), plain(other)), key=len)
    return short in long and len(short) >= TOLERANCE * len(long)


def test_quotations_go_to_their_speakers() -> None:
    right = wrong = found = wanted = 0
    for file in FILES:
        for case, facts in cases(file):
            gold = [(quote["leader"], quote["text"]) for quote in case.get("quotes", ())]
            printed = [(quote.leader, quote.text) for quote in facts.quotes]
            fits = [any(who == leader and same(text, words) for leader, words in gold) for who, text in printed]
            ignored = [any(same(text, words) for words in case.get("ignored", ())) for _, text in printed]
            right += sum(fits)
            wrong += sum(not fit and not skip for fit, skip in zip(fits, ignored, strict=True))
            found += sum(any(who == leader and same(text, words) for who, text in printed) for leader, words in gold)
            wanted += len(gold)
    assert wanted > 50
    assert rate(right, right + wrong) >= 0.93
    assert rate(found, wanted) >= 0.75
