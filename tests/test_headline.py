"""The headline by what a saved page says of itself."""

from __future__ import annotations

import time

from builder.normalize.headline import agreed_headline
from builder.normalize.page import Head


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
    assert time.process_time() - start < 3
