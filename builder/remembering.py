"""What a whole build leaves for the next that has little to do."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from builder.link.doubles import proposing
from builder.link.edits import Sign
from builder.memory import Known, Lists, Piece, Revision, Shown, asked_of, key_of, row_of
from builder.model import Article, AuthorWords, Facts, Knowledge, Library, Settings, Templates
from builder.model.values import replace, value
from builder.render.lists import second_language
from builder.render.parts import Site
from builder.render.sayings import saying_of
from builder.render.words import parsed
from builder.report import Options, Report
from builder.values import packed, packed_each

if TYPE_CHECKING:
    from builder.storage import Cache

_IN_A_ROW: Final = 8
"""Pieces; each row more costs 6 µs to write, each piece more 20 µs to read."""
_AT_ONCE: Final = 512
"""Rows that are written together."""


@value(frozen=True, slots=True)
class Memory:
    """What a whole build leaves."""

    shown: Shown
    knowledge: Knowledge
    apart: frozenset[str]
    """As `Known` has it."""
    library: Library
    articles: Mapping[str, Article]
    """By id."""
    paths: Mapping[str, str]
    """Of the articles, by id."""
    provenances: Mapping[str, bool]
    lists: Lists
    report: Report

    def known(self) -> Known:
        """What holds for all pieces."""
        library = self.library
        return Known(
            saying=saying_of(self.shown.templates, library),
            apart=self.apart,
            named=library.named(),
            rows=max(1, len(library.entries) // _IN_A_ROW),
        )

    def piecing(self) -> Callable[[str], Piece]:
        """What makes the piece of an id, one at a time: all of them are as large as the archive."""
        led_to: dict[str, list[str]] = {}
        for place in self.lists.led_to:
            page, _, name = place.partition("#")
            if page.startswith("articles/"):
                led_to.setdefault(page.removeprefix("articles/").removesuffix(".html"), []).append(name)
        settled = settling(self.library, self.paths)

        def piece(key: str) -> Piece:
            article, found = replace(self.articles[key], body="", sha256=""), tuple(sorted(led_to.get(key, ())))
            return settled(Piece(article, self.library.facts[key], self.provenances.get(key), found))

        return piece


def settling(library: Library, paths: Mapping[str, str]) -> Callable[[Piece], Piece]:
    """What gives a piece its place among those of a library; `paths` are those of all articles, by id."""
    event_of = {key: event for event in library.events for key in event.articles}
    dated = [key for key, entry in library.entries.items() if entry.day]
    earlier = dict(pairwise(dated))
    later = {older: newer for newer, older in pairwise(dated)}

    def settled(piece: Piece) -> Piece:
        key = piece.article.id
        related, doubles, event = library.related.get(key, ()), library.doubles.get(key, ()), event_of.get(key)
        near = (*related, *doubles, *(event.articles if event else ()), earlier.get(key), later.get(key))
        return replace(
            piece,
            related=related,
            doubles=doubles,
            event=event,
            earlier=earlier.get(key),
            later=later.get(key),
            beside=tuple(paths[other] for other in dict.fromkeys(near) if other and other != key),
        )

    return settled


def shown_of(settings: Settings, library: Library, *, site: Site, templates: Templates, authors: AuthorWords) -> Shown:
    """What it takes beside a piece of a library to make its page."""
    return Shown(
        settings=settings,
        site=site,
        templates=replace(templates, assets={}, catalogue=parsed(templates.catalogue)),
        authors=authors,
        leaders=library.leaders,
        topics=library.topics,
        second=second_language(library, settings.language),
    )


def keep(cache: Cache, options: Options, memory: Memory) -> None:
    """Keep what a whole build leaves."""
    asked = asked_of(options)
    known = memory.known()
    days = tuple((key, entry.day) for key, entry in memory.library.entries.items())
    _keep_knowledge(cache, asked, memory.knowledge)
    few = (("days", days), ("shown", memory.shown), ("lists", memory.lists))
    since = (("known", known), ("since", Revision(memory.report)))
    # What makes the others count is kept last: a build that is killed here has left nothing.
    signs = _Signs(known.rows)
    rows = chain(_rows_of_pieces(memory, known.rows, signs), signs.rows(), few, since)
    while some := [(key_of(asked, name), packed(value)) for name, value in islice(rows, _AT_ONCE)]:
        cache.store(some)


def _keep_knowledge(cache: Cache, asked: str, knowledge: Knowledge) -> None:
    """In one go: what it says of words by their numbers holds of these people and topics alone."""
    named = packed(replace(knowledge, authorities=())), packed_each(knowledge.authorities)
    cache.store([(key_of(asked, name), row) for name, row in zip(("knowledge", "authorities"), named, strict=True)])


def _rows_of_pieces(memory: Memory, many: int, signs: _Signs) -> Iterator[tuple[str, dict[str, Piece]]]:
    """The pieces row by row; their signs are counted as they pass by."""
    ids: list[list[str]] = [[] for _ in range(many)]
    for key in memory.library.entries:
        ids[row_of(memory.paths[key], many)].append(key)
    piece = memory.piecing()
    for number, keys in enumerate(ids):
        row = {memory.paths[key]: piece(key) for key in keys}
        for path, each in row.items():
            signs.add(path, each.facts)
        yield f"pieces {number}", row


class _Signs:
    """In how many pieces each sign stands: a digest, unlike a word, in one most often, so they are counted by row."""

    def __init__(self, rows: int) -> None:
        self._words: Counter[str] = Counter()
        self._digests = [array("Q") for _ in range(rows)]
        self._holders = [array("I") for _ in range(rows)]
        """For each of the digests the number of its piece's path."""
        self._paths: list[str] = []

    def add(self, path: str, facts: Facts) -> None:
        number, rows = len(self._paths), len(self._digests)
        self._paths.append(path)
        self._words.update(facts.terms)
        for digest in proposing(facts.shingles):
            row = row_of(digest, rows)
            self._digests[row].append(digest)
            self._holders[row].append(number)

    def rows(self) -> Iterator[tuple[str, dict[Sign, int | tuple[str, ...]]]]:
        words: list[dict[Sign, int | tuple[str, ...]]] = [{} for _ in self._digests]
        for word, count in self._words.items():
            words[row_of(word, len(words))][word] = count
        for number, row in enumerate(words):
            row.update(self._shared(number))
            yield f"counts {number}", row

    def _shared(self, row: int) -> dict[Sign, int | tuple[str, ...]]:
        """The digests of a row: 1 for those of one piece, the paths of the pieces for others."""
        counts = Counter(self._digests[row])
        shared: dict[int, list[str]] = {digest: [] for digest, count in counts.items() if count > 1}
        for digest, number in zip(self._digests[row], self._holders[row], strict=True) if shared else ():
            if digest in shared:
                shared[digest].append(self._paths[number])
        found: dict[Sign, int | tuple[str, ...]] = {}
        found.update(counts.items())
        found.update((digest, tuple(paths)) for digest, paths in shared.items())
        return found
