"""Dumps whose lines were broken at a width."""

from __future__ import annotations

from builder.model import Capture
from builder.normalize import explain, normalize
from builder.normalize.flatten_text import flatten_text
from builder.normalize.unwrapping import unwrapped
from builder.normalize.vocabulary import vocabulary
from builder.read.cleaning import read_cleaning_rules

RELEASE = """MINISTRY OF FOREIGN AFFAIRS
PRESS RELEASE

Ministers of the Strait Dialogue Agree a Hotline

Tavala City, 6 February 2025 – The foreign ministers of the five strait states met today
in Tavala City for the ninth session of the Strait Dialogue, which was chaired by the
minister of Tavala and lasted for two days. The hotline between the coast guards opens on
1 May 2025.

The ministers agreed to:

• open a hotline between their coast guards, which will answer at every hour of the day
and the night;
• hold a joint drill against oil spills in September.

The chair stressed that the hotline was “a small box with a large purpose”. She thanked
the delegations for two days of frank discussion.
"""
HEADLINES = "\n".join(
    ["Harbour crane painted green after a long and bitter dispute among its neighbours"] * 3
    + ["Seals return to the sandbank while counting them is left to the schools", "Ferry sold"]
)


def lines_of(text: str) -> list[str]:
    page, _ = unwrapped(flatten_text(text, "utf-8"), vocabulary(read_cleaning_rules()).small)
    return [line.text for line in page.lines if line.text]


def test_paragraphs_and_items_are_put_together_and_others_are_not() -> None:
    lines = lines_of(RELEASE)
    assert lines[2] == "Ministers of the Strait Dialogue Agree a Hotline"
    assert lines[3].startswith("Tavala City")
    assert lines[3].endswith("opens on 1 May 2025.")
    assert lines[4] == "The ministers agreed to:"
    assert lines[5].startswith("• open")
    assert lines[5].endswith("and the night;")
    assert len(lines) == 8


def test_lists_of_headlines_stay_as_they_are() -> None:
    assert lines_of(HEADLINES) == HEADLINES.split("\n")


def test_the_ledger_covers_every_letter_of_every_line_of_the_capture() -> None:
    capture = Capture("captures/release.txt", RELEASE.encode())
    draft = normalize(capture, read_cleaning_rules()).draft
    assert draft is not None
    spans: dict[int, list[tuple[int, int]]] = {}
    for span in draft.ledger.spans:
        spans.setdefault(span.line, []).append((span.start, span.end))
    for number, line in enumerate(RELEASE.split("\n"), 1):
        edges = [0, *(edge for pair in spans.get(number, []) for edge in pair), len(line)]
        assert all(start == end for start, end in zip(edges[::2], edges[1::2], strict=True)), line
    assert "which was chaired by the minister of Tavala and" in draft.body
    assert draft.published == "2025-02-06"


def test_each_line_of_the_capture_is_explained() -> None:
    told = explain(Capture("captures/release.txt", RELEASE.encode()), read_cleaning_rules())
    assert [one.number for one in told] == list(range(1, len(RELEASE.split("\n")) + 1))
    assert ("in Tavala City for", True) in [(text[:18], kept) for text, kept, _ in told[6].spans]
