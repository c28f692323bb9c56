"""A plain preview of a finished site, for this machine only."""

from __future__ import annotations

import http.server
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final

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


def serve(out: Path, port: int) -> None:
    """Serve `out` at http://127.0.0.1:PORT/ until interrupted; raises OSError when the port is taken."""
    with server(out, port) as running:
        running.serve_forever()


def server(out: Path, port: int = 0) -> http.server.ThreadingHTTPServer:
    """A server of `out` on this machine's own address, not yet running; port 0 takes a free one.

    The folder is looked up anew for each request, so that a site swapped in meanwhile is what is shown.
    """
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(_Preview, directory=str(out.absolute())))


class _Preview(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES

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
        body = page.read_bytes()
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
