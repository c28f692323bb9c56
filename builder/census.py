"""What a build saw: with every file as it was left, the next build knows at a glance that there is nothing to do.

No file is opened for it. A file counts as unchanged by its size, its two time stamps and its inode: the time at which
its status changed cannot be set by hand, so that an edit which keeps size and time of modification is seen.

Imports no more than starting Python does: where nothing changed, they are what a build costs. Paths are text here.
"""

from __future__ import annotations

import marshal
import os
import sys
from itertools import chain

try:  # hashlib's comes with all of OpenSSL: 2.4 of the 35 ms of a build with nothing to do
    from _blake2 import blake2b
except ImportError:  # another Python than the one of C
    from hashlib import blake2b

TYPE_CHECKING = False  # typing's own costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    State = tuple[str, tuple[int, ...]]
    Census = list[State]

_FILE, _LISTING = "census", "-inputs"
_TICK = 50_000_000
"""Nanoseconds. File systems stamp with the kernel's tick, 1 to 10 ms: a file touched right before a build could be
touched again, after it was read, with the same stamp."""
_PLAIN = 2
"""The last version of `marshal` whose bytes do not tell which equal values are one; it takes a tenth of `repr`."""
_FOLDER, _TOUCHED = (0,) * 5, (0, 0, 0, 0, 1)
"""How a folder's state is listed, since what is in it has its own; and one that no file has."""
_BY_HANDLE = os.scandir in os.supports_fd
"""Whether a folder's files can be asked for by their names in it: by their paths it takes a sixth longer."""
_INPUTS = ("site.yaml", "content", "templates")
_STAMPS = slice(2, 4) if os.name == "nt" else slice(3, 4)
"""Where in a state the stamps are that every change renews: Windows has none of the status."""


def same_command(arguments: Sequence[str]) -> str | None:
    """The folder of the site that is to be built by the very command, given in the same folder, that built it last."""
    if arguments[:1] != ["build"]:
        return None
    site = next((arguments[at + 1] for at, said in enumerate(arguments[:-1]) if said == "--site"), ".")
    record = _record(site)
    return site if record and record[1] == _command(arguments) else None


def told_again(site: str | None, census: Census) -> tuple[str, str] | None:
    """What the same command printed last: to standard output and to standard error.

    None where it has to run: something that it read or wrote was touched since.
    """
    record = _record(site) if site else None
    return remembered(site, record[2], record[0], census) if site and record else None


def take_census(site: str) -> Census:
    """The state of all inputs, to be taken before the first of them is read; empty where it proves nothing."""
    try:
        return list(_states_of_inputs(site)) if os.path.isfile(os.path.join(site, "site.yaml")) else []
    except (OSError, ValueError):
        return []


def own_states(census: Census) -> Census:
    """Of all inputs Pressmark's own files, templates aside."""
    return [each for each in census if each[0].startswith(sys.version)]


def take_own() -> Iterator[State]:
    """The state of Pressmark's own files, templates aside."""
    return states(_package(), sys.version)


def lasting(site: str, census: Census) -> Census:
    """A census taken right now as it may be kept: a file younger than a stamp is exact counts as touched since.

    The time of modification has no say where that of the status is kept: it may be of another machine's clock, years
    ahead, as in files unpacked or copied with their times. Empty where the file system does not tell its time.
    """
    try:
        late = _now(site) - _TICK if census else 0
    except OSError:
        return []
    return [(name, _TOUCHED if max(state[_STAMPS], default=late) > late else state) for name, state in census]


def remembered(site: str, out: str, asked: str, census: Census) -> tuple[str, str] | None:
    """What the last build printed, where nothing it read or wrote was touched since and it was asked for the same."""
    record = _record(site)
    if not census or not record or record[3] != _digest(census) or not _is_of(record, out, asked):
        return None
    return record[5], record[6]


def changed_inputs(
    site: str, out: str, asked: str, census: Census, *, standing: Census | None = None
) -> tuple[str, ...] | None:
    """The files that are not as the last build found them, from the site's folder.

    None where that is not known: files came or went, the output was touched, or the build was asked for other things.
    `standing` is how the output is, for who has looked.
    """
    record = _record(site)
    if not census or not record or not _is_of(record, out, asked, standing=standing):
        return None
    former = _listed(site, record[3])
    if len(former) != len(census) or any(name not in former for name, _ in census):
        return None
    return tuple([name for name, state in census if former[name] != (state or _FOLDER)])


def take_standing(out: str) -> Census:
    """The state of all in the output, and of what a killed build left beside it; empty where it proves nothing."""
    try:
        return [*states(out, ""), *_litter(out)]
    except (OSError, ValueError):
        return []


def renewed(standing: Census, out: str, fresh: Iterable[str]) -> Census:
    """The state of the output after these files of it were exchanged and nothing else was touched.

    What somebody else touched meanwhile is not as it is there, and the next build sees that.
    """
    try:
        new = {path: _state(os.stat(os.path.join(out, path), follow_symlinks=False)) for path in fresh}
    except (OSError, ValueError):
        return []
    return [(name, new.get(name.removeprefix("/"), state)) for name, state in standing]


def remember(
    site: str,
    out: str,
    asked: str,
    *,
    census: Census,
    kept: Census,
    told: tuple[str, str],
    arguments: Sequence[str],
    whole: bool,
    standing: Census | None = None,
) -> None:
    """Keep what a successful build printed; nothing where the census as it may be `kept` is empty.

    `standing` is how the output is, for who knows that.

    A file that was touched after the census was taken is not as it is there, and the next build sees that. But of a
    `whole` build, which reads what it finds, nothing is kept where the inputs changed meanwhile: a file that came after
    the census and goes before the next would not be seen.
    """
    record = _record_file(site)
    try:
        if not kept or (whole and sorted(census) != sorted(_states_of_inputs(site))):
            return
        if os.path.islink(os.path.dirname(record)):
            return  # a site that came from elsewhere could point at any folder
        os.makedirs(os.path.dirname(record), exist_ok=True)
        found = _digest(kept)
        parts = (asked, _command(arguments), out, found, _digest_of(out, standing), *told)
        if any("\0" in part for part in parts):
            return
        _write(record, "\0".join(parts).encode("utf-8", "surrogateescape"))
        _write(_record_file(site, _LISTING), _listing_of(kept, found))
    except (OSError, ValueError, OverflowError):
        return


def states(path: str, name: str) -> Iterator[State]:
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
        handle = os.open(folder, os.O_RDONLY) if _BY_HANDLE else None
        try:
            with os.scandir(folder if handle is None else handle) as entries:
                for entry in entries:
                    below = f"{prefix}/{entry.name}"
                    if entry.is_symlink():
                        raise ValueError(f"{below} is a link")
                    if not entry.is_dir(follow_symlinks=False):
                        yield below, _state(entry.stat(follow_symlinks=False))
                    elif entry.name != "__pycache__":
                        yield below, ()
                        waiting.append((f"{folder}/{entry.name}", below))
        finally:
            if handle is not None:
                os.close(handle)


def _listing_of(census: Census, digest: str) -> bytes:
    """A census as it is kept, under its digest: names, and their states as numbers."""
    from array import array  # noqa: PLC0415 - 0.2 ms, and nothing is kept where nothing changed

    names = "\0".join([name for name, _ in census]).encode("utf-8", "surrogateescape")
    numbers = array("Q", chain.from_iterable([state or _FOLDER for _, state in census])).tobytes()
    return b"".join((digest.encode(), b"\n", names, b"\0\0", numbers))


def _listed(site: str, digest: str) -> dict[str, tuple[int, ...]]:
    """The states by name that are kept under a digest; empty where there are none."""
    try:
        with open(_record_file(site, _LISTING), "rb") as file:
            head, _, rest = file.read().partition(b"\n")
        names, _, numbers = rest.partition(b"\0\0")
        states = zip(*[iter(memoryview(numbers).cast("Q"))] * len(_FOLDER), strict=True)
        found = dict(zip(names.decode("utf-8", "surrogateescape").split("\0"), states, strict=True))
    except (OSError, ValueError, TypeError):
        return {}
    return found if head == digest.encode() else {}


def _is_of(record: Sequence[str], out: str, asked: str, *, standing: Census | None = None) -> bool:
    """Whether a record is of a build that was asked for the same, and its output stands as it was left."""
    try:
        return (record[0], record[2]) == (asked, out) and record[4] == _digest_of(out, standing)
    except (OSError, ValueError):
        return False


def _write(path: str, data: bytes) -> None:
    with open(scratch := f"{path}.{os.getpid()}", "wb") as file:
        file.write(data)
    os.replace(scratch, path)


def _record_file(site: str, more: str = "") -> str:
    return os.path.join(site, ".pressmark", _FILE + more)


def _record(site: str) -> list[str] | None:
    """What is kept: what was asked, by which command, the output, the states of inputs and output, what was printed."""
    try:
        with open(_record_file(site), encoding="utf-8", errors="surrogateescape", newline="") as file:
            record = file.read().split("\0")
    except (OSError, ValueError):
        return None
    return record if len(record) == 7 else None


def _command(arguments: Sequence[str]) -> str:
    """The command as it was given, and where: the same one asks for the same."""
    return repr((os.getcwd(), *arguments))


def _states_of_inputs(site: str) -> Iterator[State]:
    """The site's files and Pressmark's own: another version reads otherwise."""
    for name in _INPUTS:
        yield from states(os.path.join(site, name), name)
    yield from take_own()
    yield from states(os.path.join(os.path.dirname(_package()), "templates"), "shipped")


def _package() -> str:
    return os.path.dirname(os.path.realpath(__file__))


def _digest_of(out: str, standing: Census | None = None) -> str:
    return _digest(standing or [*states(out, ""), *_litter(out)])


def _litter(out: str) -> Census:
    name = os.path.basename(out)
    beside = [found.name for found in os.scandir(os.path.dirname(out)) if found.name.startswith(f".{name}.")]
    return [(found, ()) for found in beside if not found.endswith(".lock")]


def _digest(states: Iterable[State]) -> str:
    return blake2b(marshal.dumps(sorted(states), _PLAIN), digest_size=20).hexdigest()


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
        if os.path.lexists(probe):
            os.unlink(probe)
