"""One piece's own page, and what of a piece no other page shows."""

from __future__ import annotations

from dataclasses import replace

from builder.model import Article, AuthorWords, Facts, Library
from builder.render.articles import article_view
from builder.render.cite import Beside, reference
from builder.render.lists import article_page, shelf
from builder.render.parts import Site
from builder.render.views import Page


def seen_elsewhere(facts: Facts) -> Facts:
    """The facts without what only the piece's own page, and the tables of data, show.

    Those that pieces are compared by are left out as well: what comparing finds is in the library.
    """
    mentions = tuple(replace(mention, link=None) for mention in facts.mentions)
    entry = replace(facts.entry, words=0)
    alone = replace(facts, entry=entry, mentions=mentions, shingles=(), terms=(), unresolved=())
    return replace(alone, scenes=(), places=(), figures=())


def piece_pages(
    site: Site, library: Library, articles: tuple[tuple[Article, bool], ...], authors: AuthorWords
) -> tuple[Page, ...]:
    """The pages of pieces without later captures that stand in no dossier; with each, whether it has a provenance page.

    Equal to those that the plan of the whole site has for them.
    """
    shown = shelf(library, site.language)
    pages = []
    for article, has_provenance in articles:
        view = article_view(shown, article, has_provenance=has_provenance)
        beside = Beside(reference=reference(site, library.entries[article.id], authors))
        pages.append(Page(article_page(article.id), "article.html", site, view, beside))
    return tuple(pages)
