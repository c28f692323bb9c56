"""The headline of pages that show it in no `h1`."""

from __future__ import annotations

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

TEXT = (
    "<p>Five states will answer calls of ships in trouble at every hour of the day, their ministers agreed.</p>"
    "<p>The hotline opens in May. A first exercise is planned for September, when the storms begin.</p>"
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ministry-News-Five states open a hotline for ships", "Five states open a hotline for ships"),
        ("Five states open a hotline | Briefing | Ministry of Ports", "Five states open a hotline"),
    ],
)
def test_it_is_the_heading_that_the_title_element_holds(said: str, shown: str) -> None:
    page = f"<html><head><title>{said}</title></head><body><h3>{shown}</h3>{TEXT}</body></html>"
    draft = normalize(Capture("captures/page.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.title == shown
