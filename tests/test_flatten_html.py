from __future__ import annotations

import time

import pytest

from builder.normalize.flatten_html import flatten_html
from builder.normalize.html_depth import DEEPEST, as_deep_as_browsers
from builder.normalize.page import Line, Page

BOXES = (("article", "content"), ("nav", "related", "ad"))


def flat(html: str) -> Page:
    return flatten_html(html, "utf-8", BOXES)


def lines(html: str) -> list[Line]:
    return list(flat(html).lines)


def texts(html: str) -> list[str]:
    return [line.text for line in lines(html)]


def test_each_block_is_a_line_numbered_in_the_order_of_the_page() -> None:
    found = lines("<h1>Head</h1><div>One <b>bold</b> word<p>Two</p>Three</div><address>Four</address>")
    assert [(line.number, line.kind, line.text) for line in found] == [
        (1, "heading", "Head"),
        (2, "text", "One bold word"),
        (3, "text", "Two"),
        (4, "text", "Three"),
        (5, "text", "Four"),
    ]
    assert [line.paragraph for line in found] == [False, False, True, False, False]
    assert found[0].level == 1


def test_white_space_is_what_a_browser_shows() -> None:
    assert texts("<p>  One\n\t two   <i> three </i>\u200b four\xa0five </p>") == ["One two three four five"]


def test_entities_are_letters_and_never_markup() -> None:
    assert texts("<p>&lt;script&gt; &amp;amp; &#44032; &#x1F600; &nosuch; &copy 5 &#xD800; &#0;</p>") == [
        "<script> &amp; 가 😀 &nosuch; © 5 \ufffd \ufffd"
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var shown = 1</script>",
        "<style>p {}</style>",
        "<template><p>shown</p></template>",
        "<noscript><p>shown</p></noscript>",
        "<svg><text>shown</text></svg>",
        "<math><mi>shown</mi></math>",
        "<iframe>shown</iframe>",
        "<object>shown</object>",
        "<select><option>shown</select>",
        "<textarea>shown</textarea>",
        "<audio>shown</audio><video>shown</video><canvas>shown</canvas>",
        "<!-- shown -->",
        "<![CDATA[shown]]>",
        "<?php shown ?>",
        "<p hidden>shown</p>",
        '<p style="color: red; DISPLAY : NONE">shown</p>',
        '<div style="visibility:hidden"><p>shown</p></div>',
        '<input value="shown"><img alt="shown"><meta content="shown">',
    ],
)
def test_what_a_browser_does_not_show_is_no_line(hidden: str) -> None:
    assert texts(f"<p>Before</p>{hidden}<p>After</p>") == ["Before", "After"]


def test_items_know_their_depth_their_list_and_its_kind() -> None:
    found = lines("<ul><li>One<ul><li>Deep<li>Deeper<ol><li>Deepest</ol></ul><li>Two</ul><ol><li>Other</ol>")
    assert [(line.text, line.kind, line.level, line.ordered) for line in found] == [
        ("One", "item", 1, False),
        ("Deep", "item", 2, False),
        ("Deeper", "item", 2, False),
        ("Deepest", "item", 3, True),
        ("Two", "item", 1, False),
        ("Other", "item", 1, True),
    ]
    groups = [line.group for line in found]
    assert len(set(groups[:5])) == 1
    assert groups[5] != groups[0]


def test_rows_of_a_table_are_lines_and_know_their_cells() -> None:
    found = lines(
        "<table><caption>Trade</caption><tr><th>Land<th>Grain  (t)<tr><td>One<td><b>5</b> t<tr><td><td>7</table>"
    )
    rows = [line for line in found if line.kind == "row"]
    assert [row.text for row in rows] == ["Land Grain (t)", "One 5 t", " 7"]
    assert [[(row.text[mark.start : mark.end], mark.kind) for mark in row.marks] for row in rows] == [
        [("Land", "head"), ("Grain (t)", "head")],
        [("One", "cell"), ("5 t", "cell")],
        [("", "cell"), ("7", "cell")],
    ]
    assert len({row.group for row in rows}) == 1


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    found = lines("<table><tr><td><ul><li>Menu</ul><td><h1>Head</h1><p>Text</p><tr><td>a<td>b</table>")
    assert [(line.text, line.kind) for line in found][:3] == [("Menu", "item"), ("Head", "heading"), ("Text", "text")]
    assert "row" not in {line.kind for line in found}


def test_code_keeps_its_lines_and_spaces() -> None:
    found = lines("<p>Before<pre>\none\n  two  <b>three</b>\n\nfour</pre>After")
    assert [(line.text, line.kind) for line in found] == [
        ("Before", "text"),
        ("one", "code"),
        ("  two  three", "code"),
        ("four", "code"),
        ("After", "text"),
    ]


def test_breaks_part_lines_and_inline_elements_do_not() -> None:
    assert texts("<p>One<br>Two<br/><br>Three <span>more</span></p>") == ["One", "Two", "Three more"]
    assert texts("One<br>Two") == ["One", "Two"]
    assert texts(
        "<p>A <span>w</span>or<u>d</u> <font color=red>is</font><small> one</small> <span>li</span>ne</p>"
    ) == ["A word is one line"]
    assert texts("<div>A <span>word</span> is one line</div>") == ["A word is one line"]
    assert texts("<h2><span>21.45</span> <span>We have a text</span></h2>") == ["21.45 We have a text"]


def test_inline_boxes_behind_each_other_outside_paragraphs_are_lines() -> None:
    html = "<div><span>2024-03-05 10:30</span><span>Source: Paper</span> <span>By Jane Doe</span> <b>x</b></div>"
    assert texts(html) == ["2024-03-05 10:30", "Source: Paper", "By Jane Doe x"]


def test_quotes_captions_and_headings_are_known() -> None:
    found = lines("<blockquote><p>Said</p></blockquote><figure><figcaption>Seen</figcaption></figure><h4>Head</h4>")
    assert [(line.text, line.kind, line.level) for line in found] == [
        ("Said", "quote", 0),
        ("Seen", "caption", 0),
        ("Head", "heading", 4),
    ]


def test_marks_say_what_is_a_link_and_what_is_stressed() -> None:
    html = (
        '<link rel=canonical href="https://example.org/a/b"><p>See <a href="../c?d=1#e">the <b>big</b> page</a>,'
        ' <em>now</em> <a href="javascript:alert(1)">here</a> <a href="http://[bad">there</a> <a>no</a></p>'
    )
    (line,) = lines(html)
    assert line.text == "See the big page, now here there no"
    assert [(line.text[m.start : m.end], m.kind, m.target) for m in line.marks if m.kind != "link" or m.target] == [
        ("the big page", "link", "https://example.org/c?d=1#e"),
        ("big", "strong", ""),
        ("now", "emphasis", ""),
    ]


def test_boxes_around_a_line_are_counted_by_their_names() -> None:
    found = lines(
        "<nav><p>a</p></nav><div class='Related-Ads ad' id=nav><p>b</p></div><main class=content><p>c</p></main><p>d"
    )
    assert [(line.text, line.good > 0, line.bad > 0) for line in found] == [
        ("a", False, True),
        ("b", False, True),
        ("c", True, False),
        ("d", False, False),
    ]
    assert found[1].bad > found[0].bad


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("   ", []),
        ("Just text", ["Just text"]),
        ("<p>One<p>Two<div>Three", ["One", "Two", "Three"]),
        ("<b><p>One</b>Two</p>Three", ["OneTwo", "Three"]),
        ("</div></p><p>One</span></p></body></html><p>Two", ["One", "Two"]),
        ("<p class='a title=\"x>One</p><p>Two</p>", []),
        ("<p attr=<>One</p>", ["One"]),
        ("<p>One < two > three <3</p>", ["One < two > three <3"]),
        ("<p>One<!-- <p>Two</p>", ["One"]),
        ("<html><frameset><frame src=x></frameset><noframes>One</noframes></html>", []),
        ("<table><p>One<tr><td>Two</table>", ["One", "Two"]),
        ("<ul><p>One</p><li>Two</ul>", ["One", "Two"]),
        ("<p><xml:b>One</xml:b><my-element>Two</my-element>", ["OneTwo"]),
        ("\x00<p>O\x00ne</p>", ["One"]),
    ],
)
def test_broken_markup_is_read_as_browsers_read_it(html: str, expected: list[str]) -> None:
    found = texts(html)
    assert [text.replace("\ufffd", "") for text in found] == expected


def test_the_head_of_a_page_says_what_it_is() -> None:
    head = flat(
        "<html lang=ko-KR><head><title> A  title </title><meta property=OG:Title content=' Other '>"
        "<link rel=canonical href=https://example.org/x><script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "Third"}</script></head><body><h1>Fourth</h1><time datetime=2024-01-02>'
    ).head
    assert (head.title, head.language, head.canonical) == ("A title", "ko-KR", "https://example.org/x")
    assert ("og:title", "Other") in head.metas
    assert dict(head.records[0])["headline"] == "Third"
    assert (head.headlines, head.times) == (("Fourth",), ("2024-01-02",))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 100_000,
        '"text"',
        "null",
        "[[[[1]]]]",
        '{"@type": [null, 5]}',
        '{"@graph": [' * 3000,
        '{"a": "\\ud800"}',
    ],
)
def test_broken_data_in_a_page_is_passed_over(data: str) -> None:
    page = flat(f"<script type='application/ld+json'>{data}</script><p>Text</p>")
    assert [line.text for line in page.lines] == ["Text"]


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "a href=x", "font", "x-y"]
)
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_ten_thousand_levels_cost_no_text_and_little_time(tag: str, closed: bool) -> None:
    names = [part.split()[0] for part in reversed(tag.split("><"))]
    end = "".join(f"</{name}>" for name in names) * 10_000 if closed else ""
    started = time.process_time()
    found = texts(f"<p>Before</p>{f'<{tag}>' * 10_000}Deep{end}<p>After</p>")
    assert time.process_time() - started < 5
    assert " ".join(found).split() == ["Before", "Deep", "After"] or "".join(found) == "BeforeDeepAfter"


def test_depth_is_cut_where_browsers_cut_it_and_the_rest_is_untouched() -> None:
    flat_page = "<div><p>text<br><img></div>" * 5000
    assert as_deep_as_browsers(flat_page) == flat_page
    unclosed = "<div><span>a<b>b</div>" * 5000
    assert as_deep_as_browsers(unclosed) == unclosed
    deep = "<div>" * 9000 + "x" + "</div>" * 9000
    assert as_deep_as_browsers(deep) == "<div>" * DEEPEST + "x" + "</div>" * DEEPEST
    beside = "<p>one" * 4000 + "<i>" * 3000 + "two</i>three"
    assert as_deep_as_browsers(beside) == "<p>one" * 4000 + "<i>" * DEEPEST + "twothree"


def test_emphasis_that_is_never_closed_does_not_multiply_the_page() -> None:
    started = time.process_time()
    page = "".join(f"<font size={n}>" for n in range(500)) + "".join(f"<p>Line {n}" for n in range(20_000))
    assert [line.text for line in lines(page)][-1] == "Line 19999"
    assert time.process_time() - started < 5
    closed = "<p><b>one</b> two" * 20_000
    assert as_deep_as_browsers(closed) == closed


def test_four_thousand_paragraphs_in_one_box_keep_their_structure() -> None:
    found = lines(
        "<div>" + "".join(f"<p>Text {n} <b>bold</b></p><script>no {n}</script>" for n in range(4000)) + "</div>"
    )
    assert len(found) == 4000
    assert {line.kind for line in found} == {"text"}
    assert all(line.paragraph and [mark.kind for mark in line.marks] == ["strong"] for line in found)
    assert found[-1].text == "Text 3999 bold"


def test_a_line_of_megabytes_is_one_line() -> None:
    started = time.process_time()
    (line,) = lines("<p>" + "word &amp; <i>word</i> " * 100_000)
    assert time.process_time() - started < 30
    assert len(line.text) == len("word & word ") * 100_000 - 1


def test_cells_that_span_leave_the_others_of_their_span_empty() -> None:
    page = flat(
        "<table><caption>Costs in thousands</caption><tr><th>Part</th><th colspan=2>Years</th></tr>"
        "<tr><th rowspan=2>Quay</th><td>2024</td><td>120</td></tr><tr><td>2025</td><td>80</td></tr>"
        "<tr><td>Crane</td><td rowspan=9999>2026</td><td colspan=x>7</td></tr></table>"
    )
    rows = [[line.text[m.start : m.end] for m in line.marks] for line in page.lines if line.kind == "row"]
    assert rows == [["Part", "Years"], ["Quay", "2024", "120"], ["", "2025", "80"], ["Crane", "2026", "7"]]
    assert page.lines[0].text == "Costs in thousands"


def test_cells_that_claim_more_columns_than_any_table_has_keep_their_words_and_cost_little() -> None:
    started = time.process_time()
    rows = "".join(f"<tr><td colspan=100 rowspan=9999>left {n}<td>right {n}" for n in range(2000))
    found = lines(f"<table>{rows}</table>")
    assert [line.text for line in found] == [f"left {n} right {n}" for n in range(2000)]
    assert max(len(line.marks) for line in found) < 250
    assert time.process_time() - started < 5


def test_thousands_of_options_cost_no_time_and_make_no_lines() -> None:
    started = time.process_time()
    found = texts("<p>Before<select>" + "<OPTION value=1>one" * 60_000 + "</select><p>After")
    assert time.process_time() - started < 5
    assert found == ["Before", "After"]


def test_what_is_sent_hidden_to_be_shown_at_once_is_read() -> None:
    page = '<body><div hidden id="S:0"><p>The article.</p></div><div hidden id="menu"><p>A menu.</p></div></body>'
    assert [line.text for line in lines(page)] == ["The article."]
