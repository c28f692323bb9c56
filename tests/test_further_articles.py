"""Saved pages that go on with other articles."""

from __future__ import annotations

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

TEXT = (
    "<p>The ministers of the five coastal states asked for new talks on the fishing quotas on Thursday, since squid "
    "have moved north with the warm water.</p><p>The states will count the stock together before they meet again.</p>"
)
OTHER = (
    "<p>The lighthouse museum has opened its doors again after a year of works, and is booked out on its first "
    "weekend.</p><p>Visitors may sound the fog signal themselves. A ticket costs three crowns.</p>"
)


def text_of(second: str) -> str:
    page = (
        "<html><body><div class='stream'><section class='piece'><h1>Ministers ask for new talks on quotas</h1>"
        f"<p>By Ada Linfield</p><p>17 April 2025</p>{TEXT}</section>{second}</div></body></html>"
    )
    draft = normalize(Capture("captures/page.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text


@pytest.mark.parametrize(
    "head",
    ["<h1>Lighthouse museum opens</h1>", "<h2>Lighthouse museum opens</h2><p>Posted: 16 April 2025</p>"],
)
def test_an_article_in_a_box_beside_the_first_is_another_one(head: str) -> None:
    text = text_of(f"<section class='piece'>{head}{OTHER}</section>")
    assert "squid have moved north" in text
    assert "lighthouse" not in text


def test_a_section_of_the_article_stays() -> None:
    assert "fog signal" in text_of(f"<section class='piece'><h2>What else the ministers saw</h2>{OTHER}</section>")
