"""A whole site put in place at once: staged beside the output, flushed, swapped in."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from builder.model import Output
from builder.model.values import value
from builder.problems import Place, Problem, error
from builder.publish.delivery import Delivered, Delivery, belongs, stands
from builder.publish.guard import refusals
from builder.publish.manifest import MANIFEST, SOURCES, entries, manifest_of
from builder.publish.swap import heal, locked, remove, staging_of, swap, twin_of
from builder.publish.twin import grow, is_folder, keep, take, tree_of

T = TypeVar("T")
_NO_SOURCES: Final[Mapping[str, str]] = MappingProxyType({})
_AWAY: Final = "Pressmark did not write it; move it away or choose another output with --out"


@value(frozen=True, slots=True)
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
    """Make `out` hold exactly these outputs and the files of others that it held before."""
    with staging(out, site) as staged:
        for output in outputs:
            staged.put(output)
        return staged.publish(sources)


@contextmanager
def staging(out: Path, site: Path | None = None, *, twin: Path | None = None) -> Iterator[Staging]:
    """Where the next site grows, under the output's lock; what is not published in the end is thrown away.

    `site` is the site's own folder, for refusing outputs that would swallow it. `twin` is where a second tree of the
    site is kept, if there shall be one.
    """
    out = Path(os.path.abspath(out))
    staged = Staging(out, refusals(out, site), twin)
    with ExitStack() as held:
        staged.begin(held)
        try:
            yield staged
        finally:
            shutil.rmtree(staging_of(out), ignore_errors=True)


class Staging:
    """The next site, beside the one that stands.

    The site that stands there is replaced by one exchange of names, after everything was written and flushed. When
    nothing differs, nothing is touched. Files whose bytes are the same are hard-linked and keep their time stamps.
    What goes wrong is a problem in the report, never an exception for a full or read-only disk.
    """

    def __init__(self, out: Path, problems: tuple[Problem, ...], twin: Path | None) -> None:
        self._out = out
        self._problems = list(problems)
        self._twin = twin
        self._standing: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        self._same: set[str] = set()
        self._made: set[str] = set()
        # No other build writes there, nor a process that is late with something of an earlier one.
        self._staged = staging_of(out) / os.urandom(8).hex()

    @cached_property
    def listed(self) -> dict[str, str]:
        """SHA-256 by path of all that the manifest of the site that stands lists."""
        return entries(self._out)

    def begin(self, held: ExitStack) -> None:
        """Take the lock and mend what a killed build left."""
        self._try(partial(self._begin, held))

    def keep(self, digests: Mapping[str, str]) -> None:
        """Let these files stand, whose digests are known."""
        self._digests |= digests
        self._same |= digests.keys()

    def delivery(self) -> Delivery | None:
        """What writes files where they are made; none where nothing is to be written."""
        return self._try(self._delivery)

    def put(self, output: Output | Delivered) -> None:
        """Take in one file; it is written unless that is done, or it stands there already, byte for byte."""
        path = output.path
        if isinstance(output, Delivered):
            self._note(output)
        elif path.startswith(SOURCES):
            self._problems.append(error(Place(path), "this address is kept for sources"))
        elif not belongs(path):
            self._problems.append(error(Place(path), "this address leaves the output folder"))
        else:
            self._try(partial(self._write, path, output.data))

    def publish(self, sources: Mapping[str, str] = _NO_SOURCES) -> Report:
        """Put the new site in the old one's place."""
        manifest = manifest_of(self._digests, sources)
        self._try(partial(self._write, MANIFEST, manifest))
        report = self._try(partial(self._swap_in, hashlib.sha256(manifest).hexdigest()))
        return report or Report(0, 0, 0, 0, swapped=False, digest="", problems=tuple(self._problems))

    def _try(self, step: Callable[[], T]) -> T | None:
        """What a step gives; none is taken once anything went wrong, and a disk's trouble is a problem."""
        if self._problems:
            return None
        try:
            return step()
        except OSError as trouble:
            what = f"the site could not be published: {trouble.strerror or trouble}"
            self._problems.append(error(Place(str(self._out)), what, "the site that stood there still stands"))
            return None

    def _begin(self, held: ExitStack) -> None:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        held.enter_context(locked(self._out))
        heal(self._out)
        self._standing = tree_of(self._out)

    def _delivery(self) -> Delivery:
        self._make_folders("")
        folders = (path for path, state in self._standing.items() if is_folder(state))
        return Delivery(str(self._staged), str(self._out), ("", *folders))

    def _note(self, file: Delivered) -> None:
        self._digests[file.path] = file.digest
        if file.written:
            self._same.discard(file.path)
            self._made |= {*_parents(file.path)} if file.path.rpartition("/")[0] not in self._made else set()
        else:
            self._same.add(file.path)

    def _write(self, path: str, data: bytes) -> None:
        digest = self._digests[path] = hashlib.sha256(data).hexdigest()
        if path in self._standing and stands(f"{self._out}/{path}", len(data), digest):
            self._same.add(path)
            return
        self._same.discard(path)
        self._make_folders(path)
        (self._staged / path).write_bytes(data)

    def _swap_in(self, digest: str) -> Report | None:
        ours = {path for path in self.listed if not path.startswith(SOURCES)} | {MANIFEST}
        plan = _plan(self._digests.keys(), frozenset(self._same), self._out, standing=self._standing, ours=ours)
        if plan.conflicts:
            self._problems += plan.conflicts
            return None
        written = len(self._digests) - len(self._same)
        if not (written or plan.stale or not self._out.exists()):
            return Report(0, len(self._same), 0, len(plan.kept), swapped=False, digest=digest)
        if not self._grow_twin(plan):
            self._link_rest(plan)
        old = swap(self._out, self._staged)
        if self._twin:
            keep(old or twin_of(self._out), self._standing, self._out, self._twin)
        elif old:
            # The new site stands; what cannot be removed now, the next build removes.
            with suppress(OSError):
                remove(old)
        return Report(written, len(self._same), len(plan.stale), len(plan.kept), swapped=True, digest=digest)

    def _grow_twin(self, plan: _Plan) -> bool:
        """Make the next site of what was written and of the twin of the one that stands, if there is such."""
        twin, staged = twin_of(self._out), self._staged
        if not (self._twin and take(self._twin, twin, self._standing)):
            return False
        written = self._digests.keys() - self._same
        folders = {path for path, state in self._standing.items() if is_folder(state)}
        grow(twin, staged, written, (*plan.stale, *folders.difference(plan.kept_folders)))
        shutil.rmtree(staged, ignore_errors=True)
        os.rename(twin, staged)
        return True

    def _link_rest(self, plan: _Plan) -> None:
        """Link what stands there as it is beside what was written."""
        out, staged = str(self._out), str(self._staged)
        for path in (*sorted(self._same), *plan.kept):
            self._make_folders(path)
            _link(f"{out}/{path}", f"{staged}/{path}")
        for folder in plan.kept_folders:
            self._make_folders(f"{folder}/")
        for folder in self._made:
            if (self._out / folder).is_dir():
                shutil.copymode(self._out / folder, self._staged / folder)

    def _make_folders(self, path: str) -> None:
        """The folders of a file, the staging folder itself included."""
        folder = path.rpartition("/")[0]
        if folder in self._made:
            return
        if folder:
            self._make_folders(folder)
        # Who delivers a file may have made its folder.
        (self._staged / folder).mkdir(parents=not folder, exist_ok=True)
        self._made.add(folder)


def restaged(outputs: Sequence[Output], out: Path, *, sources: Mapping[str, str], twin: Path | None = None) -> Report:
    """Put some files of a standing site in the places of their former selves, and link all others beside them.

    Everything else is taken to be as it was published, which is the caller's to know. `sources` are new digests of some
    of the sources.
    """
    changed = {output.path for output in outputs} | {MANIFEST}
    with staging(out, twin=twin) as staged:
        listed = staged.listed
        former = {path: digest for path, digest in listed.items() if path.startswith(SOURCES)}
        staged.keep({path: digest for path, digest in listed.items() if path not in changed and path not in former})
        for output in outputs:
            staged.put(output)
        return staged.publish({**former, **sources})


@value(frozen=True, slots=True)
class _Plan:
    kept: tuple[str, ...]
    """Files of others."""
    kept_folders: tuple[str, ...]
    """Folders to make although no output needs them: those of others, empty ones too."""
    stale: tuple[str, ...]
    """Files that go."""
    conflicts: tuple[Problem, ...]


def _plan(files: Set[str], same: Set[str], out: Path, *, standing: Mapping[str, int], ours: Set[str]) -> _Plan:
    """What besides the site's `files` stands in the output; of those, the `same` are as they stand there.

    `ours` are the paths that were Pressmark's.
    """
    there = [path for path, state in standing.items() if not is_folder(state)]
    kept = tuple(path for path in there if path not in ours and path not in same)
    stale = [path for path in there if path in ours and path not in files]
    # A folder that held nothing but what is ours goes with it; one that was empty, or holds others' files, stays.
    needed = {parent for path in (*kept, *files) for parent in _parents(path)}
    former = {parent for path in stale for parent in _parents(path)}
    folders = tuple(path for path, state in standing.items() if is_folder(state) and path not in former - needed)
    blocked = [path for path in kept if path in files]
    blocked += [path for path in kept if path in needed]
    blocked += [path for path in folders if path in files]
    conflicts = (error(Place(str(out / path)), "a page of the site needs this place", _AWAY) for path in blocked)
    return _Plan(kept, folders, tuple(stale), tuple(conflicts))


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _link(old: str, new: str) -> None:
    """The same file under a second name; a copy where the file system has no hard links."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
