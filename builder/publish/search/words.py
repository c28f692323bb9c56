"""The words the search box goes by, read once a build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_DATA: Final = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, slots=True)
class SearchWords:
    """builder/data/search.yaml and nouns.yaml."""

    endings: tuple[str, ...]
    """Peeled off the words of a question, sorted."""
    whole: tuple[str, ...]
    """Nouns that end like a word with an ending, sorted."""
    ignored: tuple[str, ...]
    """Words that a question need not have in common with a piece, sorted."""
    inflections: tuple[tuple[str, str], ...]
    """Form and the form the index knows it by, sorted; equal where a word must be left alone."""
    nouns: tuple[str, ...]
    """Of scripts without spaces, sorted; a slash stands between the parts of a longer one."""
    prefixes: tuple[str, ...]
    """Single letters that may stand before a Korean noun."""


@cache
def search_words() -> SearchWords:
    """The shipped words; the files are the project's own, so a mistake in one is a bug and raises."""
    data, nouns = _read("search.yaml"), _read("nouns.yaml")
    pairs = {form: base for base, forms in data["inflections"].items() for form in (base, *forms)}
    return SearchWords(
        endings=_listed(data["endings"]),
        whole=_listed(data["whole"]),
        ignored=_listed(data["ignored"]),
        inflections=tuple(sorted(pairs.items())),
        nouns=_listed(line for lines in nouns["nouns"].values() for line in lines),
        prefixes=_listed([nouns["prefixes"]]),
    )


def _read(name: str) -> Any:
    return yaml.load((_DATA / name).read_bytes(), Loader=yaml.CSafeLoader)


def _listed(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for line in lines for word in line.split()}))
