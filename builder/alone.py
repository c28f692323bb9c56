"""One step for one item, in this process and within its time: for builds with little to do."""

from __future__ import annotations

from typing import Protocol, TypeVar

from builder.limits import OverBudgetError, limited

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741
In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)


class Timed(Protocol[In_contra, Out_co]):
    """A step with the processor time that an item may take."""

    @property
    def seconds(self) -> float:
        """The limit."""

    def __call__(self, item: In_contra, /) -> Out_co:
        """The step itself."""


def alone(step: Timed[I, O], item: I) -> O | None:
    """What the step makes of the item; None where it fails, which a whole build tells by name."""
    try:
        with limited(step.seconds):
            return step(item)
    except (Exception, OverBudgetError):  # noqa: BLE001 - whatever it is, a whole build meets it too
        return None
