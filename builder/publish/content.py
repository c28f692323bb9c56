"""Articles and ledgers put into the archivist's content: each whole or not at all, and none over another."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from builder.model import WrittenFile
from builder.problems import Place, Problem, error, warning
from builder.publish.guard import leads_out, stray

_SCRATCH: Final = re.compile(r"\.pressmark-(\d{1,9})\.part")


def write_new(site: Path, drafts: Iterable[tuple[WrittenFile, ...]]) -> tuple[int, tuple[Problem, ...]]:
    """Write articles that are not there yet; how many were written, and what went wrong.

    A draft's files are its ledger and then its article, which stands for both: a ledger without its article is that of
    another cleaning. A file is written beside its place, flushed and then renamed, so that a killed build leaves none
    half written. An article that exists is the archivist's and is left alone.
    """
    written = 0
    problems: list[Problem] = []
    strays: set[Path] = set()
    for files in drafts:
        if not files:
            continue
        article = files[-1].path
        folders = {(site / file.path).parent for file in files}
        if found := {folder for folder in folders if leads_out(folder, site)}:
            strays |= found
            continue
        if (site / article).is_file():
            if _holds(site / article, files[-1].text):
                continue  # another build has just written it
            hint = "write the capture into its front matter, or move it away"
            problems.append(warning(Place(article), "stands already and names another capture, or none", hint))
            continue
        for folder in folders:
            remove_leftovers(folder)
        try:
            for file in files:
                replace_file(site / file.path, file.text)
            written += 1
        except OSError as trouble:
            message = f"cannot be written: {trouble.strerror or trouble}"
            problems.append(error(Place(article), message, "make room, or let Pressmark write into content/"))
    return written, (*problems, *(stray(folder, site) for folder in sorted(strays)))


def write_over(site: Path, files: Iterable[WrittenFile]) -> tuple[int, tuple[Problem, ...]]:
    """Put files in place of those that stand there; how many differed, and what went wrong."""
    written = 0
    problems: list[Problem] = []
    strays: set[Path] = set()
    for file in files:
        if leads_out(folder := (site / file.path).parent, site):
            strays.add(folder)
            continue
        try:
            if not _holds(site / file.path, file.text):
                replace_file(site / file.path, file.text)
                written += 1
        except OSError as trouble:
            problems.append(error(Place(file.path), f"cannot be written: {trouble.strerror or trouble}"))
    return written, (*problems, *(stray(folder, site) for folder in sorted(strays)))


def replace_file(path: Path, text: str) -> None:
    """Put a text in place of whatever the path names, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".pressmark-{os.getpid()}.part")
    try:
        with scratch.open("xb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode("utf-8", "replace")
    except OSError:
        return False


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left half written in a folder; that of one that still runs is left to it."""
    with suppress(OSError):
        for name in os.listdir(folder):
            found = _SCRATCH.fullmatch(name)
            if found and not _runs(int(found[1])):
                (folder / name).unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
