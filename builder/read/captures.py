"""content/captures → Capture: regular files of the kinds that are read, and nothing that leads out of the site."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from builder.model import CAPTURE_KINDS, Capture, CaptureOrigin
from builder.model.budgets import CAPTURE_BYTES, NOTE_BYTES
from builder.model.values import value
from builder.problems import Place, Problem, warning
from builder.read.origins import ORIGIN_SUFFIX, parse_origin

"""Beyond this a file is no page."""
_MACHINE: Final = frozenset({errno.EIO, errno.ENOMEM, errno.ENFILE, errno.EMFILE, errno.ENOSPC, errno.ESTALE})
"""Troubles of the machine, not of a file. To publish without the pieces they hide would take pages away that stand."""


def read_captures(site: Path) -> tuple[tuple[Capture, ...], tuple[Problem, ...]]:
    """Every capture below content/captures, sorted by path, and a warning for each file that is none.

    A note of origin beside a capture is read with it.
    """
    content = site / "content"
    every = {name_below(found.path, content): found for found in walk(content / "captures")}
    captures: list[Capture] = []
    problems: list[Problem] = []
    for path, found in every.items():
        place = Place(f"content/{path}")
        note = path.endswith(ORIGIN_SUFFIX)
        if found.trouble:
            problems.append(warning(place, found.trouble, "nothing of it was read"))
        elif note and path.removesuffix(ORIGIN_SUFFIX) not in every:
            problems.append(warning(place, "belongs to no capture", "remove it, or put the capture back"))
        elif found.path.suffix.lower() not in CAPTURE_KINDS and not note:
            hint = "captures are .txt, .html, .htm, .xhtml or .md files"
            problems.append(warning(place, "is not of a kind that is read", hint))
        elif found.size > CAPTURE_BYTES:
            problems.append(warning(place, f"is larger than {CAPTURE_BYTES >> 20} MB", "nothing of it was read"))
        elif not note:
            data, trouble = read_file(found.path)
            if trouble:
                problems.append(warning(place, trouble, "nothing of it was read"))
            else:
                origin, about_origin = _origin(every.get(f"{path}{ORIGIN_SUFFIX}"), content)
                captures.append(Capture(path, data, origin))
                problems += about_origin
    return tuple(captures), tuple(problems)


def site_of(path: Path) -> Path | None:
    """The site whose capture a file is; None for a file that stands elsewhere."""
    whole = path.resolve()
    for folder in whole.parents:
        if folder.name == "captures" and folder.parent.name == "content" and _is_site(folder.parent.parent):
            return folder.parent.parent
    return None


def capture_at(site: Path, path: Path, data: bytes) -> Capture:
    """One capture of a site with the note of origin beside it."""
    content = site.resolve() / "content"
    note = path.resolve().with_name(f"{path.name}{ORIGIN_SUFFIX}")
    found = Found(note, note.stat().st_size) if note.is_file() else None
    origin, _ = _origin(found, content)
    return Capture(name_below(path.resolve(), content), data, origin)


def capture_below(site: Path, file: str) -> Capture | None:
    """The capture of a site at a path below content/, with its note of origin; None where it is no plain file."""
    path = site / "content" / file
    if path.is_symlink() or not path.is_file() or path.stat().st_size > CAPTURE_BYTES:
        return None
    data, trouble = read_file(path)
    return None if trouble else replace(capture_at(site, path, data), path=file)


def _is_site(folder: Path) -> bool:
    return (folder / "site.yaml").is_file()


def _origin(found: Found | None, content: Path) -> tuple[CaptureOrigin, tuple[Problem, ...]]:
    if found is None or found.trouble:
        return CaptureOrigin(), ()
    path = f"content/{name_below(found.path, content)}"
    data, trouble = read_file(found.path) if found.size <= NOTE_BYTES else (b"", "is too large for a note")
    return (CaptureOrigin(), (warning(Place(path), trouble),)) if trouble else parse_origin(path, data)


@value(frozen=True, slots=True)
class Found:
    """A file below a folder, or a folder that cannot be opened."""

    path: Path
    size: int = 0
    trouble: str = ""
    """What keeps it from being read."""
    foreign: bool = False
    """It is no file of the archive's at all: a pipe, a device, a link that leads out or nowhere."""


def walk(folder: Path) -> Iterator[Found]:
    """Everything below a folder in the order of its path; hidden folders, and hidden files that are no pages, are not.

    Links are followed only where they stay inside the folder, so that nothing outside the site is published by one;
    pipes, sockets and devices are named and never opened, since reading one can wait for ever. What fails because of
    the machine and not of a file raises OSError.
    """
    root = folder.resolve()
    waiting = [folder]
    found: list[Found] = []
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as trouble:
            _raise_if_the_machines(trouble)
            found.append(Found(here, trouble=f"cannot be opened: {trouble.strerror}"))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") and not entry.name.startswith(".."):
                # A page must not vanish without a word; macOS' shadows of files, editors' locks and .git may.
                if path.suffix.lower() in CAPTURE_KINDS and not entry.name.startswith("._"):
                    found.append(Found(path, trouble="is hidden, since its name begins with a dot", foreign=True))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif one := _look_at(path, root):
                found.append(one)
    yield from sorted(found, key=lambda one: one.path.as_posix())


def name_below(path: Path, folder: Path) -> str:
    """A path as it stands in messages and front matter: below a folder, with forward slashes.

    Names are bytes to most systems; those that are no UTF-8 are spelt out, so that each file keeps a name of its own.
    """
    text, above = str(path), "" if str(folder) == "." else f"{folder}{os.sep}"
    if text.isascii() and text.startswith(above) and os.sep == "/":
        return text[len(above) :]  # most names, in a fifth of the time
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace")


def read_file(path: Path) -> tuple[bytes, str]:
    """A file's bytes, or the reason why they cannot be had; pipes and devices are never opened.

    What fails because of the machine and not of the file raises OSError.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return b"", "is a folder" if stat.S_ISDIR(status.st_mode) else "is not a regular file"
        # As `read_bytes`, which asks the system twice as often; a letter more is asked for to see the end.
        with open(path, "rb", buffering=0) as file:
            data = file.read(status.st_size + 1)
            return (data if len(data) == status.st_size else data + file.readall()), ""
    except OSError as trouble:
        _raise_if_the_machines(trouble)
        return b"", f"cannot be read: {trouble.strerror}"


def _raise_if_the_machines(trouble: OSError) -> None:
    if trouble.errno in _MACHINE:
        raise trouble


def _look_at(path: Path, root: Path) -> Found | None:
    """What a name stands for; None when it has gone since the folder was listed, as an editor's scratch files do."""
    try:
        status = os.lstat(path)
        linked = stat.S_ISLNK(status.st_mode)
        status = os.stat(path) if linked else status
    except OSError as trouble:
        _raise_if_the_machines(trouble)
        if not os.path.lexists(path):
            return None
        return Found(path, trouble=f"cannot be read: {trouble.strerror}", foreign=path.is_symlink())
    if linked and (not stat.S_ISREG(status.st_mode) or root not in path.resolve().parents):
        return Found(path, trouble="is a link that leads out of its folder", foreign=True)
    if not stat.S_ISREG(status.st_mode):
        return Found(path, trouble="is not a regular file", foreign=True)
    return Found(path, status.st_size)
