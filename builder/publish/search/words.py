"""The words the search box goes by, read once a build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "search.yaml"


@dataclass(frozen=True, slots=True)
class SearchWords:
    """builder/data/search.yaml."""

    endings: tuple[str, ...]
    """Peeled off the words of a question, sorted."""
    whole: tuple[str, ...]
    """Nouns that end like a word with an ending, sorted."""
    inflections: tuple[tuple[str, str], ...]
    """Form and the form the index knows it by, sorted; equal where a word must be left alone."""


@cache
def search_words() -> SearchWords:
    """The shipped words; the file is the project's own, so a mistake in it is a bug and raises."""
    data = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    pairs = {form: base for base, forms in data["inflections"].items() for form in (base, *forms)}
    return SearchWords(_listed(data["endings"]), _listed(data["whole"]), tuple(sorted(pairs.items())))


def _listed(lines: list[str]) -> tuple[str, ...]:
    return tuple(sorted({word for line in lines for word in line.split()}))
