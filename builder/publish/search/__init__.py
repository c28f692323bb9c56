"""The search: the index of the published pieces in Pagefind's format, Pagefind's engine, and all that the search page
loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from builder.model import Output, SearchRecord, SearchSubject
from builder.model.values import value
from builder.problems import Place, Problem, error
from builder.publish.delivery import Delivered
from builder.publish.search.engine import VERSION, EngineError
from builder.publish.search.files import PackFile, engine_file, entry_file, facets_file, term_bundles, word_bundles
from builder.publish.search.scripts import digest_of, digest_of_all
from builder.publish.search.shards import Engine, IndexShard, ReadEngine, ShardIndex, Shards
from builder.publish.search.terms import fold
from builder.publish.search.words import search_words

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741


class Mapper(Protocol):
    """Applies a stage to each item, in order; `map`, or one that is cached and parallel."""

    def __call__(self, stage: Callable[[I], O], items: Iterable[I], /) -> Iterable[O]:
        """The results."""


@value(frozen=True, slots=True)
class Pieces:
    """All that is searched."""

    heads: Iterable[SearchRecord]
    """Their records without the texts."""
    text: Callable[[str], Any]
    """Gives by its id what a piece's passages are made of."""
    passages: Callable[[Any], tuple[tuple[str, str], ...]]
    """Makes them of it."""


@value(frozen=True, slots=True)
class SearchFiles:
    """The files of the search, or why there are none."""

    outputs: Iterator[Output | Delivered]
    """Each made when it is asked for."""
    problems: tuple[Problem, ...] = ()


def build_index(
    pieces: Pieces,
    subjects: Iterable[SearchSubject] = (),
    *,
    scratch: Path,
    mapper: Mapper = map,
    delivering: Mapper = map,
) -> SearchFiles:
    """All that the search page loads, below `search/`; the same input gives the same bytes.

    `subjects` are the leaders and topics that have a page. `scratch` is a folder for passing files. A cached mapper
    makes a changed piece cost its own shard only; the stages it is given have a name, a fingerprint and `failed`. The
    one for `delivering` may leave of files no more than that they are delivered.
    """
    try:
        (engine,) = mapper(ReadEngine(scratch), (VERSION,))
    except EngineError as missing:
        return _nothing(str(missing))
    if engine.trouble:
        return _nothing(engine.trouble)
    return SearchFiles(_files(engine, pieces, subjects, delivering))


def _files(
    engine: Engine, pieces: Pieces, subjects: Iterable[SearchSubject], mapper: Mapper
) -> Iterator[Output | Delivered]:
    subjects = sorted(subjects, key=lambda subject: (subject.kind, subject.id))
    names = {s.id: tuple(sorted({fold(name) for name in s.names})) for s in subjects if s.kind == "leader"}
    shards = Shards(pieces.heads, pieces.text, names)
    few = (engine_file(engine.module), facets_file(shards.heads, subjects))
    yield from few
    indexes: list[ShardIndex] = []
    for files, index in mapper(IndexShard(pieces.passages), shards):
        yield from files
        indexes.append(index)
    size, terms = term_bundles(indexes)
    count, words = word_bundles(indexes)
    digests = [digest_of(few), *(index.digest for index in indexes)]
    for file, digest in mapper(PackFile(), chain(terms, words)):
        yield file
        digests.append(digest)
    digest, sizes = digest_of_all(digests), (size, count)
    yield entry_file(shards.sizes, indexes, sizes=sizes, subjects=subjects, words=search_words(), digest=digest)


def _nothing(trouble: str) -> SearchFiles:
    return SearchFiles(iter(()), (error(Place("search.html"), trouble, "or build with --no-search"),))
