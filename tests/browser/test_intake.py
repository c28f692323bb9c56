"""Pages saved by a browser, as MHTML and as PDF, come in and read right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder.add import add
from builder.cache import NoCache
from builder.normalizing import normalize
from builder.parallel import InlineExecutor
from builder.read.captures import read_captures

if TYPE_CHECKING:
    from playwright.sync_api import Page

SENTENCES = "두 나라 장관은 항구에서 만나 여객선 운항 일정을 확정하고 책임자를 정했다고 밝혔다. " * 6
PAGE = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>여객선 회담</title></head>
<body><nav><a href="/">처음</a></nav><article><h1>여객선 회담</h1><p>{SENTENCES}</p></article></body></html>"""


def archived(tmp_path: Path, name: str, data: bytes) -> tuple[Path, str]:
    """An archive with the one file in it, and its article."""
    site = tmp_path / "archive"
    site.mkdir()
    (site / "site.yaml").write_text("title: Shelf\n", "utf-8")
    (tmp_path / name).write_bytes(data)
    report = add(site, [tmp_path / name], url=None, retrieved="2026-11-20")
    assert (report.problems, len(report.added)) == ((), 1)
    normalize(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    (article,) = (site / "content" / "articles").glob("*.md")
    return site, article.read_text("utf-8")


def test_a_page_saved_as_mhtml_keeps_its_address(page: Page, tmp_path: Path) -> None:
    page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"))
    page.goto("http://quay.example/ferry")
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    site, article = archived(tmp_path, "ferry.mhtml", saved.encode())
    (capture,) = read_captures(site)[0]
    assert capture.origin.url == "http://quay.example/ferry"
    assert "title: 여객선 회담" in article
    assert "여객선 운항 일정을 확정하고" in article
    assert "http://quay.example/ferry" in article


def test_a_page_printed_to_pdf_is_read(page: Page, tmp_path: Path) -> None:
    page.set_content(PAGE)
    _, article = archived(tmp_path, "ferry.pdf", page.pdf())
    assert "title: 여객선 회담" in article
    assert "확정하고" in article
