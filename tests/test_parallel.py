from __future__ import annotations

import gc
import logging
import mmap
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from builder.apart import run_apart
from builder.limits import OverBudgetError, limits
from builder.parallel import BATCH, Failure, InlineExecutor, begin_batches, local_executor, map_batches, run_batch
from builder.parcels import Carried, NotBroughtError, Parcel, parcel_of

ROOT = Path(__file__).resolve().parents[1]


def double(number: int) -> int:
    return number * 2


def process_of(_: int) -> int:
    return os.getpid()


def fails_on_three(number: int) -> int:
    if number == 3:
        raise NeedsKeywordError(reason="three")
    return number


def dies_on_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def answers_three_with_what_cannot_travel(number: int) -> object:
    return (lambda: None) if number == 3 else number


class NeedsKeywordError(Exception):
    """Cannot be unpickled: such an exception breaks a process pool that has to carry it."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)


@pytest.fixture(autouse=True, scope="module")
def _collects_nothing() -> Iterator[None]:
    """What the tests before these have left is no work of an item's: to look through it all may take half a second."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(params=[1, 2], ids=["inline", "pool"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    with local_executor(request.param) as made:
        yield made


@pytest.mark.parametrize("count", [0, 1, BATCH, BATCH + 1, 3 * BATCH + 5])
def test_results_come_in_the_order_of_the_items(executor: Executor, count: int) -> None:
    assert map_batches(executor, double, range(count)) == [2 * number for number in range(count)]


def test_an_exception_costs_its_own_item_alone(executor: Executor) -> None:
    results = map_batches(executor, fails_on_three, range(BATCH + 2))
    assert isinstance(results[3], Failure)
    assert "NeedsKeywordError: three" in results[3].trace
    assert [result for n, result in enumerate(results) if n != 3] == [n for n in range(BATCH + 2) if n != 3]
    assert map_batches(executor, double, [1]) == [2]


def test_one_job_runs_in_this_process_and_two_in_others() -> None:
    with local_executor(1) as inline, local_executor(2) as pool:
        assert isinstance(inline, InlineExecutor)
        assert inline.submit(os.getpid).result() == os.getpid()
        assert pool.submit(os.getpid).result() != os.getpid()


def test_an_item_that_kills_its_worker_costs_itself_alone() -> None:
    with local_executor(2) as pool:
        results = map_batches(pool, dies_on_three, range(2 * BATCH))
        assert [n for n, result in enumerate(results) if isinstance(result, Failure)] == [3]
        assert [result for n, result in enumerate(results) if n != 3] == [n for n in range(2 * BATCH) if n != 3]
        # The pool that lost a worker is replaced.
        assert map_batches(pool, double, range(40)) == [2 * number for number in range(40)]


def test_a_result_that_cannot_be_sent_back_costs_itself_alone() -> None:
    with local_executor(2) as pool:
        results = map_batches(pool, answers_three_with_what_cannot_travel, range(6))
    assert [isinstance(result, Failure) for result in results] == [False, False, False, True, False, False]


def spins_on_three(number: int) -> int:
    while number == 3:
        pass
    return number


def backtracks_on_three(number: int) -> int:
    if number == 3:
        try:
            re.match(r"(a|a)*$", "a" * 40 + "b")
        except Exception:  # noqa: BLE001 - what the step under test may do with the errors it knows
            return -1
    return number


class Destroyed:
    """What is raised while it is destroyed is lost."""

    def __del__(self) -> None:
        start = time.process_time()
        while time.process_time() < start + 0.55:
            pass


def loses_what_is_raised_on_three(number: int) -> int:
    if number == 3:
        Destroyed()
    return spins_on_three(number)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("endless", [spins_on_three, backtracks_on_three, loses_what_is_raised_on_three])
def test_an_item_without_an_end_costs_its_time_and_itself_alone(executor: Executor, endless: object) -> None:
    assert callable(endless)
    results = map_batches(executor, endless, range(6), seconds=0.5)
    assert isinstance(results[3], Failure)
    assert "took more than 0.5 s of processor time" in results[3].trace
    assert [result for n, result in enumerate(results) if n != 3] == [0, 1, 2, 4, 5]


def deaf_on_three(number: int) -> int:
    """C code that looks for no signals."""
    return sum(range(10**13)) if number == 3 else number


def test_an_item_that_hears_no_signal_ends_with_its_process_and_costs_itself_alone() -> None:
    with local_executor(2) as pool:
        results = map_batches(pool, deaf_on_three, range(6), seconds=0.3)
    assert isinstance(results[3], Failure)
    assert [result for n, result in enumerate(results) if n != 3] == [0, 1, 2, 4, 5]


def test_waiting_is_no_work_and_the_limit_ends_with_its_item(executor: Executor) -> None:
    assert map_batches(executor, time.sleep, [0.6, 0.0], seconds=0.5) == [None, None]
    assert map_batches(executor, double, [1], seconds=0.5) == [2]
    assert executor.submit(works, 0.8).result() > 0.8


def works(seconds: float) -> float:
    """Takes so much processor time."""
    start = time.process_time()
    while (spent := time.process_time() - start) <= seconds:
        pass
    return spent


NO_ROOM = """
import os, resource
from builder.parallel import local_executor, map_batches
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with local_executor(2) as executor:
    print(map_batches(executor, abs, [-1, -2]), executor.submit(os.getpid).result() == os.getpid())
"""


def test_without_room_for_a_pool_the_work_is_done_in_this_process() -> None:
    done = subprocess.run([sys.executable, "-c", NO_ROOM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[1, 2] True\n", "")


WORKING = """
import os, time
from builder.parallel import local_executor, map_batches
def work(item):
    os.write(1, b"at work\\n")  # one call, so that no other worker's line comes between a line and its end
    time.sleep(600)
with local_executor(2) as executor:
    map_batches(executor, work, [1, 2, 3, 4], size=1)
"""


def test_workers_end_with_a_program_that_is_killed() -> None:
    command = [sys.executable, "-c", WORKING]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert [program.stdout.readline(), program.stdout.readline()] == ["at work\n"] * 2
        program.kill()
        # What they print to is closed when the last of them is gone.
        assert program.communicate(timeout=600)[0] == ""


class Counting(InlineExecutor):
    """Counts the tasks that it is given."""

    def __init__(self) -> None:
        self.tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.tasks += 1
        return super().submit(fn, *args, **kwargs)


def test_a_single_task_starts_no_processes_unless_it_must_stand_apart() -> None:
    with local_executor(2) as executor:
        assert map_batches(executor, process_of, [1, 2], apart=False) == [os.getpid()] * 2
        assert os.getpid() not in map_batches(executor, process_of, [1, 2])
        assert os.getpid() not in map_batches(executor, process_of, [1, 2], size=1, apart=False)


def test_processes_are_started_once_a_stage_has_had_more_items_than_one_waits_for() -> None:
    with local_executor(2, patience=100) as executor:
        stage = Carried(process_of)
        first = begin_batches(executor, stage, range(60), apart=False)()
        assert {*first, *begin_batches(executor, stage, range(40), apart=False)()} == {os.getpid()}
        assert {*begin_batches(executor, Carried(process_of), range(100), apart=False)()} == {os.getpid()}
        begin_batches(executor, stage, range(17), apart=False)()
        assert os.getpid() not in begin_batches(executor, Carried(process_of), range(17), apart=False)()
    with local_executor(2, patience=100) as executor:
        assert os.getpid() not in map_batches(executor, process_of, [1, 2])


@dataclass(frozen=True)
class Warmed:
    """A function that makes something at its first item, and tells where that was."""

    rules: str = ""
    made: dict[str, int] = field(default_factory=dict, hash=False)

    def __reduce__(self) -> tuple[object, ...]:
        return Warmed, (self.rules,)

    def __call__(self, _: int) -> int:
        return self.made.setdefault("by", os.getpid())


def test_what_is_made_for_the_first_item_the_processes_are_forked_with() -> None:
    with local_executor(2) as executor:
        assert map_batches(executor, Warmed(), range(2 * BATCH), apart=False) == [os.getpid()] * 2 * BATCH


def test_processes_that_never_heard_of_a_function_are_sent_it() -> None:
    """Once it was sent a few times only its name is; which of them had it nobody knows."""
    with local_executor(3) as executor:
        map_batches(executor, double, range(60), apart=False)
        for number in range(20):
            rules = Warmed(f"rules {number}")
            found = map_batches(executor, rules, range(12), size=1)
            assert os.getpid() not in found
            assert len(found) == 12
        assert map_batches(executor, dies_on_three, range(40))[4:] == [*range(4, 40)]
        assert os.getpid() not in map_batches(executor, Warmed("rules 0"), range(12), size=1)


def test_a_function_known_by_its_name_alone_is_asked_for() -> None:
    parcel = parcel_of(double)
    assert run_batch(parcel, [4], 0) == [8]
    unknown = pickle.loads(pickle.dumps(Parcel(b"another")))
    with pytest.raises(NotBroughtError):
        run_batch(unknown, [4], 0)
    assert run_batch(Parcel(parcel.digest), [4], 0) == [8]


def test_a_task_takes_as_many_items_as_it_is_told() -> None:
    executor = Counting()
    assert map_batches(executor, double, range(5), size=2) == [0, 2, 4, 6, 8]
    assert executor.tasks == 3


def takes_too_much_memory() -> int:
    return len(bytes(1 << 40))


def spins() -> None:
    while True:
        pass


def writes_to_the_log() -> str:
    logging.getLogger("library").error("\x1b[2J")
    return "done"


def test_a_call_apart_is_made_in_a_process_of_its_own() -> None:
    assert run_apart(os.getpid) != os.getpid()
    assert run_apart(partial(double, 4)) == 8


@pytest.mark.parametrize(
    ("call", "seconds", "said"),
    [
        (partial(fails_on_three, 3), 60, "NeedsKeywordError: three"),
        (partial(dies_on_three, 3), 60, "its process died"),
        (takes_too_much_memory, 60, "MemoryError"),
        (partial(answers_three_with_what_cannot_travel, 3), 60, "Error"),
        (spins, 0.3, "took more than 0.3 s of processor time"),
        (partial(deaf_on_three, 3), 0.3, "took more than 0.3 s of processor time"),
    ],
)
def test_whatever_becomes_of_a_call_apart_is_told(call: Callable[[], object], seconds: float, said: str) -> None:
    # However busy the machine is, the processor time is what ends them.
    found = run_apart(call, seconds=seconds, wait=600)
    assert isinstance(found, Failure)
    assert said in found.trace


def test_a_call_apart_that_waits_for_ever_is_ended_by_the_wall_clock() -> None:
    start = time.monotonic()
    found = run_apart(partial(time.sleep, 3600), wait=0.5)
    assert isinstance(found, Failure)
    assert found.trace == "took more than 0.5 s"
    assert time.monotonic() - start < 1800


def test_what_a_library_logs_of_a_file_is_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(writes_to_the_log) == "done"
    assert capfd.readouterr() == ("", "")


def test_what_this_process_holds_does_not_count_against_a_task_apart(tmp_path: Path) -> None:
    # A file of nothing but a hole takes address space, and of a small machine's memory nothing.
    with (tmp_path / "hole").open("w+b") as file:
        file.truncate(3 * 1024**3)
        held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with held:
        assert run_apart(lambda: len(bytes(50_000_000))) == 50_000_000


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="without timers there are no limits")
def test_a_bell_that_rings_late_says_nothing_of_the_next_item() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with limits(60) as each:
        with each:
            pass
        signal.raise_signal(signal.SIGPROF)
        with pytest.raises(OverBudgetError, match="more than 60 s"), each:
            signal.raise_signal(signal.SIGPROF)
        assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    assert signal.getsignal(signal.SIGPROF) == before
