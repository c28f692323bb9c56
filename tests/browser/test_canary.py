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
    from playwright.sync_api import BrowserContext, Page

EACH = 1 if os.environ.get("PRESSMARK_EVERY_PAGE") else 5
"""Every fifth page in the quick run: cases come in three or four forms, which it takes in turn."""
STIR = """(page) => {
  const events = ['click', 'pointerenter', 'mouseover', 'focus', 'copy', 'toggle', 'animationstart', 'load', 'error'];
  for (const element of page.querySelector('main').querySelectorAll('*')) {
    for (const name of events) element.dispatchEvent(new Event(name, {bubbles: false, cancelable: true}));
    if (element.matches('details')) element.open = true;
  }
  return [...page.querySelectorAll('a:not([download])')].map((one) => one.protocol);
}"""
# A dozen in frames of one page cost half of what they cost one after the other.
SHOW = f"""async (names) => {{
  const frames = names.map((name) => Object.assign(document.createElement('iframe'), {{src: name}}));
  const loaded = frames.map((frame) => new Promise((done) => {{ frame.onload = done; }}));
  document.body.replaceChildren(...frames);
  await Promise.all(loaded);
  return frames.flatMap((frame) => ({STIR})(frame.contentDocument));
}}"""
ROOM = "<!doctype html><link rel=icon href='data:,'><body>"


@pytest.fixture(scope="session")
def hostile(once: Once, pressmark: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """A published archive of every case."""

    def make(site: Path) -> None:
        write_site(site)
        done = pressmark("build", "--site", site, "--jobs", "1")
        assert done.returncode == 0, done.stderr
        (site / "_site" / "room.html").write_text(ROOM)

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


def test_the_canary_is_heard(context: BrowserContext, serve: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        f"<main><b onclick='{CANARY}(1)'>a</b><img src=http://else.where.invalid/x></main>"
    )
    (tmp_path / "room.html").write_text(ROOM)
    page = context.new_page()
    fired, abroad = heard(page)
    page.goto(f"{serve(tmp_path)}/room.html")
    page.evaluate(SHOW, ["a.html"])
    for _ in range(3600):
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
    lists = [name for name in ("index.html", "timeline.html", "search.html") if (hostile / name).is_file()]
    articles = sorted(path.relative_to(hostile).as_posix() for path in (hostile / "articles").glob("*.html"))
    evidence = sorted(path.relative_to(hostile).as_posix() for path in (hostile / "provenance").glob("*.html"))
    seen = [*lists, *articles[::EACH], *evidence[1 :: 2 * EACH]]
    page.goto(f"{serve(hostile)}/room.html")
    for at in range(0, len(seen), 12):
        schemes |= set(page.evaluate(SHOW, seen[at : at + 12]))
    page.wait_for_timeout(200)
    assert (fired, abroad) == ([], [])
    assert "http:" in schemes <= {"http:", "https:", "mailto:", ":"}
    assert len(seen) > 60


def test_nothing_sings_in_the_search(page: Page, serve: Callable[[Path], str], hostile: Path) -> None:
    fired, abroad = heard(page)
    page.goto(f"{serve(hostile)}/search.html?q=onerror")
    page.wait_for_selector("[data-search-state=done]", state="attached")
    page.evaluate(f"({STIR})(document)")
    page.goto(f"{serve(hostile)}/search.html?q=%3Cimg%20src%3Dx%20onerror%3D{CANARY}(1)%3E&lang=%22%3E%3Cscript%3E")
    page.wait_for_selector("[data-search-state=done], [data-search-state=error]", state="attached")
    page.wait_for_timeout(100)
    assert (fired, abroad) == ([], [])
