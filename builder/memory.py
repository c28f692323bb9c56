"""What a build leaves for the next that has little to do, in rows: of ten thousand pieces an edit asks for a dozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from builder.link.doubles import proposing
from builder.link.edits import Sign, signs_of
from builder.link.order import newest_first
from builder.model import Article, AuthorWords, Event, Facts, Knowledge, Library, Settings, Subject, Templates
from builder.model.values import replace, value
from builder.problems import has_errors
from builder.publish.manifest import digest_of
from builder.render.parts import Site
from builder.render.standing import Saying
from builder.report import Options, Report
from builder.values import Unpacked, packed, unpacked

if TYPE_CHECKING:
    from builder.publish.amend import Amended
    from builder.storage import Cache


_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@value(frozen=True, slots=True)
class Piece:
    """A published piece, and what other pieces have to do with its page."""

    article: Article
    """Without its body and its file's digest."""
    facts: Facts
    edited: bool | None
    """Whether its provenance page says that the body was edited; None where it has no such page."""
    led_to: tuple[str, ...]
    """Ids of passages that other pages lead to."""
    related: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()
    event: Event | None = None
    earlier: str | None = None
    """The dated piece before it."""
    later: str | None = None
    beside: tuple[str, ...] = ()
    """The paths of all pieces that its page names."""

    def with_facts(self, facts: Facts) -> Piece:
        """The same with what is found in its new text."""
        return replace(self, facts=facts)


@value(frozen=True, slots=True)
class Known:
    """What holds for all pieces."""

    saying: Saying | None
    """By what a page gets another text; None where that takes its templates."""
    apart: frozenset[str]
    """Ids and paths of pieces that more than their own page tells of: dossiers, later captures, problems."""
    named: frozenset[str]
    """Ids of all whom a piece names."""
    rows: int


@value(frozen=True, slots=True)
class Lists:
    """What stands beside the pages of pieces, and what links lead to."""

    files: frozenset[str]
    """The addresses of all files that tell of many pieces."""
    led_to: Mapping[str, int]
    """All places that other pages lead to, the page, # and the id there, and how many pages do so."""
    later: frozenset[str]
    """Ids of pieces of which there are later captures."""


@value(frozen=True, slots=True)
class Shown:
    """What it takes beside a piece to make its page by its templates."""

    settings: Settings
    site: Site
    templates: Templates
    authors: AuthorWords
    leaders: Mapping[str, Subject]
    topics: Mapping[str, Subject]
    second: str
    """The second language of the archive."""


@value(frozen=True, slots=True)
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

    def reported(self, done: Amended) -> Report:
        """What the last build told, once some of the site's files are exchanged."""
        return replace(
            self.since.report,
            problems=(*self.since.report.problems, *done.problems),
            published=not has_errors(done.problems),
            digest=done.digest,
            swapped=done.swapped,
        )

    def pieces(self, paths: Collection[str]) -> dict[str, Piece] | None:
        """The pieces of these articles; None where one is not published."""
        rows = self._rows("pieces", {row_of(path, self.known.rows) for path in paths if path not in self._new})
        found = dict(chain.from_iterable(row.items() for row in rows)) | self._new
        return {path: found[path] for path in paths} if all(path in found for path in paths) else None

    def counts(self, signs: Collection[Sign]) -> dict[Sign, int]:
        """In how many pieces each sign stands."""
        counts: Counter[Sign] = Counter()
        for row in self._rows("counts", {row_of(sign, self.known.rows) for sign in signs}):
            counts.update(
                {sign: count if isinstance(count, int) else len(count) for sign, count in row.items() if sign in signs}
            )
        counts.update({sign: count for sign, count in self.since.moved if sign in signs})
        return counts

    def sharing(self, digests: Collection[int]) -> tuple[Facts, ...] | None:
        """The facts of all pieces in whose sketches one of these digests proposes others; None where that is not known.

        Of a digest that stood in one piece alone, and by now in another, the first is not known.
        """
        counts, named = self.counts(digests), Counter[Sign]()
        paths: set[str] = set()
        for row in self._rows("counts", {row_of(digest, self.known.rows) for digest in digests}):
            for digest in row.keys() & digests:
                holders = (
                    () if isinstance(row[digest], int) else [each for each in row[digest] if each not in self._new]
                )
                named[digest] += len(holders)
                paths.update(holders)
        for path, piece in self._new.items():
            if held := set(digests).intersection(proposing(piece.facts.shingles)):
                named.update(held)
                paths.add(path)
        if any(named[digest] < count for digest, count in counts.items() if count > 1):
            return None
        pieces = self.pieces(paths)
        return None if pieces is None else tuple(piece.facts for piece in pieces.values())

    def library(self) -> Library | None:
        """All of the archive; None where a row is lost. It takes a second of 30,000 pieces."""
        every = self.every()
        return None if every is None else library_of(every)

    def every(self) -> tuple[Piece, ...] | None:
        """All pieces, newest first; None where a row is lost."""
        rows = self._rows("pieces", range(self.known.rows))
        if len(rows) < self.known.rows:
            return None
        every = dict(chain.from_iterable(row.items() for row in rows)) | self._new
        return tuple(sorted(every.values(), key=lambda piece: newest_first(piece.facts.entry)))

    def lists(self) -> Lists | None:
        """What stands beside the pages of pieces; None where it is lost."""
        found = self._row("lists")
        return found if isinstance(found, Lists) else None

    def knowledge(self) -> Knowledge | None:
        """By what names are found; None where it is lost."""
        keys = key_of(self._asked, "knowledge"), key_of(self._asked, "authorities")
        rows = self._cache.load(keys)
        found = unpacked(rows[keys[0]])[0] if len(rows) == len(keys) else None
        # A text names a few dozen of 1,300 people and topics: to unpack them all took 5 ms.
        return replace(found, authorities=Unpacked(rows[keys[1]])) if isinstance(found, Knowledge) else None

    def shown(self) -> Shown | None:
        """By what pages are made; None where it is lost."""
        found = self._row("shown")
        return found if isinstance(found, Shown) else None

    def days(self) -> tuple[tuple[str, str | None], ...] | None:
        """Id and day of every piece, newest first; None where that is lost."""
        days: tuple[tuple[str, str | None], ...] | None = self._row("days")
        return days

    def _rows(self, what: str, numbers: Iterable[int]) -> list[Any]:
        keys = [key_of(self._asked, f"{what} {number}") for number in numbers]
        return [value for value, whole in map(unpacked, self._cache.load(keys).values()) if whole] if keys else []

    def _row(self, what: str) -> Any:
        key = key_of(self._asked, what)
        return next((value for value, whole in map(unpacked, self._cache.load([key]).values()) if whole), None)


def library_of(pieces: Sequence[Piece], shown: Shown | None = None) -> Library:
    """The library of these pieces alone, in their order; what others have to do with them stays as it was.

    It has people and topics where it is `shown`.
    """
    events = {piece.event.id: piece.event for piece in pieces if piece.event}
    return Library(
        entries={piece.article.id: piece.facts.entry for piece in pieces},
        facts={piece.article.id: piece.facts for piece in pieces},
        mentions={piece.article.id: piece.facts.mentions for piece in pieces},
        quoting=frozenset(piece.article.id for piece in pieces if piece.facts.quotes),
        leaders=shown.leaders if shown else {},
        topics=shown.topics if shown else {},
        related={piece.article.id: piece.related for piece in pieces},
        doubles={piece.article.id: piece.doubles for piece in pieces if piece.doubles},
        years={},
        events=tuple(sorted(events.values(), key=lambda event: (-int(event.day.replace("-", "") or 0), event.id))),
    )


def keep_since(cache: Cache, options: Options, since: Revision, also: Mapping[str, object] = _NOTHING) -> None:
    """Keep what the short way leaves beside it, and `also` what holds for all pieces now, by the name of its row."""
    rows = {**also, "since": since}
    cache.store([(key_of(asked_of(options), name), packed(value)) for name, value in rows.items()])


def recall(cache: Cache, options: Options) -> Recalled | None:
    """What the last builds of the site that stands left; None where that is another site, or nothing."""
    asked = asked_of(options)
    keys = key_of(asked, "since"), key_of(asked, "known")
    rows = {key: unpacked(data)[0] for key, data in cache.load(keys).items()}
    since, known = rows.get(keys[0]), rows.get(keys[1])
    if not isinstance(since, Revision) or not isinstance(known, Known):
        return None
    return Recalled(cache, asked, known, since) if since.report.digest == digest_of(options.out) else None


def asked_of(options: Options) -> str:
    """Builds that were asked for other things are kept apart."""
    return repr((options.out.absolute(), options.search, options.frozen, options.url))


def key_of(asked: str, what: str) -> bytes:
    """Under what it is kept."""
    return f"memory {what} {asked}".encode("utf-8", "replace")


def row_of(key: Sign, many: int) -> int:
    """In which of so many rows it is."""
    return (key if isinstance(key, int) else crc32(key.encode("utf-8", "replace"))) % many
