"""What a build saw: with every file as it was left, the next build knows at a glance that there is nothing to do.

No file is opened for it. A file counts as unchanged by its size, its two time stamps and its inode: the time at which
its status changed cannot be set by hand, so that an edit which keeps size and time of modification is seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_FILE: Final = "census.json"
_TICK: Final = 50_000_000
"""Nanoseconds. File systems stamp with the kernel's tick, 1 to 10 ms: a file touched right before a build could be
touched again, after it was read, with the same stamp."""
_INPUTS: Final = ("site.yaml", "content", "templates")


@dataclass(frozen=True, slots=True)
class Told:
    """What a build printed, for the next one that has nothing to do."""

    problems: tuple[str, ...]
    counts: str
    digest: str


@dataclass(frozen=True, slots=True)
class Census:
    """The state of all that a build reads, taken before it reads."""

    inputs: str
    """Digest of names, sizes, time stamps and inodes; empty when it proves nothing."""


def remembered(site: Path, out: Path, options: str) -> Told | None:
    """What the last build told, where nothing it read or wrote was touched since and it was asked for the same."""
    try:
        kept = json.loads((site / ".pressmark" / _FILE).read_text("utf-8"))
        if kept["options"] != options or kept["inputs"] != _digest_of_inputs(site) or kept["out"] != _digest_of(out):
            return None
        return Told(tuple(kept["told"]["problems"]), kept["told"]["counts"], kept["told"]["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def take_census(site: Path) -> Census:
    """The state of the inputs as of now; to be taken before the first of them is read."""
    try:
        if not (site / "site.yaml").is_file():
            return Census("")
        now = _now(site)
        newest = max((stamp for _, state in _states_of_inputs(site) for stamp in state[2:4]), default=0)
        return Census("" if newest > now - _TICK else _digest_of_inputs(site))
    except (OSError, ValueError):
        return Census("")


def remember(site: Path, out: Path, options: str, *, census: Census, told: Told) -> None:
    """Keep what a successful build told; nothing where the inputs changed meanwhile, or cannot be told apart."""
    record = site / ".pressmark" / _FILE
    try:
        if not census.inputs or census.inputs != _digest_of_inputs(site):
            record.unlink(missing_ok=True)
            return
        kept = {"options": options, "inputs": census.inputs, "out": _digest_of(out), "told": asdict(told)}
        scratch = record.with_name(f"{_FILE}.{os.getpid()}")
        scratch.write_text(json.dumps(kept), "utf-8")
        scratch.replace(record)
    except (OSError, ValueError):
        return


def _digest_of_inputs(site: Path) -> str:
    return _digest(_states_of_inputs(site))


def _states_of_inputs(site: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The site's files and Pressmark's own: another version reads otherwise."""
    for name in _INPUTS:
        yield from _states(site / name, name)
    package = Path(__file__).resolve().parent.parent
    yield from _states(package, sys.version)
    yield from _states(package.parent / "templates", "shipped")


def _digest_of(out: Path) -> str:
    """Of everything in the output, and of what a killed build left beside it."""
    litter = (entry for entry in os.scandir(out.parent) if entry.name.startswith(f".{out.name}."))
    beside = [(entry.name, ()) for entry in litter if not entry.name.endswith(".lock")]
    return _digest((*_states(out, ""), *beside))


def _digest(states: Iterator[tuple[str, tuple[int, ...]]] | tuple[tuple[str, tuple[int, ...]], ...]) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for name, state in sorted(states):
        digest.update(f"{name}\0{state}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _states(path: Path, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name and state of a file, or of everything below a folder. Links prove nothing: what they lead to may change."""
    if path.is_symlink():
        raise ValueError(f"{path} is a link")
    if not path.is_dir():
        if path.exists():
            status = path.stat()
            yield name, (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        return
    yield name, ()
    waiting = [(str(path), name)]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                below = f"{prefix}/{entry.name}"
                if entry.is_symlink():
                    raise ValueError(f"{below} is a link")
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        yield below, ()
                        waiting.append((entry.path, below))
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield (
                        below,
                        (
                            status.st_mode,
                            status.st_size,
                            status.st_mtime_ns,
                            status.st_ctime_ns,
                            status.st_ino,
                        ),
                    )


def _now(site: Path) -> int:
    """The file system's own clock, which need not be this machine's."""
    folder = site / ".pressmark"
    folder.mkdir(exist_ok=True)
    probe = folder / f"{_FILE}.{os.getpid()}"
    try:
        probe.write_bytes(b"")
        return probe.stat().st_mtime_ns
    finally:
        probe.unlink(missing_ok=True)
