"""An EPUB edition of the archive, or of one leader, topic or dossier: which files it has, and what they show."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal
from uuid import NAMESPACE_URL, uuid5

from builder.model import Article, AuthorityKind, Dossier, Library, Settings
from builder.model.values import value
from builder.render.dossiers import dossier_view
from builder.render.lists import Shelf, shelf
from builder.render.pages import site_of
from builder.render.parts import Anchor
from builder.render.views.books import BookList, BookView, ChapterView, Study, StudyView
from builder.render.views.page import Page
from builder.render.visible import visible_body

_COVER_LINE: Final = 15
"""Columns of a line on the cover; letters of East Asian scripts take two."""
_WITHOUT_DATES: Final = "2000-01-01"
"""A package must say when it was changed, and an edition of undated pieces cannot know."""


@value(frozen=True, slots=True)
class Choice:
    """What of the archive an edition holds."""

    kind: Literal["archive", "leader", "topic", "dossier"] = "archive"
    id: str = ""
    """Of the leader or topic, or the dossier's name."""


def book_files(
    settings: Settings,
    library: Library,
    articles: Iterable[Article],
    *,
    choice: Choice,
    dossier: Dossier | None = None,
) -> Iterator[Page]:
    """The files of the edition below its EPUB folder; what is not published is in none.

    `dossier` is the one that was chosen. Links lead to what is in the edition; other words stay words.
    """
    shown = shelf(library, settings.language)
    bodies = {article.id: article for article in articles if article.id in library.entries}
    study, chosen = _chosen(shown, choice, dossier, bodies)
    chosen = tuple(sorted(chosen, key=lambda key: (library.entries[key].day or "9999", key)))
    book = _book(settings, shown, choice, chosen, study=study)
    site = site_of(settings)
    for path, template in (
        ("cover.svg", "epub/cover.xml"),
        ("cover.xhtml", "epub/cover-page.xml"),
        ("title.xhtml", "epub/title.xml"),
        ("nav.xhtml", "epub/nav.xml"),
        ("leaders.xhtml", "epub/leaders.xml"),
        ("topics.xhtml", "epub/topics.xml"),
        ("style.css", "epub/style.css"),
        ("package.opf", "epub/package.xml"),
    ):
        if book.leaders if path == "leaders.xhtml" else book.topics if path == "topics.xhtml" else True:
            yield Page(path, template, site, book)
    if study:
        yield Page("study.xhtml", "epub/study.xml", site, StudyView(study))
    for key in chosen:
        yield Page(f"piece_{key}.xhtml", "epub/chapter.xml", site, _chapter(shown, bodies[key]))


def _chosen(
    shown: Shelf, choice: Choice, dossier: Dossier | None, bodies: Mapping[str, Article]
) -> tuple[Study | None, tuple[str, ...]]:
    library = shown.library
    if choice.kind == "dossier" and dossier is not None:
        view = dossier_view(shown, dossier, bodies)
        links = tuple(
            replace(link, href=link.href.replace("../articles/", "piece_", 1).replace(".html", ".xhtml", 1))
            for link in view.links
        )
        study = Study(view.title, view.language, view.summary, view.body, links)
        return study, tuple(row.id for row in view.pieces)
    subjects: Mapping[str, tuple[str, ...]] = {
        f"{kind} {key}": subject.articles
        for kind, found in (("leader", library.leaders), ("topic", library.topics))
        for key, subject in found.items()
    }
    return None, subjects.get(f"{choice.kind} {choice.id}", ()) if choice.id else tuple(library.entries)


def _book(
    settings: Settings, shown: Shelf, choice: Choice, chosen: tuple[str, ...], *, study: Study | None
) -> BookView:
    library = shown.library
    entries = [library.entries[key] for key in chosen]
    days = shown.days(chosen)
    years: dict[str, list[str]] = {}
    for entry in entries:
        years.setdefault((entry.day or "")[:4], []).append(entry.id)
    spoken = Counter(entry.language for entry in entries)
    title, language = _title(settings, shown, choice, study)
    known = [day[:10] for entry in entries for day in (entry.published, entry.retrieved) if day]
    name = f"{settings.url or settings.title} {choice.kind} {choice.id}"
    return BookView(
        title=title,
        title_language=language,
        subtitle=settings.subtitle if choice.kind == "archive" else settings.title,
        cover=_lines(title),
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        modified=f"{max(known, default=_WITHOUT_DATES)}T00:00:00Z",
        languages=tuple(dict.fromkeys((settings.language, *sorted(spoken, key=lambda tag: (-spoken[tag], tag))))),
        pieces=len(chosen),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        strip=shown.strip(chosen),
        years=tuple((year, shown.rows(ids)) for year, ids in years.items()),
        leaders=_lists(shown, "leader", chosen),
        topics=_lists(shown, "topic", chosen),
        study=study,
    )


def _title(settings: Settings, shown: Shelf, choice: Choice, study: Study | None) -> tuple[str, str]:
    if study:
        return study.title, study.language
    if choice.kind in ("leader", "topic"):
        name = shown.name("leader" if choice.kind == "leader" else "topic", choice.id)
        return name.text, name.language
    return settings.title, settings.language


def _lists(shown: Shelf, kind: AuthorityKind, chosen: tuple[str, ...]) -> tuple[BookList, ...]:
    """The leaders or topics that pieces of the edition name, in the order of the library."""
    of: dict[str, list[str]] = {}
    for key in chosen:
        for mention in shown.library.facts[key].mentions:
            if mention.kind == kind:
                of.setdefault(mention.id, []).append(key)
    subjects = shown.library.leaders if kind == "leader" else shown.library.topics
    return tuple(BookList(shown.name(kind, key, len(of[key])), shown.rows(of[key])) for key in subjects if of.get(key))


def _chapter(shown: Shelf, article: Article) -> ChapterView:
    facts = shown.library.facts[article.id]
    anchors = []
    for mention in facts.mentions:
        subjects = shown.library.leaders if mention.kind == "leader" else shown.library.topics
        if mention.link and mention.id in subjects:
            anchors.append(Anchor(*mention.link, f"{mention.kind}s.xhtml#{mention.id}"))
    return ChapterView(
        row=shown.row(article.id),
        published=article.published,
        retrieved=article.retrieved,
        body=visible_body(article),
        spoken=article.passage_languages,
        anchors=tuple(sorted(anchors, key=lambda anchor: anchor.start)),
        excerpt=article.access == "excerpt",
        leaders=shown.named_in("leader", facts.mentions),
        topics=shown.named_in("topic", facts.mentions),
    )


def _lines(title: str) -> tuple[str, ...]:
    """The title in lines for the cover, broken at spaces where there are any."""
    lines: list[str] = [""]
    for word in re.findall(r"\S+\s*", title):
        for part in _parts(word):
            if lines[-1] and _columns(lines[-1] + part.rstrip()) > _COVER_LINE:
                lines.append("")
            lines[-1] += part
    return tuple(line.strip() for line in lines if line.strip())


def _parts(word: str) -> list[str]:
    """The word, or its pieces where it alone is wider than a line, as in Chinese and Japanese."""
    if _columns(word.strip()) <= _COVER_LINE:
        return [word]
    return list(word)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
