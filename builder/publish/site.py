"""A whole site put in place at once: staged beside the output, flushed, swapped in."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from builder.model import Output
from builder.problems import Place, Problem, error
from builder.publish.guard import refusals
from builder.publish.manifest import MANIFEST, SOURCES, amended, entries, is_inside, manifest_of, read_manifest
from builder.publish.swap import heal, locked, staging_of, swap

_NO_SOURCES: Final[Mapping[str, str]] = MappingProxyType({})
_AWAY: Final = "Pressmark did not write it; move it away or choose another output with --out"


@dataclass(frozen=True, slots=True)
class Report:
    """What publishing did; with an error among the problems, the site that stood there still stands."""

    written: int
    unchanged: int
    removed: int
    foreign: int
    """Files of others in the output, kept."""
    swapped: bool
    digest: str
    """SHA-256 of the manifest: equal digests, equal sites; empty when nothing was published."""
    problems: tuple[Problem, ...] = ()


def publish(
    outputs: Iterable[Output], out: Path, *, site: Path | None = None, sources: Mapping[str, str] = _NO_SOURCES
) -> Report:
    """Make `out` hold exactly these outputs and the files of others that it held before.

    The site that stands there is replaced by one exchange of names, after everything was written and flushed. When
    nothing differs, nothing is touched. Files whose bytes are the same are hard-linked and keep their time stamps.
    What goes wrong is a problem in the report, never an exception for a full or read-only disk. `site` is the site's
    own folder, for refusing outputs that would swallow it.
    """
    out = Path(os.path.abspath(out))
    problems = refusals(out, site)
    if problems:
        return _nothing(problems)
    files = {output.path: output.data for output in outputs}
    wrong = [error(Place(path), "this address leaves the output folder") for path in files if not is_inside(path)]
    wrong += [error(Place(path), "this address is kept for sources") for path in files if path.startswith(SOURCES)]
    if wrong:
        return _nothing(tuple(wrong))
    files[MANIFEST] = manifest_of(files, sources)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out):
            heal(out)
            try:
                return _publish(files, out)
            except OSError:
                shutil.rmtree(staging_of(out), ignore_errors=True)
                raise
    except OSError as trouble:
        return _unpublished(out, trouble)


def amend(outputs: Iterable[Output], out: Path, *, sources: Mapping[str, str]) -> Report:
    """Put some files of a standing site in the places of their former selves, by one exchange of the whole.

    Everything else is taken to be as it was published, which is the caller's to know. `sources` are new digests of some
    of the sources.
    """
    out = Path(os.path.abspath(out))
    files = {output.path: output.data for output in outputs}
    try:
        with locked(out):
            heal(out)
            listed = entries(out)
            files[MANIFEST] = amended(listed, files, sources)
            there = dict(_walk(out, ""))
            kept = tuple(path for path, is_folder in there.items() if not is_folder and path not in files)
            folders = tuple(path for path, is_folder in there.items() if is_folder)
            _stage(files, out, _Plan(frozenset(), kept, folders, 0, ()))
            swap(out)
    except OSError as trouble:
        shutil.rmtree(staging_of(out), ignore_errors=True)
        return _unpublished(out, trouble)
    digest = hashlib.sha256(files[MANIFEST]).hexdigest()
    return Report(len(files), len(kept), 0, 0, swapped=True, digest=digest)


def _unpublished(out: Path, trouble: OSError) -> Report:
    what = f"the site could not be published: {trouble.strerror or trouble}"
    return _nothing((error(Place(str(out)), what, "the site that stood there still stands"),))


def _nothing(problems: tuple[Problem, ...]) -> Report:
    return Report(0, 0, 0, 0, swapped=False, digest="", problems=problems)


@dataclass(frozen=True, slots=True)
class _Plan:
    same: frozenset[str]
    """Outputs that stand there already, byte for byte."""
    kept: tuple[str, ...]
    """Files of others."""
    kept_folders: tuple[str, ...]
    """Folders to make although no output needs them: those of others, empty ones too."""
    stale: int
    conflicts: tuple[Problem, ...]


def _publish(files: Mapping[str, bytes], out: Path) -> Report:
    digest = hashlib.sha256(files[MANIFEST]).hexdigest()
    plan = _plan(files, out)
    if plan.conflicts:
        return _nothing(plan.conflicts)
    written = len(files) - len(plan.same)
    if written or plan.stale or not out.exists():
        _stage(files, out, plan)
        swap(out)
        return Report(written, len(plan.same), plan.stale, len(plan.kept), swapped=True, digest=digest)
    return Report(0, len(plan.same), 0, len(plan.kept), swapped=False, digest=digest)


def _plan(files: Mapping[str, bytes], out: Path) -> _Plan:
    ours = read_manifest(out)
    standing = dict(_walk(out, "")) if out.exists() else {}
    same = frozenset(path for path, data in files.items() if path in standing and _holds(out / path, data))
    there = [path for path, is_folder in standing.items() if not is_folder]
    kept = tuple(path for path in there if path not in ours and path not in same)
    stale = [path for path in there if path in ours and path not in files]
    # A folder that held nothing but what is ours goes with it; one that was empty, or holds others' files, stays.
    needed = {parent for path in (*kept, *files) for parent in _parents(path)}
    former = {parent for path in stale for parent in _parents(path)}
    folders = tuple(path for path, is_folder in standing.items() if is_folder and path not in former - needed)
    blocked = [path for path in kept if path in files]
    blocked += [path for path in kept if path in needed]
    blocked += [path for path in folders if path in files]
    conflicts = (error(Place(str(out / path)), "a page of the site needs this place", _AWAY) for path in blocked)
    return _Plan(same, kept, folders, len(stale), tuple(conflicts))


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, bool]]:
    """Everything below a folder with whether it is a folder itself; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            is_folder = entry.is_dir(follow_symlinks=False)
            yield prefix + entry.name, is_folder
            if is_folder:
                yield from _walk(folder / entry.name, f"{prefix}{entry.name}/")


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _holds(path: Path, data: bytes) -> bool:
    """Whether a plain file holds exactly these bytes; the time stamp is not asked, so damage is mended."""
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and path.read_bytes() == data


def _stage(files: Mapping[str, bytes], out: Path, plan: _Plan) -> None:
    staging = staging_of(out)
    staging.mkdir()
    made = {""}
    for folder in sorted({parent for path in (*files, *plan.kept) for parent in _parents(path)} | {*plan.kept_folders}):
        for step in (*reversed([*_parents(folder)]), folder):
            if step not in made:
                (staging / step).mkdir()
                made.add(step)
    for path, data in files.items():
        if path in plan.same:
            _link(out / path, staging / path)
        else:
            (staging / path).write_bytes(data)
    for path in plan.kept:
        _link(out / path, staging / path)
    for folder in made:
        if (out / folder).is_dir():
            shutil.copymode(out / folder, staging / folder)


def _link(old: Path, new: Path) -> None:
    """The same file under a second name; a copy where the file system has no hard links."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
