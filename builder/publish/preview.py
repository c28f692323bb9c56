"""A plain preview of a finished site, for this machine only."""

from __future__ import annotations

import http.server
from collections.abc import Callable, Mapping
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


_NO_PAGES: Final[Pages] = MappingProxyType({})


def serve(out: Path, port: int, pages: Pages = _NO_PAGES) -> None:
    """Serve `out` at http://127.0.0.1:PORT/ until interrupted; raises OSError when the port is taken."""
    with server(out, port, pages) as running:
        running.serve_forever()


def server(out: Path, port: int = 0, pages: Pages = _NO_PAGES) -> http.server.ThreadingHTTPServer:
    """A server of `out` on this machine's own address, not yet running; port 0 takes a free one.

    The folder is looked up anew for each request, so that a site swapped in meanwhile is what is shown.
    """
    handler = partial(_Preview, pages=pages, directory=str(out.absolute()))
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


class _Preview(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES

    def __init__(self, *request: Any, pages: Pages, directory: str) -> None:
        self._pages = pages
        super().__init__(*request, directory=directory)

    def do_GET(self) -> None:
        """A page that is made when it is asked for, else a file."""
        make = self._pages.get(urlsplit(self.path).path)
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

    def _send(self, code: HTTPStatus, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", _TYPES[".html"])
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
