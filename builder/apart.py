"""Calls that are made in a process of their own, within limits of time and memory."""

from __future__ import annotations

import logging
import mmap
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any, Final, TypeVar

from builder.limits import too_long
from builder.parallel import Failure, processes, run_batch

T = TypeVar("T")

APART_SECONDS: Final = 60.0
"""Processor time of a call in a process of its own: four hundred sheets of PDF, 6,500 letters on each, take 13 s."""
APART_BYTES: Final = 2 * 1024 * 1024 * 1024
"""Of address space, beyond what this program has already: 200 MB, or more where it holds an archive."""


def run_apart(
    task: Callable[[], T], *, seconds: float = APART_SECONDS, wait: float | None = None, space: int = APART_BYTES
) -> T | Failure:
    """What the task returns, from a process of its own; a Failure where it raised, took too much or died.

    For what runs in other people's libraries over strangers' files. It may take `seconds` of processor time, `wait` of
    wall time, eight times as much unless said, and `space` bytes of memory. Where no process can be started, it runs
    here, in its seconds.
    """
    wait = 8 * seconds if wait is None else wait
    context = processes()
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_answer, args=(theirs, task, seconds, space), daemon=True)
    try:
        worker.start()
    except OSError:
        return run_batch(lambda _: task(), (None,), seconds)[0]
    theirs.close()
    try:
        # The wall clock ends what waits, or is stuck in a library's own code, where no signal is heard.
        return ours.recv() if ours.poll(wait) else Failure(f"took more than {wait:g} s")
    except (EOFError, OSError, pickle.UnpicklingError):
        worker.join(60)  # what it sent with is closed; on a busy machine its end may be a while after that
        late = worker.exitcode == -getattr(signal, "SIGVTALRM", 0)
        return Failure(too_long(seconds) if late else "its process died")
    finally:
        worker.kill()
        worker.join()
        ours.close()


def _answer(connection: Any, task: Callable[[], Any], seconds: float, space: int) -> None:
    """Do the task in this new process, within its limits, and send what came of it.

    What a library logs of a stranger's file is no message of ours, and may hold what a terminal would obey.
    """
    logging.disable(logging.CRITICAL)
    try:
        import resource  # noqa: PLC0415 -- Windows has none, and the limit of time alone

        limit = _address_space() + space
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        pass
    try:
        connection.send(run_batch(lambda _: task(), (None,), seconds)[0])
    except Exception:  # noqa: BLE001 - no room to pack the answer, or an answer that cannot travel
        connection.send(Failure(traceback.format_exc()))


def _address_space() -> int:
    """Bytes that this process has mapped; nothing where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return 0
