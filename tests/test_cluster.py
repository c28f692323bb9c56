"""A build on a cluster of processes of their own: the same bytes as here, also when a worker dies on the way."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
IMPATIENT = """
from builder import cluster
from builder.__main__ import program
cluster._PATIENCE = "1s"
program()
"""
"""The program; what waits for a scheduler that will not come need not wait long."""


@pytest.fixture
def cluster(root: Path, tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on this machine's own address, none of which may read the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    here = tmp_path / "elsewhere"
    here.mkdir()

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        log = (here / f"{len(running)}.log").open("wb")
        return subprocess.Popen(command, env=environment, cwd=here, stdout=log, stderr=log)

    running: list[subprocess.Popen[bytes]] = []
    running.append(start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"))
    for _ in range(2):
        options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        running.append(start("worker", f"tcp://127.0.0.1:{port}", *options))
    try:
        await_workers(port)
        yield f"dask://127.0.0.1:{port}", running
    finally:
        for one in running:
            one.kill()
            one.wait()


def await_workers(port: int) -> None:
    from distributed import Client  # noqa: PLC0415 - half a second that the quick tests need not pay

    with Client(f"tcp://127.0.0.1:{port}", timeout="600s", set_as_default=False) as client:
        client.wait_for_workers(2, timeout=600)


def await_work(address: str) -> None:
    """Return while both workers have something in hand."""
    from distributed import Client  # noqa: PLC0415 - as above

    with Client(address.replace("dask", "tcp"), timeout="600s", set_as_default=False) as client:
        deadline = time.monotonic() + 600
        while not all(client.processing().values()):
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.fixture
def archive(root: Path, tmp_path: Path) -> Path:
    site = tmp_path / "archive"
    shutil.copytree(root / "content" / "captures", site / "content" / "captures")
    shutil.copy(root / "site.yaml", site)
    return site


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_even_when_a_worker_dies(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], archive: Path, pressmark: Run, tmp_path: Path
) -> None:
    address, running = cluster
    here = tmp_path / "here"
    shutil.copytree(archive, here)
    assert pressmark("build", "--site", here, "--jobs", "1").returncode == 0
    command = [sys.executable, "-m", "builder", "build", "--site", str(archive), "--executor", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as building:
        await_work(address)
        running[-1].send_signal(signal.SIGKILL)
        said = building.communicate(timeout=600)[0]
    assert building.returncode == 0, said
    assert contents(archive / "_site") == contents(here / "_site")
    assert contents(archive / "content") == contents(here / "content")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("spark://127.0.0.1:1", r"write dask://HOST:PORT"),
        ("dask://127.0.0.1:1", r"dask://127.0.0.1:1: no scheduler answers there"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_in_a_line(address: str, said: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Shelf\n", "utf-8")
    command = [sys.executable, "-c", IMPATIENT, "build", "--site", str(tmp_path), "--executor", address]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert re.search(said, done.stderr)
