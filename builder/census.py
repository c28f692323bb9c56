"""What a build saw: with every file as it was left, the next build knows at a glance that there is nothing to do.

No file is opened for it. A file counts as unchanged by its size, its two time stamps and its inode: the time at which
its status changed cannot be set by hand, so that an edit which keeps size and time of modification is seen.

Imports no more than starting Python does: where nothing changed, they are what a build costs. Paths are text here.
"""

from __future__ import annotations

import hashlib
import os
import sys

TYPE_CHECKING = False  # typing's own costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    State = tuple[str, tuple[int, ...]]

_FILE = "census"
_TICK = 50_000_000
"""Nanoseconds. File systems stamp with the kernel's tick, 1 to 10 ms: a file touched right before a build could be
touched again, after it was read, with the same stamp."""
_INPUTS = ("site.yaml", "content", "templates")


def told_again(arguments: Sequence[str]) -> tuple[str, str] | None:
    """What the same command, given in the same folder, printed last: to standard output and to standard error.

    None where it has to run: nothing is remembered of it, or something that it read or wrote was touched since.
    """
    if arguments[:1] != ["build"]:
        return None
    site = next((arguments[at + 1] for at, said in enumerate(arguments[:-1]) if said == "--site"), ".")
    record = _record(site)
    if not record or record[1] != _command(arguments):
        return None
    return remembered(site, record[2], record[0])


def remembered(site: str, out: str, asked: str) -> tuple[str, str] | None:
    """What the last build printed, where nothing it read or wrote was touched since and it was asked for the same."""
    try:
        kept_asked, _, kept_out, inputs, outputs, told, warned = _record(site) or ("",) * 7
        if (kept_asked, kept_out) != (asked, out) or inputs != _digest_of_inputs(site) or outputs != _digest_of(out):
            return None
    except (OSError, ValueError):
        return None
    return told, warned


def take_census(site: str) -> str:
    """A digest of the state of all inputs as of now; to be taken before the first of them is read.

    Empty when it proves nothing.
    """
    try:
        if not os.path.isfile(os.path.join(site, "site.yaml")):
            return ""
        now = _now(site)
        newest = max((stamp for _, state in _states_of_inputs(site) for stamp in state[2:4]), default=0)
        return "" if newest > now - _TICK else _digest_of_inputs(site)
    except (OSError, ValueError):
        return ""


def remember(site: str, out: str, asked: str, *, census: str, told: tuple[str, str], arguments: Sequence[str]) -> None:
    """Keep what a successful build printed; nothing where the inputs changed meanwhile, or cannot be told apart."""
    record = os.path.join(site, ".pressmark", _FILE)
    try:
        if not census or census != _digest_of_inputs(site):
            _remove(record)
            return
        kept = (asked, _command(arguments), out, census, _digest_of(out), *told)
        if any("\0" in part for part in kept):
            return
        scratch = f"{record}.{os.getpid()}"
        with open(scratch, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write("\0".join(kept))
        os.replace(scratch, record)
    except (OSError, ValueError):
        return


def _record(site: str) -> list[str] | None:
    """What is kept: what was asked, by which command, the output, the states of inputs and output, what was printed."""
    try:
        path = os.path.join(site, ".pressmark", _FILE)
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            record = file.read().split("\0")
    except (OSError, ValueError):
        return None
    return record if len(record) == 7 else None


def _command(arguments: Sequence[str]) -> str:
    """The command as it was given, and where: the same one asks for the same."""
    return repr((os.getcwd(), *arguments))


def _digest_of_inputs(site: str) -> str:
    return _digest(_states_of_inputs(site))


def _states_of_inputs(site: str) -> Iterator[State]:
    """The site's files and Pressmark's own: another version reads otherwise."""
    for name in _INPUTS:
        yield from _states(os.path.join(site, name), name)
    package = os.path.dirname(os.path.realpath(__file__))
    yield from _states(package, sys.version)
    yield from _states(os.path.join(os.path.dirname(package), "templates"), "shipped")


def _digest_of(out: str) -> str:
    """Of everything in the output, and of what a killed build left beside it."""
    name = os.path.basename(out)
    beside = [found.name for found in os.scandir(os.path.dirname(out)) if found.name.startswith(f".{name}.")]
    litter: list[State] = [(found, ()) for found in beside if not found.endswith(".lock")]
    return _digest((*_states(out, ""), *litter))


def _digest(states: Iterable[State]) -> str:
    return hashlib.blake2b(repr(sorted(states)).encode(), digest_size=20).hexdigest()


def _states(path: str, name: str) -> Iterator[State]:
    """Name and state of a file, or of everything below a folder. Links prove nothing: what they lead to may change."""
    if os.path.islink(path):
        raise ValueError(f"{path} is a link")
    if not os.path.isdir(path):
        if os.path.exists(path):
            yield name, _state(os.stat(path))
        return
    yield name, ()
    waiting = [(path, name)]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                below = f"{prefix}/{entry.name}"
                if entry.is_symlink():
                    raise ValueError(f"{below} is a link")
                if not entry.is_dir(follow_symlinks=False):
                    yield below, _state(entry.stat(follow_symlinks=False))
                elif entry.name != "__pycache__":
                    yield below, ()
                    waiting.append((entry.path, below))


def _state(status: os.stat_result) -> tuple[int, ...]:
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _now(site: str) -> int:
    """The file system's own clock, which need not be this machine's."""
    folder = os.path.join(site, ".pressmark")
    os.makedirs(folder, exist_ok=True)
    probe = os.path.join(folder, f"{_FILE}.{os.getpid()}")
    try:
        with open(probe, "wb"):
            return os.stat(probe).st_mtime_ns
    finally:
        _remove(probe)


def _remove(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)
