"""What the commands share: options, progress, problems and counts in print, the executor and the cache of a run."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from builder.cache import Cache
    from builder.problems import Problem
    from builder.watching import Watch

SITE = click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The archive's folder.  [default: this folder]",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes to use at most.  [default: the number of cores]"
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Compute everything anew.")


@contextmanager
def workshop(
    site: Path, jobs: int | None, *, no_cache: bool, cluster: str | None = None
) -> Iterator[tuple[Executor, Cache]]:
    """The executor and the cache of one run; `cluster` is the address of one to run on."""
    from builder.cache import NoCache, open_cache
    from builder.parallel import PATIENCE, local_executor

    local = local_executor(jobs or cores(), patience=0 if jobs else PATIENCE)
    with _cluster(cluster) if cluster else local as executor:
        if no_cache or not (site / "site.yaml").is_file():
            yield executor, NoCache()
        else:
            with open_cache(site / ".pressmark") as cache:
                yield executor, cache


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    from builder.cluster import SCHEME, ClusterError, cluster_executor

    if not address.startswith(SCHEME):
        raise click.BadParameter("write dask://HOST:PORT", param_hint="--executor")
    try:
        with cluster_executor(address) as executor:
            yield executor
    except ClusterError as trouble:
        raise click.ClickException(str(trouble)) from None


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A moving line on a terminal, plain lines otherwise."""
    if not is_terminal():
        yield click.echo
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def stopwatch(say: Callable[[str], None]) -> Watch:
    """The watch of a run; on a terminal it says how far a stage is and how fast."""
    from time import perf_counter

    from builder.watching import Watch

    def tell(stage: str, done: int, total: int | None, rate: float) -> None:
        say(f"{stage}: {done}{f' of {total}' if total else ''}, {rate:.0f} a second")

    return Watch(perf_counter, tell if is_terminal() else None)


def print_problems(problems: Iterable[Problem | str]) -> None:
    """A problem a line, to standard error."""
    for problem in problems:
        click.echo(str(problem), err=True)


def is_terminal() -> bool:
    """Whether a person is looking."""
    return sys.stderr.isatty() and sys.stdout.isatty()


def cores() -> int:
    """The processors this process may use, and no more than its container may keep busy."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = share_of_container()
    return found if share is None else max(1, min(found, math.ceil(share)))


def share_of_container(groups: Path = Path("/sys/fs/cgroup")) -> float | None:
    """How many processors a container may keep busy; None where nobody has set a limit.

    A container of two processors on a machine of sixty-four is let run on each of them: sixty-four workers would share
    two.
    """
    for names in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        try:
            quota, period = map(int, " ".join((groups / name).read_text("ascii") for name in names).split())
        except (OSError, ValueError):
            continue  # "max", or another system
        if quota > 0 < period:
            return quota / period
    return None
