"""One cache for every stage: results keyed by what went in and by the stage's own rules, in one SQLite file."""

from __future__ import annotations

import hashlib
import io
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import is_dataclass
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from builder.parallel import BATCH, Failure, map_batches

In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)
I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741

_WINDOW: Final = 512
"""Items looked up, computed and stored at a time, so that no stage holds the whole archive."""
_DEPENDENCIES: Final = ("jinja2", "markdown-it-py", "nh3", "pyahocorasick", "selectolax", "babel")


class Stage(Protocol[In_contra, Out_co]):
    """One pure step of the build over one kind of item; it knows nothing of the cache."""

    @property
    def name(self) -> str:
        """A word for timings and keys."""

    @property
    def fingerprint(self) -> str:
        """Digest of the rules the step goes by, beside the item."""

    def __call__(self, item: In_contra, /) -> Out_co:
        """The step itself."""

    def failed(self, item: In_contra, trace: str, /) -> Out_co:
        """What stands for the result when the step raised; raises itself when nothing can."""


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
    items: Sequence[I],
    *,
    tell: Callable[[str, object, str], None] | None = None,
) -> Iterator[O]:
    """What the stage makes of each item, in order; only what is not in the cache is computed.

    `tell` hears of each item at which the stage raised: the stage's name, the item and the traceback.
    """
    remaining = iter(items)
    while window := list(islice(remaining, _WINDOW)):
        keys = [_key(stage, item) for item in window]
        results: dict[bytes, O] = {}
        for key, data in cache.load(keys).items():
            value, whole = _unpack(data)
            if whole:
                results[key] = value
        missing = {key: item for key, item in zip(keys, window, strict=True) if key not in results}
        seconds = stage.seconds if isinstance(stage, Limited) else 0
        size = stage.batch if isinstance(stage, Batched) else BATCH
        made = map_batches(executor, stage, list(missing.values()), seconds=seconds, size=size)
        computed = dict(zip(missing, made, strict=True))
        rows = []
        for key, result in computed.items():
            if isinstance(result, Failure):
                if tell:
                    tell(stage.name, missing[key], result.trace)
                results[key] = stage.failed(missing[key], result.trace)
            else:
                results[key] = result
                rows.append((key, _pack(result)))
        cache.store(rows)
        yield from (results[key] for key in keys)


def digest(value: object) -> bytes:
    """A digest of a frozen value: equal values give equal digests in every process.

    The pickler's `fast` mode leaves out the memo, which would make the bytes depend on which equal strings happen to
    be one object. Values hold no sets, whose order depends on the hash seed.
    """
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.fast = True
    pickler.dump(value)
    return hashlib.blake2b(buffer.getvalue(), digest_size=20).digest()


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
        yield SqliteCache(connection, _salt())
    finally:
        connection.close()


def _connect(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=5)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
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


def _salt() -> bytes:
    """A digest of the builder's code and data and of what it stands on: other code, other cache."""
    code = hashlib.blake2b(digest_size=20)
    home = Path(__file__).parent
    for file in sorted(home.rglob("*")):
        if file.suffix in (".py", ".yaml", ".po", ".json") and file.is_file():
            code.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for name in _DEPENDENCIES:
        code.update(f"{name} {metadata.version(name)}".encode())
    return code.digest()


def _key(stage: Stage[Any, Any], item: object) -> bytes:
    rules = f"{stage.name}\0{stage.fingerprint}\0".encode()
    return hashlib.blake2b(rules + digest(item), digest_size=20).digest()


def _pack(value: object) -> bytes:
    data = pickle.dumps(value, protocol=5)
    return hashlib.blake2b(data, digest_size=8).digest() + data


def _unpack(data: bytes) -> tuple[Any, bool]:
    checksum, body = data[:8], data[8:]
    if hashlib.blake2b(body, digest_size=8).digest() != checksum:
        return None, False
    try:
        return _ValuesOnly(io.BytesIO(body)).load(), True
    except Exception:  # noqa: BLE001 - whatever a damaged or foreign row does, it is a miss
        return None, False


class _ValuesOnly(pickle.Unpickler):
    """Unpickles the project's values and nothing that could run code: a cache may come with somebody's archive.

    A value's class is a dataclass that its module defines itself: `Path`, which several modules import, has methods
    that write and remove files, and a pickle may call `Path.unlink` by its dotted name.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("builder.") and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value")
