from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.read import captures as captures_module
from builder.read.captures import name_below, read_captures, read_file, walk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content" / "captures"
    made.mkdir(parents=True)
    return made


def put(folder: Path, name: str, data: bytes = b"text") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def read(folder: Path) -> tuple[list[str], list[str]]:
    captures, problems = read_captures(folder.parents[1])
    return [capture.path for capture in captures], [str(problem) for problem in problems]


def test_captures_of_any_depth_come_in_the_order_of_their_paths(folder: Path) -> None:
    for name in ("b.txt", "a/z.html", "a.md", "a/b/c.HTM", "Ä.xhtml", "c.txt/d.txt"):
        put(folder, name, name.encode())
    captures, problems = read_captures(folder.parents[1])
    assert problems == ()
    assert [(capture.path, capture.data.decode()) for capture in captures] == [
        (f"captures/{name}", name) for name in ("a.md", "a/b/c.HTM", "a/z.html", "b.txt", "c.txt/d.txt", "Ä.xhtml")
    ]


def test_no_folder_of_captures_is_no_mistake(tmp_path: Path) -> None:
    assert read_captures(tmp_path) == ((), ())


def test_a_file_of_an_unknown_kind_is_named(folder: Path) -> None:
    put(folder, "scan.pdf")
    put(folder, "README")
    hint = "captures are .txt, .html, .htm, .xhtml or .md files"
    assert read(folder) == (
        [],
        [
            f"content/captures/README:1:1: warning: is not of a kind that is read ({hint})",
            f"content/captures/scan.pdf:1:1: warning: is not of a kind that is read ({hint})",
        ],
    )


def test_hidden_folders_and_files_that_are_no_pages_are_passed_over(folder: Path) -> None:
    put(folder, ".DS_Store")
    put(folder, ".git/a.txt")
    put(folder, "a/._b.txt")
    put(folder, "a/.notes.txt.swp")
    assert read(folder) == ([], [])


def test_a_hidden_page_is_named(folder: Path) -> None:
    put(folder, "a/.page.html")
    message = "is hidden, since its name begins with a dot (nothing of it was read)"
    assert read(folder) == ([], [f"content/captures/a/.page.html:1:1: warning: {message}"])


def test_a_link_is_followed_only_inside_the_folder(folder: Path, tmp_path: Path) -> None:
    put(folder, "a.txt")
    put(tmp_path, "secret.txt")
    put(tmp_path, "outside/b.txt")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "leaking").symlink_to(tmp_path / "outside")
    (folder / "up.txt").symlink_to("../../secret.txt")
    (folder / "around").symlink_to(folder)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    found, problems = read(folder)
    assert found == ["captures/a.txt", "captures/inside.txt"]
    out = "warning: is a link that leads out of its folder (nothing of it was read)"
    assert problems == [
        f"content/captures/around:1:1: {out}",
        "content/captures/gone.txt:1:1: warning: cannot be read: No such file or directory (nothing of it was read)",
        f"content/captures/leak.txt:1:1: {out}",
        f"content/captures/leaking:1:1: {out}",
        "content/captures/loop.txt:1:1: warning: cannot be read: Too many levels of symbolic links"
        " (nothing of it was read)",
        f"content/captures/up.txt:1:1: {out}",
    ]


def test_a_pipe_is_named_and_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    put(folder, "a.txt")
    assert read(folder) == (
        ["captures/a.txt"],
        ["content/captures/pipe.txt:1:1: warning: is not a regular file (nothing of it was read)"],
    )
    assert read_file(folder / "pipe.txt") == (b"", "is not a regular file")
    assert read_file(folder) == (b"", "is a folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_without_the_right_to_read_is_named(folder: Path) -> None:
    put(folder, "a.txt")
    put(folder, "closed/b.txt")
    (folder / "closed").chmod(0)
    try:
        problem = "content/captures/closed:1:1: warning: cannot be opened: Permission denied (nothing of it was read)"
        assert read(folder) == (["captures/a.txt"], [problem])
    finally:
        (folder / "closed").chmod(0o700)


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    # A file where the folder should be cannot be opened as one, by root neither.
    put(tmp_path, "content/captures", b"no folder")
    assert read(tmp_path / "content" / "captures") == (
        [],
        ["content/captures:1:1: warning: cannot be opened: Not a directory (nothing of it was read)"],
    )


def test_a_file_larger_than_any_page_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures_module, "CAPTURE_BYTES", 1 << 20)
    put(folder, "fits.txt", bytes(1 << 20))
    put(folder, "big.txt", bytes((1 << 20) + 1))
    assert read(folder) == (
        ["captures/fits.txt"],
        ["content/captures/big.txt:1:1: warning: is larger than 1 MB (nothing of it was read)"],
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (b"two\nlines.txt", "two\nlines.txt"),
        (b"\xe2\x80\xaetxt.exe.txt", "\u202etxt.exe.txt"),
        (b"caf\xe9.txt", "caf\\xe9.txt"),
        (b"..\\..\\x.txt", "..\\..\\x.txt"),
        (b"a\"b'c $(id) `id`.txt", "a\"b'c $(id) `id`.txt"),
        ("가".encode() * 83 + b".txt", "가" * 83 + ".txt"),
        (b"-rf.txt", "-rf.txt"),
        (b"\x1b[31m.txt", "\x1b[31m.txt"),
    ],
)
def test_every_name_a_system_allows_is_read(folder: Path, name: bytes, path: str) -> None:
    Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(b"x")
    assert read(folder) == ([f"captures/{path}"], [])
    path.encode("utf-8")


def test_two_names_that_are_no_utf8_stay_two(folder: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(name)
    assert read(folder) == (["captures/caf\\xe8.txt", "captures/caf\\xe9.txt"], [])
    assert name_below(folder / "a" / "b.txt", folder) == "a/b.txt"
    assert name_below(Path("a/b.txt"), Path()) == name_below(Path("/a/b.txt"), Path("/")) == "a/b.txt"
    with pytest.raises(ValueError, match="subpath"):
        name_below(Path("/ab/c.txt"), Path("/a"))


def test_folders_deeper_than_a_path_may_be_long_are_walked_as_far_as_they_can_be(folder: Path) -> None:
    deep = folder.joinpath(*["d" * 20] * 60)
    deep.mkdir(parents=True)
    put(deep, "deep.txt")
    assert [found.path.name for found in walk(folder)] == ["deep.txt"]
