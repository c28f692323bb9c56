"""The cite box in a browser: copied citations and passages, and files that stand in the page itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rispy

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module", params=["http", "file"])
def article(request: pytest.FixtureRequest, demo: Path, serve: Callable[[Path], str]) -> str:
    """The address of a piece, served and on the disk."""
    path = next(path for path in sorted((demo / "articles").glob("*.html")) if 'class="pm"' in path.read_text("utf-8"))
    return f"{serve(demo)}/articles/{path.name}" if request.param == "http" else path.as_uri()


def copied(page: Page) -> str:
    page.locator(".cite [role=status]", has_text=re.compile(".")).wait_for(state="attached")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_citation_is_copied_as_it_stands(page: Page, article: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article)
    for row in page.locator(".cite dl > div").all():
        page.evaluate("document.querySelector('.cite [role=status]').textContent = ''")
        row.get_by_role("button").click()
        assert copied(page) == row.locator("dd > span").inner_text().strip()


def test_a_passage_is_copied_with_its_source_and_address(page: Page, article: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article)
    mark = page.locator("a.pm").first
    words = mark.locator("xpath=..").inner_text().strip()
    fragment = mark.get_attribute("href")
    mark.click()
    text = copied(page)
    assert text.startswith(f"“{words}” — {page.locator('h1').inner_text().strip()}. ")
    assert text.endswith(f"{page.locator('link[rel=canonical]').get_attribute('href')}{fragment}")
    assert (page.locator(".cite").get_attribute("data-origin") or "") in text
    assert page.url.endswith(fragment or "?")


def test_a_piece_is_saved_from_its_page(page: Page, article: str) -> None:
    page.goto(article)
    with page.expect_download() as download:
        page.locator(".cite .save a", has_text="RIS").click()
    (record,) = rispy.loads(Path(download.value.path()).read_bytes().decode())
    assert download.value.suggested_filename == f"{record['id']}.ris"
    assert record["title"] == page.locator("h1").inner_text().strip()
    assert page.url == article


def test_without_scripts_the_citations_are_there_and_no_button_is(scriptless: Page, article: str) -> None:
    scriptless.goto(article)
    assert scriptless.locator(".cite dd").count() == 3
    assert not scriptless.locator(".cite button").first.is_visible()
