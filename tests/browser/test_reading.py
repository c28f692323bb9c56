"""What a reader meets on an article's page: colours that are remembered, previews, passages, no sideways scrolling."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import PATIENCE, resize
from small_library import KIM, article, library, rendered, settings

from builder.read.templates import read_templates
from builder.render.data import files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIRST = article(
    "first-2a3b4c5d",
    title="First",
    published="2023-10-18",
    body="Kim met Lee.\n\nThey spoke of fish.\n\n| Fish | "
    + "Weight | " * 12
    + "\n|---|"
    + "---|" * 12
    + "\n| Cod |"
    + " a-very-long-cell |" * 12
    + "\n",
)
SECOND = article(
    "second-6e7f2a3b", title="Second", published="2024-05-27", language="ko", body="김민아와 이서준이 만났다."
)
SHOWN = "getComputedStyle(document.body).backgroundColor"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    made = files(settings(), library([FIRST, SECOND]), templates=read_templates(folder))
    data = {output.path: output.data for output in made}
    data |= {path: text.encode() for path, text in rendered([FIRST, SECOND]).items()}
    for path, content in data.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize(("system", "other"), [("dark", "light"), ("light", "dark")])
def test_the_scheme_is_the_systems_the_other_or_the_readers_own(
    page: Page, site: Path, system: str, other: str
) -> None:
    page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    page.goto((site / "timeline.html").as_uri())
    first = page.evaluate(SHOWN)
    page.get_by_role("button", name="Colours: as the system has them").click()
    turned = page.evaluate(SHOWN)
    assert turned != first
    page.goto((site / f"articles/{FIRST.id}.html").as_uri())
    assert page.evaluate(SHOWN) == turned
    page.get_by_role("button", name=f"Colours: {other}").click()
    assert page.evaluate(SHOWN) == first
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    assert page.evaluate(SHOWN) == first
    page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    page.get_by_role("button", name=f"Colours: {system}").click()
    page.reload()
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    page.get_by_role("button", name="Colours: as the system has them").wait_for()
    assert page.evaluate(SHOWN) == turned


def test_a_link_says_what_it_leads_to_and_escape_takes_it_away(page: Page, site: Path) -> None:
    page.goto((site / f"articles/{FIRST.id}.html").as_uri())
    link = page.locator(f".body a[href$='{KIM}.html']")
    link.hover()
    page.get_by_role("tooltip").wait_for()
    assert "South Korea" in page.get_by_role("tooltip").inner_text()
    assert link.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").count() == 0
    assert link.get_attribute("aria-describedby") is None
    page.locator(".slip a").last.focus()
    page.keyboard.press("Tab")
    page.get_by_role("tooltip").wait_for()


def test_a_long_press_shows_what_a_link_leads_to_and_does_not_follow_it(browser: Browser, site: Path) -> None:
    context = browser.new_context(has_touch=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    # The page's clock stands but where it is told to go on: on a busy machine a tap, too, may last for half a second.
    page.clock.install()
    page.goto((site / f"articles/{FIRST.id}.html").as_uri())
    page.clock.pause_at(page.evaluate("Date.now() + 3600000"))
    link = page.locator(f".body a[href$='{KIM}.html']")
    link.dispatch_event("touchstart")
    page.clock.run_for(500)
    page.get_by_role("tooltip").wait_for()
    link.dispatch_event("touchend")
    link.dispatch_event("click")
    assert page.url.endswith(f"{FIRST.id}.html")
    page.locator("h1").dispatch_event("touchstart")
    assert page.get_by_role("tooltip").count() == 0
    link.tap()
    page.wait_for_url(f"**/leaders/{KIM}.html")
    context.close()


def test_each_paragraph_is_numbered_and_leads_to_itself(page: Page, site: Path) -> None:
    page.goto((site / f"articles/{FIRST.id}.html").as_uri())
    second = page.get_by_role("link", name="Link to passage 2")
    second.click()
    assert page.evaluate("document.querySelector(':target').textContent") == "They spoke of fish."
    assert page.url.endswith(second.get_attribute("href") or "no address")


def test_no_page_scrolls_sideways(page: Page, site: Path) -> None:
    sideways, widths = {}, [1280, 320]
    for path in sorted(site.rglob("*.html")):
        if path.name != "search.html":  # its index is built elsewhere
            page.goto(path.as_uri())
            widths.reverse()  # one window after the other is as wide as the last one was
            for width in widths:
                resize(page, width)
                sideways[f"{path.relative_to(site)} {width}"] = page.evaluate(SIDEWAYS)
    assert sideways
    assert {name: by for name, by in sideways.items() if by > 0} == {}


def test_everything_is_there_without_script(scriptless: Page, site: Path) -> None:
    scriptless.goto((site / f"provenance/{FIRST.id}.html").as_uri())
    assert scriptless.get_by_text("We use cookies.").is_visible()
    scriptless.goto((site / f"articles/{FIRST.id}.html").as_uri())
    assert scriptless.get_by_role("heading", name="First", level=1).is_visible()
    assert scriptless.locator(".scheme").is_hidden()
