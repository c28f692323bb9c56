"""Executors to hand to the build, and the batches in which work goes through them."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
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
    with _Pool(jobs) as pool:
        yield pool


def map_batches(executor: Executor, function: Callable[[Any], T], items: Sequence[Any]) -> list[T | Failure]:
    """What `function` makes of each item, in order; a Failure where it raised.

    Batches are made here since not every executor honours a chunk size. When a worker process dies, what it and the
    others had in hand is done again item by item, so that only the item that kills its worker is lost.
    """
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
    futures = [_submitted(executor, function, batch) for batch in batches]
    results: list[T | Failure] = []
    for batch, future in zip(batches, futures, strict=True):
        try:
            results += future.result()
        except Exception:  # noqa: BLE001 - a dead worker, or a result that could not be sent back
            results += (_alone(executor, function, item) for item in batch)
    return results


class _Pool(Executor):
    """A pool of processes that is made anew when one of them died."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = self._fresh()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._fresh()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _fresh(self) -> ProcessPoolExecutor:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        return ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context(method))


def _submitted(executor: Executor, function: Callable[[Any], T], batch: Sequence[Any]) -> Future[list[T | Failure]]:
    try:
        return executor.submit(_run, function, batch)
    except BrokenExecutor as broken:
        future: Future[list[T | Failure]] = Future()
        future.set_exception(broken)
        return future


def _alone(executor: Executor, function: Callable[[Any], T], item: Any) -> T | Failure:
    try:
        return executor.submit(_run, function, (item,)).result()[0]
    except Exception:  # noqa: BLE001 - this item it is that cannot be done
        return Failure(traceback.format_exc())


def _run(function: Callable[[Any], T], batch: Sequence[Any]) -> list[T | Failure]:
    results: list[T | Failure] = []
    for item in batch:
        try:
            results.append(function(item))
        except Exception:  # noqa: BLE001 - whatever a page provokes must not cost the others of its batch
            results.append(Failure(traceback.format_exc()))
    return results
