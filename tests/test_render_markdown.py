"""Bodies: nothing runs, nothing loads, passages keep their ids."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from builder.model import passage_id
from builder.render.body import article_html
from builder.render.markdown import beginning, text_html
from builder.render.marking import Words
from builder.render.parts import Anchor

WORDS = Words(passage=lambda number: f"Link to passage {number}", table="Table", picture="Picture")


class Elements(HTMLParser):
    """Every start tag with its attributes, as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def html(source: str, language: str = "en", anchors: tuple[Anchor, ...] = ()) -> str:
    return article_html(source, language, anchors=anchors, root="../", words=WORDS)


def anchor(source: str, text: str, page: str) -> Anchor:
    start = source.index(text)
    return Anchor(start, start + len(text), page)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](//other.example/)",
        "[x](\\\\other.example\\a)",
        "![x](https://other.example/a.png)",
        "![x](javascript:alert(1))",
        "</div></main><style>*{display:none}</style>",
        "[x](https://a.example \"' onclick='alert(1)\")",
        "<!--",
        "```html onload=x\n<b>\n```",
    ],
)
def test_no_capture_runs_or_loads_or_leaves_its_element(source: str) -> None:
    seen = Elements()
    seen.feed(html(source))
    assert {tag for tag, _ in seen.found} <= {"p", "a", "pre", "code", "div"}
    attributes = [pair for _, pairs in seen.found for pair in pairs]
    assert {name for name, _ in attributes} <= {"id", "class", "href", "title", "aria-label"}
    assert all(re.match(r"(https?://|mailto:|#p-)", value or "") for name, value in attributes if name == "href")


@pytest.mark.parametrize(
    "block",
    [
        "Said plainly.",
        "- one\n- two",
        "1. one\n\n   more\n2. two",
        "> said\n>\n> again",
        "| a |\n|---|\n| 1 |",
        "```\nx\n```",
    ],
)
def test_every_kind_of_passage_leads_to_itself_once(block: str) -> None:
    made = html(f"Before.\n\n{block}\n\nAfter.")
    assert made.count(f'id="{passage_id(block)}"') == 1
    assert made.count(f'<a class="pm" href="#{passage_id(block)}" aria-label="Link to passage 2"></a>') == 1
    assert made.count('class="pm"') == 3


def test_a_passage_without_words_takes_no_number() -> None:
    made = html("Before.\n\n>\n\nAfter.")
    assert re.findall(r"Link to passage (\d+)", made) == ["1", "2"]


def test_each_passage_has_the_id_of_its_source_and_a_link_to_itself() -> None:
    source = "First  one\nin two lines.\n\n## Middle\n\n- item\n- other\n\nLast."
    made = html(source)
    for block in ("First one in two lines.", "## Middle", "- item\n- other", "- item", "Last."):
        assert f'id="{passage_id(block)}"' in made
    assert f'href="#{passage_id("Last.")}" aria-label="Link to passage 3"' in made


def test_equal_passages_have_different_ids() -> None:
    made = html("Yes.\n\nYes.\n\nYes.\n")
    ids = re.findall(r'<p id="([^"]+)"', made)
    assert ids == [passage_id("Yes."), passage_id("Yes.") + "-2", passage_id("Yes.") + "-3"]


def test_anchors_lead_to_pages_and_leave_the_passage_ids_alone() -> None:
    source = "Talks: **Kim** met Lee.\n\nPark & Lee"
    made = html(
        source, anchors=(anchor(source, "Kim", "leaders/kim.html"), anchor(source, "Park", "leaders/park.html"))
    )
    assert '<strong><a href="../leaders/kim.html">Kim</a></strong>' in made
    assert '<a href="../leaders/park.html">Park</a> &amp; Lee' in made
    assert f'id="{passage_id("Talks: **Kim** met Lee.")}"' in made


def test_an_anchor_that_cannot_be_a_link_leaves_plain_text_and_the_next_one_alone() -> None:
    source = "`Kim` and [Lee](https://a.example/) met Park."
    anchors = tuple(anchor(source, name, f"leaders/{name}.html") for name in ("Kim", "Lee", "Park"))
    made = html(source, anchors=anchors)
    assert "<code>Kim</code>" in made
    assert '<a href="https://a.example/">Lee</a>' in made
    assert '<a href="../leaders/Park.html">Park</a>' in made


def test_headings_stand_below_the_title_and_skip_no_level() -> None:
    made = html("### a\n\n##### b\n\n### c\n\n# d\n\n###### e")
    assert re.findall(r"<(h\d)", made) == ["h2", "h3", "h2", "h2", "h3"]


def test_pictures_of_other_hosts_become_links() -> None:
    assert '<a href="https://a.example/x.png">A harbour</a>' in html("![A harbour](https://a.example/x.png)")


def test_tables_have_headers_and_a_frame_that_the_keyboard_reaches() -> None:
    made = html("| Country | |\n|---|--:|\n| Peru | 3 |\n")
    assert '<th scope="col">Country</th>' in made
    assert made.count("<th") - made.count("<thead") == 1
    assert '<td class="right">3</td>' in made
    assert re.search(r'<div class="table"[^>]*tabindex="0"', made)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("양국 정상은 공동 성명을 채택했다.", "en", ' lang="ko"'),
        ("The two sides adopted a joint statement.", "ko", ' lang="en"'),
        ("Стороны приняли совместное заявление.", "en", ' lang="ru"'),
        ("اعتمد الجانبان بيانا مشتركا", "en", ' lang="ar" dir="rtl"'),
        ("両首脳は共同声明を採択しました。", "zh-Hans", ' lang="ja"'),
        ("APEC(아시아태평양경제협력체) 정상회의가 열렸다.", "ko", ""),
        ("習近平 国家主席と会談した。", "ja", ""),
        ("Xi Jinping (习近平) arrived.", "en", ""),
    ],
)
def test_a_passage_in_another_language_says_so(text: str, language: str, expected: str) -> None:
    opening = re.match(r'<p id="[^"]+"([^>]*)>', html(text, language))
    assert opening is not None
    assert opening[1] == expected


def test_unseen_letters_do_not_reach_the_page() -> None:
    assert "pay evil now" in html("pay \u202eevil\u202c\x07 now\u200b")


def test_an_archivists_page_may_link_within_the_site() -> None:
    made = text_html("[Data](data/articles.jsonl) [x](javascript:y)", "en", words=WORDS)
    assert '<a href="data/articles.jsonl">Data</a>' in made
    assert "javascript" not in re.sub(r">[^<]*<", "><", made)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a" * 250 + "\n\n" + "b" * 60 + "\n\n" + "c" * 400, "a" * 250 + "\n\n" + "b" * 60),
        ("a" * 200 + "\n\n" + "b" * 200 + "\n\n" + "c" * 200, "a" * 200),
        ("One short block.\n\nAnd one more of them.", "One short block."),
        ("## Heading\n\n" + "It rained. " * 40, "## Heading\n\n" + ("It rained. " * 19).rstrip() + " …"),
        ("A single sentence that never seems to come to its end", "A single sentence that …"),
        ("あ" * 10 + "\u3002" + "い" * 30, "あ" * 10 + "\u3002 …"),
        ("가" * 40, "가" * 20 + " …"),
        ("Said [at some length](https://quay.example/a/long/address) and more of it, much more", "Said …"),
        ("", ""),
    ],
)
def test_an_excerpt_is_half_of_a_short_piece_and_the_first_passages_of_a_long_one(body: str, shown: str) -> None:
    assert beginning(body, 300) == shown


def test_an_excerpt_of_one_endless_passage_ends_at_a_word() -> None:
    assert beginning("word " * 1000, 300) == ("word " * 60).rstrip() + " …"
