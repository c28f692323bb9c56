"""The headline by what a saved page says of itself."""

from __future__ import annotations

import time

import pytest

from builder.normalize.headline import agreed_headline
from builder.normalize.page import Head


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("[Harbour Post] Ferry talks begin", "Ferry talks begin"),
        ("Harbour Post: Ferry talks begin", "Ferry talks begin"),
        ("【Harbour Post】Ferry talks begin", "Ferry talks begin"),
        ("Ferry talks begin | Harbour Post", "Ferry talks begin"),
        ("[Opinion] Ferry talks begin", "[Opinion] Ferry talks begin"),
        ("Ferry talks: what comes next", "Ferry talks: what comes next"),
    ],
)
def test_the_outlet_is_taken_off_a_subject(subject: str, headline: str) -> None:
    head = Head(title=subject, metas=(("og:site_name", "Harbour Post"), ("og:title", subject)))
    assert agreed_headline(head) == headline


def test_a_heading_that_is_a_whole_text_is_no_headline_and_costs_no_time() -> None:
    site = "Harbour Post"
    head = Head(
        title=f"Ferry talks begin | {site}",
        metas=(("og:site_name", site), ("og:title", "Ferry talks begin")),
        headlines=("Ferry talks begin", f"Ferry talks begin{f' | {site}' * 20_000}"),
        records=((("headline", f"Ferry talks begin{f' | {site}' * 20_000}"), ("alternativeHeadline", "Talks")),),
    )
    start = time.process_time()
    assert agreed_headline(head) == "Ferry talks begin"
    assert time.process_time() - start < 15
