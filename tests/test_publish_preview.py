from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.publish.preview import server

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""This machine's own addresses, whatever proxy its surroundings name."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("home")
    (tmp_path / "404.html").write_text("not here, try the search")
    (tmp_path / "a/data.jsonl").write_text("{}")
    (tmp_path / "a/x.js").write_text("1")
    with server(tmp_path, pages={"/_now.html": lambda: b"made just now"}) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()
        thread.join()


def get(address: str | urllib.request.Request) -> tuple[int, str, str]:
    try:
        with DIRECT.open(address, timeout=300) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["Content-Type"], answer.read().decode()


def test_files_come_with_their_types(address: str) -> None:
    assert get(address) == (200, "text/html; charset=utf-8", "home")
    assert get(address + "a/data.jsonl")[1] == "application/jsonl"
    assert get(address + "a/x.js")[1] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("missing", ["no.html", "a/", "../../etc/passwd"])
def test_what_is_missing_shows_the_sites_own_page(address: str, missing: str) -> None:
    assert get(address + missing) == (404, "text/html; charset=utf-8", "not here, try the search")


def test_a_page_is_made_when_it_is_asked_for(address: str) -> None:
    assert get(address + "_now.html?x=1") == (200, "text/html; charset=utf-8", "made just now")
    assert get(address + "_then.html")[0] == 404


@pytest.mark.parametrize(("host", "status"), [("localhost:8000", 200), ("127.0.0.1", 200), ("strange.example", 403)])
def test_a_page_that_is_made_is_for_this_machine_alone(address: str, host: str, status: int) -> None:
    request = urllib.request.Request(address + "_now.html", headers={"Host": host})
    assert get(request)[0] == status


def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        assert running.server_address[0] == "127.0.0.1"
