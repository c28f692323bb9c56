"""What pages are tagged with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "tags.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_tags(case: dict[str, Any]) -> None:
    page = Capture(f"captures/page.{case.get('form', 'txt')}", case["page"].encode())
    draft = normalize(page, read_cleaning_rules()).draft
    assert draft is not None
    assert list(draft.tags) == case["tags"]
