"""A preview of a site for this machine only: its files as they are, and pages that reload when the site changes."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final
from urllib.parse import urlsplit

Pages = Mapping[str, Callable[[], bytes]]
"""Pages that are no files of the site: what makes each, by its path on the server."""

_TYPES: Final = {
    **http.server.SimpleHTTPRequestHandler.extensions_map,
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}


_SCRIPT_AT: Final = "/_reload.js"
_CHANGES_AT: Final = "/_changes"
_BREATH: Final = 15.0
"""Seconds between two signs of life."""
# A page that is letter for letter the same stays where its reader has scrolled it.
_SCRIPT: Final = b"""const now = () => fetch(location.href).then((answer) => answer.text());
const shown = now();
new EventSource("/_changes").onmessage = async () => {
  if ((await now()) !== (await shown)) location.reload();
};
"""
_NO_PAGES: Final[Pages] = MappingProxyType({})


class Edition:
    """How often the site has changed since the server began; the pages that are open wait for the next time."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = threading.Condition()

    def renew(self) -> None:
        """Tell every open page that the site is another now."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> int:
        """The number once it is another than the given one, or the given one when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return self._number


def server(
    out: Path, port: int = 0, pages: Pages = _NO_PAGES, *, edition: Edition | None = None
) -> http.server.ThreadingHTTPServer:
    """A server of `out` on this machine's own address, not yet running; port 0 takes a free one.

    The folder is looked up anew for each request, so that a site swapped in meanwhile is what is shown. With an
    `edition`, pages are sent with a script that reloads them when they have changed; no file has it. OSError when the
    port is taken.
    """
    handler = partial(_Preview, pages=pages, edition=edition, directory=str(out.absolute()))
    running = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    running.daemon_threads = True
    return running


def _with_script(page: bytes) -> bytes:
    script = f'<script src="{_SCRIPT_AT}" defer></script>'.encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + script + end + tail if end else page + script


class _Preview(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES

    def __init__(self, *request: Any, pages: Pages, edition: Edition | None, directory: str) -> None:
        self._pages = pages
        self._edition = edition
        super().__init__(*request, directory=directory)

    def do_GET(self) -> None:
        """A page that is made when it is asked for, else a file."""
        path = urlsplit(self.path).path
        if self._edition is not None and path in (_SCRIPT_AT, _CHANGES_AT):
            self._send(HTTPStatus.OK, _SCRIPT, _TYPES[".js"]) if path == _SCRIPT_AT else self._tell(self._edition)
            return
        make = self._pages.get(path)
        if make is None and self._edition is not None and (page := self._page()) is not None:
            self._send(HTTPStatus.OK, _with_script(page))
            return
        if make is None:
            super().do_GET()
            return
        # Such a page tells of drafts: a strange site whose name was pointed at this machine must not read it.
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in ("127.0.0.1", "localhost"):
            super().send_error(HTTPStatus.FORBIDDEN)
            return
        self._send(HTTPStatus.OK, make())

    def end_headers(self) -> None:
        """Nothing is kept by the browser: a preview shows what is there now."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page for what is missing, as any host of static pages shows it."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        self._send(HTTPStatus.NOT_FOUND, page.read_bytes())

    def _page(self) -> bytes | None:
        """The page that is asked for; None when it is another kind of file, or missing."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        try:
            return path.read_bytes() if path.suffix == ".html" else None
        except OSError:
            return None

    def _tell(self, edition: Edition) -> None:
        """A line whenever the site has changed, for as long as the page is open."""
        # Taken before the page hears of it: whatever changes once it listens is told.
        number = edition.after(-1, 0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            while True:
                # A line now and then finds out that nobody listens any more.
                latest = edition.after(number, _BREATH)
                self.wfile.write(b"data: changed\n\n" if latest != number else b": still here\n\n")
                self.wfile.flush()
                number = latest
        self.close_connection = True

    def _send(self, code: HTTPStatus, body: bytes, kind: str = _TYPES[".html"]) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: object) -> IO[bytes] | None:  # type: ignore[override]
        """Folders without an index are missing, as on any host of static pages."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """A request a line would bury what the build says."""
