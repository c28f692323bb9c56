"""A piece in Arabic in an archive whose interface is English: each passage runs its own way, and nothing else turns."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import resize

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASE = Path(__file__).resolve().parents[1] / "cases" / "right-to-left"
CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")
ARABIC, ENGLISH = "articles/arabic-with-english-2a3b4c5d.html", "articles/english-with-arabic-6e7f2a3b.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pressmark: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    folder = tmp_path_factory.mktemp("directions") / "site"
    shutil.copytree(CASE, folder)
    built = pressmark("build", "--site", folder, "--no-search", "--jobs", "1")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "_site"


def box(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.evaluate(
        "(one) => (({left, right, top}) => ({left, right, top}))(one.getBoundingClientRect())"
    )
    return found


def direction(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("(one) => getComputedStyle(one).direction"))


def test_each_passage_runs_its_own_way(page: Page, site: Path) -> None:
    page.goto((site / ARABIC).as_uri())
    assert page.locator(".body").get_attribute("lang") == "ar"
    for selector in ("h1", ".body", ".body > p", ".body li", ".body blockquote"):
        assert direction(page, selector) == "rtl", selector
    for selector in ("html", ".masthead", ".slip", ".body > p[lang=en]"):
        assert direction(page, selector) == "ltr", selector
    page.goto((site / ENGLISH).as_uri())
    assert direction(page, ".body") == "ltr"
    assert direction(page, ".body > p[lang=ar]") == "rtl"


def test_what_hangs_at_the_beginning_of_a_line_hangs_at_the_right(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((site / ARABIC).as_uri())
    paragraph, number = box(page, ".body > p"), box(page, ".body > p .pm")
    assert number["left"] >= paragraph["right"]
    assert abs(box(page, "h1")["right"] - paragraph["right"]) < 1
    quotation = page.locator(".body blockquote").evaluate("(one) => getComputedStyle(one).borderRightWidth")
    assert quotation != "0px"
    assert box(page, ".slip")["right"] < paragraph["left"]
    table = box(page, ".body table")
    assert box(page, ".body th")["right"] > (table["left"] + table["right"]) / 2


def test_nothing_is_hard_to_read_or_sticks_out(page: Page, site: Path) -> None:
    for path in (ARABIC, ENGLISH, "index.html", "timeline.html"):
        page.goto((site / path).as_uri())
        for width in (1280, 320):
            resize(page, width)
            assert page.evaluate(CHECKS) == [], (path, width)


def test_lists_name_the_language_and_direction_of_a_title(page: Page, site: Path) -> None:
    page.goto((site / "timeline.html").as_uri())
    title = page.locator(f"a[href='{ARABIC}']").first
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("ar", "rtl")
    assert "letter-spacing: normal" in f"letter-spacing: {title.evaluate('(a) => getComputedStyle(a).letterSpacing')}"
