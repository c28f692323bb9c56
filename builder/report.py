"""What a build is asked for, and what it has to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from builder.model.values import value
from builder.problems import Problem

Say = Callable[[str], None]
"""Where a line of progress goes."""
Run = Callable[..., Any]
"""`cached_map` with its cache and executor."""


@value(frozen=True, slots=True)
class Options:
    """What the archivist asked for."""

    site: Path
    out: Path
    search: bool = True
    frozen: bool = False
    """Refuse captures that have no committed article, as CI does."""
    url: str | None = None
    """The address of the published site, with a slash at its end, where site.yaml names none."""

    @classmethod
    def asked(cls, site: Path, out: Path | None, *, url: str | None = None, search: bool, frozen: bool = False) -> Self:
        """As somebody writes them: the output is in the site's folder, and an address may lack its last slash."""
        return cls(site, out or site / "_site", search, frozen, url.rstrip("/") + "/" if url else None)

    @property
    def twin(self) -> Path | None:
        """Where a second tree of the published site is kept for the next build; nowhere when there will be none."""
        return None if self.frozen else self.site.absolute() / ".pressmark" / "twin"


@value(frozen=True, slots=True)
class Report:
    """What a build did and what it has to say."""

    problems: tuple[Problem, ...]
    published: bool = False
    articles: int = 0
    warned: int = 0
    """Of these, those that have a warning, or whose capture has one."""
    written: int = 0
    """Articles made from new captures."""
    refused: int = 0
    """Files among the captures and articles of which no article could be made."""
    digest: str = ""
    """Of the published site."""
    swapped: bool = False
    """Whether anything changed in the published folder."""
    fresh: tuple[str, ...] | None = None
    """The files of the published folder that were exchanged, where no other was touched; None where that is not known.
    """
