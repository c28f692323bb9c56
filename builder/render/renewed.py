"""The files of data where some pieces are told of anew and stand where they stood: only their own lines change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

from builder.model import AuthorWords, Dossier, Library, Output
from builder.model.values import value
from builder.render.citable import citable_lists, citing, stands_inside
from builder.render.cite import FORMATS
from builder.render.cite.downloads import joined, record
from builder.render.cite.reference import reference
from builder.render.feeds import feed_views, json_feed
from builder.render.lists import Shelf
from builder.render.package import datapackage, described, weighed
from builder.render.parts import Site
from builder.render.records import article_lines
from builder.render.tables import Table, csv_lines, csv_text, rows, rows_of_pieces, tables

_LINES: Final = "data/articles.jsonl"


def told_anew(library: Library, former: Library) -> frozenset[str] | None:
    """Ids of the pieces of which lists say something new, and of those that report an event with one of them.

    None where lists themselves are new: where pieces come or go, stand in another order or below another heading, name
    others or quote others. Else all that is counted of the archive is what it was.
    """
    same = (library.leaders, library.topics, library.years) == (former.leaders, former.topics, former.years)
    if not same or [*library.entries] != [*former.entries] or len(library.events) != len(former.events):
        return None
    event_of, was_of = ({key: event for event in one.events for key in event.articles} for one in (library, former))
    told = {
        key
        for key, facts in library.facts.items()
        if facts is not former.facts[key]
        or library.related.get(key) != former.related.get(key)
        or event_of.get(key) != was_of.get(key)
    }
    if any(_heading(library, key) != _heading(former, key) for key in told):
        return None
    mates = (event for event in (*library.events, *former.events) if not told.isdisjoint(event.articles))
    return frozenset(told.union(*(event.articles for event in mates)))


@value(frozen=True, slots=True)
class Renewing:
    """What the files of data were made of, and what they are to be made of."""

    site: Site
    shown: Shelf
    former: Library
    told: frozenset[str]
    """The pieces that `told_anew` found."""
    dossiers: Sequence[Dossier]
    authors: AuthorWords
    standing: Callable[[str], bytes]
    """The files as they were made of the former library, by their addresses."""

    def files(self) -> Iterator[Output]:
        """All that may be another now."""
        made: dict[str, Output] = {}
        for output in chain((self._articles(),), filter(None, map(self._table, tables())), self._citations()):
            made[output.path] = output
            yield output
        files = ((path, made.get(path) or Output(path, self.standing(path))) for path in described(tables()))
        yield datapackage(self.site, tables(), {path: weighed(output) for path, output in files})
        yield from (json_feed(self.site, feed) for feed in feed_views(self.site, self.shown, self.told))

    def _articles(self) -> Output:
        now, was = self.shown.library, self.former
        pairs = ((article_lines(was, (key,)), article_lines(now, (key,))) for key in self.told)
        return self._output(_LINES, pairs, lambda: article_lines(now, now.entries))

    def _table(self, table: Table) -> Output | None:
        now, was = self.shown.library, self.former
        path, of_pieces = f"data/{table.name}.csv", rows_of_pieces(table)
        if of_pieces is not None:
            pairs = [[csv_lines(of_pieces(each, (key,))) for each in (was, now)] for key in self.told]
            return self._output(path, pairs, lambda: csv_text(table, rows(now, table)))
        listed = [*rows(now, table)]
        return None if listed == [*rows(was, table)] else Output(path, csv_text(table, listed).encode())

    def _citations(self) -> Iterator[Output]:
        """Of all lists in which one of the pieces stands."""
        cited, was = citing(self.site, self.shown, self.authors), self.former.entries
        new = {key for key in self.told if self.shown.library.entries[key] != was[key]}
        former = {key: reference(self.site, was[key], self.authors) for key in new}
        for form in FORMATS:
            pairs = {key: (record(form, former[key]), record(form, cited(key))) for key in new}
            for each in citable_lists(self.shown, self.dossiers):
                inside = [pairs[key] for key in new.intersection(each.ids)]
                if inside and not stands_inside(each):
                    every = (record(form, cited(key)) for key in each.ids)
                    yield self._output(f"{each.name}.{form.ending}", inside, partial(joined, form, every))

    def _output(self, path: str, pairs: Iterable[Sequence[str]], whole: Callable[[], str]) -> Output:
        """A file with other lines of some pieces, or made anew where one of these stands there not just once."""
        data = _exchanged(self.standing(path), pairs)
        return Output(path, whole().encode() if data is None else data)


def _heading(library: Library, key: str) -> tuple[object, ...]:
    """By what lists group a piece, and choose it."""
    entry = library.entries[key]
    return entry.day, entry.published, entry.language, entry.source, [quote.leader for quote in library.quotes(key)]


def _exchanged(data: bytes, pairs: Iterable[Sequence[str]]) -> bytes | None:
    """The data with other words in the places of some; None where one of these stands there not just once."""
    for old, new in pairs:
        if old != new:
            sought = old.encode()
            if not sought or data.count(sought) != 1:
                return None
            data = data.replace(sought, new.encode())
    return data
