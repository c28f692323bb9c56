from __future__ import annotations

import re

import pytest
from small_library import article, pages, rendered

from builder.render.titles import initial
from builder.render.views.site import TitlesView

INITIALS = {
    "회담": "하",
    "꽃길": "가",
    "\u201c평화\u201d의 봄": "파",
    "Élysée": "E",
    "[Photo] the handshake": "P",
    "Путин": "П",
    "ßtraße": "S",
    "ガザで停戦": "か",
    "ひろしま": "は",
    "ﾄﾞﾙ": "た",
    "習近平": "羽",
    "会谈": "人",
    "2024년": "0–9",
    "…": "…",
}


@pytest.mark.parametrize("title", INITIALS)
def test_where_a_title_stands(title: str) -> None:
    assert initial(title) == INITIALS[title]


def test_short_archives_have_all_titles_on_one_page_by_language_and_letter() -> None:
    titles = ("beta", "Alpha", "나무", "가지", "12 days", "Ångström")
    kept = [article(f"p{n}", title=title, language="ko" if title > "가" else "en") for n, title in enumerate(titles)]
    view = pages(kept)["titles/index.html"].view
    assert isinstance(view, TitlesView)
    found = {
        language: [(one.label, [row.title for row in one.rows]) for one in initials]
        for language, initials in view.languages
    }
    assert found == {
        "en": [("A", ["Alpha", "Ångström"]), ("B", ["beta"]), ("0–9", ["12 days"])],
        "ko": [("가", ["가지"]), ("나", ["나무"])],
    }


def test_long_archives_have_pages_that_together_lead_to_every_piece() -> None:
    kept = [article(f"p{n}", title=f"{'ABC'[n % 3]}{n:04}") for n in range(1000)]
    made = rendered(kept, only="titles/")
    index = made.pop("titles/index.html")
    assert re.findall(r'href="(\.\./titles/[^"#]+)#', index) == [
        "../titles/en.html",
        "../titles/en-3.html",
        "../titles/en-5.html",
    ]
    linked = [key for text in made.values() for key in re.findall(r"articles/(p\d+)\.html", text)]
    assert sorted(linked) == sorted(f"p{n}" for n in range(1000))
    assert max(text.count("<li") for text in made.values()) < 350
    assert 'rel="next"' in made["titles/en.html"]


def test_the_search_page_of_a_build_without_search_says_so_and_loads_nothing() -> None:
    page = rendered([article()], only="search.html", search=False)["search.html"]
    assert "without its search" in page
    assert "search-engine.js" not in page
    assert "search/entry.js" not in page
    assert "titles/index.html" in page
