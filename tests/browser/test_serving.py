"""A page that is open while its article is saved shows the new words by itself."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from builder.publish.preview import Edition, server

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
META = '<meta http-equiv="Content-Security-Policy" content="{policy}">'
HTML = f"<!doctype html>{META}<title>x</title><body>{{text}}</body>"


def is_fetched(request: Request) -> bool:
    """Whether a script asked for it, as the one that compares does."""
    return request.resource_type == "fetch"


def test_an_open_page_reloads_when_it_changed_and_only_then(page: Page, tmp_path: Path) -> None:
    def put(name: str, text: str) -> None:
        (tmp_path / name).write_text(HTML.format(policy=POLICY, text=text), "utf-8")

    put("a.html", "before")
    edition = Edition()
    with server(tmp_path, edition=edition) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        loads: list[str] = []
        page.on("load", lambda loaded: loads.append(loaded.url))
        # It listens, and knows what it shows.
        with page.expect_response("**/_changes"), page.expect_event("requestfinished", is_fetched):
            page.goto(f"http://127.0.0.1:{running.server_address[1]}/a.html")
        put("other.html", "another page")
        with page.expect_event("requestfinished", is_fetched):
            edition.renew()
        page.wait_for_timeout(500)
        assert len(loads) == 1
        put("a.html", "after")
        with page.expect_event("load"):
            edition.renew()
        assert page.get_by_text("after").is_visible()
        assert len(loads) == 2
        # The page stops listening before the server is gone, which would be an error in its console.
        page.goto("about:blank")
        running.shutdown()
        thread.join()
