"""builder/data/authors.yaml and citing.yaml → the words by which citations are written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml

from builder.model import AuthorWords, KoreanStyle

_HOME: Final = Path(__file__).parent.parent / "data"
_Loader: Final[type] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_author_words() -> AuthorWords:
    """The shipped words by which authors' names are taken apart; a mistake in the file is a bug, and raises."""
    return AuthorWords(**{name: _words(listed) for name, listed in _file("authors.yaml").items()})


def read_korean_style() -> KoreanStyle:
    """The words of the Korean style of citation."""
    words = _file("citing.yaml")["korean"]
    return KoreanStyle(
        name=words["name"],
        title=_pair(words["title"]),
        foreign_title=_pair(words["foreign_title"]),
        source=_pair(words["source"]),
        day=words["day"],
        undated=words["undated"],
        accessed=words["accessed"],
    )


def _file(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((_HOME / name).read_bytes(), Loader=_Loader)
    return read


def _words(listed: str | Iterable[str]) -> frozenset[str]:
    lines = [listed] if isinstance(listed, str) else listed
    return frozenset(word.casefold() for line in lines for word in line.split())


def _pair(marks: list[str]) -> tuple[str, str]:
    before, after = marks
    return before, after
