"""The search: the index of the published pieces in Pagefind's format, Pagefind's engine, and all that the search page
loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from builder.model import Output, SearchRecord, SearchSubject
from builder.problems import Place, Problem, error
from builder.publish.search.engine import VERSION, EngineError
from builder.publish.search.files import (
    PackFile,
    engine_file,
    entry_file,
    facets_file,
    piece_files,
    term_bundles,
    word_bundles,
)
from builder.publish.search.shards import IndexShard, ReadEngine, plan_shards
from builder.publish.search.terms import fold
from builder.publish.search.words import search_words

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741


class Mapper(Protocol):
    """Applies a stage to each item, in order; `map`, or one that is cached and parallel."""

    def __call__(self, stage: Callable[[I], O], items: Sequence[I], /) -> Iterable[O]:
        """The results."""


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The files of the search, or why there are none."""

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...] = ()


def build_index(
    records: Iterable[SearchRecord],
    subjects: Iterable[SearchSubject] = (),
    *,
    scratch: Path,
    mapper: Mapper = map,
) -> SearchFiles:
    """All that the search page loads, below `search/`; the same input gives the same bytes.

    `subjects` are the leaders and topics that have a page. `scratch` is a folder for passing files. A cached mapper
    makes a changed piece cost its own shard only; the stages it is given have a name, a fingerprint and `failed`.
    """
    subjects = sorted(subjects, key=lambda subject: (subject.kind, subject.id))
    names = {s.id: tuple(sorted({fold(name) for name in s.names})) for s in subjects if s.kind == "leader"}
    shards = plan_shards(records, names)
    try:
        (engine,) = mapper(ReadEngine(scratch), (VERSION,))
    except EngineError as missing:
        return _nothing(str(missing))
    if engine.trouble:
        return _nothing(engine.trouble)
    indexes = tuple(mapper(IndexShard(), shards))
    size, terms = term_bundles(indexes)
    count, words = word_bundles(indexes)
    packed = mapper(PackFile(), (*terms, *words))
    files = (engine_file(engine.module), facets_file(shards, subjects), *packed, *piece_files(shards))
    entry = entry_file(shards, indexes, sizes=(size, count), subjects=subjects, words=search_words(), files=files)
    return SearchFiles((entry, *files))


def _nothing(trouble: str) -> SearchFiles:
    return SearchFiles((), (error(Place("search.html"), trouble, "or build with --no-search"),))
