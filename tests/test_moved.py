"""Old addresses: what a stub says, what it never says, and where it never stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_library import article, pages, settings

from builder.cli.commands import main
from builder.model import Output
from builder.publish.check import check
from builder.read.moved import parse_moved
from builder.read.templates import read_templates
from builder.render.environment import render
from builder.render.moved import stubs
from builder.render.views.page import Page
from builder.render.views.site import MovedView

NEW = "ferry-talks-2a3b4c5d"
ARTICLE = "---\nid: {}\ntitle: {}\nlanguage: en\npublished: 2024-05-27\n---\n\nThe masters met {}.\n"


def paths(planned: Sequence[Page]) -> set[str]:
    return {page.path for page in planned}


def tree(site: Path) -> dict[str, str]:
    done = CliRunner().invoke(main, ["build", "--site", str(site), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    out = site / "_site"
    return {p.relative_to(out).as_posix(): p.read_text("utf-8", "replace") for p in out.rglob("*") if p.is_file()}


def stub(line: str, url: str | None = "https://fish.example/archive/") -> str:
    """The page at the old address of one line of a moved.yaml."""
    moves, problems = parse_moved("content/moved.yaml", line + "\n")
    planned = tuple(pages([article(NEW)], site=settings(url=url)).values())
    made, wrong = stubs(moves, paths(planned), planned[0].site)
    assert (problems, wrong) == ((), ())
    page = made[0]
    return render(page, read_templates(Path("/nonexistent"))).data.decode()


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ("old: new", "articles/old.html", "articles/new.html"),
        ("articles/old.html: articles/new.html", "articles/old.html", "articles/new.html"),
        ("old: ", "articles/old.html", None),
        ("old: null", "articles/old.html", None),
        ("no: 1-30", "articles/no.html", "articles/1-30.html"),
        ("a/b c/d.html: timeline.html", "a/b c/d.html", "timeline.html"),
    ],
)
def test_an_address_may_be_an_id(line: str, old: str, new: str | None) -> None:
    (move,), problems = parse_moved("content/moved.yaml", line)
    assert (move.old, move.new, problems) == (old, new, ())


def test_a_stub_leads_on_with_a_plain_link() -> None:
    text = stub(f"deep/old/x.html: {NEW}")
    assert f'<a href="../../articles/{NEW}.html">Go to its new address</a>' in text
    assert f'<link rel="canonical" href="https://fish.example/archive/articles/{NEW}.html">' in text
    assert 'http-equiv="refresh"' not in text.lower()
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in stub(f"old: {NEW}", url=None)


def test_a_stub_of_what_is_gone_has_no_canonical_address() -> None:
    text = stub("old: null")
    assert "This page is gone" in text
    assert 'rel="canonical"' not in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'href="../search.html"' in text


def test_a_stub_keeps_the_fragment_of_its_target() -> None:
    text = stub("years/1999.html: years/2024.html#m-2024-05")
    assert 'href="../years/2024.html#m-2024-05"' in text
    assert re.findall('rel="canonical" href="(.*)"', text) == ["https://fish.example/archive/years/2024.html"]


def test_the_provenance_of_a_moved_piece_moves_with_it() -> None:
    planned = tuple(pages([article(NEW)]).values())
    moves, _ = parse_moved("m", f"old: {NEW}#p-1\ngone: null\nasked: {NEW}\nprovenance/asked.html: index.html\n")
    made, _ = stubs(moves, paths(planned), planned[0].site)
    led = {page.path: (page.view.page, page.view.fragment) for page in made if isinstance(page.view, MovedView)}
    assert led["provenance/old.html"] == (f"provenance/{NEW}.html", "")
    assert led["provenance/gone.html"] == (None, "")
    assert led["provenance/asked.html"] == ("index.html", "")
    assert len(led) == len(made) == 6
    without = tuple(page for page in planned if not page.path.startswith("provenance/"))
    assert len(stubs(moves, paths(without), without[0].site)[0]) == 4


def test_links_of_a_stub_lead_somewhere() -> None:
    planned = tuple(pages([article(NEW)]).values())
    made, _ = stubs(parse_moved("m", f"old: {NEW}\na/b/c.html: null\n")[0], paths(planned), planned[0].site)
    templates = read_templates(Path("/nonexistent"))
    outputs = [render(page, templates) for page in (*planned, *made)]
    outputs += [Output(path, data) for path, data in templates.assets.items()]
    outputs += [Output("data/articles.jsonl", b""), Output("feed.json", b"")]
    old = {page.path for page in made}
    assert [problem for problem in check(outputs) if problem.place.path in old] == []


def test_a_stub_carries_nothing_of_the_piece_and_is_listed_nowhere(tmp_path: Path) -> None:
    articles = tmp_path / "content/articles"
    articles.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: X\nurl: https://fish.example/\n")
    (articles / "a.md").write_text(ARTICLE.format("quokka", "Quokkas counted", "over quokkas"))
    (articles / "b.md").write_text(ARTICLE.format("wombat", "Wombats counted", "over wombats"))
    assert "Quokkas counted" in tree(tmp_path)["articles/quokka.html"]
    (articles / "a.md").write_text(ARTICLE.format("numbat", "Numbats counted", "over numbats"))
    (articles / "b.md").unlink()
    (tmp_path / "content/moved.yaml").write_text("quokka: numbat\narticles/wombat.html: null\n")
    site = tree(tmp_path)
    for old in ("quokka", "wombat"):
        page = f"articles/{old}.html"
        assert old not in site[page].lower()
        assert "counted" not in site[page]
        assert [path for path, text in site.items() if old in text.lower()] == ["data/manifest-sha256.txt"]
    assert "umbats" not in site["articles/quokka.html"]
    (tmp_path / "content/moved.yaml").unlink()
    assert not {"articles/quokka.html", "articles/wombat.html"} & set(tree(tmp_path))


def test_a_leader_under_a_new_id_keeps_the_old_address_and_its_readers(tmp_path: Path) -> None:
    articles = tmp_path / "content/articles"
    articles.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: X\nurl: https://fish.example/\n")
    (articles / "a.md").write_text(ARTICLE.format("a", "Ferries", "Ottoline Quayle"))
    (tmp_path / "content/leaders.yaml").write_text("- id: o-quayle\n  names: {en: Ottoline Quayle}\n")
    before = tree(tmp_path)
    assert "leaders/o-quayle.html" in before
    record = "- id: ottoline-quayle\n  names: {en: Ottoline Quayle}\n  formerly: [o-quayle]\n"
    (tmp_path / "content/leaders.yaml").write_text(record)
    after = tree(tmp_path)
    assert '<a href="../leaders/ottoline-quayle.html">' in after["leaders/o-quayle.html"]
    assert (
        '<link rel="canonical" href="https://fish.example/leaders/ottoline-quayle.html">'
        in after["leaders/o-quayle.html"]
    )
    assert 'href="https://fish.example/articles/a.html"' in after["feeds/leaders/o-quayle.xml"]
    assert {path for path in before if path.endswith(".html") or path.startswith("feed")} <= set(after)
    assert "leaders/o-quayle" not in after["sitemap.xml"] + after["leaders/index.html"]
