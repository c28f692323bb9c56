"""Finds a Chromium that starts, and gets one where there is none.

`python tests/chromium.py` prints its path, or nothing when there is none to be had; what it tried goes to standard
error. `make test` hands the path to the tests in the environment variable CHROMIUM, so that it is looked for once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PATIENCE = 180_000
"""Milliseconds that a browser may take for anything: what never comes is told apart from a busy machine."""
# No browser of ours asks another host for anything: no update, no synchronization, no telemetry.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of the first Chromium that starts: the one named in CHROMIUM, the system's, Playwright's."""
    return next((path for path in _candidates() if starts(path)), None)


def starts(path: str) -> bool:
    """Whether it shows an empty page; a package's stub, or a browser without its libraries, does not."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [path, "--headless", *ARGUMENTS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            run = subprocess.run(command, capture_output=True, timeout=180, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return run.returncode == 0 and b"<html>" in run.stdout


def resize(page: Page, width: int) -> None:
    """Make the window as wide, and wait until the page knows it."""
    if page.viewport_size == {"width": width, "height": 800}:
        return
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function("width => innerWidth === width", arg=width, polling=10)


def get() -> str | None:
    """Find one, or install Playwright's, or the system's package; the path, or None when nothing helped."""
    path = find()
    for command in () if path else _installers():
        print(f"No Chromium that starts; trying: {' '.join(command)}", file=sys.stderr)
        try:
            subprocess.run(command, stdout=sys.stderr, timeout=300, check=True)
        except (OSError, subprocess.SubprocessError) as problem:
            print(f"That did not work: {problem}", file=sys.stderr)
        else:
            path = find()
        if path:
            break
    return path


def _candidates() -> Iterator[str]:
    named = os.environ.get("CHROMIUM")
    if named:
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield from filter(os.path.exists, APPLICATIONS)
    fetched = _fetched_by_playwright()
    if fetched and os.path.exists(fetched):
        yield fetched


def _fetched_by_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the script runs without it, too
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _installers() -> Iterator[list[str]]:
    yield [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    root = _becoming_root()
    if root is not None and shutil.which("apt-get"):
        # The lists are often stale or absent in a container; failing to renew them need not be the end.
        script = "apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium"
        yield [*root, "sh", "-c", script]


def _becoming_root() -> list[str] | None:
    """How to install a system package without asking: as root, or by sudo on a machine that is there for tests."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if os.environ.get("CI") and shutil.which("sudo") else None


if __name__ == "__main__":
    print(get() or "")
