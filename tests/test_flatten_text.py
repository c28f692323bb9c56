from __future__ import annotations

import time

import pytest

from builder.normalize.flatten_text import flatten_markdown, flatten_text, split_lines
from builder.normalize.page import Line


def lines(text: str) -> list[Line]:
    return list(flatten_text(text, "utf-8").lines)


def marked(text: str) -> list[Line]:
    return list(flatten_markdown(text, "utf-8").lines)


def test_lines_end_where_editors_end_them() -> None:
    assert split_lines("a\r\nb\rc\nd\n") == ["a", "b", "c", "d", ""]
    assert split_lines("a\x0bb\x0cc\x85d\u2028e\x1cf") == ["a\x0bb\x0cc\x85d\u2028e\x1cf"]
    assert split_lines("") == [""]


def test_every_line_is_kept_as_it_is_and_its_words_are_found() -> None:
    text = "  One \t\n\n\u200b\xa0Two\u200b \n \u3000\ufeff\n"
    found = lines(text)
    assert "\n".join(line.text for line in found) == text
    assert [line.words for line in found] == ["One", "", "Two", "", ""]
    assert [line.kind for line in found] == ["text", "blank", "text", "blank", "blank"]
    assert [line.number for line in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("line", "words", "level", "ordered"),
    [
        ("- One", "One", 1, False),
        ("• One", "One", 1, False),
        ("·One", "One", 1, False),
        ("* One", "One", 1, False),
        ("– One", "One", 1, False),
        ("      - One", "One", 2, False),
        ("\t\t\t- One", "One", 3, False),
        ("1. One", "One", 1, True),
        ("12) One", "One", 1, True),
        ("③ One", "One", 1, True),
    ],
)
def test_bullets_and_numbers_are_layout(line: str, words: str, level: int, ordered: bool) -> None:
    (found,) = lines(line)
    assert (found.kind, found.words, found.level, found.ordered) == ("item", words, level, ordered)


@pytest.mark.parametrize("line", ["-5 degrees", "*stressed*", "2024. was a year", "1.5 million", "123. One", "#tag"])
def test_what_only_looks_like_a_bullet_is_text(line: str) -> None:
    (found,) = lines(line)
    assert (found.kind, found.words) == ("text", line)


def test_tabs_part_cells() -> None:
    (row,) = lines(" Land\tGrain (t)\t\t5 ")
    assert row.kind == "row"
    assert [row.text[mark.start : mark.end] for mark in row.marks] == ["Land", "Grain (t)", "", "5"]


def test_markdown_is_known_by_its_marks() -> None:
    found = marked("# One\n\n### Two ##\n> Said\n- item\n```python\n# no heading\n```\nText\n#tag\n")
    assert [(line.kind, line.level) for line in found if line.kind != "blank"] == [
        ("heading", 1),
        ("heading", 3),
        ("quote", 0),
        ("item", 1),
        ("code", 0),
        ("text", 0),
        ("text", 0),
    ]
    assert [line.words for line in found if line.kind == "code"] == ["# no heading"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](https://e.org/x) b", ["https://e.org/x"]),
        ("![i](<https://e.org/x> 'title') and [b](/y \"t\")", ["https://e.org/x", "/y"]),
        ("[w](https://e.org/A_(b)) c", ["https://e.org/A_(b)"]),
        ("[a] (b) [a](b c", []),
        ("[a](b)(c) [](d)", ["b", "d"]),
    ],
)
def test_links_of_markdown_are_marks(text: str, links: list[str]) -> None:
    (line,) = marked(text)
    assert [mark.target for mark in line.marks if mark.kind == "link"] == links


def test_a_fence_that_is_never_closed_is_code_to_the_end() -> None:
    assert [line.kind for line in marked("Text\n~~~\none\n```\ntwo")] == ["text", "blank", "code", "code", "code"]


def test_the_front_matter_of_a_clipped_page_is_its_head() -> None:
    page = flatten_markdown(
        "---\ntitle: 'A title'\nsource: https://example.org/x\nauthor:\n  - \"[[Jane Doe]]\"\n  - John\n"
        "published: 2024-03-05\ncreated: 2024-04-01\ntags: [one, two]\n---\n\nText\n",
        "utf-8",
    )
    assert page.head.canonical == "https://example.org/x"
    assert page.head.metas == (
        ("og:title", "A title"),
        ("author", "Jane Doe"),
        ("author", "John"),
        ("article:published_time", "2024-03-05"),
        ("pressmark:retrieved", "2024-04-01"),
        ("article:tag", "one"),
        ("article:tag", "two"),
    )
    assert [line.kind for line in page.lines] == ["meta"] * 10 + ["blank", "text", "blank"]


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\n", "---\n---\n", "---", "----\n", "--- x\n---\n", "- a\n- b: \n---\n"]
)
def test_a_rule_that_opens_a_text_is_no_front_matter_without_its_end(text: str) -> None:
    page = flatten_markdown(text, "utf-8")
    assert "\n".join(line.text for line in page.lines) == text
    assert page.head.metas == ()


@pytest.mark.parametrize(
    "line",
    [
        "word" + " " * 1_000_000 + "word",
        "\t" * 300_000,
        "- " * 500_000,
        "#" * 1_000_000,
        "[" * 300_000,
        "[a](" * 200_000,
        "1. " * 300_000,
        "> " * 500_000,
        "\u200b" * 500_000 + "x",
    ],
    ids=["spaces", "tabs", "dashes", "hashes", "brackets", "links", "numbers", "quotes", "invisible"],
)
def test_a_line_of_a_megabyte_takes_no_time(line: str) -> None:
    started = time.process_time()
    for flatten in (flatten_text, flatten_markdown):
        assert flatten(line, "utf-8").lines[0].text == line
    assert time.process_time() - started < 5
