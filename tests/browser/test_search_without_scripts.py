from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_without_javascript_the_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "search.html")
    assert "needs JavaScript" in page.locator("noscript p").inner_text()
    assert page.locator("input[type=search]").is_disabled()
    addresses = [link.get_attribute("href") for link in page.locator("main a").all()]
    assert {"leaders/index.html", "topics/index.html", "years/2025.html", "years/2024.html"} <= set(addresses)
    context.close()
