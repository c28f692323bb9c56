"""The archive, or a part of it, as one file of data or citations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from builder.model import AuthorWords, Dossier, Library, Settings
from builder.render.books import Choice
from builder.render.cite import reference
from builder.render.cite.downloads import BIBTEX, CSL_JSON, RIS, citations
from builder.render.dossiers import pieces_of
from builder.render.lists import Shelf, shelf
from builder.render.pages import site_of
from builder.render.records import article_lines
from builder.render.tables import csv_text, rows, tables

EXTRACTS: Final = ("jsonl", "csv", "ris", "bibtex", "csl-json")
_CITATIONS: Final = {"ris": RIS, "bibtex": BIBTEX, "csl-json": CSL_JSON}


def extract(
    form: str,
    settings: Settings,
    library: Library,
    *,
    choice: Choice,
    dossiers: Sequence[Dossier],
    authors: AuthorWords,
) -> str:
    """The chosen pieces in one of `EXTRACTS`; the choice must be there."""
    shown = shelf(library, settings.language)
    ids = tuple(_chosen(shown, choice, dossiers))
    if form == "jsonl":
        return article_lines(library, ids)
    if form == "csv":
        articles, wanted = tables()[0], frozenset(ids)
        return csv_text(articles, (row for row in rows(library, articles) if row[0] in wanted))
    site = site_of(settings)
    return citations(_CITATIONS[form], (reference(site, library.entries[key], authors) for key in ids))


def _chosen(shown: Shelf, choice: Choice, dossiers: Sequence[Dossier]) -> Sequence[str]:
    library = shown.library
    if choice.kind == "leader":
        return library.leaders[choice.id].articles
    if choice.kind == "topic":
        return library.topics[choice.id].articles
    if choice.kind == "dossier":
        return pieces_of(shown, next(one for one in dossiers if one.name == choice.id))
    return tuple(library.entries)
