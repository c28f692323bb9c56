"""The archive cut into shards, and the index of one of them.

The engine compares each match with each other match, so that a common word takes seconds among 10,000 pieces; among a
few hundred at a time it takes milliseconds. A changed piece costs its own shard only, since the cuts are made where the
pieces themselves say and not by counting; what a new text costs does not depend on the shard at all (see `amend`).
"""

from __future__ import annotations

import gc
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise, starmap
from pathlib import Path
from typing import Any, Final, TypeVar

from builder.model import Output, SearchRecord
from builder.model.values import replace, value
from builder.publish.search.engine import VERSION, EngineError, web_assembly
from builder.publish.search.pieces import piece_file
from builder.publish.search.postings import words_of
from builder.publish.search.scripts import NO_FILES, digest_of
from builder.publish.search.shadow import Shadow
from builder.publish.search.words import search_words

_LATIN: Final = re.compile("[a-z]{3,24}")
P = TypeVar("P")
_LEAST: Final = 100
_MOST: Final = 300
"""Among 4,000 pieces, shards of 50 to 100 made the index 8 % larger, those of 300 to 600 made it 4 % smaller; questions
took the same time."""


@value(frozen=True, slots=True)
class Shard:
    """Two hundred pieces or so that lie together in time."""

    name: str
    pieces: tuple[tuple[SearchRecord, Any], ...]
    """Their records without passages, newest first, and what these are made of."""
    subjects: tuple[tuple[str, tuple[str, ...]], ...]
    """Of the leaders named in them the ids and folded names, sorted by id."""


@value(frozen=True, slots=True)
class Engine:
    """The program that answers in the browser."""

    module: bytes
    """WebAssembly."""
    trouble: str = ""
    """Why there is none; empty when there is one."""


@value(frozen=True, slots=True)
class ShardIndex:
    """What the engine made of one shard."""

    groups: tuple[tuple[int, int, bytes], ...]
    """Group of words, number of words, and their entries in Pagefind's format; sorted."""
    latin: tuple[tuple[str, int], ...] = ()
    """Words of plain letters and in how many pieces they stand, sorted: what a word half typed may become."""
    chance: tuple[str, ...] = ()
    """Pairs of letters that some piece holds by chance only, sorted."""
    han: tuple[str, ...] = ()
    """Han letters that other places write otherwise, as the index has them, sorted."""
    digest: str = NO_FILES
    """Of what results show of its pieces."""


def in_order(pieces: Iterable[P], key: Callable[[P], tuple[str, str | None]]) -> list[P]:
    """Pieces in the order of their numbers: newest first, undated last; by id and day."""
    by_id = sorted(pieces, key=lambda piece: key(piece)[0])
    return sorted(by_id, key=lambda piece: key(piece)[1] or "", reverse=True)


class Shards:
    """All pieces, newest first and undated last, in shards; the numbers of results follow this order.

    `names` are the folded names of each leader that are enough alone. `heads` are records without their passages;
    `text` gives what these are made of by the piece's id, when the turn of its shard comes: the texts of all are never
    held at once.
    """

    def __init__(
        self, heads: Iterable[SearchRecord], text: Callable[[str], Any], names: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.heads = in_order(heads, lambda head: (head.id, head.day))
        """In the order of their numbers."""
        self._text = text
        self._names = names
        self._cuts = list(pairwise(_cuts(self.heads)))

    @property
    def sizes(self) -> list[tuple[str, int]]:
        """Of each shard the name and the number of pieces."""
        return [(self._name(start), end - start) for start, end in self._cuts]

    def __len__(self) -> int:
        return len(self._cuts)

    def __iter__(self) -> Iterator[Shard]:
        return starmap(self._shard, self._cuts)

    def _shard(self, start: int, end: int) -> Shard:
        heads = self.heads[start:end]
        leaders = sorted({leader for head in heads for leader in head.leaders})
        pieces = tuple((head, self._text(head.id)) for head in heads)
        return Shard(self._name(start), pieces, tuple((leader, self._names.get(leader, ())) for leader in leaders))

    def _name(self, start: int) -> str:
        return f"{zlib.crc32(self.heads[start].id.encode()):08x}"


@value(frozen=True, slots=True)
class IndexShard:
    """The stage that makes the index of a shard, and the files of its pieces.

    Whole records are nowhere but here: they are made, read and left. To send, to keep and to fetch those of 10,000
    pieces took a tenth of what their search costs.
    """

    passages: Callable[[Any], tuple[tuple[str, str], ...]]
    """Makes the passages of a piece."""
    name: str = "search"
    batch: int = 1
    """A shard is half a second's work: more of them a task would leave workers idle at the end."""

    @property
    def fingerprint(self) -> str:
        """Another engine, another index."""
        return VERSION

    def __call__(self, shard: Shard, /) -> tuple[tuple[Output, ...], ShardIndex]:
        """What results show of the shard's pieces, and its index."""
        with _uncollected():
            records = [replace(head, passages=self.passages(text)) for head, text in shard.pieces]
            files = tuple(piece_file(shard.name, number, record) for number, record in enumerate(records))
            return files, _index(records, dict(shard.subjects), digest_of(files))

    def failed(self, shard: Shard, trace: str, /) -> tuple[tuple[Output, ...], ShardIndex]:
        """No piece is left out of the search quietly: this is a bug."""
        raise RuntimeError(f"{shard.name}: {trace}")


@value(frozen=True, slots=True)
class ReadEngine:
    """The stage that gets the engine for the browser; a stage, so that it costs nothing the second time."""

    scratch: Path
    name: str = "search engine"

    @property
    def fingerprint(self) -> str:
        """Nothing but the version, which is the item."""
        return ""

    def __call__(self, version: str, /) -> Engine:
        """The engine of that version; raises EngineError when Pagefind is missing or is another version."""
        return Engine(web_assembly(self.scratch))

    def failed(self, version: str, trace: str, /) -> Engine:
        """No engine, and why."""
        return Engine(b"", _told(trace))


def is_latin(word: str) -> bool:
    """Whether a word is of plain letters, and neither very short nor very long."""
    return word.isalpha() and _LATIN.fullmatch(word) is not None


def _index(records: Iterable[SearchRecord], names: Mapping[str, tuple[str, ...]], digest: str) -> ShardIndex:
    shadow = Shadow(names, search_words())
    shadows = [shadow.of(record) for record in records]
    words = words_of([each.tokens for each in shadows])
    ends = [0, *accumulate(Counter(words.groups).values())]
    latin = [pair for pair in zip(words.texts, words.pages, strict=True) if is_latin(pair[0])]
    return ShardIndex(
        groups=tuple(
            (words.groups[first], end - first, b"".join(words.entries[first:end])) for first, end in pairwise(ends)
        ),
        latin=tuple(sorted(latin)),
        chance=tuple(sorted(set().union(*[each.chance for each in shadows]))),
        han=tuple(sorted(set().union(*[each.han for each in shadows]))),
        digest=digest,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: there are no cycles among the 300,000 tokens of a shard, which it would walk over
    again and again for a quarter of the time, and once more behind it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.freeze()
            gc.unfreeze()  # both together make all that there is old, without a look at it
            gc.enable()


def _told(trace: str) -> str:
    """What an EngineError said that a worker met; any other trouble is a bug."""
    _, is_engine, message = trace.rpartition(f"{EngineError.__name__}: ")
    if not is_engine:
        raise RuntimeError(trace)
    return message.strip()


def _cuts(pieces: Sequence[SearchRecord]) -> Iterator[int]:
    """Where shards begin and end: a cut is at the piece whose id has the least checksum of those at which it may be, so
    that a new piece rarely moves one."""
    start = 0
    yield start
    while len(pieces) - start > _MOST:
        window = range(start + _LEAST, start + _MOST)
        start = min(window, key=lambda place: (zlib.crc32(pieces[place].id.encode()), place))
        yield start
    if start < len(pieces):
        yield len(pieces)
