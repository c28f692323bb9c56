"""A few files are exchanged for others in the twin of the site, as if the site were published anew."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.model import Output
from builder.publish.amend import Amended, amend
from builder.publish.manifest import MANIFEST, entries, relisted
from builder.publish.site import publish, staging
from builder.publish.swap import staging_of, twin_of
from builder.publish.twin import tree_of

SOURCE = "content/articles/부산.md"
SITE = {"index.html": b"home", "articles/a.html": b"one", "articles/b.html": b"two"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "site"
    (tmp_path / ".pressmark").mkdir()
    with staging(out, twin=twin(out)) as staged:
        for path, data in SITE.items():
            staged.put(Output(path, data))
        assert staged.publish({SOURCE: digest(b"source")}).swapped
    return out


def twin(out: Path) -> Path:
    return out.parent / ".pressmark" / "twin"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def amended(out: Path, files: dict[str, bytes], source: bytes = b"source") -> Amended:
    outputs = [Output(path, data) for path, data in files.items()]
    return amend(outputs, out, sources={SOURCE: digest(source)}, twin=twin(out))


def anew(out: Path, files: dict[str, bytes], source: bytes = b"source") -> dict[str, bytes]:
    """What the site is when it is published from the start."""
    afresh = out.with_name("anew")
    publish([Output(path, data) for path, data in {**SITE, **files}.items()], afresh, sources={SOURCE: digest(source)})
    return files_of(afresh)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_few_files_are_exchanged_and_no_other_is_touched(out: Path) -> None:
    # What is held by another name keeps its number, which else could go to a file that is made later.
    shutil.copytree(out, out.with_name("held"), copy_function=os.link)
    before = tree_of(out)
    for number, source in enumerate((b"first", b"second")):
        files = {"articles/a.html": b"new %d" % number}
        done = amended(out, files, source)
        assert (done.swapped, done.problems) == (True, ())
        assert sorted(done.fresh or ()) == ["articles/a.html", MANIFEST]
        assert files_of(out) == anew(out, files, source)
        assert done.digest == digest((out / MANIFEST).read_bytes())
        assert tree_of(twin(out)) == tree_of(out)
    same = {path for path, state in tree_of(out).items() if before[path] == state}
    assert same == before.keys() - {"articles/a.html", MANIFEST}
    assert not staging_of(out).exists()
    assert not twin_of(out).exists()


def test_what_stands_there_already_is_not_touched(out: Path) -> None:
    before = tree_of(out)
    done = amended(out, {"articles/a.html": b"one"})
    assert (done.swapped, done.fresh, tree_of(out)) == (False, (), before)
    assert done.digest == digest((out / MANIFEST).read_bytes())


def test_the_site_that_stood_keeps_its_bytes(out: Path) -> None:
    with (out / "articles" / "a.html").open("rb") as held:
        amended(out, {"articles/a.html": b"new"})
        assert held.read() == b"one"


def test_files_of_others_stay(out: Path) -> None:
    (out / "mine.txt").write_text("mine", "utf-8")
    assert amended(out, {"articles/a.html": b"new"}).swapped
    assert amended(out, {"articles/a.html": b"newer"}).fresh
    assert (out / "mine.txt").read_text("utf-8") == "mine"
    assert "mine.txt" not in entries(out)


def without_twin(out: Path) -> None:
    twin(out).rename(twin(out).with_name("elsewhere"))


def with_another_twin(out: Path) -> None:
    (twin(out) / "strange.html").write_text("strange", "utf-8")


def without_its_file(out: Path) -> None:
    (out / "articles" / "a.html").unlink()


@pytest.mark.parametrize("change", [without_twin, with_another_twin, without_its_file])
def test_what_takes_more_than_exchanging_is_staged(out: Path, change: Callable[[Path], None]) -> None:
    change(out)
    done = amended(out, {"articles/a.html": b"new"}, b"new source")
    assert (done.swapped, done.fresh) == (True, None)
    assert files_of(out) == anew(out, {"articles/a.html": b"new"}, b"new source")
    assert amended(out, {"articles/a.html": b"newer"}).fresh is not None


def test_a_new_file_is_staged(out: Path) -> None:
    assert amended(out, {"articles/c.html": b"three"}).fresh is None
    assert files_of(out) == anew(out, {"articles/c.html": b"three"})


def test_a_folder_that_cannot_be_an_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = amended(tmp_path / "file", {"articles/a.html": b"new"})
    assert (done.swapped, len(done.problems)) == (False, 1)


def test_a_manifest_is_renewed_line_by_line_or_not_at_all() -> None:
    one, two, three = (digest(data) for data in (b"1", b"2", b"3"))
    manifest = f"{one}  a.html\n{two}  articles/a.html\n{two}  b%25.html\n".encode()
    assert relisted(manifest, {"a.html": three}) == manifest.replace(one.encode(), three.encode())
    assert relisted(manifest, {"b%.html": three}) == manifest.replace(f"{two}  b%".encode(), f"{three}  b%".encode())
    assert relisted(manifest, {}) == manifest
    assert relisted(manifest, {"c.html": three}) is None
    assert relisted(manifest, {"html": three}) is None
    assert relisted(f"{one}  a\n{one}  b  a\n".encode(), {"a": three}) is None
    assert relisted(f"{one[1:]}  a\n".encode(), {"a": three}) is None
