"""Functions on their way to other processes: stages, which bring their rules along."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from builder.model.values import value

T = TypeVar("T")


class Carried(Generic[T]):
    """A function for many goes: it is pickled when the first of them needs that, and never again."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self.function = function
        self.count = 0
        """Items that were to be done while no processes ran."""
        self._parcel: Any = None

    @property
    def parcel(self) -> Any:
        """As it travels."""
        if self._parcel is None:
            self._parcel = parcel_of(self.function)
        return self._parcel


class NotBroughtError(LookupError):
    """A process was sent the name of a function that it does not know."""


@value(frozen=True, slots=True)
class Parcel:
    """A function on its way to other processes, pickled once, and unpickled once in each of them.

    A stage brings its rules along: for each batch of sixteen pages that cost as much as cleaning them, 57 ms to pickle
    and 117 to unpickle.
    """

    digest: bytes
    data: bytes = b""
    """Left out where they know the function by its digest: half a megabyte would go with each of 150 batches."""
    function: Callable[[Any], Any] | None = None
    """Itself, in the process where it comes from and in those that are forked from it."""

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parcel) and self.digest == other.digest

    def __reduce__(self) -> tuple[type[Parcel], tuple[bytes, bytes]]:
        return Parcel, (self.digest, self.data)


def parcel_of(function: Callable[[Any], T]) -> Any:
    """The function as it travels best; one that cannot be pickled fails where it is sent."""
    try:
        data = pickle.dumps(function, protocol=5)
    except Exception:  # noqa: BLE001 - what cannot be pickled raises anything
        return function
    return Parcel(hashlib.blake2b(data, digest_size=20).digest(), data, function)


@lru_cache(maxsize=8)
def opened(parcel: Parcel) -> Callable[[Any], Any]:
    """The function in this process; NotBroughtError where it came without it, and this is the first of it."""
    if parcel.function is None and not parcel.data:
        raise NotBroughtError
    found: Callable[[Any], Any] = parcel.function or pickle.loads(parcel.data)
    return found
