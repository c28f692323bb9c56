"""A build with nothing to do says so at a glance; whatever was touched, and however, it looks again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.census import changed_inputs, lasting, remember, remembered, same_command, take_census, told_again

if TYPE_CHECKING:
    from builder.census import Census

TOLD = ("nothing changed: 1 article\n", "content/a.md:1:1: warning: odd\n")
ASKED = ["build", "--site"]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: Shelf\n", "utf-8")
    article = "---\nid: quay\ntitle: Quay\nlanguage: en\n---\n\nThe harbour is open.\n"
    (tmp_path / "content" / "articles" / "a.md").write_text(article, "utf-8")
    (tmp_path / "_site").mkdir()
    (tmp_path / "_site" / "index.html").write_text("home", "utf-8")
    time.sleep(0.1)
    return tmp_path


def remembered_of(site: Path, asked: str = "as asked") -> tuple[str, str] | None:
    return remembered(str(site), str(site / "_site"), asked, take_census(str(site)))


def kept(site: Path) -> tuple[str, str] | None:
    """What is remembered of a build that was recorded right now."""
    record(site, take_census(str(site)))
    return remembered_of(site)


def record(site: Path, census: Census, *, whole: bool = True, kept: Census | None = None) -> None:
    asked, arguments = (str(site), str(site / "_site"), "as asked"), [*ASKED, str(site)]
    remember(*asked, census=census, kept=kept or census, told=TOLD, arguments=arguments, whole=whole)


def test_what_a_build_told_is_told_again_while_nothing_was_touched(site: Path) -> None:
    assert kept(site) == TOLD
    assert remembered_of(site, "asked for something else") is None


def edit_keeping_size_and_time(site: Path) -> None:
    path = site / "content" / "articles" / "a.md"
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("open", "shut"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    "touch",
    [
        edit_keeping_size_and_time,
        lambda site: (site / "content" / "captures").mkdir(),
        lambda site: (site / "content" / "articles" / "b.md").write_text("new", "utf-8"),
        lambda site: (site / "content" / "articles" / "a.md").unlink(),
        lambda site: (site / "content" / "articles" / "a.md").rename(site / "content" / "articles" / "c.md"),
        lambda site: (site / "content" / "articles" / "link.md").symlink_to("a.md"),
        lambda site: (site / "site.yaml").write_text("title: Other\n", "utf-8"),
        lambda site: (site / "templates").mkdir(),
        lambda site: (site / "_site" / "index.html").write_text("hame", "utf-8"),
        lambda site: (site / "_site" / "index.html").unlink(),
        lambda site: (site / "_site" / "foreign.txt").write_text("mine", "utf-8"),
        lambda site: (site / "._site.staging").mkdir(),
        lambda site: (site / ".pressmark" / "census").write_text("{", "utf-8"),
    ],
)
def test_whatever_was_touched_is_looked_at_again(site: Path, touch: Callable[[Path], object]) -> None:
    assert kept(site) == TOLD
    touch(site)
    assert remembered_of(site) is None


def test_the_same_command_is_answered_before_it_is_understood(site: Path) -> None:
    assert kept(site) == TOLD
    assert same_command([*ASKED, str(site)]) == str(site)
    assert same_command([*ASKED, str(site), "--frozen"]) is None
    assert same_command(["audit", "--site", str(site)]) is None
    assert told_again(str(site), take_census(str(site))) == TOLD
    edit_keeping_size_and_time(site)
    assert told_again(str(site), take_census(str(site))) is None


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_touched_while_the_build_ran_is_looked_at_again(site: Path, whole: bool) -> None:
    census = take_census(str(site))
    edit_keeping_size_and_time(site)
    record(site, census, whole=whole)
    assert remembered_of(site) is None


def test_a_file_that_came_while_a_whole_build_ran_and_went_is_looked_at_again(site: Path) -> None:
    census, passing = take_census(str(site)), site / "content" / "articles" / "b.md"
    passing.write_text("new", "utf-8")
    record(site, census)
    passing.unlink()
    assert remembered_of(site) is None


def changed(site: Path, asked: str = "as asked") -> tuple[str, ...] | None:
    return changed_inputs(str(site), str(site / "_site"), asked, take_census(str(site)))


def test_the_files_that_changed_are_known_while_none_came_or_went(site: Path) -> None:
    assert changed(site) is None
    assert kept(site) == TOLD
    assert changed(site) == ()
    edit_keeping_size_and_time(site)
    assert changed(site) == ("content/articles/a.md",)
    assert changed(site, "asked for something else") is None
    (site / "content" / "articles" / "b.md").write_text("new", "utf-8")
    assert changed(site) is None
    (site / "content" / "articles" / "b.md").unlink()
    (site / "_site" / "index.html").write_text("hame", "utf-8")
    assert changed(site) is None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_of_all_kinds_are_known_and_what_is_listed_wrong_is_nothing(site: Path) -> None:
    strange = Path(os.fsdecode(bytes(site / "content" / "articles" / "tab\t, line\n") + b", \xff.md"))
    strange.write_text("one", "utf-8")
    assert kept(site) == TOLD
    assert changed(site) == ()
    strange.write_text("two!", "utf-8")
    assert changed(site) == (strange.relative_to(site).as_posix(),)
    listing = site / ".pressmark" / "census-inputs"
    for damaged in (listing.read_bytes()[:-3], b"x" + listing.read_bytes(), b""):
        listing.write_bytes(damaged)
        assert changed(site) is None
    os.utime(strange, (-1, -1))  # older than numbers that tell what changed
    assert kept(site) == TOLD
    assert changed(site) is None


def test_a_file_as_young_as_the_build_counts_as_touched_and_no_other(site: Path) -> None:
    edited = "content/articles/b.md"

    def counts_as_touched() -> bool:
        (site / edited).write_text("new", "utf-8")
        census = take_census(str(site))
        record(site, census, kept=lasting(str(site), census))
        assert changed(site) in {(), (edited,)}
        return changed(site) == (edited,) and remembered_of(site) is None

    # On a busy machine a moment may pass between the two, in which the file grows old enough.
    assert any(counts_as_touched() for _ in range(200))


def test_a_second_build_tells_the_same_and_touches_nothing(site: Path, pressmark: Run) -> None:
    (site / "_site" / "index.html").unlink()
    (site / "content" / "captures").mkdir()
    (site / "content" / "captures" / "picture.png").write_bytes(b"png")
    time.sleep(0.1)
    first = pressmark("build", "--site", site, "--no-search")
    before = {path: path.stat() for path in (site / "_site").rglob("*")}
    second = pressmark("build", "--site", site, "--no-search")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "published in" in first.stdout
    assert "nothing changed in" in second.stdout
    assert second.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
    assert second.stderr == first.stderr != ""
    assert {path: path.stat() for path in (site / "_site").rglob("*")} == before
    edit_keeping_size_and_time(site)
    assert "published in" in pressmark("build", "--site", site, "--no-search").stdout
    assert "shut" in (site / "_site" / "articles" / "quay.html").read_text("utf-8")
