"""How long each stage of a build took, how much it did, and how much of that the cache spared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar

from builder.dataclass import value

P = ParamSpec("P")
T = TypeVar("T")

_COLUMNS: Final = "{:<14}{:>9}{:>9}{:>9}{:>12}"


@value(frozen=False, slots=True)
class Stint:
    """What one stage did so far."""

    seconds: float = 0.0
    """Its own, without those of the stages inside it."""
    items: int = 0
    spared: int = 0
    """Of the items, those whose result was in the cache."""
    size: int = 0
    """Bytes of the results."""


class Watch:
    """Measures the stages of one run by the clock it is given, and tells how far a stage is."""

    def __init__(
        self,
        clock: Callable[[], float] | None = None,
        tell: Callable[[str, int, int | None, float], None] | None = None,
    ) -> None:
        """Without a clock everything takes no time. `tell` hears a stage's name, what is done of how many, None
        where nobody knows, and what it does a second.
        """
        self.stints: dict[str, Stint] = {}
        self._clock = clock or (lambda: 0.0)
        self._tell = tell
        self._within: list[float] = []

    def time(self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives, its time added to the stage of that name."""
        stint = self.stints.setdefault(name, Stint())
        began = self._clock()
        self._within.append(0.0)
        try:
            return function(*args, **kwargs)
        finally:
            took = self._clock() - began
            stint.seconds += took - self._within.pop()
            if self._within:
                self._within[-1] += took

    def note(self, name: str, *, items: int, spared: int, size: int, total: int | None) -> None:
        """Add to what a stage did; it has `total` items to do in this go, None where that is not known."""
        stint = self.stints.setdefault(name, Stint())
        stint.items += items
        stint.spared += spared
        stint.size += size
        if self._tell:
            done = stint.items if total is None else min(stint.items, total)
            self._tell(name, done, total, stint.items / stint.seconds if stint.seconds else 0.0)

    def table(self) -> tuple[str, ...]:
        """A line a stage in the order in which they began, and one for all."""
        rows = [(name, one) for name, one in self.stints.items()]
        every = Stint(sum(one.seconds for _, one in rows))
        head = _COLUMNS.format("stage", "seconds", "items", "cached", "bytes")
        return (head, *(_line(name, one) for name, one in rows), _line("all", every))


def _line(name: str, stint: Stint) -> str:
    numbers: tuple[Any, ...] = (stint.items, stint.spared, stint.size) if stint.items else ("", "", stint.size or "")
    return _COLUMNS.format(name, f"{stint.seconds:.2f}", *numbers).rstrip()
