"""Sentences that speak to readers among an article's own."""

from __future__ import annotations

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

PARAGRAPHS = (
    "The foreign ministers of the five states signed the agreement on the hotline on Thursday after two days.",
    "Coast guards will answer it day and night, and ships in trouble may call in any of the five languages.",
    "A first exercise in the strait is planned for September, when the autumn storms begin and traffic is heaviest.",
    "The costs are shared by the length of each coast, which took the delegations most of the second evening.",
    "Fishing crews had asked for the hotline since a trawler sank in the strait four winters ago.",
)


def text_with(line: str) -> str:
    page = "\n".join(
        ("Menu", "Five states open a hotline for ships", "12 May 2025", *PARAGRAPHS[:3], line, *PARAGRAPHS[3:])
    )
    draft = normalize(Capture("captures/page.txt", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text


@pytest.mark.parametrize(
    "line",
    [
        "Keep this evening free and taste seven kinds of cheese!",
        "Open a card today and you get back ten percent of every bill.",
        "Escucha el audio completo en nuestra aplicación gratuita y activa las alertas.",
    ],
)
def test_what_speaks_to_readers_of_something_else_is_cut(line: str) -> None:
    assert line not in text_with(line)
    assert text_with(line) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "“You call, and somebody answers,” a captain said of the hotline.",
        "KARROW: You call from a ship in trouble, and somebody answers.",
        "The strait is where you meet ships of all five states in one morning.",
        "Washington sent observers, though the US has no coast there.",
        "I crossed it once as a boy, and never wished to again.",
    ],
)
def test_what_belongs_to_the_article_stays(line: str) -> None:
    assert line in text_with(line)


def test_a_player_between_paragraphs_goes_with_its_headline_and_its_day() -> None:
    player = "\n".join(("Play audio", "Who answers when a ship calls", "A. Linfield, Coast Radio 11 May 2025, 16:02"))
    assert text_with(player) == "\n".join(PARAGRAPHS)
