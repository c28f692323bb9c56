"""The `init` command: a folder becomes an archive that can be filled, built and published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder import __version__
from builder.problems import Place, Problem, error, has_errors, in_order
from builder.publish.skeleton import requirement_of, skeleton, write_skeleton


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written, by path below the folder, and what stood in the way."""

    written: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def init(folder: Path, *, title: str, source: str) -> Begun:
    """Make an archive of a folder, new or not; nothing that stands there is changed.

    `source` is where pip finds Pressmark: empty for the released version, a wheel or an address otherwise.
    """
    if folder.exists() and not folder.is_dir():
        return Begun((), (error(Place(str(folder)), "is a file, not a folder", "name a folder"),))
    requirement, problems = requirement_of(source, __version__, folder)
    if has_errors(problems):
        return Begun((), problems)
    name = " ".join(title.split()) or folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    written, wrong = write_skeleton(folder, skeleton(name or "My archive", requirement))
    return Begun(written, in_order((*problems, *wrong)))
