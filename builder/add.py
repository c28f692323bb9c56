"""The `add` command: pages copied into the captures, each with a note of where it came from and when."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from builder.apart import run_apart
from builder.intake import CONTAINERS, Found, FoundPage, LeftOut, container_of, pages_of
from builder.model import CAPTURE_KINDS, CaptureOrigin
from builder.model.budgets import CAPTURE_BYTES
from builder.parallel import Failure
from builder.problems import Place, Problem, error, in_order, warning
from builder.publish.accession import free_name, names_in, portable_name, shelve
from builder.publish.content import remove_leftovers
from builder.publish.guard import leads_out, stray
from builder.read.captures import name_below, read_captures, read_file, walk
from builder.read.settings import read_settings

_KINDS: Final = ", ".join(sorted(CAPTURE_KINDS | CONTAINERS))
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
class _File:
    """A file to be taken in, or why it cannot be."""

    path: Path
    trouble: str = ""
    hint: str = ""
    named: bool = True
    """By the archivist, rather than found in a folder."""


@dataclass(slots=True)
class _Shelves:
    """The captures as they grow: what is held, and which names are taken in each folder."""

    captures: Path
    holding: dict[str, str]
    """Digest and capture."""
    taken: dict[str, set[str]] = field(default_factory=dict)

    def folder_of(self, retrieved: str) -> Path:
        """The folder of the month: folders stay small for decades, and say when."""
        return self.captures / retrieved[: len("2026-11")]

    def place_for(self, name: str, folder: Path) -> Path:
        """A free place in a folder."""
        month = folder.name
        if month not in self.taken:
            remove_leftovers(folder)
            self.taken[month] = names_in(folder)
        name = free_name(portable_name(name), self.taken[month])
        self.taken[month] |= {name.casefold(), f"{name}.origin.yaml".casefold()}
        return folder / name


def add(site: Path, files: Sequence[Path], *, url: str | None, retrieved: str) -> Added:
    """Copy pages, and those in folders and in files that hold pages, into content/captures/<year>-<month>/.

    Nothing there is ever overwritten. `url` is where the one file came from, and `retrieved` the day on which all of
    them were taken, as far as a page does not say so itself.
    """
    settings, problems = read_settings(site)
    if settings is None:
        return Added(in_order(problems))
    captures, _ = read_captures(site)
    shelves = _Shelves(
        site / "content" / "captures", {capture.sha256: f"content/{capture.path}" for capture in captures}
    )
    found: list[Problem] = []
    added: list[tuple[str, str]] = []
    present: list[tuple[str, str]] = []
    for file in _files(files, found):
        for page in _pages(file, found):
            digest = sha256(page.data).hexdigest()
            came_as = _came_as(file, page)
            if digest in shelves.holding:
                present.append((came_as, shelves.holding[digest]))
                continue
            origin = replace(page.origin, url=page.origin.url or url, retrieved=page.origin.retrieved or retrieved)
            folder = shelves.folder_of(origin.retrieved or retrieved)
            if leads_out(folder, site):
                return Added(in_order((*found, stray(folder, site))), tuple(added), tuple(present))
            place = shelves.place_for(page.name, folder)
            try:
                shelve(place, page.data, origin, name_below(file.path, file.path.parent))
            except OSError as broken:
                message = f"cannot be copied: {broken.strerror or broken}"
                found.append(error(Place(file.path.as_posix()), message, "make room and try again"))
                return Added(in_order(found), tuple(added), tuple(present))
            shelves.holding[digest] = f"content/captures/{place.parent.name}/{place.name}"
            added.append((came_as, shelves.holding[digest]))
    return Added(in_order(found), tuple(added), tuple(present))


def _came_as(file: _File, page: FoundPage) -> str:
    """What the archivist is told: the file, and the page in it where it holds several."""
    given = file.path.as_posix()
    return f"{given}: {page.origin.url or page.name}" if container_of(file.path.name) else given


def _pages(file: _File, problems: list[Problem]) -> Iterator[FoundPage]:
    """The pages of one file, and what is to be said of the rest; equal reasons are told once, with their number."""
    if file.trouble:
        problems.append(_refusal(file, file.trouble))
        return
    if container_of(file.path.name) is None:
        data, trouble = read_file(file.path)
        if trouble or not data:
            problems.append(_refusal(file, trouble or "is empty"))
        else:
            yield FoundPage(name_below(file.path, file.path.parent), data, CaptureOrigin())
        return
    left: Counter[LeftOut] = Counter()
    pages = 0
    try:
        with file.path.open("rb") as stream:
            for one in pages_of(file.path.name, stream, size=file.path.stat().st_size, take=_bounded):
                if isinstance(one, LeftOut):
                    left[one] += 1
                else:
                    pages += 1
                    yield one
    except OSError as trouble:
        left[LeftOut(f"cannot be read: {trouble.strerror or trouble}")] += 1
    if not pages and not left:
        left[LeftOut("holds no pages", "only HTML pages that were answered whole are taken")] += 1
    for reason, count in left.items():
        trouble_said = reason.reason if count == 1 else f"{reason.reason} ({count} times)"
        problems.append(_refusal(replace(file, hint=reason.hint, named=file.named and not pages), trouble_said))


def _bounded(read: Callable[[], list[Found]]) -> list[Found]:
    """What is read from a file, unless that takes too long or too much memory, or kills the reader."""
    found = run_apart(read)
    if isinstance(found, Failure):
        *_, last = found.trace.strip().splitlines() or [""]
        return [
            LeftOut(f"cannot be read ({last.rpartition('OverBudgetError: ')[2]})", "add the page that it was made of")
        ]
    return found


def _files(given: Iterable[Path], problems: list[Problem]) -> Iterator[_File]:
    for path in given:
        if path.is_dir():
            yield from _files_below(path, problems)
        elif not os.path.lexists(path):
            yield _File(path, "is not there", "see how it is spelt")
        else:
            yield _looked_at(_File(path))


def _looked_at(file: _File) -> _File:
    """The file, with what keeps it from being taken in."""
    if not _is_read(file.path):
        return replace(file, trouble="is not of a kind that is read", hint=f"pages come as {_KINDS} files")
    if file.path.suffix.lower() in CAPTURE_KINDS and file.path.is_file():
        if file.path.stat().st_size > CAPTURE_BYTES:
            return replace(file, trouble=f"is larger than {CAPTURE_BYTES >> 20} MB", hint="a page of news is not")
    elif not file.path.is_file():
        return replace(file, trouble=read_file(file.path)[1] or "is not a regular file")
    return file


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in CAPTURE_KINDS or container_of(path.name) is not None


def _files_below(folder: Path, problems: list[Problem]) -> Iterator[_File]:
    """The files of a folder; what is of other kinds is counted, for there may be hundreds of pictures."""
    others: Counter[str] = Counter()
    for found in walk(folder):
        if _is_companion(found.path, folder):
            continue
        if found.trouble:
            yield _File(found.path, found.trouble, named=False)
        elif not _is_read(found.path):
            others[found.path.suffix.lower() or found.path.name] += 1
        else:
            yield _looked_at(_File(found.path, named=False))
    if others:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        message = f"holds files of kinds that are not read: {listed}"
        problems.append(warning(Place(folder.as_posix()), message, f"pages come as {_KINDS} files"))


def _is_companion(path: Path, folder: Path) -> bool:
    """Whether a file is a part of a saved page: in a folder that a browser made for the page beside it."""
    for parent in path.relative_to(folder).parents:
        stem = parent.name.removesuffix(_COMPANION)
        if stem != parent.name and any((folder / parent).with_name(stem + kind).is_file() for kind in CAPTURE_KINDS):
            return True
    return False


def _refusal(file: _File, trouble: str) -> Problem:
    """A file that was asked for by name and cannot be taken is an error; one met in a folder is told."""
    say = error if file.named else warning
    return say(Place(file.path.as_posix()), trouble, file.hint or "it was left out")
