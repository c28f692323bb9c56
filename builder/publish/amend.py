"""Some files of a standing site exchanged for others, all at once, and nothing else of it looked into."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from builder.model import Output
from builder.model.values import value
from builder.problems import Problem
from builder.publish.guard import refusals
from builder.publish.manifest import MANIFEST, relisted
from builder.publish.swap import heal, locked, remove, staging_of, swap, twin_of
from builder.publish.twin import follow, is_folder, take, tree_of

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


@value(frozen=True, slots=True)
class Amended:
    """What became of a site; with an error among the problems, it stands as it stood."""

    digest: str
    """SHA-256 of the manifest; empty when nothing was published."""
    swapped: bool
    """Whether anything changed."""
    problems: tuple[Problem, ...] = ()
    fresh: tuple[str, ...] | None = None
    """The files that were exchanged, where the system touched no other; None where each has a new name."""


def amend(outputs: Sequence[Output], out: Path, *, sources: Mapping[str, str], twin: Path | None = None) -> Amended:
    """Put some files of a standing site in the places of their former selves.

    Everything else is taken to be as it was published, which is the caller's to know. `sources` are new digests of some
    of the sources.
    """
    out = Path(os.path.abspath(out))
    done = _exchanged(outputs, out, sources, twin) if twin and not refusals(out) else None
    if done is None:
        from builder.publish.site import restaged  # noqa: PLC0415 - for few, and 3 ms of each edit

        report = restaged(outputs, out, sources=sources, twin=twin)
        done = Amended(report.digest, report.swapped, report.problems)
    return done


def _exchanged(outputs: Sequence[Output], out: Path, sources: Mapping[str, str], twin: Path) -> Amended | None:
    """The files exchanged in the twin of the site, which then takes its place.

    None, and nothing touched, where there is no twin, where files come or go, or where the disk is in the way.
    """
    try:
        with locked(out):
            heal(out)
            standing = tree_of(out)
            fresh = [output for output in outputs if not _stands(out, output)]
            digests = {output.path: hashlib.sha256(output.data).hexdigest() for output in fresh}
            manifest = relisted((out / MANIFEST).read_bytes(), {**digests, **sources})
            if manifest is None:
                return None
            if not _stands(out, listed := Output(MANIFEST, manifest)):
                fresh.append(listed)
            paths = tuple(output.path for output in fresh)
            if any(path not in standing or is_folder(standing[path]) for path in paths):
                return None
            digest = hashlib.sha256(manifest).hexdigest()
            if not fresh:
                return Amended(digest, swapped=False, fresh=())
            if not take(twin, twin_of(out), standing):
                return None
            old = _swapped_in(fresh, out)
            follow(old, paths, out, twin)
            return Amended(digest, swapped=True, fresh=paths)
    except OSError:
        return None


def _swapped_in(fresh: Sequence[Output], out: Path) -> Path:
    """The new files in the twin, and the twin in the site's place; where the old site is now."""
    staged = staging_of(out)
    try:
        os.rename(twin_of(out), staged)
        for output in fresh:
            # No file is written to: it would change in the site that stands as well.
            os.unlink(staged / output.path)
            with open(os.open(staged / output.path, _NEW, 0o666), "wb") as file:
                file.write(output.data)
        old = swap(out)
    except OSError:
        with suppress(OSError):
            remove(staged)
        raise
    if old is None:
        raise FileNotFoundError(str(out))
    return old


def _stands(out: Path, output: Output) -> bool:
    place = f"{out}/{output.path}"
    try:
        status = os.lstat(place)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(output.data):
            return False
        with open(place, "rb") as file:
            return file.read() == output.data
    except FileNotFoundError:
        return False
