"""Articles and ledgers put into the archivist's content: each whole or not at all, and none over another."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from builder.model import WrittenFile
from builder.problems import Place, Problem, error


def write_new(site: Path, files: Iterable[WrittenFile]) -> tuple[int, tuple[Problem, ...]]:
    """Write files that are not there yet; how many were written, and what went wrong.

    A file is written beside its place, flushed and then renamed, so that a killed build leaves none half written. One
    that exists is the archivist's and is left alone.
    """
    written = 0
    problems: list[Problem] = []
    for file in files:
        try:
            if not (site / file.path).exists():
                replace_file(site / file.path, file.text)
                written += 1
        except OSError as trouble:
            message = f"cannot be written: {trouble.strerror or trouble}"
            problems.append(error(Place(file.path), message, "make room, or let Pressmark write into content/"))
    return written, tuple(problems)


def replace_file(path: Path, text: str) -> None:
    """Put a text in place of whatever the path names, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with scratch.open("xb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
