"""The archive as data: files that are no pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from builder.model import AuthorWords, Dossier, Library, Output, Settings, Templates
from builder.render.citable import citation_files, citing
from builder.render.feeds import feed_views, json_feed
from builder.render.lists import Shelf, shelf
from builder.render.package import Weight, citation_cff, datapackage, described, weighed
from builder.render.pages import site_of
from builder.render.parts import Site
from builder.render.records import article_lines
from builder.render.schemas import schema_files
from builder.render.tables import Table, csv_text, rows, tables

_NO_WORDS: Final = AuthorWords()


def files(
    settings: Settings,
    library: Library,
    *,
    templates: Templates,
    dossiers: Sequence[Dossier] = (),
    authors: AuthorWords = _NO_WORDS,
) -> Iterator[Output]:
    """Data, citations, JSON feeds, and the assets of the templates."""
    shown = shelf(library, settings.language)
    site = site_of(settings, feed=bool(shown.months), dossiers=bool(dossiers))
    yield from list_files(site, shown, dossiers=dossiers, authors=authors)
    for path, content in templates.assets.items():
        yield Output(path, content)


def list_files(site: Site, shown: Shelf, *, dossiers: Sequence[Dossier], authors: AuthorWords) -> Iterator[Output]:
    """All of it that tells of the archive as a whole, or of many pieces."""
    # One after the other: the citations of all lists are three times the size of the pieces.
    told, weights = described(tables()), dict[str, Weight]()
    for output in chain((articles_jsonl(shown.library),), _citable(site, shown, dossiers, authors)):
        if output.path in told:
            weights[output.path] = weighed(output)
        yield output
    yield datapackage(site, tables(), weights)
    yield citation_cff(site)
    yield from schema_files()
    yield from (json_feed(site, feed) for feed in feed_views(site, shown))


def articles_jsonl(library: Library) -> Output:
    """One object an article and line, newest first; the fields are the contract with everybody else's tools."""
    return Output("data/articles.jsonl", article_lines(library, library.entries).encode())


def _citable(site: Site, shown: Shelf, dossiers: Sequence[Dossier], authors: AuthorWords) -> Iterator[Output]:
    """The tables, then the citations of every list; an archive without a piece has none."""
    if shown.library.entries:
        yield from (_csv(shown.library, one) for one in tables())
        yield from citation_files(shown, dossiers, citing(site, shown, authors))


def _csv(library: Library, table: Table) -> Output:
    return Output(f"data/{table.name}.csv", csv_text(table, rows(library, table)).encode())
