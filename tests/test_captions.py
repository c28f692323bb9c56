"""What is kept of the words around a page's pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.model import Capture, Draft
from builder.normalize import explain, normalize
from builder.read.cleaning import read_cleaning_rules

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "captions.yaml").read_text("utf-8"))


def capture_of(case: dict[str, Any]) -> Capture:
    return Capture(f"captures/page.{case.get('form', 'txt')}", case["page"].encode())


def draft_of(case: dict[str, Any]) -> Draft:
    draft = normalize(capture_of(case), read_cleaning_rules()).draft
    assert draft is not None
    return draft


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_captions(case: dict[str, Any]) -> None:
    found = [{"text": one.text} | ({"credit": one.credit} if one.credit else {}) for one in draft_of(case).captions]
    assert found == case["captions"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_captions_are_cut_from_the_text_and_explained_by_their_name(case: dict[str, Any]) -> None:
    draft = draft_of(case)
    fates = {text: rule for line in explain(capture_of(case), read_cleaning_rules()) for text, _, rule in line.spans}
    for caption in draft.captions:
        assert caption.text not in draft.body
        assert [rule for text, rule in fates.items() if caption.text in text] == ["caption"]
