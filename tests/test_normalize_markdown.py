"""Blocks → Markdown that shows the same text again: what a reader sees, and what `audit` proves, is what was kept."""

from __future__ import annotations

import random
import time

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.normalize.audit import shown_text
from builder.normalize.blocks import Block
from builder.normalize.markdown import markdown_of
from builder.normalize.page import Mark
from builder.read.cleaning import read_cleaning_rules

ADDRESS = "https://quay-gazette.example/a_b*c"


def paragraph(text: str, *marks: tuple[int, int, str]) -> Block:
    return Block("paragraph", text, marks=tuple(Mark(start, end, kind, ADDRESS) for start, end, kind in marks))


def item(text: str, level: int = 1, *, ordered: bool = False) -> Block:
    return Block("item", text, level=level, ordered=ordered)


@pytest.mark.parametrize(
    ("blocks", "markdown"),
    [
        ([paragraph("call __init__ twice")], "call \\_\\_init\\_\\_ twice\n"),
        ([paragraph("snake_case stays")], "snake_case stays\n"),
        ([paragraph("halfbold", (0, 4, "strong"), (4, 8, "strong"))], "**halfbold**\n"),
        ([paragraph("ab", (0, 1, "strong"), (1, 2, "emphasis"))], "**a**b\n"),
        ([paragraph("©Quay", (0, 1, "emphasis"))], "©Quay\n"),
        ([paragraph("Look! here", (6, 10, "link"))], f"Look! [here]({ADDRESS})\n"),
        ([paragraph("Look!here", (5, 9, "link"))], f"Look\\![here]({ADDRESS})\n"),
        ([paragraph("aXb", (1, 2, "link"), (1, 2, "emphasis"))], f"a[X]({ADDRESS})b\n"),
        ([paragraph("- - -")], "\\- - -\n"),
        ([item("deep", 3), item("deeper", 3), item("up", 1)], "- deep\n   - deeper\n- up\n"),
        ([item("one", ordered=True), item("below", 2)], "1. one\n\n   - below\n"),
        ([Block("code", "x = '```'"), Block("code", "    y")], "````\nx = '```'\n    y\n````\n"),
        ([item("one"), Block("code", "*x*")], "- one\n\n```\n*x*\n```\n"),
    ],
    ids=[
        "underscores-in-a-row",
        "underscore-inside-a-word",
        "marks-of-one-kind-that-touch",
        "marks-of-two-kinds-that-touch",
        "a-sign-marked-before-a-letter",
        "a-link-behind-a-space",
        "a-link-behind-an-exclamation-mark",
        "a-link-marked-inside-a-word",
        "dashes-that-are-no-rule",
        "an-item-that-begins-too-deep",
        "a-list-in-a-list",
        "fences-longer-than-any-inside",
        "code-under-a-list",
    ],
)
def test_markdown_of_blocks(blocks: list[Block], markdown: str) -> None:
    assert markdown_of(blocks) == markdown


SIGNS = [
    *"*_[]()<>&#\\`|~=-+.1 a b é©\u0301!:/\"'{}^$%@",
    "&amp;",
    "<b>",
    "http://a.b/c",
    "***",
    "__",
    "```",
    "1. ",
    "- ",
]
SIGNS += ["# ", "> ", "    ", "---", "![x](y)", "[a]: b", "&#35;", "\u2028", "\u00a0"]


def some_block(chance: random.Random) -> Block:
    kind = chance.choice(["paragraph", "heading", "item", "quote", "code", "table"])
    text = "".join(chance.choices(SIGNS, k=chance.randint(1, 10))).strip() or "a"
    if kind == "table":
        cells = [["".join(chance.choices(SIGNS, k=3)).strip() for _ in range(2)] for _ in range(3)]
        return Block("table", "", rows=tuple(tuple(row) for row in cells))
    places = [sorted(chance.choices(range(len(text) + 1), k=2)) for _ in range(chance.randint(0, 3))]
    marks = tuple(Mark(start, end, chance.choice(["link", "strong", "emphasis"]), ADDRESS) for start, end in places)
    level = 2 if kind == "heading" else chance.randint(1, 3)
    return Block(kind, text, level=level, ordered=chance.random() < 0.5, group=chance.randint(0, 1), marks=marks)


def letters(text: str) -> str:
    return "".join("".join(text.split()).split("|"))


@pytest.mark.parametrize("seed", range(10))
def test_any_text_is_shown_as_it_is(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        blocks = [some_block(chance) for _ in range(chance.randint(1, 4))]
        said = "".join("".join(map("".join, block.rows)) if block.kind == "table" else block.text for block in blocks)
        assert letters(shown_text(markdown_of(blocks))) == letters(said), blocks


def test_emphasis_and_links_past_all_measure_cost_no_more_each() -> None:
    count = 20_000
    marks = [(4 * n, 4 * n + 1, "emphasis") for n in range(count)] + [
        (4 * n + 2, 4 * n + 3, "link") for n in range(count)
    ]
    start = time.process_time()
    markdown = markdown_of([paragraph("a b " * count, *marks)])
    assert markdown.count("*a*") == count
    assert markdown.count(f"[b]({ADDRESS})") == count
    assert time.process_time() - start < 30


def test_line_breaks_of_a_poem_are_kept_and_paragraphs_of_one_quotation_stay_together() -> None:
    page = (
        "<html lang=en><body><article><h1>The crane is praised in verse on the quay</h1>"
        "<p>The harbour council met on Monday and heard a poem about the crane, which nobody had expected:</p>"
        "<p>The tide comes in,<br>the <b>tide</b> goes out,<br>the crane stands still.</p>"
        "<blockquote><p>We have waited for this crane for thirty years, and now it is here.</p>"
        "<p>It was a long time, and nobody thought that it would ever end.</p></blockquote>"
        "<p>Then the meeting was closed, and the members walked down to the water to look at the old crane.</p>"
        "</article></body></html>"
    )
    draft = normalize(Capture("captures/a.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert "\n\nThe tide comes in,\\\nthe **tide** goes out,\\\nthe crane stands still.\n\n" in draft.body
    assert "now it is here.\n>\n> It was a long time" in draft.body
    assert "## " not in draft.body, "a line that opens a poem with its colon is no heading"
    assert "The tide comes in,\nthe tide goes out,\nthe crane stands still.\n" in draft.text
