"""Files that are written where they are made: the site is the one that a single process would have written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builder.cache import Cache, NoCache, cached_map, open_cache
from builder.model import Output
from builder.parallel import InlineExecutor, local_executor
from builder.publish.delivery import Delivered
from builder.publish.manifest import digest_of
from builder.publish.site import Report, publish, staging

PAGES = {f"{folder}page{number}.html": f"{folder} {number}" for folder in ("", "a/", "a/b/") for number in range(12)}


@dataclass(frozen=True)
class Making:
    """Makes a page of its path and text, with a number beside it; notes what it made."""

    log: Path
    name: str = "make"
    fingerprint: str = "rules"

    def __call__(self, page: tuple[str, str], /) -> tuple[Output, int]:
        path, text = page
        with self.log.open("a") as file:
            file.write(f"{path}\n")
        if text == "bad":
            raise ValueError(text)
        return Output(path, text.encode()), len(text)

    def failed(self, page: tuple[str, str], trace: str, /) -> tuple[Output, int]:
        return Output(page[0], b"failed"), 0

    def made(self) -> list[str]:
        """What was made since the last time of asking."""
        paths = sorted(self.log.read_text().split()) if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return paths


class Elsewhere(Executor):
    """Stands for other machines: what runs there finds no file of this one's."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return InlineExecutor().submit(fn, *args, **kwargs)


@contextmanager
def executor_of(kind: str) -> Iterator[Executor]:
    if kind == "elsewhere":
        yield Elsewhere()
    else:
        with local_executor(2 if kind == "pool" else 1) as executor:
            yield executor


@pytest.fixture
def making(tmp_path: Path) -> Making:
    return Making(tmp_path / "log")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "_site"


def built(
    out: Path, making: Making, pages: dict[str, str], *, cache: Cache | None = None, executor: Executor | None = None
) -> Report:
    run = (cache or NoCache(), executor or InlineExecutor(), making, list(pages.items()))
    with staging(out) as staged:
        for file, about in cached_map(*run, deliver=staged.delivery()):
            assert about == (0 if pages[file.path] == "bad" else len(pages[file.path]))
            staged.put(file)
        return staged.publish()


def texts(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*.html")}


@pytest.mark.parametrize("kind", ["inline", "pool", "elsewhere"])
def test_the_site_is_the_same_whoever_writes_it(tmp_path: Path, out: Path, making: Making, kind: str) -> None:
    pages = PAGES | {"a/page1.html": "bad"}
    plain = publish([Output(path, text.encode()) for path, text in (pages | {"a/page1.html": "failed"}).items()], out)
    with executor_of(kind) as executor:
        report = built(tmp_path / "other", making, pages, executor=executor)
    assert (report.problems, report.written) == ((), len(PAGES) + 1)
    assert report.digest == plain.digest == digest_of(tmp_path / "other")
    assert texts(tmp_path / "other") == texts(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["._site.lock", ".other.lock", "_site", "log", "other"]


@pytest.mark.parametrize("kind", ["inline", "pool", "elsewhere"])
def test_what_stands_is_neither_made_nor_written_again(tmp_path: Path, out: Path, making: Making, kind: str) -> None:
    with open_cache(tmp_path / "cache") as cache, executor_of(kind) as executor:
        built(out, making, PAGES, cache=cache, executor=executor)
        inode = (out / "a/page1.html").stat().st_ino
        making.made()
        report = built(out, making, PAGES | {"page1.html": "new"}, cache=cache, executor=executor)
        assert making.made() == ["page1.html"]
        assert (report.written, (out / "a/page1.html").stat().st_ino) == (2, inode)
        assert not built(out, making, PAGES | {"page1.html": "new"}, cache=cache, executor=executor).swapped
    assert texts(out) == PAGES | {"page1.html": "new"}


def gone(out: Path) -> None:
    shutil.rmtree(out)


def cut(out: Path) -> None:
    (out / "a/page1.html").write_text("")


def damaged(out: Path) -> None:
    path = out / "a/page1.html"
    path.write_text(path.read_text().swapcase())


def elsewhere(out: Path) -> None:
    (out / "a").rename(out.parent / "a")
    (out / "a").symlink_to("../a")


@pytest.mark.parametrize("harm", [gone, cut, damaged, elsewhere])
def test_what_does_not_stand_any_more_is_made_again(
    tmp_path: Path, out: Path, making: Making, harm: Callable[[Path], None]
) -> None:
    with open_cache(tmp_path / "cache") as cache:
        first = built(out, making, PAGES, cache=cache)
        making.made()
        harm(out)
        report = built(out, making, PAGES, cache=cache)
        if harm is elsewhere:
            assert "needs this place" in str(report.problems[0])
            return
        assert (report.digest, texts(out)) == (first.digest, PAGES)
        assert "a/page1.html" in making.made()


def test_of_a_page_that_is_delivered_little_comes_back(out: Path) -> None:
    with staging(out) as staged:
        deliver = staged.delivery()
        assert deliver is not None
        assert deliver((Output("a.html", b"a" * 1000), "about")) == (
            Delivered("a.html", "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3", 1000, written=True),
            "about",
        )


def test_files_that_are_made_together_are_delivered_and_stand_together(out: Path) -> None:
    files = tuple(Output(f"{name}.html", name.encode()) for name in "ab")
    with staging(out) as staged:
        deliver = staged.delivery()
        assert deliver is not None
        delivered, about = deliver((files, "about"))
        assert [(file.path, file.written) for file in delivered] == [("a.html", True), ("b.html", True)]
        assert about == "about"
        for file in delivered:
            staged.put(file)
        staged.publish()
    with staging(out) as staged:
        deliver = staged.delivery()
        assert deliver is not None
        again, _ = deliver.again((delivered, "about")) or ((), "")
        assert [(file.path, file.written) for file in again] == [("a.html", False), ("b.html", False)]
        (out / "b.html").unlink()
        assert deliver.again((delivered, "about")) is None
        assert deliver.again((("a.html",), "about")) is None


def test_who_is_late_writes_into_no_later_build(out: Path) -> None:
    with staging(out) as staged:
        late = staged.delivery()
    assert late is not None
    with staging(out) as staged:
        staged.put(Output("a/b.html", b"new"))
        made = (Output("a/b.html", b"late"), 1)
        assert late(made) == made
        staged.publish()
    assert texts(out) == {"a/b.html": "new"}


def test_what_cannot_be_delivered_comes_back_and_whoever_publishes_tells_of_it(out: Path, making: Making) -> None:
    said = {
        "is a file": {"a": "file", "a/b.html": "page"},
        "this address leaves the output folder": {"../x.html": "x"},
        "this address is kept for sources": {"content/x.html": "x"},
    }
    for what, pages in said.items():
        report = built(out, making, pages)
        assert not report.swapped
        assert len(report.problems) == 1
        assert what in str(report.problems[0]) or "could not be published" in str(report.problems[0])
    assert not out.exists()


def test_where_nothing_may_be_published_nothing_is_delivered(tmp_path: Path, out: Path) -> None:
    out.symlink_to(tmp_path)
    before = sorted(tmp_path.iterdir())
    with staging(out) as staged:
        assert staged.delivery() is None
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("path", ["../secret", "a/../../secret", "/secret"])
def test_a_foreign_cache_names_no_file_outside_the_site(out: Path, path: str) -> None:
    publish([Output("a/b.html", b"x")], out)
    (out.parent / "secret").write_bytes(b"x")
    with staging(out) as staged:
        deliver = staged.delivery()
        digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        assert deliver is not None
        assert deliver.again((Delivered("a/b.html", digest, 1, written=True), 1)) is not None
        assert deliver.again((Delivered(path, digest, 1, written=True), 1)) is None


def test_a_file_that_cannot_be_looked_at_is_made_again(out: Path) -> None:
    with staging(out) as staged:
        deliver = staged.delivery()
        assert deliver is not None
        assert deliver.again((Delivered("a" * 5000, "", 1, written=True), 1)) is None


@pytest.mark.parametrize(
    "path",
    ["content/a.html", "../a.html", "/a.html", b"a.html", None],
)
def test_of_a_cache_that_came_from_elsewhere_only_files_of_a_site_are_taken(out: Path, path: Any) -> None:
    (out / "content").mkdir(parents=True)
    for place in (out / "content/a.html", out / "a.html", out.parent / "a.html"):
        place.write_bytes(b"")
    with staging(out) as staged:
        delivery = staged.delivery()
        assert delivery
        nothing = sha256(b"").hexdigest()
        assert delivery.again((Delivered("a.html", nothing, 0, written=True), "about"))
        assert delivery.again((Delivered(path, nothing, 0, written=True), "about")) is None
        assert [delivery.again(left) for left in ((), None, "a.html", [1], ("a.html",))] == [None] * 5
