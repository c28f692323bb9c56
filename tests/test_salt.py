"""What the cache is salted with."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from builder.salt import known_salt

OTHER = b"of another build...."


@pytest.fixture
def connection() -> sqlite3.Connection:
    fresh = sqlite3.connect(":memory:")
    fresh.execute("CREATE TABLE salts (states BLOB PRIMARY KEY, salt BLOB)")
    return fresh


def test_another_version_of_what_it_stands_on_gives_another_salt(
    connection: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = known_salt(connection)
    assert known_salt(connection) == former
    (tmp_path / "first-packages" / "markdown_it_py-0.0.1.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "first-packages")
    assert known_salt(connection) != former


def test_what_is_installed_without_a_record_beside_it_is_asked_for_its_version(
    connection: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = known_salt(connection)
    elsewhere = [folder for folder in sys.path if folder.endswith("-packages")]
    for number, folder in enumerate(elsewhere):
        (tmp_path / f"installed{number}").symlink_to(folder)
    others = [folder for folder in sys.path if folder not in elsewhere]
    monkeypatch.setattr(sys, "path", [*others, *(str(found) for found in tmp_path.iterdir())])
    connection.execute("DELETE FROM salts")
    assert known_salt(connection) == former


def test_the_next_archive_need_not_read_every_file_again_and_believes_nothing_of_other_files(
    connection: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    former = known_salt(connection)
    (kept,) = [path for path in tmp_path.rglob("salt.*") if path.is_file()]
    assert kept.read_bytes()[20:] == former
    for data, found in (
        (kept.read_bytes()[:20] + OTHER, OTHER),
        (b"\0" * 20 + OTHER, former),
        (kept.read_bytes()[:20] + OTHER[:-1], former),
    ):
        kept.write_bytes(data)
        connection.execute("DELETE FROM salts")
        assert known_salt(connection) == found
        assert kept.read_bytes()[20:] == found


def test_where_python_keeps_no_byte_code_no_salt_is_kept(
    connection: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    known_salt(connection)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
