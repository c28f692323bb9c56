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

    def value(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[type[T]], type[T]]:
        """As `dataclass`, of whose frozen ones the type checker alone sees to it that nothing is assigned to them.

        Where Python sees to it, each field is set by a call of its own: a line of sixteen fields took 5.0 µs to make,
        this one 0.6, and making lines, marks and spans was a sixth of the time that cleaning a page took.
        """
        return partial(_made, frozen=frozen, slots=slots, eq=eq)


def _made(kind: type[T], *, frozen: bool, slots: bool, eq: bool) -> type[T]:
    """A data class that compares, hashes and shows by closures, and whose filling is compiled for its first value.

    To compile all these of text, as `dataclass` does, takes 0.4 ms a class, and 130 classes are loaded for the edit of
    one text, many of which have no value in it.
    """
    bare = {name: held for name, held in vars(kind).items() if name not in ("__dict__", "__weakref__")}
    made: Any = dataclass(slots=slots, init=False, repr=False, eq=False)(kind)
    each = fields(made)
    own = vars(kind)
    compared = _taking([one.name for one in each if one.compare])
    hashed = _taking([one.name for one in each if (one.compare if one.hash is None else one.hash)])

    def equal(one: object, other: object) -> bool:
        return compared(one) == compared(other) if other.__class__ is one.__class__ else NotImplemented

    def __hash__(one: object) -> int:  # noqa: N807 - what it will be
        return hash(hashed(one))

    def shown(one: object) -> str:
        parts = (f"{part.name}={getattr(one, part.name)!r}" for part in each if part.repr)
        return f"{type(one).__qualname__}({', '.join(parts)})"

    def filled(one: object, *args: object, **named: object) -> None:
        # Of the class as it was written, since `dataclass` takes out of it what it says of its fields.
        copy: Any = type(kind.__name__, kind.__bases__, {**bare, "__qualname__": kind.__qualname__})
        made.__init__ = dataclass(repr=False, eq=False)(copy).__init__
        made.__init__(one, *args, **named)

    made.__init__ = filled
    if eq and "__eq__" not in own:
        made.__eq__ = equal
    if eq and own.get("__hash__") is None:
        made.__hash__ = __hash__ if frozen else None
    if "__repr__" not in own:
        made.__repr__ = shown
    return made  # type: ignore[no-any-return]  # a class, of which the checker knows no more than that


def _taking(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()
