"""One piece's own page."""

from __future__ import annotations

from builder.model import Article, AuthorWords, Library
from builder.render.articles import article_view
from builder.render.cite import Beside, reference
from builder.render.lists import Shelf, names_of, row
from builder.render.parts import Site, TextLink, article_page
from builder.render.views.page import Page


def shelf_around(
    library: Library, key: str, *, language: str, second: str, earlier: str | None, later: str | None
) -> Shelf:
    """What the page of one piece needs of a published library, of which this one holds no more than the page names.

    `second` is the second language of the whole, `earlier` and `later` the dated pieces before and behind this one.
    """
    return Shelf(
        library,
        language,
        second=second,
        months=(),
        earlier={key: earlier} if earlier else {},
        later={key: later} if later else {},
        plain={other: row(entry) for other, entry in library.entries.items()},
        told={other: row(entry, summary=True) for other, entry in library.entries.items()},
        named=names_of(library, language, second),
        event_of={key: event for event in library.events for key in event.articles},
    )


def piece_page(
    shown: Shelf,
    article: Article,
    *,
    site: Site,
    authors: AuthorWords,
    has_provenance: bool,
    dossiers: tuple[TextLink, ...] = (),
) -> Page:
    """The page of a piece without later captures that stands in these dossiers, and in no list of this library.

    Equal to that which the plan of the whole site has for it.
    """
    view = article_view(shown, article, dossiers=dossiers, has_provenance=has_provenance)
    beside = Beside(reference=reference(site, shown.library.entries[article.id], authors))
    return Page(article_page(article.id), "article.html", site, view, beside)
