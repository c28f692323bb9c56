"""What of the archive may be published: the one gate before anything sees the archive as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from builder.model import Access, Article, Facts
from builder.model.values import replace

_EXCERPT: Final = 300
"""Letters of a body that an excerpt shows, about."""
_SUMMARY: Final = 200


def published(articles: Sequence[Article], facts: Iterable[Facts]) -> Iterator[Facts]:
    """The facts of all pieces that may be shown, no more in them than their pages show.

    Drafts and private pieces are left out before pieces are compared and counted, so that not even a number or an
    order tells of them. Of an excerpt the quotations and the summary are those of its visible part; the people and
    topics it names are those of the whole, as in a library's catalogue. `facts` are those of `articles`, in order.
    """
    for place, found in enumerate(facts):
        if not found.entry.draft and found.entry.access != "private":
            yield _cut(articles[place], found) if found.entry.access == "excerpt" else found


def visible_body(article: Article) -> str:
    """As much of the body as may be published."""
    return visible_part(article.body, article.access)


def visible_part(body: str, access: Access) -> str:
    """The same of a body by itself."""
    if access != "excerpt":
        return body
    from builder.model.footnotes import without_lost_references  # noqa: PLC0415 - as in `phrases`
    from builder.render.markdown import beginning  # noqa: PLC0415

    return without_lost_references(beginning(body, _EXCERPT))


def _cut(article: Article, facts: Facts) -> Facts:
    from builder.render.markdown import beginning, passages  # noqa: PLC0415 - as in `phrases`

    body = visible_body(article)
    shown = passages(body)
    fragments = {fragment for fragment, _ in shown}
    text = " ".join(text for _, text in shown)
    summary = facts.entry.summary
    if not article.summary and summary.removesuffix(" …") not in text:
        # A piece shorter than its summary, or one whose first prose stands behind a table that fills the excerpt.
        summary = text if len(text) <= _SUMMARY else beginning(text, _SUMMARY)
    whole = len(body.removesuffix(" …"))
    return replace(
        facts,
        entry=replace(facts.entry, summary=summary),
        mentions=tuple(
            mention if mention.link is None or mention.link[1] <= whole else replace(mention, link=None)
            for mention in facts.mentions
        ),
        quotes=tuple(quote for quote in facts.quotes if quote.passage in fragments),
        unresolved=(),
    )
