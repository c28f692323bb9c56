"""What every stage of a build is: a pure step over one kind of item, with what a cache needs to know of it."""

from __future__ import annotations

from typing import Protocol, TypeVar

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
