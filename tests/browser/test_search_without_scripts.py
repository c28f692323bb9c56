from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_without_javascript_the_page_says_so_and_leads_on(scriptless: Page, address: str) -> None:
    scriptless.goto(address + "search.html")
    assert "needs JavaScript" in scriptless.locator("noscript p").inner_text()
    assert scriptless.locator("input[type=search]").is_disabled()
    addresses = [link.get_attribute("href") for link in scriptless.locator("main a").all()]
    assert {"leaders/index.html", "topics/index.html", "years/2025.html", "years/2024.html"} <= set(addresses)
