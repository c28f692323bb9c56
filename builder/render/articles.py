"""What the page of one article and its provenance page get."""

from __future__ import annotations

from collections import Counter
from typing import Final

from builder.model import Article, Facts, Provenance, Version
from builder.render.glosses import glosses
from builder.render.happenings import happening
from builder.render.hosts import host_of
from builder.render.lists import Shelf, shelf_mark
from builder.render.marking import anchors
from builder.render.parts import RuleCount, TextLink
from builder.render.versions import version_part
from builder.render.views.articles import ArticleView, ProvenanceView
from builder.render.visible import visible_body

_RELATED: Final = 6


def article_view(
    shown: Shelf,
    article: Article,
    *,
    versions: tuple[Version, ...] = (),
    dossiers: tuple[TextLink, ...] = (),
    has_provenance: bool,
) -> ArticleView:
    """All that an article's page shows; of an excerpt no more than its beginning leaves this function."""
    library = shown.library
    facts = library.facts[article.id]
    entry = facts.entry
    excerpt = article.access == "excerpt"
    earlier, later = shown.earlier.get(article.id), shown.later.get(article.id)
    event = shown.event_of.get(article.id)
    happened = tuple(key for key in event.articles if key != article.id) if event else ()
    doubles, near = library.doubles.get(article.id, ()), library.related.get(article.id, ())
    return ArticleView(
        id=article.id,
        mark=shelf_mark(article.id),
        title=article.title,
        language=article.language,
        published=article.published,
        day=entry.day,
        retrieved=article.retrieved,
        source_name=article.source.name,
        source_url=article.source.url,
        source_host=host_of(article.source.url),
        authors=article.authors,
        tags=article.tags,
        item_type=article.item_type,
        words=entry.words,
        summary=entry.summary,
        excerpt=excerpt,
        body=visible_body(article),
        anchors=anchors(facts, lambda kind, key: key in (library.leaders if kind == "leader" else library.topics)),
        leaders=shown.named_in("leader", facts.mentions),
        topics=shown.named_in("topic", facts.mentions),
        glosses=glosses(shown, facts.mentions, entry.day),
        same_as=_same_as(shown, facts),
        same_event=shown.rows((key for key in happened if key not in doubles), summary=True),
        event_page=happening(shown, event).page if event else None,
        doubles=shown.rows(doubles, summary=True),
        related=shown.rows(
            [key for key in near if key not in happened and key not in doubles][:_RELATED], summary=True
        ),
        teasers=() if excerpt else article.teasers,
        versions=tuple(version_part(version, shown_whole=not excerpt) for version in versions),
        earlier=shown.row(earlier) if earlier else None,
        later=shown.row(later) if later else None,
        provenance=f"provenance/{article.id}.html" if has_provenance else None,
        capture=entry.capture,
        dossiers=dossiers,
        captions=() if excerpt else article.captions,
        spoken=article.passage_languages,
    )


def provenance_view(shown: Shelf, article: Article, provenance: Provenance) -> ProvenanceView:
    """Each line of the capture, and a count of what each rule cut."""
    spans: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    kept = kept_letters = 0
    for line in provenance.lines:
        for text, is_kept, rule in line.spans:
            if is_kept:
                kept += 1
                kept_letters += len(text)
            else:
                spans[rule] += 1
                letters[rule] += len(text)
    rules = sorted(spans, key=lambda rule: (-letters[rule], rule))
    return ProvenanceView(
        row=shown.row(article.id),
        capture=provenance.capture,
        sha256=provenance.sha256,
        encoding=provenance.encoding,
        retrieved=article.retrieved,
        lines=provenance.lines,
        rules=tuple(RuleCount(rule, spans[rule], letters[rule]) for rule in rules),
        kept_spans=kept,
        kept_letters=kept_letters,
        cut_letters=sum(letters.values()),
        edited=provenance.edited,
    )


def _same_as(shown: Shelf, facts: Facts) -> tuple[tuple[str, str], ...]:
    leaders = shown.library.leaders
    named = (leaders[one.id].authority for one in facts.mentions if one.kind == "leader" and one.id in leaders)
    return tuple(
        (authority.names.get("en", authority.id), f"https://www.wikidata.org/entity/{authority.wikidata}")
        for authority in named
        if authority.wikidata
    )
