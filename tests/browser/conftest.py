"""A small archive of its own in four scripts, built once, opened from a host's folder and from the disk."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from chromium import PATIENCE
from sharing import Once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CASES = Path(__file__).resolve().parents[1] / "cases" / "search"


@pytest.fixture(scope="session")
def archive(once: Once, pressmark: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The folder of a host, with the site two folders down: `a/b/`."""

    def make(folder: Path) -> None:
        site = folder / "a site"
        shutil.copytree(CASES, site / "content" / "articles")
        (site / "site.yaml").write_text("title: Summit notes\n", "utf-8")
        (folder / "host" / "a").mkdir(parents=True)
        built = pressmark("build", "--site", site, "--out", folder / "host" / "a" / "b", "--jobs", "1")
        assert built.returncode == 0, built.stdout + built.stderr

    return once("archive", make) / "host"


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page in a browser whose scripts are switched off."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, archive: Path, serve: Callable[[Path], str]) -> str:
    """The site's address with a slash at its end, below a folder of a host and as a folder of the disk."""
    return f"{serve(archive)}/a/b/" if request.param == "http" else (archive / "a" / "b").as_uri() + "/"


class Search:
    """The search page as a reader uses it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, **asked: str) -> Search:
        """Open the page with these parameters and wait for the answer."""
        self.page.goto(f"{self.address}search.html?{urlencode(asked)}")
        return self.wait()

    def type(self, question: str) -> Search:
        """Type a question into the page that is open."""
        self.page.locator("input[type=search]").fill(question)
        return self.wait()

    def wait(self) -> Search:
        """Wait until the page says that it is done."""
        self.page.wait_for_selector("[data-search-results][data-search-state=done]", state="attached")
        return self

    @property
    def total(self) -> int:
        """The number the page gives."""
        return int(self.page.locator("[data-search-results]").get_attribute("data-search-total") or -1)

    @property
    def found(self) -> list[str]:
        """Titles of all results, in order; presses for more until there are none."""
        more = self.page.locator("[data-search-more]")
        while more.is_visible():
            before = self.page.locator("[data-search-result]").count()
            more.click()
            self.page.wait_for_function("n => document.querySelectorAll('[data-search-result]').length > n", arg=before)
        return self.page.locator("[data-search-result] .title").all_inner_texts()


@pytest.fixture
def search(page: Page, address: str) -> Iterator[Search]:
    """The search page; a request to another place than the site fails the test."""
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url) if not asked.url.startswith(address) else None)
    yield Search(page, address)
    # A browser asks the host, never the site, for an icon it was not told of.
    assert [url for url in outside if not url.endswith("/favicon.ico")] == []
