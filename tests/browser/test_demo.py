"""The demo archive as a newcomer meets it: by links and search box of its home page, over http and from disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@pytest.fixture(params=["http", "file"])
def home(request: pytest.FixtureRequest, demo: Path, serve: Callable[[Path], str]) -> str:
    """The address of the home page."""
    return f"{serve(demo)}/index.html" if request.param == "http" else (demo / "index.html").as_uri()


def follow(page: Page, link: Locator | str) -> None:
    """Click on it, or on the first such link, and wait until the page that it leads to is there whole."""
    with page.expect_navigation():
        (page.locator(link).first if isinstance(link, str) else link).click()


def test_a_leader_leads_to_pieces_that_lead_back(page: Page, home: str) -> None:
    page.goto(home)
    follow(page, "main a[href='leaders/xi-jinping.html']")
    assert "Xi Jinping" in page.locator("h1").inner_text()

    pieces = page.locator("main a[href^='../articles/']")
    assert {pieces.nth(n).get_attribute("lang") or "en" for n in range(pieces.count())} >= {"en", "ko"}
    title = pieces.first.inner_text()
    follow(page, "main a[href^='../articles/']")
    assert page.locator("h1").inner_text() == title

    follow(page, "main a[href='../leaders/xi-jinping.html']")
    assert "Xi Jinping" in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("question", "file", "language"),
    [
        ("Gyeongju questions answered", "2025-11-apec-gyeongju-faq-en.txt", "en"),
        ("시진핑 부산", "2025-10-trump-xi-busan-ko.txt", "ko"),
    ],
    ids=["english", "korean"],
)
def test_the_search_box_of_the_home_page_finds(page: Page, home: str, question: str, file: str, language: str) -> None:
    page.goto(home)
    page.locator("input[type=search]").fill(question)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("[data-search-results][data-search-state=done]", state="attached")

    follow(page, "[data-search-result] a[href]")

    assert page.locator(f"html[lang={language}] h1, h1[lang={language}], [lang={language}] h1").count() == 1
    follow(page, "a[href^='../provenance/']")
    assert file in page.locator("main").inner_text()


def test_a_dossier_shows_the_passage_it_rests_on_before_it_is_followed(page: Page, home: str) -> None:
    page.goto(home)
    follow(page, "main a[href^='dossiers/']:not([href$='index.html'])")
    link = page.locator(".body a[href*='#p-']").first
    link.hover()
    shown = page.get_by_role("tooltip")
    shown.wait_for()
    words = shown.locator(".summary").inner_text().removesuffix(" …")
    title = page.locator("h1").inner_text()
    follow(page, link)
    assert words in page.locator(":target").inner_text()
    follow(page, page.locator("a[href^='../dossiers/']", has_text=title))
    assert page.locator("h1").inner_text() == title
