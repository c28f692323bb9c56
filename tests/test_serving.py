"""`serve` on a real site: a save rebuilds it, and the pages that are open are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

ARTICLE = "---\nid: quay\ntitle: Quay\nlanguage: en\n---\n\nThe harbour is open.\n"
INTERRUPTIBLE = """
import signal
from builder.__main__ import program
signal.signal(signal.SIGINT, signal.default_int_handler)
program()
"""
"""The program, in a process that can be interrupted even where the tests run in the background and cannot."""
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""This machine's own addresses, whatever proxy its surroundings name."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "a.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "site.yaml").write_text("title: Shelf\n", "utf-8")
    return tmp_path


@pytest.fixture
def address(site: Path, root: Path) -> Iterator[str]:
    command = [sys.executable, "-u", "-c", INTERRUPTIBLE, "serve", "--site", site, "--port", "0", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            address = next(line.split()[0] for line in running.stdout if line.startswith("http://"))
            yield address
            running.send_signal(signal.SIGINT)
            assert running.wait(300) == 0
        finally:
            running.kill()


def get(address: str) -> str:
    with DIRECT.open(address, timeout=300) as answer:
        return str(answer.read().decode())


def test_a_save_rebuilds_the_site_and_open_pages_are_told(site: Path, address: str) -> None:
    page = f"{address}articles/quay.html"
    assert "The harbour is open." in get(page)
    with DIRECT.open(f"{address}_changes", timeout=300) as changes:
        (site / "content" / "articles" / "a.md").write_text(ARTICLE.replace("open", "shut"), "utf-8")
        # Two lines each quarter of a minute say that nothing changed yet.
        assert b"data: changed\n" in islice(changes, 100)
    assert "The harbour is shut." in get(page)


def test_the_reloading_script_is_in_what_is_sent_and_in_no_file(site: Path, address: str) -> None:
    for path in ("", "articles/quay.html"):
        assert get(address + path).count('<script src="/_reload.js" defer></script></body>') == 1
    assert "EventSource" in get(f"{address}_reload.js")
    files = [path.read_bytes() for path in (site / "_site").rglob("*") if path.is_file()]
    assert files
    assert not any(b"_reload" in data or b"EventSource" in data for data in files)
