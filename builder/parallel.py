"""Executors to hand to the build, and the batches in which work goes through them."""

from __future__ import annotations

import os
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from builder.limits import OverBudgetError, limits
from builder.parcels import Carried, NotBroughtError, Parcel, opened

P = ParamSpec("P")
T = TypeVar("T")

BATCH: Final = 16
"""Items a task: large enough to hide the cost of a task, small enough to keep two workers busy on forty pages."""
FAR: Final = 4
"""Times as many where a task travels to other machines."""
PATIENCE: Final = 1500
"""Items of a stage after which other processes are worth their start, where nobody said how many there shall be.

A thousand articles, 1,431 pages, are built in 3.6 s by one process; by two more in 2.8, which take 4.3 of processor
time: they unpack what they are sent, and load and make for themselves what one makes once.
"""


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
def local_executor(jobs: int, *, patience: int = 0) -> Iterator[Executor]:
    """An executor on this machine: inline for one job, else a pool of processes.

    `patience` is the number of items that a stage has to have before processes are started for it.

    Processes are forked where the system can: 30 ms against 1 s of wall time for spawning. Where a system has no shared
    memory, no semaphores or no room for them (containers, a full disk), the work is done in this process.
    """
    executor: Executor = InlineExecutor() if jobs <= 1 else _Pool(jobs, patience)
    with executor:
        yield executor


def map_batches(
    executor: Executor,
    function: Callable[[Any], T],
    items: Sequence[Any],
    *,
    seconds: float = 0,
    size: int = BATCH,
    apart: bool = True,
) -> list[T | Failure]:
    """What `function` makes of each item, in order; a Failure where it raised.

    Batches are made here since not every executor honours a chunk size. When a worker process dies, what it and the
    others had in hand is done again item by item, so that only the item that kills its worker is lost. `seconds` is the
    processor time that an item may take, 0 for no limit; it holds where signals reach the worker: on POSIX, in the main
    thread of a process. `size` is the number of items a task. Where they need not be kept `apart` from this process, no
    processes are started for a single task: the forks and the rules sent there cost more than the edit of one article.
    And before they are, the first item is done here: what is loaded and made for it they are forked with.
    """
    return begin_batches(executor, function, items, seconds=seconds, size=size, apart=apart)()


def begin_batches(
    executor: Executor,
    function: Callable[[Any], T] | Carried[T],
    items: Sequence[Any],
    *,
    seconds: float = 0,
    size: int = BATCH,
    apart: bool = True,
) -> Callable[[], list[T | Failure]]:
    """The same begun; what it gives is waited for when it is called."""
    carried = function if isinstance(function, Carried) else Carried(function)
    first: list[T | Failure] = []
    if not apart and isinstance(executor, _Pool) and not executor.has_processes:
        if stays_here(executor, carried, len(items), size):
            executor = InlineExecutor()
        elif threading.current_thread() is threading.main_thread():  # in others no limit of time holds
            first, items = run_batch(carried.function, items[:1], seconds), items[1:]
            executor.inherit(carried.parcel)
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    sent = carried.function if isinstance(executor, InlineExecutor) or not batches else carried.parcel
    futures = [_submitted(executor, sent, batch, seconds) for batch in batches]
    return partial(_gathered, executor, sent, list(zip(batches, futures, strict=True)), seconds=seconds, first=first)


def stays_here(executor: Executor, carried: Carried[Any], count: int, size: int = BATCH) -> bool:
    """Whether so many more items of a stage are too few to start processes for, and none are running."""
    if not isinstance(executor, _Pool) or executor.has_processes:
        return isinstance(executor, InlineExecutor)
    carried.count += count
    # In other threads no limit of time holds.
    patient = carried.count <= executor.patience and threading.current_thread() is threading.main_thread()
    return count <= size or patient


def has_our_files(executor: Executor) -> bool:
    """Whether its tasks find the files that this process finds."""
    return isinstance(executor, InlineExecutor | _Pool)


def map_stage(executor: Executor, stage: Any, items: Sequence[Any]) -> list[Any]:
    """What a stage makes of each item, in order; where it raised, what the stage has in its stead."""
    results = map_batches(executor, stage, items)
    pairs = zip(items, results, strict=True)
    return [stage.failed(item, one.trace) if isinstance(one, Failure) else one for item, one in pairs]


def run_batch(function: Callable[[Any], T], batch: Sequence[Any], seconds: float) -> list[T | Failure]:
    """What `function` makes of each item, in this process; a Failure where it raised or took more than its seconds."""
    if isinstance(function, Parcel):
        function = opened(function)
    results: list[T | Failure] = []
    with limits(seconds) as each:
        for item in batch:
            made: T | Failure
            try:
                with each:
                    made = function(item)
            except (Exception, OverBudgetError):  # noqa: BLE001 - whatever a page provokes must not cost the others
                made = Failure(traceback.format_exc())
            results.append(made)
    return results


def processes() -> Any:
    """How processes are started: forked where the system can."""
    import multiprocessing  # noqa: PLC0415 - as in the pool

    return multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


def _gathered(
    executor: Executor,
    function: Callable[[Any], T],
    tasks: Sequence[tuple[Sequence[Any], Future[list[T | Failure]]]],
    *,
    seconds: float,
    first: Iterable[T | Failure],
) -> list[T | Failure]:
    results = [*first]
    for batch, future in tasks:
        try:
            try:
                results += future.result()
            except NotBroughtError:
                results += executor.submit(run_batch, function, batch, seconds).result()
        except Exception:  # noqa: BLE001 - a dead worker, or a result that could not be sent back
            results += (_alone(executor, function, item, seconds) for item in batch)
    return results


class _Pool(Executor):
    """A pool of processes that is made anew when one of them died; without one, work is done in this process."""

    def __init__(self, jobs: int, patience: int) -> None:
        self.patience = patience
        self._jobs = jobs
        self._pool: Executor | None = None
        self._brought: Counter[Parcel] = Counter()

    @property
    def has_processes(self) -> bool:
        """Whether they run: what follows is theirs however little it is."""
        return self._pool is not None

    def inherit(self, function: object) -> None:
        """Have the processes, none of which runs yet, know a function from the start."""
        if isinstance(function, Parcel) and processes().get_start_method() == "fork":
            opened(function)
            self._brought[function] = 2 * self._jobs

    def named(self, function: Any) -> Any:
        """A function as it is to be sent now: once it went to all, by its name alone."""
        if not isinstance(function, Parcel):
            return function
        self._brought[function] += 1
        return function if self._brought[function] <= 2 * self._jobs else Parcel(function.digest)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._pool is None:
            self._pool = self._fresh()
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._brought.clear()
            self._pool.shutdown(wait=False)
            self._pool = self._fresh()
        except OSError:
            # Processes start at the first task: a system that has no room for all of them says so here. Those that did
            # start would wait for work for ever.
            from multiprocessing import active_children  # noqa: PLC0415 - as below

            for started in active_children():
                started.terminate()
            self._pool = InlineExecutor()
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _fresh(self) -> Executor:
        try:
            # Loaded when processes are needed: a build with little to do starts none, and this is a tenth of its start.
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

            return ProcessPoolExecutor(self._jobs, mp_context=processes(), initializer=_follow)
        except (OSError, NotImplementedError, ImportError):
            return InlineExecutor()


def _follow() -> None:
    """End this worker with the program that started it: one whose program was killed would wait for work for ever.

    What tells of the program's end is open in workers that were started later, too: they end one after the other.
    """
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - as in the pool

    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    # Without room for a thread it works as well.
    with suppress(RuntimeError):
        threading.Thread(target=wait, name="follow", daemon=True).start()


def _submitted(
    executor: Executor, function: Callable[[Any], T], batch: Sequence[Any], seconds: float
) -> Future[list[T | Failure]]:
    sent = executor.named(function) if isinstance(executor, _Pool) else function
    try:
        return executor.submit(run_batch, sent, batch, seconds)
    except BrokenExecutor as broken:
        future: Future[list[T | Failure]] = Future()
        future.set_exception(broken)
        return future


def _alone(executor: Executor, function: Callable[[Any], T], item: Any, seconds: float) -> T | Failure:
    try:
        return executor.submit(run_batch, function, (item,), seconds).result()[0]
    except Exception:  # noqa: BLE001 - this item it is that cannot be done
        return Failure(traceback.format_exc())
