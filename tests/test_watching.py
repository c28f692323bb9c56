from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from builder.watching import Watch


def ticking(steps: Iterator[float]) -> Callable[[], float]:
    return lambda: next(steps)


def test_time_inside_a_stage_is_that_of_the_stage_inside() -> None:
    watch = Watch(ticking(iter([0.0, 1.0, 4.0, 10.0])))
    assert watch.time("read", lambda: watch.time("parse", str, 7)) == "7"
    assert [(name, stint.seconds) for name, stint in watch.stints.items()] == [("read", 7.0), ("parse", 3.0)]


def test_a_stage_that_raises_is_measured_and_the_next_is_not_inside_it() -> None:
    watch = Watch(ticking(iter([0.0, 2.0, 5.0, 6.0])))
    for name, function in (("broken", int), ("sound", str)):
        try:
            watch.time(name, function, "x")  # type: ignore[arg-type]
        except ValueError:
            continue
    assert {name: stint.seconds for name, stint in watch.stints.items()} == {"broken": 2.0, "sound": 1.0}


def test_the_table_has_a_line_a_stage_and_what_the_cache_spared() -> None:
    told: list[tuple[str, int, int, float]] = []
    watch = Watch(ticking(map(float, count())), lambda *progress: told.append(progress))
    watch.time("render", str)
    watch.note("render", items=512, spared=500, size=9000, total=600)
    watch.time("render", str)
    watch.note("render", items=88, spared=0, size=1000, total=600)
    watch.time("publish", str)
    assert [line.split() for line in watch.table()] == [
        ["stage", "seconds", "items", "cached", "bytes"],
        ["render", "2.00", "600", "500", "10000"],
        ["publish", "1.00"],
        ["all", "3.00"],
    ]
    assert told == [("render", 512, 600, 512.0), ("render", 600, 600, 300.0)]
