"""What `pressmark check` finds, where, and how it says so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.publish.permanence import addresses_of, lost_addresses

Run = Callable[..., subprocess.CompletedProcess[str]]
TWICE = "Prime Minister Marta Ollander said nothing.\n\nPrime Minister Marta Ollander left at noon."
ARTICLE = "---\nid: {id}\ntitle: {title}\nlanguage: en\n{more}---\n\n{body}\n"


def piece(site: Path, name: str, *, title: str = "Ferry masters meet", more: str = "", body: str = "They met.") -> None:
    path = site / "content" / "articles" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(id=name, title=title, more=more, body=body), "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: Ferries\n", "utf-8")
    piece(tmp_path, "spring", more="published: 2024-03-05\n")
    piece(tmp_path, "autumn", title="Ferry masters part", more="published: 2024-09-01\n")
    return tmp_path


def flaws(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str, int, str]]:
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["kind"], one["file"], one["line"], one["message"]) for one in found]


def checked(pressmark_here: Run, site: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return pressmark_here("check", "--site", site, "--jobs", "1", "--format", "json", *more)


def test_a_gap_stands_at_the_piece_before_it(site: Path, pressmark_here: Run) -> None:
    pressmark_here("build", "--site", site, "--jobs", "1")
    done = checked(pressmark_here, site)
    assert done.returncode == 0, done.stderr
    assert flaws(done) == [
        (
            "gap",
            "content/articles/spring.md",
            1,
            "after this no piece of any source: 2024-04 to 2024-08, 5 months",
        )
    ]


def test_each_kind_of_flaw_has_its_place(site: Path, pressmark_here: Run) -> None:
    piece(
        site,
        "undated",
        body=TWICE,
    )
    piece(site, "dots", title="'…'", more="published: 2024-03-06\n")
    (site / "content" / "leaders.yaml").write_text("- id: nobody-at-all\n  names: {en: Nobody Atall}\n", "utf-8")
    captures = site / "content" / "captures"
    captures.mkdir()
    (captures / "menu.txt").write_text("Home\nNews\nContact\n", "utf-8")
    (captures / "menu-again.txt").write_text("Home\nNews\nContact\n", "utf-8")
    done = checked(pressmark_here, site)
    found = {(kind, path, line) for kind, path, line, _ in flaws(done)}
    assert found >= {
        ("undated", "content/articles/undated.md", 5),
        ("untitled", "content/articles/dots.md", 2),
        ("authority", "content/leaders.yaml", 1),
        ("capture", "content/captures/menu.txt", 1),
        ("site", str(site / "_site"), 1),
    }
    assert any(kind == "untitled" and "menu" in path for kind, path, _ in found)
    assert ("person", "content/articles/undated.md") in {(kind, path) for kind, path, _ in found}
    assert done.returncode == 0


def test_broken_links_are_errors_at_the_article_that_has_them(site: Path, pressmark_here: Run) -> None:
    assert pressmark_here("build", "--site", site, "--jobs", "1").returncode == 0
    (site / "_site" / "articles" / "autumn.html").unlink()
    page = site / "_site" / "articles" / "spring.html"
    page.write_text(page.read_text("utf-8").replace('href="#main"', 'href="#mian"'), "utf-8")
    done = checked(pressmark_here, site)
    assert done.returncode == 1
    links = {(path, message) for kind, path, _, message in flaws(done) if kind == "link"}
    assert any(path == "content/articles/spring.md" and '"#mian"' in message for path, message in links)
    assert any("autumn.html" in message and path == "timeline.html" for path, message in links)


def test_mistakes_that_a_build_would_name_are_named(site: Path, pressmark_here: Run) -> None:
    (site / "content" / "dossiers").mkdir()
    (site / "content" / "dossiers" / "study.md").write_text("See [[winter]].\n", "utf-8")
    (site / "content" / "rules.yaml").write_text("- host: quay.example\n  drop: [{line: Share this}]\n", "utf-8")
    piece(site, "chosen", more="published: 2024-05-01\nleaders: {add: [nobody-at-all]}\n")
    done = checked(pressmark_here, site)
    files = {(path, message) for kind, path, _, message in flaws(done) if kind == "file"}
    assert done.returncode == 1
    assert ("content/dossiers/study.md", 'no article has the id "winter"') in files
    assert ("content/rules.yaml", "has no example") in files
    assert any(path == "content/articles/chosen.md" and "nobody-at-all" in message for path, message in files)


def test_no_address_is_lost_without_being_told(site: Path, pressmark_here: Run, tmp_path: Path) -> None:
    pressmark_here("build", "--site", site, "--jobs", "1")
    before = tmp_path / "before"
    shutil.copytree(site / "_site", before)
    (site / "content" / "articles" / "spring.md").unlink()
    piece(site, "spring-of-2024", more="published: 2024-03-05\n")
    pressmark_here("build", "--site", site, "--jobs", "1")
    for since in (before, before / "data" / "manifest-sha256.txt"):
        done = checked(pressmark_here, site, "--since", since)
        lost = [path for kind, path, _, _ in flaws(done) if kind == "address"]
        assert (done.returncode, lost) == (1, ["articles/spring.html"])
    (site / "content" / "moved.yaml").write_text("spring: spring-of-2024\n", "utf-8")
    pressmark_here("build", "--site", site, "--jobs", "1")
    done = pressmark_here("check", "--site", site, "--jobs", "1", "--since", before, "--digest")
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ former addresses are kept", done.stdout)
    assert re.search(r"^digest [0-9a-f]{64}$", done.stdout, re.MULTILINE)


def test_former_addresses_come_from_a_folder_a_manifest_or_a_list(tmp_path: Path) -> None:
    written = tmp_path / "list.txt"
    written.write_text(
        "https://fish.example/a/articles/x.html\narticles/%C3%A9.html\nfeeds/leaders/kim.xml\nassets/site.css\n\n"
        "https://fish.example/a/\n",
        "utf-8",
    )
    assert addresses_of(written, "/a/") == {"articles/x.html", "articles/é.html", "feeds/leaders/kim.xml", "index.html"}
    folder = tmp_path / "old"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "x.html").touch()
    (folder / "style.css").touch()
    assert addresses_of(folder) == {"articles/x.html"}
    (tmp_path / "broken").write_bytes(b"\xff\xfe\x00")
    assert addresses_of(tmp_path / "broken") is None


def test_a_site_that_is_lost_whole_is_told_in_time(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for number in range(500):
        (tmp_path / "articles" / f"ferry-{number}.html").touch()
    gone = [f"articles/ferries-{number}.html" for number in range(3000)]
    start = time.process_time()
    found = lost_addresses([*gone, f"{'x' * 300}.html", "a\0b.html"], tmp_path)
    assert len(found) == 3002
    assert 'did you mean "articles/ferry-' in found[1].hint
    assert time.process_time() - start < 60


def test_github_shows_flaws_beside_the_line(site: Path, pressmark_here: Run) -> None:
    piece(site, "plain", title="50% of ferries, late", more="")
    done = pressmark_here("check", "--site", site, "--jobs", "1", "--format", "github")
    lines = [line for line in done.stdout.splitlines() if "plain.md" in line]
    assert lines == [
        "::warning file=content/articles/plain.md,line=5,col=1,title=undated::has no date "
        "(add published: and the day, if the piece or its source tells it)"
    ]


def test_the_demo_has_no_broken_link(root: Path, demo: Path, pressmark_here: Run) -> None:
    done = pressmark_here("check", "--site", root, "--out", demo, "--jobs", "1", "--format", "json")
    assert done.returncode == 0, done.stdout
    assert [one for one in flaws(done) if one[0] in ("link", "file", "untitled")] == []


def test_a_build_of_the_demo_leaves_articles_and_ledgers_as_they_are_committed(root: Path, demo: Path) -> None:
    committed, built = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (root / "content", demo.parent / "content")
    )
    assert any(name.startswith("ledger/") for name in committed)
    assert [name for name in {**committed, **built} if committed.get(name) != built.get(name)] == []
