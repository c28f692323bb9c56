"""One folder put in another's place in one step, under a lock that keeps a second build waiting."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
# What kernels, C libraries and file systems without the call answer.
_NOT_HERE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the one lock of an output folder; a second build waits until the first is through.

    The lock file lies beside the output and stays: removing it would let two builds hold two locks of one name. The
    lock is this process's alone: workers forked meanwhile would hold another kind on, even when this one was killed.
    """
    handle = os.open(out.parent / f".{out.name}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def staging_of(out: Path) -> Path:
    """Where the next site grows, in a folder of its own: beside the output, hence on the same file system."""
    return out.with_name(f".{out.name}.staging")


def twin_of(out: Path) -> Path:
    """Where a second tree of the site is while a build uses it."""
    return out.with_name(f".{out.name}.twin")


def heal(out: Path) -> None:
    """Undo what a killed build left behind; to be called under the lock."""
    previous = _previous_of(out)
    if os.path.lexists(previous):
        if os.path.lexists(out):
            remove(previous)
        else:
            os.rename(previous, out)
    for left in (staging_of(out), twin_of(out)):
        if os.path.lexists(left):
            remove(left)


def swap(out: Path, staged: Path | None = None) -> Path | None:
    """Put a staged folder, flushed to the disk first, in the output's place; gives where the old one is now, if any.

    Where the system can exchange two names at once there is no moment without a whole site; elsewhere two renames
    stand for it, and `heal` mends what a kill between them leaves.
    """
    staging = staged or staging_of(out)
    _flush(staging)
    old: Path | None = staging
    if not os.path.lexists(out):
        os.rename(staging, out)
        old = None
    elif not _exchanged(staging, out):
        old = _previous_of(out)
        os.rename(out, old)
        os.rename(staging, out)
    _flush_folder(out.parent)
    return old


def remove(tree: Path) -> None:
    """Remove a tree that may hold other people's folders without the right to write; a link or a file as well."""
    if tree.is_symlink() or not tree.is_dir():
        tree.unlink()
        return
    import shutil  # noqa: PLC0415 - with all its archivers it takes 1.5 ms of an edit, which removes no tree

    for folder, _, _ in os.walk(tree):
        os.chmod(folder, 0o700)
    shutil.rmtree(tree)


def _previous_of(out: Path) -> Path:
    return out.with_name(f".{out.name}.previous")


def _exchanged(one: Path, other: Path) -> bool:
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    if library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _flush(folder: Path) -> None:
    """One flush of the file system instead of one for each of thousands of files."""
    library = ctypes.CDLL(None, use_errno=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if not hasattr(library, "syncfs"):
            os.sync()
        elif library.syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
