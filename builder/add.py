"""The `add` command: pages copied into the captures, each with a note of where it came from and when."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from builder.model import CaptureOrigin
from builder.problems import Place, Problem, error, in_order, warning
from builder.publish.accession import free_name, names_in, portable_name, shelve
from builder.publish.content import remove_leftovers
from builder.read.captures import CAPTURE_KINDS, LARGEST_CAPTURE, name_below, read_captures, read_file, walk
from builder.read.settings import read_settings

_KINDS: Final = ", ".join(sorted(CAPTURE_KINDS))
_COMPANION: Final = "_files"
"""Browsers put a page's pictures and scripts into a folder beside it, named like the page with this ending."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the files."""

    problems: tuple[Problem, ...]
    added: tuple[tuple[str, str], ...] = ()
    """Each file as it was given, and the capture it is now, from the site's root."""
    present: tuple[tuple[str, str], ...] = ()
    """Files whose bytes are in the archive already, and the capture that holds them."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A file to be taken in, or why it cannot be."""

    path: Path
    trouble: str = ""
    hint: str = ""
    named: bool = True
    """By the archivist, rather than found in a folder."""


def add(site: Path, files: Sequence[Path], *, url: str | None, retrieved: str) -> Added:
    """Copy pages, and those in folders, into content/captures/<year>-<month>/; nothing there is ever overwritten.

    A folder a month keeps folders small for decades and says when. `url` is where the one file came from; `retrieved`
    is the day on which all of them were taken.
    """
    settings, problems = read_settings(site)
    if settings is None:
        return Added(in_order(problems))
    captures, _ = read_captures(site)
    holding = {capture.sha256: f"content/{capture.path}" for capture in captures}
    folder = site / "content" / "captures" / retrieved[: len("2026-11")]
    remove_leftovers(folder)
    taken = names_in(folder)
    found: list[Problem] = []
    added: list[tuple[str, str]] = []
    present: list[tuple[str, str]] = []
    for page in _pages(files, found):
        data, trouble = (b"", page.trouble) if page.trouble else read_file(page.path)
        if trouble or not data:
            found.append(_refusal(page, trouble or "is empty"))
            continue
        given, digest = page.path.as_posix(), sha256(data).hexdigest()
        if digest in holding:
            present.append((given, holding[digest]))
            continue
        came_as = name_below(page.path, page.path.parent)
        name = free_name(portable_name(came_as), taken)
        try:
            shelve(folder / name, data, CaptureOrigin(url, retrieved), came_as)
        except OSError as broken:
            found.append(
                error(Place(given), f"cannot be copied: {broken.strerror or broken}", "make room and try again")
            )
            break
        taken |= {name.casefold(), f"{name}.origin.yaml".casefold()}
        holding[digest] = f"content/captures/{folder.name}/{name}"
        added.append((given, holding[digest]))
    return Added(in_order(found), tuple(added), tuple(present))


def _pages(files: Iterable[Path], problems: list[Problem]) -> Iterator[_Page]:
    for path in files:
        if path.is_dir():
            yield from _pages_below(path, problems)
        elif not os.path.lexists(path):
            yield _Page(path, "is not there", "see how it is spelt")
        elif path.suffix.lower() not in CAPTURE_KINDS:
            yield _Page(path, "is not of a kind that is read", f"captures are {_KINDS} files")
        elif path.is_file() and path.stat().st_size > LARGEST_CAPTURE:
            yield _Page(path, f"is larger than {LARGEST_CAPTURE >> 20} MB", "a page of news is not")
        else:
            yield _Page(path)


def _pages_below(folder: Path, problems: list[Problem]) -> Iterator[_Page]:
    """The pages of a folder; what is of other kinds is counted, for there may be hundreds of pictures."""
    others: Counter[str] = Counter()
    for found in walk(folder):
        if _is_companion(found.path, folder):
            continue
        if found.trouble:
            yield _Page(found.path, found.trouble, named=False)
        elif found.path.suffix.lower() not in CAPTURE_KINDS:
            others[found.path.suffix.lower() or found.path.name] += 1
        elif found.size > LARGEST_CAPTURE:
            yield _Page(found.path, f"is larger than {LARGEST_CAPTURE >> 20} MB", named=False)
        else:
            yield _Page(found.path, named=False)
    if others:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        message = f"holds files of kinds that are not read: {listed}"
        problems.append(warning(Place(folder.as_posix()), message, f"captures are {_KINDS} files"))


def _is_companion(path: Path, folder: Path) -> bool:
    """Whether a file is a part of a saved page: in a folder that a browser made for the page beside it."""
    for parent in path.relative_to(folder).parents:
        stem = parent.name.removesuffix(_COMPANION)
        if stem != parent.name and any((folder / parent).with_name(stem + kind).is_file() for kind in CAPTURE_KINDS):
            return True
    return False


def _refusal(page: _Page, trouble: str) -> Problem:
    """A file that was asked for by name and cannot be taken is an error; one met in a folder is told."""
    say = error if page.named else warning
    return say(Place(page.path.as_posix()), trouble, page.hint or "it was left out")
