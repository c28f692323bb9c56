"""One cache for every stage: results keyed by what went in and by the stage's own rules, in one SQLite file."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Executor
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from builder.model.stages import Apart, Batched, Brief, Delivers, Limited, Stage
from builder.model.values import value
from builder.parallel import BATCH, FAR, Failure, InlineExecutor, begin_batches, has_our_files, stays_here
from builder.parcels import Carried
from builder.storage import Cache, NoCache, SqliteCache, open_cache
from builder.values import frozen, packed, thawed, unpacked
from builder.watching import Watch

__all__ = ["Cache", "NoCache", "SqliteCache", "cached_map", "open_cache"]

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741

_WINDOW: Final = 512
"""Items looked up, computed and stored at a time, so that no stage holds the whole archive."""
_WINDOW_BYTES: Final = 1 << 20
"""Bytes of items after which no more are taken: a page of a list is as large as a hundred articles."""
_KEPT_BYTES: Final = 4 << 20
"""Bytes of results that are kept in one go: in many small ones SQLite writes the same pages again and again."""
_AT_ONCE: Final = 8


def cached_map(
    cache: Cache,
    executor: Executor,
    stage: Stage[I, O],
    items: Iterable[I],
    *,
    deliver: Delivers | None = None,
    tell: Callable[[str, object, str], None] | None = None,
    watch: Watch | None = None,
) -> Iterator[O]:
    """What the stage makes of each item, in order; only what is not in the cache is computed.

    No more items are taken than are worked on, so that those of a generator need never be held all at once.

    `deliver` takes the results where they are wanted; what is left of them is what comes, and what the cache keeps.
    `tell` hears of each item at which the stage raised: the stage's name, the item and the traceback. `watch` measures.
    """
    watch = watch or Watch()
    executor = InlineExecutor() if isinstance(stage, Brief) and stage.brief else executor
    total = len(items) if isinstance(items, Sized) else None
    sent = _Sent(stage, deliver if has_our_files(executor) else None)
    way = _Way(cache, executor, stage, deliver=deliver, sent=Carried(sent), rows=[])
    # While the results of one window are taken, the next is worked on by other processes.
    most = 1 if isinstance(executor, InlineExecutor) else 2
    begun: deque[_Begun[I, O]] = deque()
    remaining = iter(items)
    room = _WINDOW_BYTES * (1 if has_our_files(executor) else FAR)
    window = _window(stage, remaining, watch, room)
    while window or begun:
        if window:
            begun.append(watch.time(stage.name, way.begin, window))
        if len(begun) == most or not window:
            done = watch.time(stage.name, way.end, begun.popleft(), tell)
            watch.note(stage.name, items=len(done.results), spared=done.spared, size=done.size, total=total)
            yield from done.results
        window = window and _window(stage, remaining, watch, room)
    watch.time(stage.name, way.keep)


@value(frozen=True, slots=True)
class _Begun(Generic[I, O]):
    """One window of items on its way through a stage."""

    window: list[tuple[I, bytes]]
    keys: list[bytes]
    known: dict[bytes, O]
    missing: dict[bytes, int]
    """Places in the window by key."""
    size: int
    computed: Callable[[], Iterable[tuple[bytes, O] | Failure]]
    """Waits for those that were missing: as bytes to keep and as values."""


@value(frozen=True, slots=True)
class _Done(Generic[O]):
    """The same when it came out."""

    results: list[O]
    spared: int
    size: int


def _window(stage: Stage[I, O], remaining: Iterator[I], watch: Watch, room: int) -> list[tuple[I, bytes]]:
    """The next items with their bytes; no more than are looked up at a time, and no more bytes than have room."""
    window: list[tuple[I, bytes]] = []
    size = 0
    while len(window) < _WINDOW and size < room and (some := list(islice(remaining, _AT_ONCE))):
        sent = watch.time(stage.name, list, map(frozen, some))
        window += zip(some, sent, strict=True)
        size += sum(map(len, sent))
    return window


@value(frozen=True, slots=True)
class _Way(Generic[I, O]):
    """How windows go through a stage."""

    cache: Cache
    executor: Executor
    stage: Stage[I, O]
    deliver: Delivers | None
    sent: Carried[bytes]
    rows: list[tuple[bytes, bytes]]
    """What was computed and is not kept yet."""

    def begin(self, window: list[tuple[I, bytes]]) -> _Begun[I, O]:
        """Look up what is known, and have the rest computed."""
        kind = "delivered" if self.deliver else ""
        keys = [_key(self.stage, data, kind) for _, data in window]
        known: dict[bytes, O] = {}
        size = 0
        for key, data in self.cache.load(keys).items():
            value, whole = unpacked(data)
            if whole and self.deliver:
                value = self.deliver.again(value)
                whole = value is not None
            if whole:
                known[key] = value
                size += len(data)
        missing = {key: at for at, key in enumerate(keys) if key not in known}
        computed = self._computed([window[at] for at in missing.values()])
        return _Begun(window, keys, known, missing, size, computed)

    def end(self, begun: _Begun[I, O], tell: Callable[[str, object, str], None] | None) -> _Done[O]:
        """Wait for it, keep it, and put all in order."""
        results, size = begun.known, begun.size
        for (key, at), made in zip(begun.missing.items(), begun.computed(), strict=True):
            if isinstance(made, Failure):
                item = begun.window[at][0]
                if tell:
                    tell(self.stage.name, item, made.trace)
                results[key] = self._delivered(self.stage.failed(item, made.trace))
            else:
                self.rows.append((key, made[0]))
                results[key] = made[1]
                size += len(made[0])
        if len(self.rows) > _WINDOW or sum(len(data) for _, data in self.rows) > _KEPT_BYTES:
            self.keep()
        return _Done([results[key] for key in begun.keys], len(begun.keys) - len(begun.missing), size)

    def keep(self) -> None:
        """Have the cache keep what was computed."""
        self.cache.store(self.rows)
        self.rows.clear()

    def _computed(self, wanted: Sequence[tuple[I, bytes]]) -> Callable[[], Iterable[tuple[bytes, O] | Failure]]:
        """What the stage makes of those items, as bytes to keep and as values, to be waited for."""
        stage, executor = self.stage, self.executor
        seconds = stage.seconds if isinstance(stage, Limited) else 0
        size = stage.batch if isinstance(stage, Batched) else BATCH if has_our_files(executor) else FAR * BATCH
        apart = isinstance(stage, Apart) and stage.apart
        if isinstance(executor, InlineExecutor) or (not apart and stays_here(executor, self.sent, len(wanted), size)):
            found = begin_batches(InlineExecutor(), stage, [item for item, _ in wanted], seconds=seconds, size=size)
            return lambda: (value if isinstance(value, Failure) else self._kept(value) for value in found())
        sent = [data for _, data in wanted]
        made = begin_batches(executor, self.sent, sent, seconds=seconds, size=size, apart=apart)
        if not has_our_files(executor) and self.deliver:
            return lambda: (data if isinstance(data, Failure) else self._kept(thawed(data[8:])) for data in made())
        return lambda: (data if isinstance(data, Failure) else (data, thawed(data[8:])) for data in made())

    def _kept(self, value: O) -> tuple[bytes, O]:
        """A result as it is kept, and itself, once it is delivered."""
        left = self._delivered(value)
        return packed(left), left

    def _delivered(self, value: O) -> O:
        return self.deliver(value) if self.deliver else value


def _key(stage: Stage[Any, Any], data: bytes, kind: str = "") -> bytes:
    rules = f"{stage.name}\0{stage.fingerprint}\0{kind}".encode()
    return hashlib.blake2b(rules + hashlib.blake2b(data, digest_size=20).digest(), digest_size=20).digest()


@value(frozen=True, slots=True)
class _Sent:
    """A stage whose items come and whose results go as bytes: each is pickled once, for its key and for its way."""

    stage: Stage[Any, Any]
    deliver: Delivers | None = None

    def __call__(self, data: bytes) -> bytes:
        made = self.stage(thawed(data))
        return packed(self.deliver(made) if self.deliver else made)
