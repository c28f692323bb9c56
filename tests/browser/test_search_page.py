from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Search

KO_BUSAN = "부산서 마주 앉은 시진핑과 트럼프"
EN_BUSAN = "Tariffs fall a little as Trump and Xi meet in Busan"
ZH_BUSAN = "习近平同特朗普在釜山举行会晤"
JA_TOKYO = "石破首相と李在明大統領が東京で会談"
KO_TOKYO = "이재명 대통령, 도쿄에서 이시바 총리와 만나"
EN_TREATY = "Putin and Kim put their names to a treaty in Pyongyang"
KO_TREATY = "푸틴의 평양 방문과 새 조약"
UNDATED = "Notes on how summit communiques are written"

FOUND = {
    "a Korean noun": ("희토류", [KO_BUSAN]),
    "a Korean noun inside a compound": ("회담", [KO_BUSAN, KO_TOKYO]),
    "a Korean word with an ending": ("관세를", [KO_BUSAN]),
    "a Korean word with two endings": ("부산에서는", [KO_BUSAN]),
    "a Korean compound that is spaced in the text": ("정상회담", [KO_BUSAN, KO_TOKYO]),
    "a Korean compound that is spaced in the question": ("외교장관 회담", [KO_BUSAN]),
    "an English noun in another number": ("tariff", [EN_BUSAN]),
    "an English verb in another form": ("agree", [EN_BUSAN]),
    "an English verb of no rule": ("meetings", [EN_BUSAN]),
    "a Chinese word without spaces": ("稀土出口", [ZH_BUSAN]),
    "a Japanese word without spaces": ("経済協力", [JA_TOKYO]),
    "wide letters": ("AI", [JA_TOKYO]),
    "a name in all scripts": ("Xi Jinping", [KO_BUSAN, EN_BUSAN, ZH_BUSAN]),
    "a Korean name with an ending": ("시진핑과", [KO_BUSAN, EN_BUSAN, ZH_BUSAN]),
    "a name in Cyrillic": ("Путин", [EN_TREATY, KO_TREATY]),
    "a name and a word": ("푸틴 treaty", [EN_TREATY]),
    "two words mean both": ("treaty communique", [UNDATED]),
    "a word said in passing": ("Putin and the treaty", [EN_TREATY]),
    "a phrase": ('"joint statement"', [EN_BUSAN]),
    "a Korean phrase over spaces": ('"전략적 동반자 관계"', [KO_TREATY]),
}


def test_what_is_asked_is_found(search: Search) -> None:
    search.open(q="communique")
    got = {reason: (sorted(search.type(question).found), search.total) for reason, (question, _) in FOUND.items()}
    assert got == {reason: (sorted(titles), len(titles)) for reason, (_, titles) in FOUND.items()}


def test_a_word_that_is_nowhere_is_named_and_the_rest_is_offered(search: Search) -> None:
    search.open(q="시진핑 외계인")
    assert search.total == 0
    missing = search.page.locator("[data-search-missing]")
    assert missing.is_visible()
    assert "외계인" in missing.inner_text()
    missing.get_by_role("button").click()
    assert search.wait().total == 3


def test_a_word_half_typed_finds_what_begins_so_and_says_that_it_is_none(search: Search) -> None:
    search.open(q="communiq")
    assert search.found == [UNDATED]
    assert "communiq" in search.page.locator("[data-search-missing]").inner_text()
    assert search.type("communiques").found == [UNDATED]
    assert not search.page.locator("[data-search-missing]").is_visible()


def test_typing_searches_at_once_and_passes_through_loading(search: Search) -> None:
    search.open(q="treaty")
    search.page.evaluate(
        """() => { window.states = []; const list = document.querySelector("[data-search-results]");
        new MutationObserver(() => window.states.push(list.dataset.searchState))
          .observe(list, { attributes: true, attributeFilter: ["data-search-state"] }); }"""
    )
    search.type("조약에")
    assert search.page.evaluate("window.states") == ["loading", "done"]
    assert search.found == [KO_TREATY]


def test_filters_and_order_stand_in_the_address(search: Search) -> None:
    search.open(q="Putin", lang="ko")
    assert search.found == [KO_TREATY]
    search.open(q="treaty", sort="date")
    assert search.found == [EN_BUSAN, EN_TREATY, UNDATED]
    search.open(q="treaty", year="2024")
    assert search.found == [EN_TREATY]
    search.open(leader="kim-jong-un")
    assert sorted(search.found) == sorted([EN_TREATY, KO_TREATY])


def test_facets_count_and_narrow(search: Search) -> None:
    search.open(q="Xi Jinping")
    korean = search.page.locator("[data-facet=lang] button", has_text="Korean")
    assert re.sub(r"\s+", " ", korean.inner_text()) == "Korean 1"
    korean.click()
    assert search.wait().found == [KO_BUSAN]
    if search.address.startswith("http"):
        assert "lang=ko" in search.page.url
    # The counts come after the results: until then the button stands there as it was.
    search.page.locator("[data-facet=lang] button[aria-pressed=true]", has_text="Korean").click()
    assert search.wait().total == 3


def test_a_result_opens_at_its_passage(search: Search) -> None:
    search.open(q="sherpas")
    link = search.page.locator("[data-search-result] a").first
    assert re.fullmatch(r"articles/[a-z0-9-]+\.html\?mark=sherpas#p-[0-9a-f]{10}", link.get_attribute("href") or "")
    assert search.page.locator("[data-search-result] mark").all_inner_texts() == ["sherpas"]
    link.click()
    search.page.wait_for_selector(":target")
    assert "sherpas" in search.page.locator(":target").inner_text()
    search.page.wait_for_function("CSS.highlights.has('asked')")
    marked = "[...CSS.highlights.get('asked')].map(String)"
    assert search.page.evaluate(marked) == ["sherpas"]


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_the_search_is_a_key_away_on_every_page(search: Search, keys: str) -> None:
    search.page.goto(search.address + "leaders/xi-jinping.html")
    search.page.keyboard.press(keys)
    search.page.wait_for_url("**/search.html*")
    search.page.wait_for_function("document.activeElement.type === 'search'")


def test_who_opens_the_page_by_keyboard_comes_to_the_box_by_tab(search: Search) -> None:
    search.page.goto(search.address + "search.html")
    search.page.wait_for_selector("[data-search-results][data-search-state=idle]", state="attached")
    for _ in range(12):
        search.page.keyboard.press("Tab")
        if search.page.evaluate("document.activeElement.type === 'search'"):
            break
    else:
        raise AssertionError("the box is no early stop")


def test_the_keyboard_is_enough(search: Search) -> None:
    search.open(q="Xi Jinping")
    search.page.locator("input[type=search]").press("ArrowDown")
    first = search.page.evaluate("document.activeElement.textContent")
    search.page.keyboard.press("ArrowDown")
    assert search.page.evaluate("document.activeElement.textContent") not in ("", first)
    search.page.keyboard.press("Escape")
    assert search.page.evaluate("document.activeElement.type") == "search"
    search.page.keyboard.press("ArrowDown")
    search.page.keyboard.press("Enter")
    search.page.wait_for_url("**/articles/*.html*")


def test_from_the_home_page_to_a_leader_and_to_the_search(search: Search) -> None:
    search.page.goto(search.address + "index.html")
    search.page.get_by_role("link", name="Xi Jinping").first.click()
    search.page.wait_for_url("**/leaders/xi-jinping.html")
    assert search.page.get_by_role("link", name=KO_BUSAN).count()
    search.page.get_by_role("link", name="Search", exact=True).click()
    search.page.wait_for_url("**/search.html*")
    assert search.type("회담장").found == [KO_BUSAN]
    assert search.type("soybeans").found == [EN_BUSAN]
