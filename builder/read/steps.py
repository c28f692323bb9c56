"""Reading in steps that a cache can spare: what is parsed of the same bytes is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from builder.model.stages import Stage

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741


class Through(Protocol):
    """A way to take items through a step, in order."""

    def __call__(self, step: Stage[I, O], items: Iterable[I], /) -> Iterable[O]:
        """What the step makes of each."""


class Keep(Protocol):
    """A way to hold many values."""

    def __call__(self, values: Iterable[O], /) -> Sequence[O]:
        """All of them, in order."""


def plainly(step: Stage[I, O], items: Iterable[I], /) -> Iterable[O]:
    """Each item, computed here and now."""
    return map(step, items)
