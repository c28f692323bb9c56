"""Paragraphs that stand in the very box of an article's others."""

from __future__ import annotations

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

FIRST = "The three presidents agreed on Wednesday to found one brigade against forest fires, with thirty aircraft."
SECOND = "In March engines had waited eleven hours at a bridge, while the fire went on over two mountains."
LAST = "Who will command it the ministers decide in June."
HEADLINE = "Three states found a brigade against fires"


def text_of(between: str) -> str:
    page = (
        f"<html><body><h1>{HEADLINE}</h1><div class='text'><p>{FIRST}</p><p>{SECOND}</p>{between}<p>{LAST}</p></div>"
        "<div class='foot'><p>All rights reserved.</p></div></body></html>"
    )
    draft = normalize(Capture("captures/page.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text


def test_the_last_paragraph_stays_behind_a_box_of_the_paper() -> None:
    box = "<div class='offer'><p>Subscribe now</p><p>This article is for subscribers</p><a href='/a'>See all</a></div>"
    text = text_of(box)
    assert text.endswith(LAST)
    assert "for subscribers" not in text


def test_a_standfirst_without_a_stop_stands_between_headline_and_day() -> None:
    deck = "It will have thirty aircraft and six hundred people, but who commands it is not known"
    page = "\n".join(("Menu", HEADLINE, deck, "Ada Linfield", "2 April 2025", FIRST, SECOND, LAST, "Share"))
    draft = normalize(Capture("captures/page.txt", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.text.startswith(deck)
