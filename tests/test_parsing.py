"""The short ways through Markdown give what the long ones give."""

from __future__ import annotations

import random
from typing import Any

import nh3
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.model.footnotes import with_footnotes
from builder.render.parsing import new_parser
from builder.render.tags import html_of

PIECES = (
    "word", "two words", "## H", "#", "#x", "## H #", "- a", "* b", "1. one", "2) two", "12 dogs", "> q", ">",
    "    code", "\tcode", "```", "~~~", "---", "===", "| a | b |", "|---|---|", ":--|", "[x]: /u", "[x]", "**b**",
    "a*b", "`c`", "<b>", "&amp;", "\\", "\\*x", " x", "   y", "", "", "", "\u3000w", "\x0bq", "\xa0", "- ", "  - n",
    "   c", "!", "![i](u)", "http://x.example", "<http://a.example>", "a  ", "a\\", "#\t t", "####### 7", "+ p",
    "_e_", "\ufffe", "1999. x", "\r", "\x0c", "\u2028m", "[^1] said", "[^1]: note", '"quoted" & <so>', "it's",
)  # fmt: skip


ITEMS = (
    "- a", "- b c", "* d", "+ e", "-", "- ", "", "", "  f", " - g", "   - h", "word", "-  i", "-     j", "- # k",
    "- l ", "---",
)  # fmt: skip


def long_way() -> MarkdownIt:
    return with_footnotes(MarkdownIt("commonmark", {"html": False}).enable("table"))


def texts(seed: int, number: int) -> list[str]:
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        number_of_lines = chance.choice((1, 2, 3, 5, 9))
        lines = [" ".join(chance.choices(PIECES, k=chance.choice((1, 1, 1, 2)))) for _ in range(number_of_lines)]
        found.append(chance.choice(("\n", "\n", "\n\n")).join(lines))
    return found


def lists(seed: int, number: int) -> list[str]:
    chance = random.Random(seed)
    pieces = (*ITEMS[:2] * 4, *ITEMS)
    return ["\n".join(chance.choices(pieces, k=chance.choice((1, 2, 3, 4, 6, 9)))) for _ in range(number)]


def told(tokens: list[Token]) -> list[Any]:
    return [token.as_dict() for token in tokens]


@pytest.mark.parametrize("seed", range(4))
def test_a_text_is_parsed_as_the_parser_alone_would(seed: int) -> None:
    short, long = new_parser(), long_way()
    for text in (*texts(seed, 500), *lists(seed, 500)):
        assert told(short.parse(text)) == told(long.parse(text)), text


@pytest.mark.parametrize("seed", range(4))
def test_tokens_become_the_elements_that_the_parsers_renderer_makes(seed: int) -> None:
    parser = long_way()
    compared = 0
    for text in texts(seed, 500):
        tokens = parser.parse(text)
        if any(child.type in ("image", "footnote_reference") for token in tokens for child in token.children or ()):
            continue  # both are something else by then
        for token in tokens:
            token.info = ""
        compared += 1
        long = parser.renderer.render(tokens, parser.options, {})
        assert nh3.clean(html_of(tokens)) == nh3.clean(long), text
    assert compared > 300
