"""The words the search box goes by, read once a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from builder.model.values import value

_DATA: Final = Path(__file__).resolve().parents[2] / "data"


@value(frozen=True, slots=True)
class SearchWords:
    """builder/data/search.yaml and nouns.yaml."""

    cased: tuple[str, ...]
    """English words that mean another thing with these capitals, sorted."""

    endings: tuple[str, ...]
    """Peeled off the words of a question, sorted."""
    objects: tuple[str, ...]
    """Those of them that leave a word of one letter, sorted."""
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
    heads: tuple[str, ...]
    """Chinese and Japanese nouns after whose last letter a word ends, sorted."""
    after_l: tuple[str, ...]
    """Nouns that are none behind a verb's form in -l."""


@cache
def search_words() -> SearchWords:
    """The shipped words; the files are the project's own, so a mistake in one is a bug and raises."""
    data, nouns = _read("search.yaml"), _read("nouns.yaml")
    pairs = {form: base for base, forms in data["inflections"].items() for form in (base, *forms)}
    return SearchWords(
        cased=_listed([data["cased"]]),
        endings=_listed(data["endings"]),
        objects=_listed([data["objects"]]),
        whole=_listed(data["whole"]),
        ignored=_listed(data["ignored"]),
        inflections=tuple(sorted(pairs.items())),
        nouns=_listed(line for lines in nouns["nouns"].values() for line in lines),
        prefixes=_listed([nouns["prefixes"]]),
        heads=_listed([nouns["heads"]]),
        after_l=_listed([nouns["after_l"]]),
    )


@cache
def han_letters() -> Mapping[int, str]:
    """Han letters as Taiwan and Japan write them, by code point, and as China does; `str.translate` takes it."""
    return {ord(pair[0]): pair[1] for pair in _read("languages/zh.yaml")["letters"].split() if pair[0] != pair[1]}


def _read(name: str) -> Any:
    return yaml.load((_DATA / name).read_bytes(), Loader=yaml.CSafeLoader)


def _listed(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for line in lines for word in line.split()}))
