"""What the search is told of each published piece: no more than its page shows."""

from __future__ import annotations

from builder.model import Article, Facts, Library, SearchRecord, SearchSubject
from builder.model.values import value
from builder.render.markdown import passages
from builder.render.parts import article_page
from builder.render.scripts import harmless
from builder.render.visible import visible_body


@value(frozen=True, slots=True)
class Recording:
    """The stage that makes search records of published articles and their facts."""

    name: str = "record"
    fingerprint: str = ""

    def __call__(self, item: tuple[Article, Facts], /) -> SearchRecord:
        """The article's record."""
        return search_record(*item)

    def failed(self, item: tuple[Article, Facts], trace: str, /) -> SearchRecord:
        """No piece is left out of the search quietly."""
        raise RuntimeError(f"{item[0].path}: {trace}")


def search_record(article: Article, facts: Facts) -> SearchRecord:
    """All that is searched of an article, with the fragments of its page."""
    entry = facts.entry
    return SearchRecord(
        id=article.id,
        page=article_page(article.id),
        title=harmless(article.title),
        language=article.language,
        day=entry.day,
        source=harmless(article.source.name) if article.source.name else None,
        leaders=tuple(mention.id for mention in facts.mentions if mention.kind == "leader"),
        topics=tuple(mention.id for mention in facts.mentions if mention.kind == "topic"),
        passages=tuple((fragment, harmless(text)) for fragment, text in passages(visible_body(article))),
    )


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
