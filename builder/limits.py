"""The processor time that a piece of work may take."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType


class OverBudgetError(BaseException):
    """An item took more processor time than it may; no `Exception`, so that no step can mistake it for its own."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OverBudgetError in what runs inside when it has used so much processor time."""
    with limits(seconds) as each, each:
        yield


@contextmanager
def limits(seconds: float) -> Iterator[AbstractContextManager[None]]:
    """What is to be entered for each of some pieces of work that may use so much processor time.

    What is raised while an object is destroyed, or under a call from C, is lost there: it is raised again until it is
    heard. Libraries written in C hear nothing of it before they return: a worker process that is still at it after
    three times as much is ended by the system.
    """
    # What makes threads, or workers, is loaded where there are any.
    threads, processes = sys.modules.get("threading"), sys.modules.get("multiprocessing")
    apart = threads is not None and threads.current_thread() is not threads.main_thread()
    if not seconds or not hasattr(signal, "setitimer") or apart:
        yield nullcontext()
        return
    limit = _Limit(seconds, worker=processes is not None and processes.parent_process() is not None)
    # Once for all: for each of 3,400 pieces it took 6 of the 7 µs.
    before = signal.signal(signal.SIGPROF, limit.ring)
    try:
        yield limit
    finally:
        signal.signal(signal.SIGPROF, before)


class _Limit(AbstractContextManager[None]):
    """The time of one piece of work after the other."""

    def __init__(self, seconds: float, *, worker: bool) -> None:
        self._seconds = seconds
        self._worker = worker
        self._runs = False

    def __enter__(self) -> None:
        self._runs = True
        signal.setitimer(signal.ITIMER_PROF, self._seconds, max(self._seconds / 8, 0.1))
        if self._worker:
            signal.setitimer(signal.ITIMER_VIRTUAL, 3 * self._seconds)

    def __exit__(self, *raised: object) -> None:
        self._runs = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        if self._worker:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def ring(self, number: int, frame: FrameType | None) -> None:
        """It is over; a signal that comes late says nothing of the next piece."""
        if self._runs:
            raise OverBudgetError(too_long(self._seconds))


def too_long(seconds: float) -> str:
    """What is said of work that took longer."""
    return f"took more than {seconds:g} s of processor time"
