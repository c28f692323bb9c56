"""Frozen values as bytes: to key results by, to send to workers, and to keep."""

from __future__ import annotations

import copyreg
import hashlib
import io
import pickle
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Any, Final, overload

from builder.dataclass import parts_of

_NUMBER: Final = 8
"""Bytes."""


def frozen(value: object) -> bytes:
    """The bytes of a frozen value: equal values give equal bytes in every process.

    The pickler's `fast` mode leaves out the memo, which would make the bytes depend on which equal strings happen to
    be one object. Values hold no sets, whose order depends on the hash seed.
    """
    buffer = io.BytesIO()
    pickler = _pickler(buffer)
    pickler.fast = True
    pickler.dump(value)
    return buffer.getvalue()


def thawed(data: bytes) -> Any:
    """The value of bytes that come from this very build."""
    return pickle.loads(data)


def digest(value: object) -> bytes:
    """A digest of a frozen value: equal values give equal digests in every process."""
    return hashlib.blake2b(frozen(value), digest_size=20).digest()


def packed(value: object) -> bytes:
    """A value to be kept, with a checksum before it."""
    buffer = io.BytesIO()
    _pickler(buffer).dump(value)
    data = buffer.getvalue()
    return hashlib.blake2b(data, digest_size=8).digest() + data


def unpacked(data: bytes) -> tuple[Any, bool]:
    """What was packed and True; None and False where the bytes are damaged, or not ours."""
    checksum, body = data[:8], memoryview(data)[8:]
    if hashlib.blake2b(body, digest_size=8).digest() != checksum:
        return None, False
    try:
        return _ValuesOnly(io.BytesIO(body)).load(), True
    except Exception:  # noqa: BLE001 - whatever a damaged or foreign row does, it is a miss
        return None, False


def packed_each(values: Iterable[object]) -> bytes:
    """Values to be kept of which few will be asked for."""
    if isinstance(values, Unpacked):
        return values.data
    parts = [packed(value) for value in values]
    ends = array("Q", accumulate(map(len, parts), initial=0))
    return b"".join((len(ends).to_bytes(_NUMBER, "little"), ends.tobytes(), *parts))


class Unpacked(Sequence[Any]):
    """Values that were packed each for itself, unpacked when asked for; ValueError where one is damaged.

    Of a list of them that was cut off none is left.
    """

    def __init__(self, data: bytes) -> None:
        start = _NUMBER * (1 + int.from_bytes(data[:_NUMBER], "little"))
        self.data = data
        """As they were packed."""
        self._start = start
        self._ends = array("Q", data[_NUMBER:start] if start <= len(data) else b"")
        self._found: dict[int, Any] = {}

    def __len__(self) -> int:
        return max(0, len(self._ends) - 1)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[each] for each in range(len(self))[at]]
        if at in self._found:
            return self._found[at]
        number = range(len(self))[at]
        if number not in self._found:
            found, whole = unpacked(self.data[self._start + self._ends[number] : self._start + self._ends[number + 1]])
            if not whole:
                raise ValueError("a value is damaged")
            self._found[number] = found
        return self._found[number]

    def __reduce__(self) -> tuple[type[Unpacked], tuple[bytes]]:
        return Unpacked, (self.data,)


def _pickler(buffer: io.BytesIO) -> pickle.Pickler:
    """What pickles a dataclass as its class and its fields' values.

    The state that slotted frozen dataclasses give by themselves is gathered and set field by field in Python: for the
    1,431 pages of a thousand articles that took 0.28 of 0.42 s.
    """
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = _reducers()
    return pickler


class _Reducers(dict[type, Callable[[Any], Any]]):
    """By dataclass, what takes a value apart into the class and the arguments that make it.

    The pickler itself looks a class up here; a method of its own would be asked of each class that it writes, too.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        parts = _parts_of(kind)
        if parts is None:
            return copyreg.dispatch_table[kind]  # of patterns; of most there is none, and their own way is taken
        found = self[kind] = lambda value: (kind, parts(value))
        return found


@lru_cache(maxsize=1)
def _reducers() -> _Reducers:
    return _Reducers()


def _parts_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes a dataclass apart into its fields' values; None of other classes."""
    parts = parts_of(kind)
    if parts is None or "__reduce__" in vars(kind) or not all(part.init for part in parts):
        return None
    names = [part.name for part in parts]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


class _ValuesOnly(pickle.Unpickler):
    """Unpickles the project's values and nothing that could run code: a cache may come with somebody's archive."""

    def find_class(self, module: str, name: str) -> Any:
        made = _maker_of(module, name)
        if made is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not a value")
        return made


class _Finder(pickle.Unpickler):
    """The way by which a pickle finds a class, open to `_maker_of`."""


@lru_cache(maxsize=512)
def _maker_of(module: str, name: str) -> Callable[..., Any] | None:
    """What makes a value of its class: a dataclass that its module defines itself.

    `Path`, which several modules import, has methods that write and remove files, and a pickle may call `Path.unlink`
    by its dotted name. A pickle can also give attributes to what it has found: to a class for the rest of the build, to
    its bare call none.
    """
    if not module.startswith("builder.") or not name.isidentifier():
        return None
    found = _Finder(io.BytesIO()).find_class(module, name)
    if not isinstance(found, type) or parts_of(found) is None or found.__module__ != module:
        return None
    maker: Callable[..., Any] = type.__call__.__get__(found)
    return maker
