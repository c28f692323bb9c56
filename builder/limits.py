"""The processor time that a piece of work may take."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OverBudgetError(BaseException):
    """An item took more processor time than it may; no `Exception`, so that no step can mistake it for its own."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OverBudgetError in what runs inside when it has used so much processor time.

    What is raised while an object is destroyed, or under a call from C, is lost there: it is raised again until it is
    heard. Libraries written in C hear nothing of it before they return: a worker process that is still at it after
    three times as much is ended by the system.
    """
    # What makes threads, or workers, is loaded where there are any.
    threads, processes = sys.modules.get("threading"), sys.modules.get("multiprocessing")
    apart = threads is not None and threads.current_thread() is not threads.main_thread()
    if not seconds or not hasattr(signal, "setitimer") or apart:
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OverBudgetError(too_long(seconds))

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, max(seconds / 8, 0.1))
    worker = processes is not None and processes.parent_process() is not None
    if worker:
        signal.setitimer(signal.ITIMER_VIRTUAL, 3 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if worker:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGPROF, before)


def too_long(seconds: float) -> str:
    """What is said of work that took longer."""
    return f"took more than {seconds:g} s of processor time"
