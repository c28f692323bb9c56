"""Where results are kept from one build to the next: one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from builder.salt import known_salt

if TYPE_CHECKING:
    from builder.census import State


class Cache(Protocol):
    """Where results are kept from one build to the next."""

    def load(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored values of those keys that have one."""

    def store(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep values under keys."""


class NoCache:
    """Remembers nothing."""

    def load(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Nothing."""
        return {}

    def store(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Forget them."""


class SqliteCache:
    """Results in one SQLite file; damage of any kind is a miss."""

    def __init__(self, connection: sqlite3.Connection, salt: bytes) -> None:
        self._connection = connection
        self._salt = salt

    def load(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored values of those keys that have one."""
        salted = {self._salted(key): key for key in keys}
        marks = ",".join("?" * len(salted))
        query = f"SELECT key, value FROM results WHERE key IN ({marks})"
        try:
            rows = self._connection.execute(query, list(salted)).fetchall()
        except sqlite3.Error:
            return {}
        return {salted[key]: value for key, value in rows if isinstance(value, bytes)}

    def store(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep values under keys; a cache that cannot be written costs time, never the build."""
        try:
            with self._connection:
                pairs = [(self._salted(key), value) for key, value in rows]
                self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", pairs)
        except sqlite3.Error:
            return

    def _salted(self, key: bytes) -> bytes:
        return hashlib.blake2b(self._salt + key, digest_size=20).digest()


@contextmanager
def open_cache(folder: Path, own: Sequence[State] = ()) -> Iterator[Cache]:
    """The cache in a folder, made when it is missing and made anew when it is damaged."""
    path = folder / "cache.sqlite"
    connection = _connect(path)
    if connection is None:
        yield NoCache()
        return
    try:
        yield SqliteCache(connection, known_salt(connection, own))
    finally:
        connection.close()


def _connect(path: Path) -> sqlite3.Connection | None:
    if path.is_symlink() or path.parent.is_symlink():
        return None  # a site that came from elsewhere could point at any file
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=5)
            connection.execute("PRAGMA page_size=8192")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            # With row ids values of some KB are added one behind the other. A tree of them, sorted by keys that are
            # digests, took three times as long and two thirds more room.
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB)")
            connection.execute("CREATE TABLE IF NOT EXISTS salts (states BLOB PRIMARY KEY, salt BLOB) WITHOUT ROWID")
            connection.execute("SELECT count(*) FROM (SELECT key FROM results LIMIT 1)").fetchone()
        except (sqlite3.DatabaseError, OSError) as trouble:
            # Another build holds the file: it is whole, and not ours to remove.
            if getattr(trouble, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return None
            for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                try:
                    leftover.unlink(missing_ok=True)
                except OSError:
                    return None
        else:
            return connection
    return None
