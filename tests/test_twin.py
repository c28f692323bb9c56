"""The second tree of a published site: it spares work, and nothing that somebody puts there gets into the site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.model import Output
from builder.publish.site import staging
from builder.publish.twin import is_folder, tree_of


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / ".pressmark").mkdir()
    return tmp_path / "_site"


def published(out: Path, **pages: str) -> bool:
    with staging(out, twin=twin(out)) as staged:
        for name, text in pages.items():
            staged.put(Output(name.replace("__", "/") + ".html", text.encode()))
        report = staged.publish()
    assert not report.problems
    return report.swapped


def twin(out: Path) -> Path:
    return out.parent / ".pressmark" / "twin"


def pages(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")}


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Which file it is and when it was touched; the latter alone may be one tick of the clock for two builds."""
    found = {path: (out / path).stat() for path, state in tree_of(out).items() if not is_folder(state)}
    return {path: (status.st_ino, status.st_ctime_ns) for path, status in found.items()}


def test_the_twin_is_the_site_file_for_file(out: Path) -> None:
    published(out, index="home", a__x="x")
    assert tree_of(twin(out)) == tree_of(out) != {}
    published(out, index="new", b__y="y")
    assert pages(out) == {"index.html": "new", "b/y.html": "y"}
    assert tree_of(twin(out)) == tree_of(out)


def test_what_stays_is_not_touched_at_all(out: Path) -> None:
    published(out, index="home", a__x="x")
    before = stamps(out)
    published(out, index="new", a__x="x")
    after = stamps(out)
    assert after["a/x.html"] == before["a/x.html"]
    assert after["index.html"] != before["index.html"]


def test_the_files_of_others_stay_in_the_site(out: Path) -> None:
    published(out, index="home", a__x="x")
    (out / "CNAME").write_text("example.org")
    (out / "empty").mkdir()
    os.symlink("CNAME", out / "link")
    published(out, index="new")
    published(out, index="newest")
    assert (out / "CNAME").read_text() == "example.org"
    assert (out / "empty").is_dir()
    assert (out / "link").is_symlink()
    assert not (out / "a").exists()


def test_a_page_may_become_a_folder_and_a_folder_a_page(out: Path) -> None:
    published(out, index="home", a="a", b__x="x")
    (twin(out) / "unread").mkdir()
    published(out, index="home", **{"a.html__x": "x", "b": "b"})
    published(out, index="home", a="a", b__x="x")
    assert pages(out) == {"index.html": "home", "a.html": "a", "b/x.html": "x"}


def changed(twin: Path) -> None:
    (twin / "a/x.html").unlink()
    (twin / "a/x.html").write_text("strange")


def added(twin: Path) -> None:
    (twin / "a/strange.html").write_text("strange")


def lost(twin: Path) -> None:
    (twin / "a/x.html").unlink()


def elsewhere(twin: Path) -> None:
    os.rename(twin, twin.with_name("moved"))
    os.symlink("moved", twin)


def a_file(twin: Path) -> None:
    os.rename(twin, twin.with_name("moved"))
    twin.write_text("strange")


@pytest.mark.parametrize("spoil", [changed, added, lost, elsewhere, a_file])
def test_a_twin_that_is_not_what_stands_serves_nothing(out: Path, spoil: object) -> None:
    published(out, index="home", a__x="x")
    assert callable(spoil)
    spoil(twin(out))
    published(out, index="new", a__x="x")
    assert pages(out) == {"index.html": "new", "a/x.html": "x"}
    assert sorted(path.name for path in out.parent.iterdir()) == ["._site.lock", ".pressmark", "_site"]


def test_no_twin_is_kept_behind_a_link_or_without_its_folder(out: Path, tmp_path: Path) -> None:
    (tmp_path / ".pressmark").rmdir()
    published(out, index="home")
    (tmp_path / "elsewhere").mkdir()
    os.symlink("elsewhere", tmp_path / ".pressmark")
    published(out, index="new")
    assert not [*(tmp_path / "elsewhere").iterdir()]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["._site.lock", ".pressmark", "_site", "elsewhere"]
