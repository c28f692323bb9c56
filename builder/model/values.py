"""Small values of which a page makes a thousand: frozen for who writes the program, as quick to make as any object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["value"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """As `dataclass`, of whose frozen ones the type checker alone sees to it that nothing is assigned to them.

        Where Python sees to it, each field is set by a call of its own: a line of sixteen fields took 5.0 µs to make,
        this one 0.6, and making lines, marks and spans was a sixth of the time that cleaning a page took.
        """
        return partial(_made, frozen=frozen, slots=slots)


def _made(kind: type[T], *, frozen: bool, slots: bool) -> type[T]:
    """A data class whose comparing, hashing and showing are closures: to compile them of text, as `dataclass` does,
    takes 0.2 ms a class, and 80 classes are loaded for the edit of one text.
    """
    made: Any = dataclass(slots=slots, repr=False, eq=False)(kind)
    each = fields(made)
    compared = _taking([one.name for one in each if one.compare])
    hashed = _taking([one.name for one in each if (one.compare if one.hash is None else one.hash)])

    def equal(one: object, other: object) -> bool:
        return compared(one) == compared(other) if other.__class__ is one.__class__ else NotImplemented

    def __hash__(one: object) -> int:  # noqa: N807 - what it will be
        return hash(hashed(one))

    def shown(one: object) -> str:
        parts = (f"{part.name}={getattr(one, part.name)!r}" for part in each if part.repr)
        return f"{type(one).__qualname__}({', '.join(parts)})"

    own = vars(kind)
    if "__eq__" not in own:
        made.__eq__ = equal
    if own.get("__hash__") is None:
        made.__hash__ = __hash__ if frozen else None
    if "__repr__" not in own:
        made.__repr__ = shown
    return made  # type: ignore[no-any-return]  # a class, of which the checker knows no more than that


def _taking(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()
