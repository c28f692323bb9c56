"""What the search is told of each published piece: no more than its page shows."""

from __future__ import annotations

from collections.abc import Iterable

from builder.model import Access, Article, Entry, Facts, Library, Mention, SearchRecord, SearchSubject
from builder.model.values import replace
from builder.render.markdown import passages
from builder.render.parts import article_page
from builder.render.scripts import harmless
from builder.render.visible import visible_part


def search_head(entry: Entry, mentions: Iterable[Mention]) -> SearchRecord:
    """All that is searched of an article but its text."""
    named = [(mention.kind, mention.id) for mention in mentions]
    return SearchRecord(
        id=entry.id,
        page=article_page(entry.id),
        title=harmless(entry.title),
        language=entry.language,
        day=entry.day,
        source=harmless(entry.source.name) if entry.source.name else None,
        leaders=tuple(key for kind, key in named if kind == "leader"),
        topics=tuple(key for kind, key in named if kind == "topic"),
        passages=(),
    )


def search_record(article: Article, facts: Facts) -> SearchRecord:
    """All that is searched of an article, with the fragments of its page."""
    return replace(search_head(facts.entry, facts.mentions), passages=said(search_text(article)))


def search_text(article: Article) -> tuple[str, Access]:
    """What the passages of an article are made of."""
    return article.body, article.access


def said(text: tuple[str, Access]) -> tuple[tuple[str, str], ...]:
    """Fragment and text of each passage that is shown."""
    return tuple([(fragment, harmless(each)) for fragment, each in passages(visible_part(*text))])


def search_subjects(library: Library, language: str) -> tuple[SearchSubject, ...]:
    """The leaders and topics that have a page, with every name under which they are found."""
    found = []
    for subject in (*library.leaders.values(), *library.topics.values()):
        authority = subject.authority
        spoken = next((tag for tag in (language, "en") if tag in authority.names), next(iter(sorted(authority.names))))
        names = [*authority.names.values(), *(alias for aliases in authority.aliases.values() for alias in aliases)]
        found.append(
            SearchSubject(
                kind=authority.kind,
                id=authority.id,
                page=f"{authority.kind}s/{authority.id}.html",
                name=authority.names[spoken],
                language=spoken,
                names=tuple(dict.fromkeys(names)),
                weak=tuple(dict.fromkeys(alias for aliases in authority.weak.values() for alias in aliases)),
            )
        )
    return tuple(found)
