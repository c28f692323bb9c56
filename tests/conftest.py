"""Fixtures that several tests share: a browser, a server on this machine alone, a site built from scratch.

How long hypothesis tries, too: the same examples each time and no clock, few in the quick run, many with
HYPOTHESIS_PROFILE=long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import ARGUMENTS, PATIENCE, find
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from sharing import Once, made_once

from builder.cache import Cache, open_cache
from builder.cli.commands import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[1]
BROWSER_FIXTURES = {"browser", "context", "page", "scriptless"}

# Before any test is read: a decorator takes the profile that it finds.
_CALM = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}
settings.register_profile("quick", max_examples=40, **_CALM)
settings.register_profile("long", max_examples=2_000, **_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser by what it asks for, so that no mark can be forgotten."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def pressmark() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line as the archivist does; gives exit code and both outputs, never raises."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "builder", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        return subprocess.run(
            command, cwd=cwd or ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.fixture(scope="session")
def pressmark_here() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The same within this process, for what tests none: starting one costs a third of a second. Give `--jobs 1`."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        with contextlib.chdir(cwd or ROOT):
            done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """A folder that all workers share: the first that asks for it makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    return partial(made_once, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def demo(once: Once, pressmark: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The output of a whole build of a copy of the demo archive, search included."""

    def make(site: Path) -> None:
        shutil.copytree(ROOT / "content", site / "content")
        shutil.copytree(ROOT / "templates", site / "templates")
        shutil.copy(ROOT / "site.yaml", site)
        built = pressmark("build", "--site", site, "--jobs", "1")
        assert built.returncode == 0, built.stdout + built.stderr

    return once("demo", make) / "_site"


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine alone; gives the address, without a slash at its end."""
    servers: dict[Path, ThreadingHTTPServer] = {}

    def start(folder: Path) -> str:
        if folder not in servers:
            servers[folder] = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
            threading.Thread(target=servers[folder].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[folder].server_address[1]}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, one a worker; without one the test is skipped, or fails where CI is set."""
    path = os.environ.get("CHROMIUM") or find()
    if path is None:
        missing = "no Chromium that starts was found or could be fetched (tests/chromium.py tries again)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second that other tests need not pay

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS), timeout=PATIENCE)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile for all pages of a worker: one of its own would cost each test half a second of the processor."""
    made = browser.new_context()
    made.set_default_timeout(PATIENCE)
    made.new_page()  # as long as one is open, the profile's own processes stay
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh page that knows nothing of others; a script error on it, or a word on its console, fails the test."""
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda problem: complaints.append(str(problem)))
    opened.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
    yield opened
    _forget(opened)
    opened.close()
    assert not complaints, complaints


def _forget(page: Page) -> None:
    """Take away what a page has left in the profile, and what the test allowed it."""
    page.context.clear_permissions()
    page.context.clear_cookies()
    devtools = page.context.new_cdp_session(page)
    origin = page.evaluate("origin === 'null' ? 'file://' : origin")
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


def _is_complaint(said: ConsoleMessage) -> bool:
    """Whether it is an error or a warning; of what was fetched early and used late, only a busy machine is to blame."""
    return said.type in {"error", "warning"} and "but not used within a few seconds" not in said.text


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: pytest shows what matters."""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    """A cache in a folder of its own."""
    with open_cache(tmp_path / "cache") as opened:
        yield opened
