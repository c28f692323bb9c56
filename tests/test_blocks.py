"""What a body is on the short way through its blocks is what it would be on the long one."""

from __future__ import annotations

import random

import pytest
from markupsafe import escape

from builder.render.allowlist import sanitized, sanitized_label, sanitized_link, sanitized_text
from builder.render.blocks import blocks_of, body_html, has_definitions
from builder.render.body import article_html
from builder.render.elements import elements
from builder.render.foreign import with_quotations
from builder.render.inline import inline
from builder.render.marking import CLOSE, FIRST_MARK, OPEN, Rules, Words, marked
from builder.render.parsing import parser
from builder.render.parts import Anchor
from builder.render.passage_texts import passage_texts, token_texts
from builder.render.passages import Passages
from builder.render.phrases import line_html, line_text, token_text
from builder.render.tags import inline_html

WORDS = Words(passage='Passage "%d" & <so> it\'s'.__mod__, table="A <table>", picture="Picture")
PIECES = (
    "word", "two words", "Xi Jinping", "시진핑은", "习近平", "## H", "### Xi", "#", "#x", "## H #", "- a",
    "- Xi said", "* b", "1. one", "2) two", "12 dogs", "> q", "> Xi", ">", "    code", "\tcode", "```", "~~~", "---",
    "===", "| a | b |", "|---|---|", "**b**", "*e*", "**Xi** said", "은**는**", "a*b", "**", "*", "***x***", "`c`",
    "`", "<b>", "<script>x</script>", "&amp;", "&lt;b&gt;", "&#x26;", "AT&T", "& Co;", "&", "\\", "\\*x", "\\[1\\]",
    "\\<", " x", "   y", "", "", "", "", "", "", "\u3000w", "\xa0", "a\xa0b", "- ", "  - n", "   c", "!",
    "![i](https://x.example/i.png)", "[l](https://x.example/a?b=c)", "[Xi](https://x.example)", "[l](javascript:x)",
    "![l](https://x.example/)", "[l](https://x.example/%20)", "[[l](u)", "[l](https://a.b/c&d)", "](https://a.b)",
    "[a", "[x]", "http://x.example", "<http://a.example>", "<a@b.example>", "a  ", "a\\", "#\t t", "####### 7", "+ p",
    "_e_", "a_b_c", "1999. x", "\r", "\u2028m", "[^1] said", '"quoted" & <so>', "it's",
    "“he said, that is, so it is”", '"그는 말했다, 그렇다 그렇다 그렇다"', "“그는 말했다, 그렇다 그렇다.”",
    "Он сказал, что так и есть", "«لن أغادر الجزيرة أبدا يا أصدقائي»",
)  # fmt: skip
SIGNS = (
    "a", "은", "*", "*", "**", " ", "(", ")", "[x](https://a.example)", "[", "]", "\\", ".", "_", "&", "&amp;", "!",
    "“", "1", "<", "`", "[a b](https://x.example/y?z=1)", "'", '"', ">", "\xa0", "\u0301", "$", "+", "~", "**b**",
    "*c*",
)  # fmt: skip


def long_way(source: str, anchors: tuple[Anchor, ...], language: str) -> str:
    rules = Rules(language, WORDS, tuple("../" + anchor.page for anchor in anchors), own=False)
    tokens = parser().parse(marked(source, anchors))
    Passages(WORDS).identify(tokens, source.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return sanitized(elements(tokens, rules, []))


def short_way(source: str, anchors: tuple[Anchor, ...], language: str) -> str:
    rules = Rules(language, WORDS, tuple("../" + anchor.page for anchor in anchors), own=False)
    return body_html(marked(source, anchors), source, rules)


def texts(seed: int, number: int) -> list[str]:
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        lines = [
            " ".join(chance.choices(PIECES, k=chance.choice((1, 1, 1, 2, 4)))) for _ in range(chance.randint(1, 12))
        ]
        found.append("".join(line + chance.choice(("\n", "\n\n", "\n\n", "\n \n\n")) for line in lines))
    return found


def anchors_in(text: str) -> tuple[Anchor, ...]:
    places = [(text.find(name), name) for name in ("Xi Jinping", "시진핑", "Xi", "习近平")]
    return tuple(
        Anchor(at, at + len(name), f"leaders/{number}&'.html")
        for number, (at, name) in enumerate(sorted(places))
        if at >= 0
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_body_is_what_the_parser_and_the_sanitizer_make_of_it(seed: int) -> None:
    compared = 0
    for text in texts(seed, 120):
        if not has_definitions(text):
            compared += 1
            for language in ("en", "ko"):
                anchors = anchors_in(text)
                assert short_way(text, anchors, language) == long_way(text, anchors, language), (text, language)
    assert compared > 100


def tables(seed: int, number: int) -> list[str]:
    """Tables, most of them with as many cells in each line, between other blocks."""
    chance = random.Random(seed)
    plain = [piece for piece in PIECES if piece == piece.strip() and not {*piece} & {"|", "\\", "`", "\r"}]
    found = []
    for _ in range(number):
        cells = (*plain, "", "") if chance.random() < 0.9 else PIECES
        row, many = chance.choice(("| {} |", "|{}|")).format, chance.randint(1, 4)
        lines = [" | ".join(chance.choices(cells, k=many)) for _ in range(chance.randint(1, 4))]
        lines.insert(1, "|".join(chance.choices(("---", ":--", "-:", " :-: ", "-"), k=many)))
        if chance.random() < 0.1:
            lines[-1] += " | one more"
        before, behind = (
            chance.choice(("", "Xi\n\n", "- a\n\n", "Xi\n")),
            chance.choice(("", "\n\n- b", "\n> q", "\n\n  c")),
        )
        found.append(before + "\n".join(map(row, lines)) + behind)
    return found


def test_a_table_is_what_the_parser_and_the_sanitizer_make_of_it() -> None:
    short = 0
    for text in tables(1, 60):
        if not has_definitions(text):
            short += any(block.kind == "table" for block in blocks_of(text.split("\n")))
            anchors = anchors_in(text)
            for language in ("en", "ar"):
                assert short_way(text, anchors, language) == long_way(text, anchors, language), (text, language)
            assert passage_texts(text, text) == token_texts(parser().parse(text), text.split("\n")), text
    assert short > 20


def test_its_passages_are_those_of_the_parser() -> None:
    compared = 0
    for text in texts(5, 300):
        if not has_definitions(text):
            compared += 1
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert passage_texts(text, text) == token_texts(parser().parse(text), lines), text
    assert compared > 250


@pytest.mark.parametrize("seed", range(4))
def test_a_line_is_what_the_parser_and_the_sanitizer_make_of_it(seed: int) -> None:
    chance = random.Random(seed)
    rules = Rules("en", WORDS, ("../leaders/xi.html",), own=False)
    anchor = f"{OPEN}{chr(FIRST_MARK)}Xi{CLOSE}"
    made_plainly = 0
    for _ in range(1000):
        text = "".join(chance.choices((*SIGNS, anchor), k=chance.choice((2, 3, 4, 5, 6, 8, 12)))).strip()
        (parsed,) = parser().parseInline(text)
        assert line_text(text) == token_text(parsed), text
        tokens = with_quotations(inline(parsed.children or [], rules), "en")
        html = "".join(map(inline_html, tokens))
        assert line_html(text, rules, "en") == sanitized(html), text
        made_plainly += "<strong>" in html or "<em>" in html or "<a " in html
    assert made_plainly > 100


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://a-b.example.org/x/y.html", "https://x.example/?a=b,c", "https://x.example/a+b~c_d"],
)
def test_an_address_that_needs_no_other_form_is_left_as_the_parser_leaves_it(address: str) -> None:
    text = f"[words]({address})"
    assert line_html(text, Rules("en", WORDS, (), own=False), "en") == f'<a href="{address}">words</a>'
    assert parser().render(text) == f'<p><a href="{address}">words</a></p>\n'
    assert sanitized_link(address) == sanitized(f'<a href="{address}"></a>').removesuffix("</a>")


@pytest.mark.parametrize("text", ["a & b", "<b>&lt;", "\xa0\"'`", "\u2028\u00ad", "\ufdd0\U0001f600\U0010fffd"])
def test_a_text_is_escaped_as_the_sanitizer_leaves_it(text: str) -> None:
    assert sanitized_text(text) == sanitized(str(escape(text)))
    label = sanitized_label(text)
    assert sanitized(f'<a aria-label="{label}"></a>') == sanitized(f'<a aria-label="{escape(text)}"></a>')
    assert f'"{label}"' in sanitized(f'<a aria-label="{escape(text)}"></a>')


@pytest.mark.parametrize(
    "text", ["../leaders/xi-jinping.html", "a b", "", "3\uac1c \u00bd", "//x.example/_a", "javascript"]
)
def test_what_is_plain_needs_no_sanitizer(text: str) -> None:
    assert sanitized_link(text) == sanitized(f'<a href="{escape(text)}"></a>').removesuffix("</a>")
    assert f'<a aria-label="{sanitized_label(text)}"></a>' == sanitized(f'<a aria-label="{escape(text)}"></a>')


def test_an_address_can_not_leave_its_tag() -> None:
    assert sanitized_link('x" onclick="y') == '<a href="x&quot; onclick=&quot;y">'
    assert sanitized_link("javascript:alert(1)") == "<a>"


def test_notes_and_addresses_that_stand_elsewhere_are_found() -> None:
    noted = article_html("One[^1] two.\n\n[^1]: The note.", "en", anchors=(), root="", words=WORDS)
    assert "doc-noteref" in noted
    led = article_html("One [two][x].\n\n[x]: https://example.org", "en", anchors=(), root="", words=WORDS)
    assert '<a href="https://example.org">two</a>' in led


def test_a_block_that_cannot_be_parsed_leaves_its_body_to_the_long_way() -> None:
    deep = "One.\n\n" + "> " * 3000 + "deep"
    assert "<p" in article_html(deep, "en", anchors=(), root="", words=WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "* ~~~\n\nbehind a fence in a list",
        "- one\n\n  still one\n\nbehind",
        "- one\n\n- two",
        "1. one\n\n\n2. two\n\nthree",
        "```\none\n\ntwo\n```\n\nthree",
        "> one\nlazy\n\n> two",
        "- **one**\n\n    deep\n\nbehind",
        "| a |\n|---|\n| b |\n\n    code\n\nend",
        "> - one\n\n  two",
        "one\n===\n\n## two ##\n\n#### three\n\n## four",
    ],
)
def test_a_block_that_goes_on_behind_an_empty_line_is_not_cut_there(text: str) -> None:
    assert short_way(text, (), "en") == long_way(text, (), "en")


@pytest.mark.parametrize(
    "host", ["1.2.3.400", "example.0x1", "example.123", "a-b.example", "0x1.example", "a1.b2.example"]
)
def test_an_address_whose_host_may_be_a_number_is_left_to_the_sanitizer(host: str) -> None:
    html = line_html(f"[words](https://{host}/x)", Rules("en", WORDS, (), own=False), "en")
    assert html == sanitized(f'<a href="https://{host}/x">words</a>')
