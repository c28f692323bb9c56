"""Which pages the site has, and what each of them gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Final

from builder.model import Article, AuthorWords, Dossier, Library, Provenance, Settings, TextPage, Version
from builder.render.articles import article_view, provenance_view
from builder.render.citable import besides, citing
from builder.render.cite import Beside
from builder.render.dossiers import dossier_pages, dossiers_of_pieces
from builder.render.evidence import evidence_pages
from builder.render.feeds import feed_views
from builder.render.home import home_page, search_page
from builder.render.lists import Shelf, shelf
from builder.render.parts import Picture, Site, TextLink, article_page
from builder.render.sitemaps import sitemaps
from builder.render.sources import source_pages
from builder.render.subjects import subject_pages
from builder.render.times import time_pages
from builder.render.titles import title_pages
from builder.render.views.every import View
from builder.render.views.machines import RobotsView
from builder.render.views.page import Page
from builder.render.views.site import MissingView, TextView
from builder.render.views.subjects import PartView

_NO_WORDS: Final = AuthorWords()
_NO_LISTS: Final = frozenset(
    (
        *("article.html", "provenance.html", "dossier.html", "dossiers.html"),
        *("about.html", "text.html", "404.html", "robots.txt", "sitemap.xml"),
    )
)
"""The templates of pages that tell of one piece, or of none."""


def plan(
    settings: Settings,
    library: Library,
    *,
    articles: Sequence[Article],
    provenances: Mapping[str, Provenance],
    texts: Sequence[TextPage] = (),
    versions: Sequence[Version] = (),
    dossiers: Sequence[Dossier] = (),
    authors: AuthorWords = _NO_WORDS,
    search: bool = True,
) -> Iterator[Page]:
    """Every page of the site, feeds and sitemap included.

    Articles that are not in the library have no page; the others may come in any order. `provenances` are by article
    id; a missing one gives no provenance page. Without `search` the search page says that there is none.
    """
    shown = shelf(library, settings.language)
    site = site_of(settings, texts, feed=bool(shown.months), dossiers=bool(dossiers))
    beside = besides(shown, dossiers, citing(site, shown, authors))
    addresses: list[str] = []
    views = chain(
        _pieces(shown, articles=articles, provenances=provenances, versions=versions, dossiers=dossiers),
        dossier_pages(shown, dossiers, articles),
        _texts(shown, texts, site.language),
    )
    pages = (Page(path, template, site, view, beside(path)) for path, template, view in views)
    for page in chain(pages, list_pages(site, shown, beside, dossiers=dossiers, search=search)):
        if page.path.endswith(".html") and page.path != "search.html":
            addresses.append(page.path)
        yield page
    yield Page("404.html", "404.html", site, MissingView(site.url or ""))
    yield Page("robots.txt", "robots.txt", site, RobotsView(site.url and site.url + "sitemap.xml"))
    if site.url:
        yield from sitemaps(site, addresses)


def list_pages(
    site: Site,
    shown: Shelf,
    beside: Callable[[str], Beside],
    *,
    dossiers: Sequence[Dossier],
    search: bool,
    only: frozenset[str] | None = None,
) -> Iterator[Page]:
    """Every page that tells of the archive as a whole, or of many pieces; feeds are among them, dossiers are not.

    `beside` tells of a page's address what stands beside it for programs. With `only`, what tells of none of these
    pieces may be left out: numbers and names that stand on all pages are then as they were.
    """
    views = chain(
        [("index.html", "home.html", home_page(shown, dossiers))],
        subject_pages(shown, only),
        time_pages(shown, only),
        source_pages(shown, only),
        title_pages(shown),
    )
    if only is None:
        search_view = search_page(shown, indexed=search)
        views = chain(views, evidence_pages(shown), [("search.html", "search.html", search_view)])
    parts: list[tuple[str, Page]] = []
    for path, template, view in views:
        page = Page(path, template, site, view, beside(path))
        if isinstance(view, PartView):
            parts.append((view.label, page))
        else:
            yield page
    # A piece stands in the lists of all whom it names. Those of one time are made one after the other, while its row is
    # remembered: subject by subject, 87,000 rows were made for the lists of ten thousand pieces.
    yield from (page for _, page in sorted(parts, key=itemgetter(0)))
    for feed in feed_views(site, shown, only):
        yield Page(f"{feed.stem}.xml", "feed.xml", site, feed)


def is_list(page: Page) -> bool:
    """Whether a page of the plan is one of `list_pages`."""
    return page.template not in _NO_LISTS


def site_of(settings: Settings, texts: Sequence[TextPage] = (), *, feed: bool = False, dossiers: bool = False) -> Site:
    """What every page says of the archive."""
    logo = settings.look.logo
    return Site(
        title=settings.title,
        subtitle=settings.subtitle,
        description=settings.description,
        language=settings.language,
        url=settings.url,
        author=settings.author,
        license=settings.license,
        feed=feed,
        texts=tuple(TextLink(_text_page(text), text.title, text.language) for text in texts if _is_listed(text)),
        logo=Picture(f"assets/{logo.name}", logo.width, logo.height) if logo else None,
        dossiers=dossiers,
    )


def _pieces(
    shown: Shelf,
    *,
    articles: Sequence[Article],
    provenances: Mapping[str, Provenance],
    versions: Sequence[Version],
    dossiers: Sequence[Dossier],
) -> Iterator[tuple[str, str, View]]:
    """The page of each piece, and its provenance page."""
    library = shown.library
    stands_in = dossiers_of_pieces(shown, dossiers)
    later: dict[str, list[Version]] = {}
    for version in versions:
        later.setdefault(version.article, []).append(version)
    for article in articles:
        if article.id not in library.entries:
            continue
        source = provenances.get(article.id) if article.provenance == "public" and article.access == "full" else None
        view = article_view(
            shown,
            article,
            versions=tuple(later.get(article.id, ())),
            dossiers=stands_in.get(article.id, ()),
            has_provenance=source is not None,
        )
        yield article_page(article.id), "article.html", view
        if source is not None:
            yield f"provenance/{article.id}.html", "provenance.html", provenance_view(shown, article, source)


def _texts(shown: Shelf, texts: Sequence[TextPage], language: str) -> Iterator[tuple[str, str, View]]:
    """The hand-written pages; an about page there is always."""
    pieces = len(shown.library.entries)
    for text in texts:
        view = TextView(text.name, text.title, text.language, text.body, pieces)
        yield _text_page(text), "about.html" if text.name == "about" else "text.html", view
    if all(text.name != "about" for text in texts):
        yield "about.html", "about.html", TextView("about", "", language, "", pieces)


def _is_listed(text: TextPage) -> bool:
    """Whether every page leads there; of a folder of pages only its index."""
    return text.name != "about" and ("/" not in text.name or text.name.endswith("/index"))


def _text_page(text: TextPage) -> str:
    return "about.html" if text.name == "about" else f"pages/{text.name}.html"
