"""Executors to hand to the build, and the batches in which work goes through them."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

BATCH: Final = 16
"""Items a task: large enough to hide the cost of a task, small enough to keep two workers busy on forty pages."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a worker sends back instead of an exception, which could break the pool: the traceback as text."""

    trace: str


class InlineExecutor(Executor):
    """Runs each task at once, in this process: the quickest for a few hundred pages."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The finished task."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as trouble:  # noqa: BLE001 - a future carries whatever its task raised
            future.set_exception(trouble)
        return future


@contextmanager
def local_executor(jobs: int) -> Iterator[Executor]:
    """An executor on this machine: inline for one job, else a pool of processes.

    Processes are forked where the system can: 30 ms against 1 s of wall time for spawning.
    """
    if jobs <= 1:
        yield InlineExecutor()
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method)) as pool:
        yield pool


def map_batches(executor: Executor, function: Callable[[Any], T], items: Sequence[Any]) -> list[T | Failure]:
    """What `function` makes of each item, in order; a Failure where it raised.

    Batches are made here since not every executor honours a chunk size.
    """
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
    futures = [executor.submit(_run, function, batch) for batch in batches]
    return [result for future in futures for result in future.result()]


def _run(function: Callable[[Any], T], batch: Sequence[Any]) -> list[T | Failure]:
    results: list[T | Failure] = []
    for item in batch:
        try:
            results.append(function(item))
        except Exception:  # noqa: BLE001 - whatever a page provokes must not cost the others of its batch
            results.append(Failure(traceback.format_exc()))
    return results
