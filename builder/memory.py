"""What a build leaves for the next that has little to do, in rows: of ten thousand pieces an edit asks for a dozen."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from builder.link.edits import Sign, signs_of
from builder.link.order import newest_first
from builder.model import Article, AuthorWords, Event, Facts, Knowledge, Library, Settings, Subject, Templates
from builder.publish.manifest import digest_of
from builder.render.lists import second_language
from builder.render.parts import Site
from builder.render.words import parsed
from builder.report import Options, Report
from builder.values import packed, unpacked

if TYPE_CHECKING:
    from builder.cache import Cache

_IN_A_ROW: Final = 8
"""Pieces; each row more costs 6 µs to write, each piece more 20 µs to read."""
_AT_ONCE: Final = 512
"""Rows that are written together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A published piece, and what other pieces have to do with its page."""

    article: Article
    """Without its body and its file's digest."""
    facts: Facts
    edited: bool | None
    """Whether its provenance page says that the body was edited; None where it has no such page."""
    led_to: tuple[str, ...]
    """Ids of passages that other pages lead to."""
    related: tuple[str, ...]
    doubles: tuple[str, ...]
    event: Event | None
    earlier: str | None
    """The dated piece before it."""
    later: str | None
    beside: tuple[str, ...]
    """The paths of all pieces that its page names."""


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for all pieces."""

    settings: Settings
    site: Site
    knowledge: Knowledge
    templates: Templates
    authors: AuthorWords
    leaders: Mapping[str, Subject]
    topics: Mapping[str, Subject]
    second: str
    """The second language of the archive."""
    apart: frozenset[str]
    """Ids and paths of pieces that more than their own page tells of: dossiers, later captures, problems."""
    named: frozenset[str]
    """Ids of all whom a piece names."""
    rows: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What a whole build leaves."""

    known: Known
    library: Library
    articles: Mapping[str, Article]
    """By id."""
    paths: Mapping[str, str]
    """Of the articles, by id."""
    provenances: Mapping[str, bool]
    led_to: frozenset[str]
    """Passages that other pages lead to: the page, # and the passage's id."""
    report: Report

    def piecing(self) -> Callable[[str], Piece]:
        """What makes the piece of an id, one at a time: all of them are as large as the archive."""
        library = self.library
        event_of = {key: event for event in library.events for key in event.articles}
        dated = [key for key, entry in library.entries.items() if entry.day]
        earlier = dict(pairwise(dated))
        later = {older: newer for newer, older in pairwise(dated)}
        led_to: dict[str, list[str]] = {}
        for place in self.led_to:
            page, _, name = place.partition("#")
            led_to.setdefault(page.removeprefix("articles/").removesuffix(".html"), []).append(name)

        def piece(key: str) -> Piece:
            related, doubles, event = library.related.get(key, ()), library.doubles.get(key, ()), event_of.get(key)
            near = (*related, *doubles, *(event.articles if event else ()), earlier.get(key), later.get(key))
            return Piece(
                article=replace(self.articles[key], body="", sha256=""),
                facts=library.facts[key],
                edited=self.provenances.get(key),
                led_to=tuple(sorted(led_to.get(key, ()))),
                related=related,
                doubles=doubles,
                event=event,
                earlier=earlier.get(key),
                later=later.get(key),
                beside=tuple(self.paths[other] for other in dict.fromkeys(near) if other and other != key),
            )

        return piece


@dataclass(frozen=True, slots=True)
class Revision:
    """What the short way leaves: pieces as they are since the last whole build."""

    report: Report
    pieces: tuple[Piece, ...] = ()
    moved: tuple[tuple[Sign, int], ...] = ()
    """By how many more pieces a sign stands in."""

    def with_pieces(self, pieces: Iterable[Piece], former: Iterable[Piece], report: Report) -> Revision:
        """The same after another short build."""
        moved: Counter[Sign] = Counter(dict(self.moved))
        new = {piece.article.path: piece for piece in pieces}
        moved.update(chain.from_iterable(signs_of(piece.facts) for piece in new.values()))
        moved.subtract(chain.from_iterable(signs_of(piece.facts) for piece in former))
        kept = {piece.article.path: piece for piece in self.pieces} | new
        return Revision(report, tuple(kept.values()), tuple((sign, count) for sign, count in moved.items() if count))


class Recalled:
    """What the last builds of the site that stands left, read as far as it is asked for."""

    def __init__(self, cache: Cache, asked: str, known: Known, since: Revision) -> None:
        self.known = known
        self.since = since
        self._cache = cache
        self._asked = asked
        self._new = {piece.article.path: piece for piece in since.pieces}

    def pieces(self, paths: Collection[str]) -> dict[str, Piece] | None:
        """The pieces of these articles; None where one is not published."""
        rows = self._rows("pieces", {_row_of(path, self.known.rows) for path in paths if path not in self._new})
        found = dict(chain.from_iterable(row.items() for row in rows)) | self._new
        return {path: found[path] for path in paths} if all(path in found for path in paths) else None

    def counts(self, signs: Collection[Sign]) -> dict[Sign, int]:
        """In how many pieces each sign stands."""
        counts: Counter[Sign] = Counter()
        for row in self._rows("counts", {_row_of(sign, self.known.rows) for sign in signs}):
            counts.update({sign: count for sign, count in row.items() if sign in signs})
        counts.update({sign: count for sign, count in self.since.moved if sign in signs})
        return counts

    def library(self) -> Library | None:
        """All of the archive; None where a row is lost. It takes a second of 30,000 pieces."""
        rows = self._rows("pieces", range(self.known.rows))
        if len(rows) < self.known.rows:
            return None
        every = dict(chain.from_iterable(row.items() for row in rows)) | self._new
        pieces = sorted(every.values(), key=lambda piece: newest_first(piece.facts.entry))
        return library_of(self.known, pieces)

    def days(self) -> tuple[tuple[str, str | None], ...] | None:
        """Id and day of every piece, newest first; None where that is lost."""
        days: tuple[tuple[str, str | None], ...] | None = self._row("days")
        return days

    def _rows(self, what: str, numbers: Iterable[int]) -> list[Any]:
        keys = [_key(self._asked, f"{what} {number}") for number in numbers]
        return [value for value, whole in map(unpacked, self._cache.load(keys).values()) if whole] if keys else []

    def _row(self, what: str) -> Any:
        key = _key(self._asked, what)
        return next((value for value, whole in map(unpacked, self._cache.load([key]).values()) if whole), None)


def library_of(known: Known, pieces: Sequence[Piece]) -> Library:
    """The library of these pieces alone, in their order; what others have to do with them stays as it was."""
    events = {piece.event.id: piece.event for piece in pieces if piece.event}
    return Library(
        entries={piece.article.id: piece.facts.entry for piece in pieces},
        facts={piece.article.id: piece.facts for piece in pieces},
        mentions={piece.article.id: piece.facts.mentions for piece in pieces},
        quoting=frozenset(piece.article.id for piece in pieces if piece.facts.quotes),
        leaders=known.leaders,
        topics=known.topics,
        related={piece.article.id: piece.related for piece in pieces},
        doubles={piece.article.id: piece.doubles for piece in pieces if piece.doubles},
        years={},
        events=tuple(sorted(events.values(), key=lambda event: (-int(event.day.replace("-", "") or 0), event.id))),
    )


def known_of(
    settings: Settings,
    library: Library,
    *,
    site: Site,
    knowledge: Knowledge,
    templates: Templates,
    authors: AuthorWords,
    apart: frozenset[str],
) -> Known:
    """What holds for all pieces of a library."""
    return Known(
        settings=settings,
        site=site,
        knowledge=knowledge,
        templates=replace(templates, assets={}, catalogue=parsed(templates.catalogue)),
        authors=authors,
        leaders=library.leaders,
        topics=library.topics,
        second=second_language(library, settings.language),
        apart=apart,
        named=frozenset(mention.id for mentions in library.mentions.values() for mention in mentions),
        rows=max(1, len(library.entries) // _IN_A_ROW),
    )


def keep(cache: Cache, options: Options, memory: Memory) -> None:
    """Keep what a whole build leaves."""
    asked = _asked(options)
    days = tuple((key, entry.day) for key, entry in memory.library.entries.items())
    few = (("days", days), ("known", memory.known), ("since", Revision(memory.report)))
    # What makes the others count is kept last: a build that is killed here has left nothing.
    signs = _Signs(memory.known.rows)
    rows = chain(_rows_of_pieces(memory, signs), signs.rows(), few)
    while some := [(_key(asked, name), packed(value)) for name, value in islice(rows, _AT_ONCE)]:
        cache.store(some)


def keep_since(cache: Cache, options: Options, since: Revision) -> None:
    """Keep what the short way leaves beside it."""
    cache.store([(_key(_asked(options), "since"), packed(since))])


def recall(cache: Cache, options: Options) -> Recalled | None:
    """What the last builds of the site that stands left; None where that is another site, or nothing."""
    asked = _asked(options)
    keys = _key(asked, "since"), _key(asked, "known")
    rows = {key: unpacked(data)[0] for key, data in cache.load(keys).items()}
    since, known = rows.get(keys[0]), rows.get(keys[1])
    if not isinstance(since, Revision) or not isinstance(known, Known):
        return None
    return Recalled(cache, asked, known, since) if since.report.digest == digest_of(options.out) else None


def _rows_of_pieces(memory: Memory, signs: _Signs) -> Iterator[tuple[str, dict[str, Piece]]]:
    """The pieces row by row; their signs are counted as they pass by."""
    ids: list[list[str]] = [[] for _ in range(memory.known.rows)]
    for key in memory.library.entries:
        ids[_row_of(memory.paths[key], memory.known.rows)].append(key)
    piece = memory.piecing()
    for number, keys in enumerate(ids):
        row = {memory.paths[key]: piece(key) for key in keys}
        signs.add(each.facts for each in row.values())
        yield f"pieces {number}", row


class _Signs:
    """In how many pieces each sign stands: a digest, unlike a word, in one most often, so they are counted by row."""

    def __init__(self, rows: int) -> None:
        self._words: Counter[str] = Counter()
        self._digests = [array("Q") for _ in range(rows)]

    def add(self, facts: Iterable[Facts]) -> None:
        for sign in chain.from_iterable(map(signs_of, facts)):
            if isinstance(sign, int):
                self._digests[_row_of(sign, len(self._digests))].append(sign)
            else:
                self._words[sign] += 1

    def rows(self) -> Iterator[tuple[str, dict[Sign, int]]]:
        words: list[dict[Sign, int]] = [{} for _ in self._digests]
        for word, count in self._words.items():
            words[_row_of(word, len(words))][word] = count
        for number, row in enumerate(words):
            yield f"counts {number}", {**row, **Counter(self._digests[number])}


def _asked(options: Options) -> str:
    """Builds that were asked for other things are kept apart."""
    return repr((options.out.absolute(), options.search, options.frozen, options.url))


def _key(asked: str, what: str) -> bytes:
    return f"memory {what} {asked}".encode("utf-8", "replace")


def _row_of(key: Sign, many: int) -> int:
    return (key if isinstance(key, int) else crc32(key.encode("utf-8", "replace"))) % many
