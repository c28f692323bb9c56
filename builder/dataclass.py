"""Small values of which a page makes a thousand: frozen for who writes the program, as quick to make as any object.

They are data classes to whoever asks `dataclasses`, which is loaded and does its work only then: that takes 5 ms and
0.1 ms for each class, and the edit of one text, which takes 120 ms, needs 150 classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

__all__ = ["Part", "field", "parts_of", "replace", "value"]

T = TypeVar("T")

_NONE: Final = object()
"""What stands where there is no default, and where none was given."""
_FEW: Final = 16
"""Values of a class that are filled field by field, 2 µs each, before it is compiled how, which takes 60: most of the
forty classes of which the edit of a text makes values have fewer."""


class Part:
    """What is known of a field.

    No named tuple: each compiles what is written of its fields' types, and the first time that something is compiled
    costs 1 ms.
    """

    __slots__ = ("compare", "default", "factory", "init", "name", "repr")

    def __init__(
        self,
        name: str,
        default: Any = _NONE,
        factory: Callable[[], Any] | None = None,
        *,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - as `dataclasses` calls it
        compare: bool = True,
    ) -> None:
        self.name = name
        self.default = default
        self.factory = factory
        self.init = init
        self.repr = repr
        self.compare = compare


def parts_of(kind: type) -> Sequence[Part] | None:
    """The fields of a class of values or another data class, in order; None of any other class."""
    parts: Sequence[Part] | None = getattr(kind, "__parts__", None)
    if parts is None and hasattr(kind, "__dataclass_fields__"):
        from dataclasses import fields  # noqa: PLC0415 - it is there, for who has such a class

        return [Part(one.name, init=one.init, repr=one.repr, compare=bool(one.compare)) for one in fields(kind)]
    return parts


if TYPE_CHECKING:
    from dataclasses import dataclass as value
    from dataclasses import field, replace
else:

    def value(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[type[T]], type[T]]:
        """As `dataclass`, of whose frozen ones the type checker alone sees to it that nothing is assigned to them.

        Where Python sees to it, each field is set by a call of its own: a line of sixteen fields took 5.0 µs to make,
        this one 0.6, and making lines, marks and spans was a sixth of the time that cleaning a page took.
        """
        return partial(_made, frozen=frozen, slots=slots, eq=eq)

    def field(*, default_factory: Callable[[], Any] | None = None, **said: Any) -> Part:
        """As that of `dataclasses`."""
        return Part("", factory=default_factory, **said)

    def replace(one: T, **changes: Any) -> T:
        """As that of `dataclasses`."""
        kept = [part.name for part in parts_of(type(one)) if part.init and part.name not in changes]
        return type(one)(**{name: getattr(one, name) for name in kept}, **changes)


def _made(kind: type[T], *, frozen: bool, slots: bool, eq: bool) -> type[T]:
    """A data class that compares, hashes and shows by closures, and whose filling is compiled for its first value."""
    named = [name for name, said in kind.__annotations__.items() if not str(said).startswith("ClassVar")]
    own = {name: held for name, held in vars(kind).items() if name not in ("__dict__", "__weakref__")}
    found: dict[str, Part] = {part.name: part for part in getattr(kind, "__parts__", ())}
    for name in named:
        default = own.pop(name, _NONE)
        if type(default).__module__ == "dataclasses":
            raise TypeError(f"{kind.__qualname__}.{name}: take the field of {__name__}")
        found[name] = part = default if isinstance(default, Part) else Part(name, default)
        part.name = name
    parts, few = (*found.values(),), _FEW
    compared = _taking([part.name for part in parts if part.compare])

    def equal(one: object, other: object) -> bool:
        return compared(one) == compared(other) if other.__class__ is one.__class__ else NotImplemented

    def hashed(one: object) -> int:
        return hash(compared(one))

    def shown(one: object) -> str:
        said = (f"{part.name}={getattr(one, part.name)!r}" for part in parts if part.repr)
        return f"{type(one).__qualname__}({', '.join(said)})"

    def filled(one: object, *args: object, **given: object) -> None:
        nonlocal few
        few -= 1
        if few < 0 or not _fill(one, parts, args, given):
            made.__init__ = _filling(made)
            made.__init__(one, *args, **given)

    if slots:
        own["__slots__"] = tuple(named)
    if eq and "__eq__" not in own:
        own["__eq__"] = equal
    if eq and own.get("__hash__") is None:
        own["__hash__"] = hashed if frozen else None
    own.setdefault("__repr__", shown)
    own |= {"__init__": filled, "__parts__": parts, "__dataclass_fields__": _Fields()}
    own |= {"__qualname__": kind.__qualname__, "__match_args__": tuple([part.name for part in parts if part.init])}
    maker: Any = type(kind)
    made: Any = maker(kind.__name__, kind.__bases__, own)
    return made  # type: ignore[no-any-return]  # a class, of which the checker knows no more than that


class _Fields:
    """What `dataclasses` knows its classes by, made when it asks for it."""

    def __get__(self, one: object, kind: Any) -> Any:
        from dataclasses import field, make_dataclass  # noqa: PLC0415 - see above

        types: dict[str, Any] = {}
        for each in reversed(kind.__mro__):
            types |= getattr(each, "__annotations__", {})
        fields = []
        for part in kind.__parts__:
            said = {"init": part.init, "repr": part.repr, "compare": part.compare}
            if part.factory:
                said["default_factory"] = part.factory
            elif part.default is not _NONE:
                said["default"] = part.default
            fields.append((part.name, types[part.name], field(**said)))
        made: Any = make_dataclass(kind.__name__, fields, init=False, repr=False, eq=False)
        kind.__dataclass_fields__ = made.__dataclass_fields__
        return kind.__dataclass_fields__


def _fill(one: object, parts: Sequence[Part], args: Sequence[object], given: Mapping[str, object]) -> bool:
    """Fill a value; False where what was given does not fit, or more is to be done: what is compiled does that."""
    names = [part.name for part in parts if part.init]
    said = {**dict(zip(names, args, strict=False)), **given}
    if len(said) != len(args) + len(given) or not said.keys() <= {*names} or hasattr(one, "__post_init__"):
        return False
    for part in parts:
        if part.name in said:
            setattr(one, part.name, said[part.name])
        elif part.factory or part.default is not _NONE:
            setattr(one, part.name, part.factory() if part.factory else part.default)
        elif part.init:
            return False
    return True


def _filling(kind: Any) -> Callable[..., None]:
    """What fills a value, compiled of the names of its fields as `dataclasses` does it."""
    known: dict[str, Any] = {"_NONE": _NONE}
    head, body = ["self"], []
    for part in kind.__parts__:
        known |= {f"_default_{part.name}": part.default, f"_new_{part.name}": part.factory}
        fresh = f"_new_{part.name}()"
        if part.init and part.factory:
            head.append(f"{part.name}=_NONE")
            body.append(f"self.{part.name} = {fresh} if {part.name} is _NONE else {part.name}")
        elif part.init:
            head.append(part.name if part.default is _NONE else f"{part.name}=_default_{part.name}")
            body.append(f"self.{part.name} = {part.name}")
        elif part.factory or part.default is not _NONE:
            body.append(f"self.{part.name} = {fresh if part.factory else f'_default_{part.name}'}")
    if hasattr(kind, "__post_init__"):
        body.append("self.__post_init__()")
    exec(f"def __init__({', '.join(head)}):\n {'; '.join(body) or 'pass'}", known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _taking(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()
