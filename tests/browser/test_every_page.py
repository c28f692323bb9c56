"""Each type of page in both schemes, wide and narrow: legible, ordered, large enough to hit, still, and quiet."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import resize

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")
AXE = "axe-core@4.10.3"
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 150);
})"""
MOVING = """[...document.querySelectorAll("a, button")]
  .filter((one) => getComputedStyle(one).transitionDuration !== "0s").length"""
LINES = """() => [...document.querySelectorAll(".body > p")].flatMap((paragraph) => {
  const range = document.createRange();
  const lines = new Map();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.data.length; at++) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const line = Math.round(range.getBoundingClientRect().bottom / 8);
      lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return [...lines.values()].slice(0, -1);  // the last line of a paragraph is as long as it happens to be
})"""
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const holder = [at, at.closest("li")].find((one) => one && getComputedStyle(one).outlineStyle !== "none");
  const box = at.getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const shown = seen && [at, at.closest("li")].some((one) => one && (one.contains(seen) || seen.contains(one)));
  return [at.outerHTML.slice(0, 90), Boolean(holder), Boolean(shown)];
}"""


def page_types(site: Path) -> dict[str, str]:
    """One page of every folder and every page at the root; of articles one with a table and one in each language."""
    found = {path.name: path.name for path in sorted(site.glob("*.html"))}
    for folder in sorted(path for path in site.iterdir() if path.is_dir()):
        largest = sorted(folder.glob("*.html"), key=lambda path: path.stat().st_size)
        if largest:
            found[folder.name] = f"{folder.name}/{largest[-1].name}"
        if (folder / "index.html").is_file():
            found[f"{folder.name}/index"] = f"{folder.name}/index.html"
    return found


def test_nothing_on_any_type_of_page_moves_or_is_hard_to_read_or_to_hit(
    page: Page, demo: Path, serve: Callable[[Path], str]
) -> None:
    complaints: dict[str, object] = {}
    for name, path in page_types(demo).items():
        resize(page, 1280)
        page.goto(f"{serve(demo)}/{path}")
        moved = page.evaluate(SHIFT)
        if moved > 0 and name != "search.html":
            complaints[f"{name} moves"] = moved
        for width, scheme in ((1280, "light"), (1280, "dark"), (320, "dark"), (320, "light")):
            resize(page, width)
            # Else a colour would still be on its way from the one to the other.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = page.evaluate(CHECKS)
            if name == "404.html":  # it stands at any depth, without a way around the archive
                found = [one for one in found if "navigation" not in one]
            complaints[f"{name} {width} {scheme}"] = found
        page.emulate_media(reduced_motion="no-preference")
    assert len(complaints) > 40
    assert {name: found for name, found in complaints.items() if found} == {}


def test_the_checks_can_fail(page: Page) -> None:
    page.set_content(
        "<style>p{color:#999} .x{position:fixed;inset:0 auto auto 0} i{display:block;inline-size:2000px}</style>"
        "<body><h1>One</h1><h3>Three</h3><p>Pale.</p><input><img src='data:,'><a href='#a'></a>"
        "<table><tr><th>x</table><i>wide</i><a class=x href=#b>b</a><a class=x href=#c>c</a>"
    )
    found = " ".join(page.evaluate(CHECKS))
    for word in ("contrast", "heading 3 after 1", "no label", "no alt", "without scope", "sideways", "target of"):
        assert word in found
    for word in ("not one main", "the first stop"):
        assert word in found


@pytest.mark.parametrize("path", ["index.html", "articles", "leaders", "dossiers"])
def test_the_keyboard_sees_where_it_is(page: Page, demo: Path, path: str) -> None:
    page.goto((demo / page_types(demo)[path]).as_uri())
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(FOCUS)) is None:
            break
        stops.append(stop)
    assert len(stops) > 10
    assert [html for html, outlined, shown in stops if not (outlined and shown)] == []
    assert len({html for html, _, _ in stops}) > len(stops) // 2


def test_colours_of_the_system_and_stillness_are_respected(page: Page, demo: Path) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for path in ("index.html", page_types(demo)["articles"]):
        page.goto((demo / path).as_uri())
        assert page.evaluate(MOVING) == 0
        assert page.locator("h1").is_visible()
    page.goto((demo / "index.html").as_uri())
    bars = "[...document.querySelectorAll('.strip a path')].map((p) => getComputedStyle(p).fill)"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper not in page.evaluate(bars)


def test_print_says_where_it_comes_from(page: Page, demo: Path) -> None:
    page.emulate_media(media="print")
    page.goto((demo / "articles/ten-years-on-xi-trims-the-fjvxxyqp.html").as_uri())
    text = page.locator("body").inner_text()
    assert "Printed from https://pressmark.example/articles/ten-years-on-xi-trims-the-fjvxxyqp.html" in text
    assert "October 18, 2023" in text
    original = page.evaluate("getComputedStyle(document.querySelector('.print-address a'), '::after').content")
    assert "https://meridian-wire.example/asia/china/" in original
    assert page.locator("nav").first.is_hidden()
    assert page.locator(".related, [aria-labelledby=related]").first.is_hidden()


@pytest.mark.parametrize(
    ("key", "least", "most"), [("ten-years-on-xi-trims-the-fjvxxyqp", 60, 75), ("2ushpimr", 34, 40)], ids=["en", "ko"]
)
def test_lines_have_the_length_that_reading_likes(page: Page, demo: Path, key: str, least: int, most: int) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((demo / f"articles/{key}.html").as_uri())
    letters = sorted(page.evaluate(LINES))
    assert least <= letters[len(letters) // 2] <= most


@pytest.mark.slow
def test_axe_finds_nothing(browser: Browser, demo: Path, tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch axe-core with")
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(tmp_path), AXE]
    fetched = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    if fetched.returncode:
        pytest.skip(f"axe-core cannot be fetched: {fetched.stderr[-200:]}")
    axe = (tmp_path / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    run = "async () => (await axe.run({resultTypes: ['violations']})).violations.map((v) => [v.id, v.nodes[0].html])"
    found = {}
    for scheme in ("light", "dark"):
        for width in (1280, 360):
            # The policy of the pages forbids scripts that are not the site's own: the test's is one.
            context = browser.new_context(
                bypass_csp=True,
                color_scheme=scheme,  # type: ignore[arg-type]
                viewport={"width": width, "height": 800},
            )
            opened = context.new_page()
            for path in page_types(demo).values():
                opened.goto((demo / path).as_uri())
                opened.evaluate(axe)
                if violations := opened.evaluate(run):
                    found[f"{path} {scheme} {width}"] = violations
            context.close()
    assert found == {}
