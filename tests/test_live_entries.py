"""Entries of a live blog in a dump, and lines at the end of an article that are torn off."""

from __future__ import annotations

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

ENTRIES = [
    ("18h40", "Seven states sign", "Seven of the eight presidents signed the river charter; one asked for more time."),
    ("15h10", "The host speaks", "In a speech of twenty minutes the host promised to dredge the northern channel."),
    ("11h25", "A paper is read", "Leaders of fourteen peoples handed over a paper that asks for a seat at the table."),
    (
        "08h05",
        "Guests come by boat",
        "The delegations came in three boats, and the navy went before them.",
    ),
]


def text_of(lines: list[str]) -> str:
    draft = normalize(Capture("captures/page.txt", "\n".join(lines).encode()), read_cleaning_rules()).draft
    assert draft is not None
    return draft.text


def test_all_entries_stay_with_their_headlines_and_no_button_does() -> None:
    lines = ["Menu", "River summit brings eight presidents to Santarena", "22 August 2025", "Most recent"]
    for stamp, headline, text in ENTRIES:
        lines += [stamp, headline, text, "Share", "Copy link"]
    found = text_of([*lines, "Load more", "All rights reserved"])
    assert all(headline in found and text in found for _, headline, text in ENTRIES)
    assert "Copy link" not in found


def test_a_sentence_torn_off_above_the_notice_of_a_paper_stays() -> None:
    torn = "Behind the scenes two of the delegations tried until the very end to obtain the"
    texts = [text for _, _, text in ENTRIES]
    notice = "Subscribe to continue reading"
    found = text_of(["Menu", "Eight presidents sign a river charter", "22 August 2025", *texts, torn, notice])
    assert found.endswith(torn)
