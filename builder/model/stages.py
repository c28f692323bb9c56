"""What every stage of a build is: a pure step over one kind of item, with what a cache needs to know of it."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, runtime_checkable

In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)


class Stage(Protocol[In_contra, Out_co]):
    """One pure step of the build over one kind of item; it knows nothing of the cache."""

    @property
    def name(self) -> str:
        """A word for timings and keys."""

    @property
    def fingerprint(self) -> str:
        """Digest of the rules the step goes by, beside the item."""

    def __call__(self, item: In_contra, /) -> Out_co:
        """The step itself."""

    def failed(self, item: In_contra, trace: str, /) -> Out_co:
        """What stands for the result when the step raised; raises itself when nothing can."""


@runtime_checkable
class Limited(Protocol):
    """A stage over single pieces, each of which may take so much processor time."""

    @property
    def seconds(self) -> float:
        """The limit; what exceeds it has failed."""


@runtime_checkable
class Batched(Protocol):
    """A stage over items that are more work, or less, than a page."""

    @property
    def batch(self) -> int:
        """How many of them are one task."""


@runtime_checkable
class Apart(Protocol):
    """A stage over what strangers wrote as they wrote it, which no process of ours need survive."""

    @property
    def apart(self) -> bool:
        """Whether even a single item is done in a process of its own, where there are such."""


@runtime_checkable
class Brief(Protocol):
    """A stage over items that are done sooner than they are sent."""

    @property
    def brief(self) -> bool:
        """Whether all of them are done in this process, whatever others there are."""


class Delivers(Protocol):
    """What takes results where they are wanted, in the process that made them if that has this one's files."""

    def __call__(self, made: Any, /) -> Any:
        """What is left of a result once it is there: this is kept, and given in its stead."""

    def again(self, left: Any, /) -> Any | None:
        """What an earlier build was left with, as it is for this one; None where the result is needed again."""
