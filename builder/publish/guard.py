"""Folders that must never become an output, and folders of a site into which nothing may be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from builder.problems import Place, Problem, error

_OURS_TO_READ: Final = ("content", "templates", ".git", ".pressmark")


def refusals(out: Path, site: Path | None = None) -> tuple[Problem, ...]:
    """Why nothing may be published into `out`; empty when it is safe.

    Refused are a symbolic link, a file, the root, the home folder, the site's folder and whatever holds it, and the
    folders inside it that Pressmark reads.
    """
    reason = next((reason for refused, reason in _reasons(out, site) if refused), None)
    if reason is None:
        return ()
    return (error(Place(str(out)), f"the output {reason}", "name a folder of its own with --out"),)


def leads_out(folder: Path, site: Path) -> bool:
    """Whether a link on the way to a folder of the site leads out of it; one that goes round in circles does, too."""
    try:
        return site.resolve() not in (real := folder.resolve(), *real.parents)
    except (OSError, RuntimeError):
        return True


def stray(folder: Path, site: Path) -> Problem:
    """What is said of such a folder: a site that came from elsewhere could point at any."""
    hint = "put a folder in the place of the link"
    return error(Place(folder.relative_to(site).as_posix()), "leads out of the site, where nothing is written", hint)


def _reasons(out: Path, site: Path | None) -> Iterator[tuple[bool, str]]:
    yield out.is_symlink(), "is a symbolic link, and would be replaced by a folder"
    yield out.exists() and not out.is_dir(), "is a file, not a folder"
    real = out.resolve()
    yield real == Path(real.anchor), "is the root of the file system"
    yield real == _home(), "is the home folder"
    if site is not None:
        root = site.resolve()
        yield real == root, "is the site's own folder"
        yield real in root.parents, "holds the site's own folder"
        for name in _OURS_TO_READ:
            yield (root / name) in (real, *real.parents), f"lies in the site's {name}/, which Pressmark reads"


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # no HOME and no entry in the password file
        return None
