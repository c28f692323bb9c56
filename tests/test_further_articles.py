"""Saved pages that go on with other articles."""

from __future__ import annotations

from dataclasses import replace
from typing import SupportsIndex, overload

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.normalize.flatten_html import flatten_html
from builder.normalize.further_articles import without_further
from builder.normalize.judge import Run, judge
from builder.normalize.vocabulary import vocabulary
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


class Asked(tuple[int, ...]):
    """The boxes around boxes, which count how often they are asked for."""

    count = 0

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> int: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[int, ...]: ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> int | tuple[int, ...]:
        self.count += 1
        return super().__getitem__(key)


def test_a_page_full_of_headlines_is_read_once_and_not_once_for_each() -> None:
    rules = read_cleaning_rules()
    cards = "".join(f"<div><h1>Lighthouse number {number} opens</h1></div>" for number in range(300))
    html = f"<html><body><div><div><h1>Ministers ask for talks</h1>{TEXT}</div>{cards}</div></body></html>"
    page = flatten_html(html, "utf-8", vocabulary(rules).boxes, None)
    asked = Asked(page.parents)
    judged = judge(page, vocabulary(rules))
    run = Run(0, len(judged))
    assert without_further(replace(page, parents=asked), judged, run, 0, rules=rules) == run
    assert len(judged) <= asked.count <= 8 * len(judged)
