"""A second tree of the published site, of hard links, from which the next one grows.

To link each of 13,000 files anew and to remove as many took 0.4 of the 1.8 s in which one article of 10,000 was edited.
Nothing is believed of a twin: it serves where it holds, under each name, the very file that stands in the site.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from builder.publish.swap import remove


def tree_of(folder: Path) -> dict[str, int]:
    """Everything below a folder by path: the inode of a file, of a folder its mode, which is less than zero.

    A folder comes before what is in it. Links are not followed; what is not there is empty.
    """
    found: dict[str, int] = {}
    waiting = [(str(folder), "")] if folder.exists() else []
    while waiting:
        above, prefix = waiting.pop()
        with os.scandir(above) as entries:
            for entry in entries:
                path = prefix + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    found[path] = entry.inode()
                else:
                    found[path] = -entry.stat(follow_symlinks=False).st_mode
                    waiting.append((entry.path, f"{path}/"))
    return found


def is_folder(state: int) -> bool:
    """Whether a state of `tree_of` is a folder's."""
    return state < 0


def take(kept: Path, twin: Path, standing: Mapping[str, int]) -> bool:
    """Move the tree kept there to where this build alone has it; whether it is what stands, and can be written to."""
    try:
        os.rename(kept, twin)
    except OSError:
        return False
    writable = all(not is_folder(state) or -state & stat.S_IWUSR for state in standing.values())
    with suppress(OSError):
        if writable and not twin.is_symlink() and tree_of(twin) == standing:
            return True
    with suppress(OSError):
        remove(twin)
    return False


def grow(twin: Path, fresh: Path, files: Collection[str], gone: Collection[str]) -> None:
    """Move files from `fresh` into the twin, over those of the same names; what is `gone`, folders too, leaves it.

    No file is written to: it would change in the site that stands as well.
    """
    for path in sorted(gone, reverse=True):
        if (twin / path).is_dir() and not (twin / path).is_symlink():
            os.rmdir(twin / path)
        else:
            os.unlink(twin / path)
    for path in files:
        if not (folder := (twin / path).parent).is_dir():
            folder.mkdir(parents=True)
        os.replace(fresh / path, twin / path)


def keep(tree: Path, standing: Mapping[str, int], out: Path, kept: Path) -> None:
    """Make what stands in the output of a tree that holds `standing`, and keep it; it is removed where that fails."""
    try:
        if kept.parent.is_symlink() or kept.parent.stat().st_dev != out.stat().st_dev:
            raise OSError("a file there can have no second name")
        _match(str(tree), standing, str(out), tree_of(out))
        with suppress(OSError):
            remove(kept)
        os.rename(tree, kept)
    except OSError:
        # What cannot be removed now, the next build removes.
        with suppress(OSError):
            remove(tree)


def follow(tree: Path, exchanged: Collection[str], out: Path, kept: Path) -> None:
    """As `keep`, of a tree that holds what stands in the output but for some files, which were exchanged there."""
    try:
        if kept.parent.is_symlink() or kept.parent.stat().st_dev != out.stat().st_dev:
            raise OSError("a file there can have no second name")
        for path in exchanged:
            os.unlink(tree / path)
            os.link(out / path, tree / path, follow_symlinks=False)
        with suppress(OSError):
            remove(kept)
        os.rename(tree, kept)
    except OSError:
        # What cannot be removed now, the next build removes.
        with suppress(OSError):
            remove(tree)


def _match(tree: str, holds: Mapping[str, int], out: str, wanted: Mapping[str, int]) -> None:
    for path, state in sorted(holds.items(), reverse=True):
        if wanted.get(path) != state and is_folder(state):
            os.rmdir(f"{tree}/{path}")
        elif wanted.get(path) != state:
            os.unlink(f"{tree}/{path}")
    os.makedirs(tree, exist_ok=True)
    for path, state in wanted.items():
        if holds.get(path) == state:
            continue
        if is_folder(state):
            os.mkdir(f"{tree}/{path}")
            os.chmod(f"{tree}/{path}", stat.S_IMODE(-state))
        else:
            os.link(f"{out}/{path}", f"{tree}/{path}", follow_symlinks=False)
