"""One cache for every stage: results keyed by what went in and by the stage's own rules, in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar, runtime_checkable

from builder.model.stages import Stage
from builder.parallel import BATCH, Failure, InlineExecutor, map_batches
from builder.values import frozen, packed, thawed, unpacked
from builder.watching import Watch

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741

_WINDOW: Final = 512
"""Items looked up, computed and stored at a time, so that no stage holds the whole archive."""
_DEPENDENCIES: Final = ("jinja2", "markdown-it-py", "nh3", "pyahocorasick", "selectolax", "babel")


@runtime_checkable
class Limited(Protocol):
    """A stage over single pieces, each of which may take so much processor time."""

    @property
    def seconds(self) -> float:
        """The limit; what exceeds it has failed."""


@runtime_checkable
class Batched(Protocol):
    """A stage over items that are more work, or less, than a page."""

    @property
    def batch(self) -> int:
        """How many of them are one task."""


@runtime_checkable
class Apart(Protocol):
    """A stage over what strangers wrote as they wrote it, which no process of ours need survive."""

    @property
    def apart(self) -> bool:
        """Whether even a single item is done in a process of its own, where there are such."""


class Cache(Protocol):
    """Where results are kept from one build to the next."""

    def load(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored values of those keys that have one."""

    def store(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Keep values under keys."""


def cached_map(
    cache: Cache,
    executor: Executor,
    stage: Stage[I, O],
    items: Iterable[I],
    *,
    tell: Callable[[str, object, str], None] | None = None,
    watch: Watch | None = None,
) -> Iterator[O]:
    """What the stage makes of each item, in order; only what is not in the cache is computed.

    No more items are taken than are worked on, so that those of a generator need never be held all at once.

    `tell` hears of each item at which the stage raised: the stage's name, the item and the traceback. `watch` measures.
    """
    watch = watch or Watch()
    total = len(items) if isinstance(items, Sized) else None
    remaining = iter(items)
    while window := list(islice(remaining, _WINDOW)):
        done = watch.time(stage.name, _through, cache, executor, stage, window, tell=tell)
        watch.note(stage.name, items=len(window), spared=done.spared, size=done.size, total=total)
        yield from done.results


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
def open_cache(folder: Path) -> Iterator[Cache]:
    """The cache in a folder, made when it is missing and made anew when it is damaged."""
    path = folder / "cache.sqlite"
    connection = _connect(path)
    if connection is None:
        yield NoCache()
        return
    try:
        yield SqliteCache(connection, _known_salt(connection))
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Done(Generic[O]):
    """One window of items taken through a stage."""

    results: list[O]
    spared: int
    size: int


def _through(
    cache: Cache,
    executor: Executor,
    stage: Stage[I, O],
    window: Sequence[I],
    *,
    tell: Callable[[str, object, str], None] | None,
) -> _Done[O]:
    sent = [frozen(item) for item in window]
    keys = [_key(stage, data) for data in sent]
    results: dict[bytes, O] = {}
    size = 0
    for key, data in cache.load(keys).items():
        value, whole = unpacked(data)
        if whole:
            results[key] = value
            size += len(data)
    missing = {key: at for at, key in enumerate(keys) if key not in results}
    rows = []
    computed = _computed(executor, stage, missing.values(), window=window, sent=sent)
    for (key, at), made in zip(missing.items(), computed, strict=True):
        if isinstance(made, Failure):
            if tell:
                tell(stage.name, window[at], made.trace)
            results[key] = stage.failed(window[at], made.trace)
        else:
            rows.append((key, made[0]))
            results[key] = made[1]
            size += len(made[0])
    cache.store(rows)
    return _Done([results[key] for key in keys], len(keys) - len(missing), size)


def _computed(
    executor: Executor, stage: Stage[I, O], wanted: Iterable[int], *, window: Sequence[I], sent: Sequence[bytes]
) -> Iterator[tuple[bytes, O] | Failure]:
    """What the stage makes of those items of the window, as bytes to keep and as a value."""
    seconds = stage.seconds if isinstance(stage, Limited) else 0
    size = stage.batch if isinstance(stage, Batched) else BATCH
    if isinstance(executor, InlineExecutor):
        values = map_batches(executor, stage, [window[at] for at in wanted], seconds=seconds, size=size)
        for value in values:
            yield value if isinstance(value, Failure) else (packed(value), value)
        return
    apart = isinstance(stage, Apart) and stage.apart
    items = [sent[at] for at in wanted]
    for data in map_batches(executor, _Sent(stage), items, seconds=seconds, size=size, apart=apart):
        yield data if isinstance(data, Failure) else (data, thawed(data[8:]))


def _connect(path: Path) -> sqlite3.Connection | None:
    if path.is_symlink() or path.parent.is_symlink():
        return None  # a site that came from elsewhere could point at any file
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=5)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
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


def _known_salt(connection: sqlite3.Connection) -> bytes:
    """The salt, reckoned anew only when a file of the builder, or the folder of what it stands on, was touched."""
    states = hashlib.blake2b(repr(_states()).encode(), digest_size=20).digest()
    try:
        found = connection.execute("SELECT salt FROM salts WHERE states = ?", (states,)).fetchone()
        if found and isinstance(found[0], bytes):
            return found[0]
        salt = _salt()
        with connection:
            connection.execute("DELETE FROM salts")
            connection.execute("INSERT INTO salts VALUES (?, ?)", (states, salt))
    except sqlite3.Error:
        return _salt()
    return salt


def _salt() -> bytes:
    """A digest of the builder's code and data and of what it stands on: other code, other cache."""
    from importlib import metadata  # noqa: PLC0415 - takes longer than a build with little to do

    code = hashlib.blake2b(digest_size=20)
    home = Path(__file__).parent
    for file in _own_files():
        code.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for name in _DEPENDENCIES:
        code.update(f"{name} {metadata.version(name)}".encode())
    return code.digest()


def _own_files() -> list[Path]:
    kinds = (".py", ".yaml", ".po", ".json")
    return sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in kinds and file.is_file())


def _states() -> list[tuple[str, int, int, int, int]]:
    """How the builder's files, and the folders of what is installed, were left; no time stamp can hide a change."""
    places = [*_own_files(), *(Path(path) for path in sys.path if path.endswith("-packages"))]
    states = [(str(path), path.stat()) for path in places if path.exists()]
    return [(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino) for path, found in states]


def _key(stage: Stage[Any, Any], data: bytes) -> bytes:
    rules = f"{stage.name}\0{stage.fingerprint}\0".encode()
    return hashlib.blake2b(rules + hashlib.blake2b(data, digest_size=20).digest(), digest_size=20).digest()


@dataclass(frozen=True, slots=True)
class _Sent:
    """A stage whose items come and whose results go as bytes: each is pickled once, for its key and for its way."""

    stage: Stage[Any, Any]

    def __call__(self, data: bytes) -> bytes:
        return packed(self.stage(thawed(data)))
