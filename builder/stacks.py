"""Closed stacks: values put away in a file until they are asked for, as a library keeps what few want at once."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar, overload

from builder.values import frozen, thawed

T = TypeVar("T")

_SHELF: Final = 1 << 18
"""Bytes that are gathered before they are written."""
_AT_HAND: Final = 3000
"""Values: articles of 1,500 pieces and what is found in them. A thousand pieces are looked at six times and what is
found in them three times; to put them away and to fetch them took a twelfth of their build, and they take 13 MB."""


class Stacks:
    """Values in a file that has no name and goes with this process; memory holds where each of them ends.

    A few stay `at_hand` as they are; only when there are more are they put away, and then the first ones too. Ten
    thousand articles, with what is found in them, take 150 MB as objects and 70 as bytes, of which no stage needs more
    than a few at once. Where there is no room for the file they stay in memory, as bytes.
    """

    def __init__(self, at_hand: int = _AT_HAND) -> None:
        self._most = at_hand
        self._at_hand: list[Any] | None = []
        """None once all are put away."""
        self._ends = array("Q", [0])
        self._written = 0
        self._fresh = bytearray()
        self._room = True
        self._file: Any = None

    def keep(self, values: Iterable[T]) -> Sequence[T]:
        """All of them, in order, each fetched anew whenever it is looked at."""
        first = self._count()
        for value in values:
            self._put(value)
        return _Kept(self, range(first, self._count()))

    def fetch(self, number: int) -> Any:
        """The value with this number, in the order in which they were put away."""
        if self._at_hand is not None:
            return self._at_hand[number]
        start, end = self._ends[number], self._ends[number + 1]
        if start >= self._written:
            return thawed(bytes(self._fresh[start - self._written : end - self._written]))
        return thawed(os.pread(self._file.fileno(), end - start, start))

    def _count(self) -> int:
        return len(self._ends) - 1 if self._at_hand is None else len(self._at_hand)

    def _put(self, value: object) -> None:
        if self._at_hand is None:
            self._put_away(value)
            return
        self._at_hand.append(value)
        if len(self._at_hand) > self._most:
            few, self._at_hand = self._at_hand, None
            for each in few:
                self._put_away(each)

    def _put_away(self, value: object) -> None:
        data = frozen(value)
        self._fresh += data
        self._ends.append(self._ends[-1] + len(data))
        if self._room and len(self._fresh) > _SHELF:
            self._write()

    def _write(self) -> None:
        """Write what was gathered; what could not be written whole counts as not written at all."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="pressmark-", buffering=0)  # noqa: SIM115 - see `__del__`
            at, rest = self._written, memoryview(bytes(self._fresh))
            while rest:
                done = os.pwrite(self._file.fileno(), rest, at)
                at, rest = at + done, rest[done:]
        except OSError:
            self._room = False
            return
        self._written, self._fresh = at, bytearray()

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


class _Kept(Sequence[T]):
    """Values that lie in the stacks one behind the other."""

    def __init__(self, stacks: Stacks, numbers: range) -> None:
        self._stacks = stacks
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[T]:
        return map(self._stacks.fetch, self._numbers)

    @overload
    def __getitem__(self, at: int, /) -> T: ...
    @overload
    def __getitem__(self, at: slice, /) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice, /) -> T | Sequence[T]:
        if isinstance(at, slice):
            return _Kept(self._stacks, self._numbers[at])
        found: T = self._stacks.fetch(self._numbers[at])
        return found


class Filed(Mapping[str, T], Generic[T]):
    """Values that are kept elsewhere, by their names."""

    def __init__(self, values: Sequence[T], places: Mapping[str, int]) -> None:
        self._values = values
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> T:
        return self._values[self._places[name]]
