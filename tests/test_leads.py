"""Paragraphs between headline and text."""

from __future__ import annotations

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

HEADLINE = "Five states open a hotline for ships in the strait"
LEAD = "Five states will warn each other of ships in trouble. The hotline opens in May."
TEXT = (
    "The foreign ministers of the five states signed the agreement on the hotline on Thursday after two days.\n"
    "Coast guards will answer it day and night, and ships in trouble may call in any of the five languages.\n"
    "A first exercise in the strait is planned for September, when the autumn storms begin and traffic is heaviest."
)


def text_of(*above: str) -> str:
    page = "\n".join(("Menu", HEADLINE, *above, TEXT, "Share", "All rights reserved"))
    draft = normalize(Capture("captures/page.txt", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text


def test_a_standfirst_among_buttons_is_the_articles() -> None:
    assert text_of(LEAD, "By Ada Linfield", "12 May 2025", "Share", "Copy link", "Save", "Print").startswith(LEAD)


def test_two_short_lines_over_the_day_are_a_standfirst() -> None:
    points = ("Crews need not find the right country to call", "Costs are shared for the first two years")
    assert text_of(*points, "12 May 2025", "By Ada Linfield").startswith("\n".join(points))
    assert points[0] not in text_of(*points, "Share", "Copy link")


def test_a_body_of_state_over_the_day_is_none() -> None:
    office = "Ministry of Transport and Public Works, Press Office"
    assert office not in text_of(office, "12 May 2025", "Share", "Copy link")


def test_a_box_may_be_named_for_the_standfirst_in_it() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    body = f'<h1>{HEADLINE}</h1><div class="subtitle">4.8 km of bridge, open in 2031</div><div>{paragraphs}</div>'
    page = f"<html><body><nav><a href='/'>Home</a></nav><main>{body}</main></body></html>"
    draft = normalize(Capture("captures/page.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.text.startswith("4.8 km of bridge, open in 2031\n")


def test_a_notice_there_is_not() -> None:
    notice = "We collect your address and your settings. You can turn that off at any time."
    assert notice not in text_of(notice, "12 May 2025", "Share", "Copy link")


def test_a_short_last_sentence_among_notices_is_the_articles() -> None:
    page = "\n".join(("Menu", HEADLINE, TEXT, "Advertisement", "The states meet again in May.", "Share", "Copy link"))
    draft = normalize(Capture("captures/page.txt", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.text.endswith("The states meet again in May.")
