"""In a real browser, no hostile page runs a word of a stranger's, asks another host or opens what it should not."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import CANARY, write_site
from sharing import Once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EACH = 1 if os.environ.get("PRESSMARK_EVERY_PAGE") else 5
"""Every fifth page in the quick run: cases come in three or four forms, which it takes in turn."""
STIR = """() => {
  const events = ['click', 'pointerenter', 'mouseover', 'focus', 'copy', 'toggle', 'animationstart', 'load', 'error'];
  for (const element of document.querySelectorAll('main *')) {
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: false, cancelable: true}));
    if (element.matches('details')) element.open = true;
  }
}"""

SCHEMES = "[...document.querySelectorAll('a:not([download])')].map((one) => one.protocol)"


@pytest.fixture(scope="session")
def hostile(once: Once, pressmark: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """A published archive of every case."""

    def make(site: Path) -> None:
        write_site(site)
        done = pressmark("build", "--site", site, "--jobs", "1")
        assert done.returncode == 0, done.stderr

    return once("hostile", make) / "_site"


def heard(page: Page) -> tuple[list[str], list[str]]:
    """Where the page's canary and its requests to other hosts will be noted."""
    fired: list[str] = []
    abroad: list[str] = []
    page.expose_function(CANARY, lambda number: fired.append(f"{page.url}: {number}"))
    page.on("dialog", lambda dialog: (fired.append(f"{page.url}: dialog"), dialog.dismiss()))
    page.on("request", lambda request: abroad.append(request.url) if _is_abroad(request.url) else None)
    return fired, abroad


def _is_abroad(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "data:", "blob:", "about:"))


def test_the_canary_is_heard(browser: Browser, serve: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        f"<main><b onclick='{CANARY}(1)'>a</b><img src=http://else.where.invalid/x></main>"
    )
    page = browser.new_page()
    fired, abroad = heard(page)
    page.goto(f"{serve(tmp_path)}/a.html")
    page.evaluate(STIR)
    for _ in range(600):
        page.wait_for_timeout(50)
        if fired and abroad:
            break
    page.close()
    assert len(fired) == 1
    assert abroad == ["http://else.where.invalid/x"]


def test_the_canary_never_sings_and_links_lead_to_the_web_or_to_pages_of_the_site(
    page: Page, serve: Callable[[Path], str], hostile: Path
) -> None:
    fired, abroad = heard(page)
    schemes: set[str] = set()
    address = f"{serve(hostile)}/"
    lists = [name for name in ("index.html", "timeline.html", "search.html") if (hostile / name).is_file()]
    articles = sorted(path.relative_to(hostile).as_posix() for path in (hostile / "articles").glob("*.html"))
    evidence = sorted(path.relative_to(hostile).as_posix() for path in (hostile / "provenance").glob("*.html"))
    seen = [*lists, *articles[::EACH], *evidence[1 :: 2 * EACH]]
    for name in seen:
        page.goto(address + name, wait_until="domcontentloaded")
        page.evaluate(STIR)
        if name.startswith("articles/"):
            schemes |= set(page.evaluate(SCHEMES))
    page.wait_for_timeout(200)
    assert (fired, abroad) == ([], [])
    assert "http:" in schemes <= {"http:", "https:", "mailto:", ":"}
    assert len(seen) > 60


def test_nothing_sings_in_the_search(page: Page, serve: Callable[[Path], str], hostile: Path) -> None:
    fired, abroad = heard(page)
    page.goto(f"{serve(hostile)}/search.html?q=onerror")
    page.wait_for_selector("[data-search-state=done]", state="attached")
    page.evaluate(STIR)
    page.goto(f"{serve(hostile)}/search.html?q=%3Cimg%20src%3Dx%20onerror%3D{CANARY}(1)%3E&lang=%22%3E%3Cscript%3E")
    page.wait_for_selector("[data-search-state=done], [data-search-state=error]", state="attached")
    page.wait_for_timeout(100)
    assert (fired, abroad) == ([], [])
