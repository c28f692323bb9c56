"""A small archive as values, for the tests of what people see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from builder.model import (
    Access,
    Article,
    Authority,
    AuthorityKind,
    CaptureReference,
    Choice,
    Entry,
    Facts,
    Library,
    Mention,
    Output,
    Provenance,
    ProvenanceLine,
    Quote,
    Settings,
    Source,
    Subject,
    Teaser,
    TextPage,
    Version,
)
from builder.read.templates import read_templates
from builder.render.environment import render
from builder.render.pages import plan
from builder.render.views.page import Page
from builder.render.visible import published

POST = Source("Harbour Post", "https://post.example/talks")
KIM, LEE, TRADE = "kim-min-a", "lee-seo-jun", "trade"


def article(
    key: str = "talks-in-harbour-town-2a3b4c5d",
    *,
    title: str = "Talks in Harbour Town",
    language: str = "en",
    published: str | None = "2024-05-27",
    body: str = "Kim met Lee.\n\nThey spoke of fish.",
    source: Source = POST,
    authors: tuple[str, ...] = (),
    teasers: tuple[Teaser, ...] = (),
    draft: bool = False,
    access: Access = "full",
) -> Article:
    return Article(
        path=f"content/articles/{key}.md",
        id=key,
        title=title,
        language=language,
        published=published,
        retrieved="2026-11-20",
        source=source,
        authors=authors,
        tags=(),
        teasers=teasers,
        capture=CaptureReference(f"captures/{key}.txt", "0" * 64),
        normalized=None,
        item_type="newspaperArticle",
        leaders=Choice(),
        topics=Choice(),
        summary=None,
        event_date=None,
        draft=draft,
        access=access,
        provenance="public",
        body=body,
        body_line=10,
    )


def authority(kind: AuthorityKind, key: str, names: dict[str, str], **known: str) -> Authority:
    return Authority(
        kind=kind,
        id=key,
        names=names,
        aliases={},
        weak={},
        country=known.get("country"),
        offices=(),
        broader=(),
        wikidata=known.get("wikidata"),
        place="leaders.yaml:1:1",
    )


AUTHORITIES = {
    KIM: authority("leader", KIM, {"en": "Kim Min-a", "ko": "김민아"}, country="KR", wikidata="Q1"),
    LEE: authority("leader", LEE, {"en": "Lee Seo-jun", "ko": "이서준"}, country="KR"),
    TRADE: authority("topic", TRADE, {"en": "Trade", "ko": "통상"}),
}


def library(articles: Iterable[Article], named: dict[str, Sequence[str]] | None = None) -> Library:
    """The articles, newest first; `named` says which authorities each names, all of them otherwise."""
    ordered = sorted(articles, key=lambda one: (one.published or "", one.id), reverse=True)
    found = [_facts(one, (named or {}).get(one.id, tuple(AUTHORITIES))) for one in ordered]
    facts = {each.entry.id: each for each in published(ordered, found)}
    shown = [one for one in ordered if one.id in facts]
    years: dict[str, tuple[str, ...]] = {}
    for one in shown:
        if one.published:
            years[one.published[:4]] = (*years.get(one.published[:4], ()), one.id)
    return Library(
        entries={key: found.entry for key, found in facts.items()},
        facts=facts,
        mentions={key: found.mentions for key, found in facts.items()},
        quoting=frozenset(key for key, found in facts.items() if found.quotes),
        leaders=_subjects("leader", facts),
        topics=_subjects("topic", facts),
        related={key: tuple(other for other in facts if other != key) for key in facts},
        doubles={},
        years=years,
    )


def settings(**changed: str | None) -> Settings:
    values = {
        "title": "The Fish Shelf",
        "subtitle": "",
        "description": "",
        "language": "en",
        "url": "https://fish.example/archive/",
        "author": None,
        "license": None,
    } | changed
    return Settings(**values, access="full", provenance="public")  # type: ignore[arg-type]


def pages(
    articles: Sequence[Article],
    *,
    site: Settings | None = None,
    named: dict[str, Sequence[str]] | None = None,
    texts: Sequence[TextPage] = (),
    versions: Sequence[Version] = (),
    search: bool = True,
) -> dict[str, Page]:
    """Every planned page by its address; each article has a provenance."""
    provenances = {one.id: provenance(one) for one in articles}
    planned = plan(
        site or settings(),
        library(articles, named),
        articles=articles,
        provenances=provenances,
        texts=texts,
        versions=versions,
        search=search,
    )
    return {page.path: page for page in planned}


def rendered(
    articles: Sequence[Article], *, site: Settings | None = None, only: str = "", search: bool = True
) -> dict[str, str]:
    """The text of every page whose address begins with `only`."""
    chosen = site or settings()
    templates = read_templates(Path("/nonexistent"), chosen.language)
    planned = pages(articles, site=chosen, search=search)
    outputs: list[Output] = [render(page, templates) for path, page in planned.items() if path.startswith(only)]
    return {output.path: output.data.decode() for output in outputs}


def provenance(one: Article) -> Provenance:
    lines = (
        ProvenanceLine(1, ((one.title, True, "title"),)),
        ProvenanceLine(2, ()),
        ProvenanceLine(3, (("We use cookies.", False, "cookie-banner"),)),
        ProvenanceLine(4, ((one.body, True, "body"), (" Share", False, "share-links"))),
    )
    return Provenance(one.id, f"captures/{one.id}.txt", "0" * 64, "utf-8", lines)


def _facts(one: Article, named: Sequence[str]) -> Facts:
    mentions = sorted(
        (Mention(AUTHORITIES[key].kind, key, 1, _first(one.body, key)) for key in named),
        key=lambda mention: (mention.kind, -mention.count, mention.id),
    )
    entry = Entry(
        id=one.id,
        title=one.title,
        language=one.language,
        published=one.published,
        day=one.published[:10] if one.published else None,
        source=one.source,
        authors=one.authors,
        tags=one.tags,
        capture=one.capture.file if one.capture else None,
        item_type=one.item_type,
        retrieved=one.retrieved,
        summary=one.body.split("\n\n")[0],
        words=len(one.body.split()),
        access=one.access,
        draft=one.draft,
    )
    return Facts(entry, tuple(mentions), (Quote(KIM, "We like fish.", "p-0"),), (), (), ())


def _first(body: str, key: str) -> tuple[int, int] | None:
    name = AUTHORITIES[key].names["en"].split()[0]
    at = body.find(name)
    return (at, at + len(name)) if at >= 0 else None


def _subjects(kind: AuthorityKind, facts: dict[str, Facts]) -> dict[str, Subject]:
    found: dict[str, list[str]] = {}
    for key, one in facts.items():
        for mention in one.mentions:
            if mention.kind == kind:
                found.setdefault(mention.id, []).append(key)
    return {
        key: Subject(
            authority=AUTHORITIES[key],
            articles=tuple(ids),
            neighbours=tuple(
                (other, count)
                for other in (KIM, LEE)
                if other != key and (count := sum(any(m.id == other for m in facts[one].mentions) for one in ids))
            ),
            narrower=(),
        )
        for key, ids in sorted(found.items())
    }
