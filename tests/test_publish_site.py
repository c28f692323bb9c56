from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.model import Output
from builder.publish import swap
from builder.publish.manifest import MANIFEST
from builder.publish.site import publish

PROCESSES = multiprocessing.get_context("fork")


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "(folder)"
        for path in sorted(folder.rglob("*"))
    }


def outputs(**files: str) -> list[Output]:
    return [Output(name.replace("__", "/").replace("_", "."), text.encode()) for name, text in files.items()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "work" / "_site"


def test_the_first_build_makes_the_folder_and_its_manifest(out: Path) -> None:
    report = publish(outputs(index_html="home", a__b_html="b"), out)
    assert (report.written, report.unchanged, report.swapped, report.problems) == (3, 0, True, ())
    assert (out / "a/b.html").read_text() == "b"
    lines = (out / MANIFEST).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["a/b.html", "index.html"]
    assert sorted(os.listdir(out.parent)) == ["._site.lock", "_site"]


def test_a_second_build_waits_until_the_first_is_through(out: Path) -> None:
    out.parent.mkdir()
    second = PROCESSES.Process(target=publish, args=(outputs(index_html="second"), out))
    with swap.locked(out):
        second.start()
        second.join(0.5)
        assert second.is_alive()
        assert not out.exists()
    second.join()
    assert (out / "index.html").read_text() == "second"


def test_builds_at_once_leave_one_of_their_sites_whole(out: Path) -> None:
    sites = [outputs(**{f"page{n}_html": who for n in range(20)}, index_html=who) for who in ("one", "two", "three")]
    builds = [PROCESSES.Process(target=publish, args=(site, out)) for site in sites for _ in range(3)]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert len({path.read_text() for path in out.rglob("*.html")}) == 1
    assert sorted(os.listdir(out.parent)) == ["._site.lock", "_site"]


def test_nothing_changed_touches_nothing(out: Path) -> None:
    first = publish(outputs(index_html="home"), out)
    before = out.stat()
    again = publish(outputs(index_html="home"), out)
    assert not again.swapped
    assert again.digest == first.digest != ""
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_unchanged_files_are_the_same_files_and_keep_their_time(out: Path) -> None:
    publish(outputs(a_html="a", b_html="b"), out)
    os.utime(out / "a.html", (1, 1))
    inode = (out / "a.html").stat().st_ino
    report = publish(outputs(a_html="a", b_html="new"), out)
    assert (report.written, report.unchanged) == (2, 1)
    assert ((out / "a.html").stat().st_ino, (out / "a.html").stat().st_mtime) == (inode, 1)
    assert (out / "b.html").read_text() == "new"


def test_what_is_gone_is_removed_with_its_empty_folder_and_what_is_others_stays(out: Path) -> None:
    publish(outputs(a__x_html="x", b__y_html="y"), out)
    (out / "b/mine.txt").write_text("mine")
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref")
    (out / "empty").mkdir()
    report = publish(outputs(index_html="home"), out)
    assert (report.removed, report.foreign) == (2, 2)
    left = tree(out)
    left.pop(MANIFEST)
    assert left == {
        ".git": "(folder)", ".git/HEAD": "ref", "b": "(folder)", "b/mine.txt": "mine",
        "data": "(folder)", "empty": "(folder)", "index.html": "home",
    }  # fmt: skip


def test_a_file_of_others_where_a_page_belongs_stops_publishing_and_is_named(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "index.html").write_text("mine")
    report = publish(outputs(index_html="home"), out)
    assert not report.swapped
    assert "index.html:1:1: error: a page of the site needs this place (Pressmark did not write it" in str(
        report.problems[0]
    )
    assert tree(out) == {"index.html": "mine"}


def test_a_folder_of_others_where_a_page_belongs_stops_publishing(out: Path) -> None:
    (out / "index.html").mkdir(parents=True)
    assert publish(outputs(index_html="home"), out).problems
    (out / "index.html").rmdir()
    (out / "a").write_text("mine")
    assert publish(outputs(a__b_html="home"), out).problems
    assert tree(out) == {"a": "mine"}


def test_a_damaged_file_of_ours_is_mended(out: Path) -> None:
    publish(outputs(index_html="home"), out)
    (out / "index.html").write_text("hxme")
    assert publish(outputs(index_html="home"), out).written == 1
    assert (out / "index.html").read_text() == "home"


def test_a_link_of_others_stays_a_link_and_a_page_that_became_one_is_mended(out: Path) -> None:
    publish(outputs(index_html="home"), out)
    (out / "link").symlink_to("nowhere")
    (out / "real.html").write_text("home")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("real.html")
    publish(outputs(index_html="home"), out)
    assert (out / "link").is_symlink()
    assert not (out / "index.html").is_symlink()


@pytest.mark.parametrize("place", [".", "site", "site/content", "site/content/articles", "site/.git", "link", "file"])
def test_a_dangerous_output_is_refused_and_untouched(tmp_path: Path, place: str) -> None:
    (tmp_path / "site/content/articles").mkdir(parents=True)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file").write_text("f")
    before = tree(tmp_path)
    report = publish(outputs(index_html="x"), tmp_path / place, site=tmp_path / "site")
    assert [p.severity for p in report.problems] == ["error"]
    assert tree(tmp_path) == before


def test_the_home_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "home folder" in str(publish(outputs(index_html="x"), tmp_path).problems[0])


def test_the_usual_place_inside_the_site_is_allowed(tmp_path: Path) -> None:
    assert publish(outputs(index_html="x"), tmp_path / "_site", site=tmp_path).swapped


def test_an_address_that_leaves_the_folder_is_refused(out: Path) -> None:
    assert publish([Output("../x.html", b"")], out).problems
    assert not out.exists()


def test_where_names_cannot_be_exchanged_two_renames_do(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(outputs(index_html="old"), out)
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    publish(outputs(index_html="new"), out)
    assert (out / "index.html").read_text() == "new"
    assert sorted(os.listdir(out.parent)) == ["._site.lock", "_site"]


def test_a_kill_between_the_two_renames_is_healed(out: Path) -> None:
    publish(outputs(index_html="old", gone_html="gone"), out)
    (out / "mine.txt").write_text("mine")
    out.rename(out.with_name("._site.previous"))
    out.with_name("._site.staging").mkdir()
    publish(outputs(index_html="new"), out)
    left = tree(out)
    left.pop(MANIFEST)
    assert left == {"data": "(folder)", "index.html": "new", "mine.txt": "mine"}
    assert sorted(os.listdir(out.parent)) == ["._site.lock", "_site"]


def test_leftovers_that_may_not_be_written_are_removed_all_the_same(out: Path) -> None:
    publish(outputs(index_html="old"), out)
    staging = out.with_name("._site.staging")
    (staging / "locked").mkdir(parents=True)
    (staging / "locked/file").write_text("x")
    (staging / "locked").chmod(0o500)
    publish(outputs(index_html="old"), out)
    assert not staging.exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from builder.model import Output
from builder.publish.site import publish
out, kill_at, seen = Path(sys.argv[1]), int(sys.argv[2]), 0
def audit(event, arguments):
    global seen
    if event in ("open", "os.link", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "ctypes.call_function"):
        seen += 1
        if seen == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(audit)
publish([Output("index.html", b"new"), Output("same.html", b"same"), Output("a/b.html", b"b")], out)
"""


def test_killed_anywhere_the_site_is_the_old_or_the_new_and_the_next_run_heals(out: Path) -> None:
    new = outputs(index_html="new", same_html="same", a__b_html="b")
    publish(new, out)
    after = tree(out)
    publish(outputs(index_html="old", same_html="same", gone_html="gone"), out)
    before = tree(out)
    for kill_at in range(1, 200):
        run = subprocess.run([sys.executable, "-c", KILLED, str(out), str(kill_at)], check=False)
        assert tree(out) in (before, after)
        publish(new, out)
        assert tree(out) == after
        assert sorted(os.listdir(out.parent)) == ["._site.lock", "_site"]
        if run.returncode == 0:
            break
        publish(outputs(index_html="old", same_html="same", gone_html="gone"), out)
    else:
        pytest.fail("it was killed every time")
    assert kill_at > 10


def test_a_worker_that_lives_on_holds_no_lock(out: Path) -> None:
    """A process forked under the lock, as those of a pool are, must not keep the next build waiting for ever."""
    out.parent.mkdir(parents=True)
    with swap.locked(out):
        worker = PROCESSES.Process(target=time.sleep, args=(3600,))
        worker.start()
    code = (
        "import sys; from pathlib import Path; from builder.publish.swap import locked\n"
        "with locked(Path(sys.argv[1])): print('held')"
    )
    try:
        other = subprocess.run([sys.executable, "-c", code, out], capture_output=True, timeout=600, check=True)
        assert other.stdout.strip() == b"held"
    finally:
        worker.terminate()
        worker.join()
