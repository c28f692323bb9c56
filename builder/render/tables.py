"""The archive as tables: what columns each has, what they hold, and the rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final, Literal

from builder.model import Library, Mention, Subject
from builder.model.values import value
from builder.render.parts import article_page
from builder.render.scripts import harmless

Cell = str | int | None
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet would compute, in full width too, and the sign that keeps it from it."""


@value(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: Literal["string", "integer", "date"]
    said: str
    """What it holds; a message of the interface."""
    required: bool = False


@value(frozen=True, slots=True)
class Table:
    """One file of rows."""

    name: str
    """`articles` for data/articles.csv."""
    said: str
    """What a row is; a message of the interface."""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that tell each row from the others."""
    foreign: tuple[tuple[str, str], ...] = ()
    """Column, and the table whose `id` it holds."""


def tables() -> tuple[Table, ...]:
    """Every table, in the order in which they are explained."""
    return _TABLES


def rows(library: Library, table: Table) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table in a fixed order."""
    of_pieces = rows_of_pieces(table)
    return of_pieces(library, library.entries) if of_pieces else _ROWS[table.name](library)


def csv_text(table: Table, listed: Iterable[tuple[Cell, ...]]) -> str:
    """A table as RFC 4180 has it; what a spreadsheet would compute is kept from it by an apostrophe before it."""
    return csv_lines([tuple(column.name for column in table.columns)]) + csv_lines(listed)


def csv_lines(listed: Iterable[tuple[Cell, ...]]) -> str:
    """The rows of a table without its head."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_defused(cell) for cell in row] for row in listed)
    return text.getvalue()


def _defused(cell: Cell) -> Cell:
    """A text that begins like a formula, or with an apostrophe, gets one before it: take one off to have it back."""
    if not isinstance(cell, str):
        return cell
    clean = harmless(cell)
    return f"'{clean}" if clean.startswith(_DANGEROUS) else clean


def article_rows(library: Library, ids: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of these pieces in data/articles.csv."""
    events = {key: event.id for event in library.events for key in event.articles}
    for entry in map(library.entries.__getitem__, ids):
        mentions = library.mentions[entry.id]
        yield (
            entry.id,
            article_page(entry.id),
            entry.title,
            entry.language,
            entry.day,
            entry.source.name,
            entry.source.url,
            "; ".join(entry.authors),
            entry.item_type,
            (entry.retrieved or "")[:10] or None,
            entry.capture,
            _ids(mentions, "leader"),
            _ids(mentions, "topic"),
            " ".join(library.related.get(entry.id, ())),
            events.get(entry.id),
            entry.words,
        )


def rows_of_pieces(table: Table) -> Callable[[Library, Iterable[str]], Iterator[tuple[Cell, ...]]] | None:
    """What gives the rows of some pieces in a table that has the rows of each piece together; None of other tables."""
    return _ROWS_OF_PIECES.get(table.name)


def _mention_rows(library: Library, ids: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    for key in ids:
        for mention in library.mentions[key]:
            if mention.id in (library.leaders if mention.kind == "leader" else library.topics):
                yield key, mention.kind, mention.id, mention.count


def _quotation_rows(library: Library, ids: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    for key in ids:
        for quote in library.quotes(key):
            yield key, quote.leader, f"{article_page(key)}#{quote.passage}", quote.text


def _co_mentions(library: Library) -> Iterator[tuple[Cell, ...]]:
    """Each pair once, the earlier id first."""
    for subject in library.leaders.values():
        own = subject.authority.id
        yield from ((own, other, count) for other, count in sorted(subject.neighbours) if own < other)


def _events(library: Library) -> Iterator[tuple[Cell, ...]]:
    for event in library.events:
        pieces = " ".join(event.articles)
        yield event.id, event.day, len(event.articles), pieces, " ".join(event.leaders), " ".join(event.topics)


def _authorities(library: Library) -> Iterator[tuple[Cell, ...]]:
    for subject in _subjects(library):
        one = subject.authority
        yield (
            one.id,
            one.kind,
            one.names.get("en", one.id),
            one.country,
            one.wikidata,
            " ".join(one.broader),
            len(subject.articles),
            f"{one.kind}s/{one.id}.html",
        )


def _names(library: Library) -> Iterator[tuple[Cell, ...]]:
    for subject in _subjects(library):
        one = subject.authority
        uses = (
            ("name", {tag: (name,) for tag, name in one.names.items()}),
            ("alias", one.aliases),
            ("weak", one.weak),
        )
        for use, listed in uses:
            for tag in sorted(listed):
                yield from ((one.id, one.kind, tag, name, use) for name in dict.fromkeys(listed[tag]))


def _subjects(library: Library) -> Iterable[Subject]:
    return chain(library.leaders.values(), library.topics.values())


def _ids(mentions: Iterable[Mention], kind: str) -> str:
    return " ".join(mention.id for mention in mentions if mention.kind == kind)


_KIND: Final = Column("kind", "string", "leader or topic", required=True)
_ARTICLE: Final = Column("article", "string", "The id of the piece", required=True)
_TABLES: Final = (
    Table(
        "articles",
        "A row a piece: the same pieces as in articles.jsonl",
        (
            Column("id", "string", "The piece's id, which never changes", required=True),
            Column("page", "string", "The address of its page, from the root of the site", required=True),
            Column("title", "string", "Its title", required=True),
            Column("language", "string", "The language it is written in (BCP 47)", required=True),
            Column("published", "date", "The day it was published, in its source's own time; empty when unknown"),
            Column("source_name", "string", "Who published it"),
            Column("source_url", "string", "Where it was published"),
            Column("authors", "string", "Who wrote it, with semicolons between"),
            Column("item_type", "string", "What kind of piece it is, in Zotero's words", required=True),
            Column("retrieved", "date", "The day it was captured"),
            Column("capture", "string", "The captured page it was made from"),
            Column("leaders", "string", "Ids of the leaders it names, the most named first, with blanks between"),
            Column("topics", "string", "Ids of its topics, with blanks between"),
            Column("related", "string", "Ids of the pieces nearest to it, with blanks between"),
            Column("event", "string", "The id of the event it reports, with others"),
            Column("words", "integer", "How many words it has", required=True),
        ),
        ("id",),
        (("event", "events"),),
    ),
    Table(
        "mentions",
        "A row for each leader or topic that a piece names",
        (
            _ARTICLE,
            _KIND,
            Column("authority", "string", "The id of the leader or topic", required=True),
            Column("count", "integer", "How often the piece names it", required=True),
        ),
        ("article", "kind", "authority"),
        (("article", "articles"),),
    ),
    Table(
        "quotations",
        "A row for each quotation that is a leader's",
        (
            _ARTICLE,
            Column("leader", "string", "The id of the leader who said it", required=True),
            Column("page", "string", "The address of the passage, from the root of the site", required=True),
            Column("text", "string", "The words", required=True),
        ),
        (),
        (("article", "articles"),),
    ),
    Table(
        "co-mentions",
        "A row for each two leaders whom one piece names",
        (
            Column("leader", "string", "The id of the one", required=True),
            Column("other", "string", "The id of the other", required=True),
            Column("pieces", "integer", "How many pieces name both", required=True),
        ),
        ("leader", "other"),
    ),
    Table(
        "events",
        "A row for each event that two or more pieces report",
        (
            Column("id", "string", "The event's id, that of its first piece", required=True),
            Column("day", "date", "Its day", required=True),
            Column("pieces", "integer", "How many pieces report it", required=True),
            Column("articles", "string", "Their ids, the earliest first, with blanks between", required=True),
            Column("leaders", "string", "Ids of the leaders whom most of them name, with blanks between"),
            Column("topics", "string", "Ids of their topics, with blanks between"),
        ),
        ("id",),
    ),
    Table(
        "authorities",
        "A row for each leader and topic that has a page",
        (
            Column("id", "string", "Its id, which never changes", required=True),
            _KIND,
            Column("name", "string", "Its name in English", required=True),
            Column("country", "string", "The country of a leader (ISO 3166)"),
            Column("wikidata", "string", "Its item in Wikidata"),
            Column("broader", "string", "Ids of the topics above it, with blanks between"),
            Column("pieces", "integer", "How many pieces name it", required=True),
            Column("page", "string", "The address of its page, from the root of the site", required=True),
        ),
        ("kind", "id"),
    ),
    Table(
        "names",
        "A row for each name by which a leader or topic is found",
        (
            Column("authority", "string", "The id of the leader or topic", required=True),
            _KIND,
            Column("language", "string", "The language of the name", required=True),
            Column("name", "string", "The name", required=True),
            Column(
                "use",
                "string",
                "name: preferred; alias: enough alone; weak: counts only beside another name",
                required=True,
            ),
        ),
        (),
    ),
)
_ROWS: Final[Mapping[str, Callable[[Library], Iterator[tuple[Cell, ...]]]]] = MappingProxyType(
    {
        "co-mentions": _co_mentions,
        "events": _events,
        "authorities": _authorities,
        "names": _names,
    }
)
_ROWS_OF_PIECES: Final[Mapping[str, Callable[[Library, Iterable[str]], Iterator[tuple[Cell, ...]]]]] = MappingProxyType(
    {"articles": article_rows, "mentions": _mention_rows, "quotations": _quotation_rows}
)
