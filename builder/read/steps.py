"""Reading in steps that a cache can spare: what is parsed of the same bytes is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)
I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741


class Step(Protocol[In_contra, Out_co]):
    """A pure function of bytes, with what a cache needs to know of it."""

    @property
    def name(self) -> str:
        """A word for timings."""

    @property
    def fingerprint(self) -> str:
        """Digest of what it goes by, beside the bytes."""

    def __call__(self, item: In_contra, /) -> Out_co:
        """The step itself."""

    def failed(self, item: In_contra, trace: str, /) -> Out_co:
        """What stands for the result when it raised; raises itself when nothing can."""


class Through(Protocol):
    """A way to take items through a step, in order."""

    def __call__(self, step: Step[I, O], items: Sequence[I], /) -> Iterable[O]:
        """What the step makes of each."""


def plainly(step: Step[I, O], items: Sequence[I], /) -> Iterable[O]:
    """Each item, computed here and now."""
    return map(step, items)
