"""The archive as data: files that are no pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from builder.model import AuthorWords, Dossier, Entry, Facts, Library, Output, Settings, Templates
from builder.render.citable import citation_files, citing
from builder.render.feeds import feed_views, json_feed
from builder.render.lists import Shelf, article_page, shelf
from builder.render.package import Weight, citation_cff, datapackage, described, weighed
from builder.render.pages import site_of
from builder.render.parts import Site
from builder.render.schemas import schema_files
from builder.render.tables import Table, article_rows, csv_lines, csv_text, rows, tables

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
    # One after the other: the citations of all lists are three times the size of the pieces.
    told, weights = described(tables()), dict[str, Weight]()
    for output in chain((articles_jsonl(library),), _citable(site, shown, dossiers, authors)):
        if output.path in told:
            weights[output.path] = weighed(output)
        yield output
    yield datapackage(site, tables(), weights)
    yield citation_cff(site)
    yield from schema_files()
    yield from (json_feed(site, feed) for feed in feed_views(site, shown))
    for path, content in templates.assets.items():
        yield Output(path, content)


def recounted(
    site: Site, before: Library, after: Library, *, ids: Iterable[str], standing: Mapping[str, bytes]
) -> Iterator[Output]:
    """The files of data in which the words of pieces are counted, where only the words of these pieces are new.

    `standing` are all files of data/ as they were; ValueError where they are not those of `before`.
    """
    lines, table = standing["data/articles.jsonl"], standing["data/articles.csv"]
    for key in ids:
        lines = _exchanged(lines, article_lines(before, (key,)), article_lines(after, (key,)))
        table = _exchanged(table, csv_lines(article_rows(before, (key,))), csv_lines(article_rows(after, (key,))))
    counted = [Output("data/articles.jsonl", lines), Output("data/articles.csv", table)]
    yield from counted
    data = {**standing, **{output.path: output.data for output in counted}}
    weights = {path: weighed(Output(path, data[path])) for path in described(tables()) if path in data}
    yield datapackage(site, tables(), weights)


def articles_jsonl(library: Library) -> Output:
    """One object an article and line, newest first; the fields are the contract with everybody else's tools."""
    return Output("data/articles.jsonl", article_lines(library, library.entries).encode())


def article_lines(library: Library, ids: Iterable[str]) -> str:
    """The lines of these pieces."""
    records = (_record(library, library.entries[key]) for key in ids)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _exchanged(data: bytes, old: str, new: str) -> bytes:
    if data.count(old.encode()) != 1:
        raise ValueError("the line does not stand there once")
    return data.replace(old.encode(), new.encode())


def _citable(site: Site, shown: Shelf, dossiers: Sequence[Dossier], authors: AuthorWords) -> Iterator[Output]:
    """The tables, then the citations of every list; an archive without a piece has none."""
    if shown.library.entries:
        yield from (_csv(shown.library, one) for one in tables())
        yield from citation_files(shown, dossiers, citing(site, shown, authors))


def _csv(library: Library, table: Table) -> Output:
    return Output(f"data/{table.name}.csv", csv_text(table, rows(library, table)).encode())


def _record(library: Library, entry: Entry) -> dict[str, object]:
    facts: Facts = library.facts[entry.id]
    return {
        "id": entry.id,
        "page": article_page(entry.id),
        "title": entry.title,
        "language": entry.language,
        "published": entry.day,
        "source": {"name": entry.source.name, "url": entry.source.url},
        "capture": entry.capture,
        "leaders": [mention.id for mention in facts.mentions if mention.kind == "leader"],
        "topics": [mention.id for mention in facts.mentions if mention.kind == "topic"],
        "quotes": [{"leader": quote.leader, "text": quote.text} for quote in facts.quotes],
        "related": list(library.related.get(entry.id, ())),
        "words": entry.words,
    }
