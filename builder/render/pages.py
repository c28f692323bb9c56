"""Which pages the site has, and what each of them gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from builder.model import Article, Library, Provenance, Settings, Subject, TextPage, Version
from builder.render.articles import article_view, provenance_view
from builder.render.feeds import feed_view
from builder.render.glosses import posts
from builder.render.lists import Shelf, article_page, shelf
from builder.render.parts import MonthGroup, Quotation, Site, TextLink
from builder.render.sources import source_pages
from builder.render.views import (
    HomeView,
    LeadersView,
    MatrixView,
    MissingView,
    Page,
    RobotsView,
    SearchView,
    SitemapView,
    SubjectView,
    TextView,
    TimelineView,
    TopicsView,
    View,
    YearView,
)

_WITH_SUMMARY: Final = 3
_NEWEST: Final = 7
_FRONT_LEADERS: Final = 12
_FRONT_TOPICS: Final = 24
_QUOTES: Final = 8
_MATRIX: Final = 16
_TIMELINE: Final = 1200
"""Pieces the timeline lists, about; the others of a month stand on its year's page."""
_NEIGHBOURS: Final = 16


def plan(
    settings: Settings,
    library: Library,
    *,
    articles: Iterable[Article],
    provenances: Mapping[str, Provenance],
    texts: Sequence[TextPage] = (),
    versions: Sequence[Version] = (),
) -> Iterator[Page]:
    """Every page of the site, feeds and sitemap included.

    Articles that are not in the library have no page; the others may come in any order. `provenances` are by article
    id; a missing one gives no provenance page.
    """
    shown = shelf(library, settings.language)
    site = _site(settings, texts, feed=bool(shown.months))
    addresses: list[str] = []
    views = _views(site, shown, articles=articles, provenances=provenances, texts=texts, versions=versions)
    for path, template, view in views:
        if template not in ("404.html", "feed.xml", "search.html"):
            addresses.append(path)
        yield Page(path, template, site, view)
    yield Page("robots.txt", "robots.txt", site, RobotsView(site.url and site.url + "sitemap.xml"))
    if site.url:
        absolute = tuple(sorted(site.url + ("" if path == "index.html" else quote(path)) for path in addresses))
        yield Page("sitemap.xml", "sitemap.xml", site, SitemapView(absolute))


def _site(settings: Settings, texts: Sequence[TextPage], *, feed: bool) -> Site:
    return Site(
        title=settings.title,
        subtitle=settings.subtitle,
        description=settings.description,
        language=settings.language,
        url=settings.url,
        author=settings.author,
        license=settings.license,
        feed=feed,
        texts=tuple(TextLink(_text_page(text), text.title, text.language) for text in texts if text.name != "about"),
    )


def _views(
    site: Site,
    shown: Shelf,
    *,
    articles: Iterable[Article],
    provenances: Mapping[str, Provenance],
    texts: Sequence[TextPage],
    versions: Sequence[Version],
) -> Iterator[tuple[str, str, View]]:
    library = shown.library
    yield "index.html", "home.html", _home(shown)
    for article in articles:
        if article.id not in library.entries:
            continue
        source = provenances.get(article.id) if article.provenance == "public" and article.access == "full" else None
        later = tuple(version for version in versions if version.article == article.id)
        view = article_view(shown, article, versions=later, has_provenance=source is not None)
        yield article_page(article.id), "article.html", view
        if source is not None:
            yield f"provenance/{article.id}.html", "provenance.html", provenance_view(shown, article, source)
    for subjects in (library.leaders, library.topics):
        for subject in subjects.values():
            kind = subject.authority.kind
            yield f"{kind}s/{subject.authority.id}.html", f"{kind}.html", _subject(shown, subject)
    yield "leaders/index.html", "leaders.html", LeadersView(shown.cards())
    yield "topics/index.html", "topics.html", TopicsView(shown.tree(), len(library.topics))
    for year in library.years:
        yield f"years/{year}.html", "year.html", _year(shown, year)
    yield "timeline.html", "timeline.html", _timeline(shown)
    yield from source_pages(shown)
    yield "matrix.html", "matrix.html", _matrix(shown)
    yield "search.html", "search.html", _search(shown)
    yield from _texts(shown, texts, site.language)
    yield "404.html", "404.html", MissingView(site.url or "")
    if (feed := feed_view(site, shown)) is not None:
        yield "feed.xml", "feed.xml", feed


def _home(shown: Shelf) -> HomeView:
    entries = shown.library.entries
    days = shown.days(entries)
    first = shown.rows(list(entries)[:_WITH_SUMMARY], summary=True)
    topics = sorted(shown.library.topics.values(), key=lambda s: (-len(s.articles), s.authority.id))
    return HomeView(
        pieces=len(entries),
        leaders_count=len(shown.library.leaders),
        topics_count=len(shown.library.topics),
        sources_count=len({entry.source.name for entry in entries.values() if entry.source.name}),
        languages=_languages(shown),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        lead=first[0] if first else None,
        seconds=first[1:],
        newest=shown.rows(list(entries)[_WITH_SUMMARY : _WITH_SUMMARY + _NEWEST]),
        leaders=shown.cards()[:_FRONT_LEADERS],
        topics=shown.names("topic", ((s.authority.id, len(s.articles)) for s in topics[:_FRONT_TOPICS])),
        strip=shown.strip(entries),
    )


def _subject(shown: Shelf, subject: Subject) -> SubjectView:
    authority = subject.authority
    days = shown.days(subject.articles)
    quotes = [
        Quotation(quote.text, shown.row(key), quote.passage)
        for key in subject.articles
        for quote in shown.library.facts[key].quotes
        if authority.kind == "leader" and quote.leader == authority.id
    ]
    shown_name = shown.name(authority.kind, authority.id, len(subject.articles))
    names = sorted(authority.names.items(), key=lambda pair: (pair[0] != shown_name.language, pair[0]))
    return SubjectView(
        name=shown_name,
        names=tuple(names),
        country=authority.country,
        offices=posts(authority, shown.language),
        wikidata=authority.wikidata,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        strip=shown.strip(subject.articles),
        groups=shown.by_year(subject.articles),
        with_leaders=shown.names("leader", subject.neighbours[:_NEIGHBOURS]),
        with_topics=shown.most_named(
            "topic", subject.articles, limit=_NEIGHBOURS, but=authority.id if authority.kind == "topic" else ""
        ),
        broader=shown.pages("topic", authority.broader),
        narrower=shown.pages("topic", subject.narrower),
        quotes=tuple(quotes[:_QUOTES]),
    )


def _year(shown: Shelf, year: str) -> YearView:
    years = sorted(shown.library.years)
    at = years.index(year)
    ids = shown.library.years[year]
    return YearView(
        year=year,
        pieces=len(ids),
        earlier=years[at - 1] if at else None,
        later=years[at + 1] if at + 1 < len(years) else None,
        strip=shown.strip(ids),
        groups=shown.by_month(ids),
        leaders=shown.most_named("leader", ids, limit=_NEIGHBOURS),
        topics=shown.most_named("topic", ids, limit=_NEIGHBOURS),
    )


def _timeline(shown: Shelf) -> TimelineView:
    groups = shown.by_month(shown.library.entries)
    most = max(3, _TIMELINE // max(1, len(groups)))
    months: dict[str, list[MonthGroup]] = {}
    for group in groups:
        if group.label:
            rows = group.rows[:most]
            month = MonthGroup(group.id, group.label, rows, more=len(group.rows) - len(rows))
            months.setdefault(group.label[:4], []).append(month)
    bars = {bar.label: bar for bar, _ in shown.strip(shown.library.entries).years}
    return TimelineView(
        years=tuple((bars[year], tuple(found)) for year, found in months.items()),
        undated=groups[-1].rows if groups and not groups[-1].label else (),
    )


def _matrix(shown: Shelf) -> MatrixView:
    ranked = sorted(shown.library.leaders.values(), key=lambda s: (-len(s.articles), s.authority.id))[:_MATRIX]
    pieces = {subject.authority.id: frozenset(subject.articles) for subject in ranked}
    counts = tuple(tuple(len(one & other) for other in pieces.values()) for one in pieces.values())
    return MatrixView(
        leaders=shown.names("leader", ((key, len(ids)) for key, ids in pieces.items())),
        counts=counts,
        top=max((count for at, row in enumerate(counts) for count in row[:at]), default=0),
    )


def _search(shown: Shelf) -> SearchView:
    library = shown.library

    def by_name(subjects: Mapping[str, Subject]) -> list[tuple[str, int]]:
        return [(key, len(subject.articles)) for key, subject in subjects.items()]

    return SearchView(
        languages=_languages(shown),
        leaders=shown.names("leader", by_name(library.leaders)),
        topics=shown.names("topic", by_name(library.topics)),
        years=tuple((year, len(ids)) for year, ids in library.years.items()),
        pieces=len(library.entries),
    )


def _texts(shown: Shelf, texts: Sequence[TextPage], language: str) -> Iterator[tuple[str, str, View]]:
    """The hand-written pages; an about page there is always."""
    pieces = len(shown.library.entries)
    for text in texts:
        view = TextView(text.name, text.title, text.language, text.body, pieces)
        yield _text_page(text), "about.html" if text.name == "about" else "text.html", view
    if all(text.name != "about" for text in texts):
        yield "about.html", "about.html", TextView("about", "", language, "", pieces)


def _text_page(text: TextPage) -> str:
    return "about.html" if text.name == "about" else f"pages/{text.name}.html"


def _languages(shown: Shelf) -> tuple[tuple[str, int], ...]:
    counts = Counter(entry.language for entry in shown.library.entries.values())
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
