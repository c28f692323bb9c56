"""The whole of annotating one article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from builder.annotate.entry import entry
from builder.annotate.hits import Hit
from builder.annotate.lexicon import Lexicon, lexicon
from builder.annotate.names import find
from builder.annotate.people import resolve
from builder.annotate.quotes import quotations
from builder.annotate.scene import scene
from builder.annotate.sheet import Sheet, linkable, sheet
from builder.annotate.sketch import sketch, terms
from builder.annotate.subjects import topics
from builder.model import Article, AuthorityKind, Choice, Facts, Knowledge, Mention
from builder.model.budgets import PIECE_SECONDS
from builder.model.values import value
from builder.problems import Place, Problem, did_you_mean, error

_TRIED: Final = 40
"""Mentions of one leader or topic that are tried for a link; none of so many can carry one only in strange pages."""


def annotate(article: Article, knowledge: Knowledge) -> Facts:
    """All that later stages need to know of one article: names, topics, quotations, a sketch of its words.

    Title, tags and body are read; teasers never. What the archivist adds or drops in the front matter is applied.
    """
    ready = lexicon(knowledge)
    page = sheet(article, ready.folding)
    standing = ready.vocabulary.find(page.folded)
    found = find(page, ready, standing)
    people = resolve(article, page, ready, found)
    about = topics(found.topics, page)
    leaders = _chosen(people.hits, article.leaders, ready, "leader")
    mentions = [*leaders, *_chosen(about, article.topics, ready, "topic")]
    dropped = frozenset(article.leaders.drop)
    where = scene(page, ready, standing)
    return Facts(
        entry=entry(article, page.kinds),
        mentions=_linked(mentions, page, ready),
        quotes=tuple(quote for quote in quotations(page, ready, people.hits) if quote.leader not in dropped),
        shingles=sketch(article.body),
        terms=terms(article.body, page.kinds),
        unresolved=people.unresolved,
        scenes=where.scenes,
        places=where.places,
        figures=where.figures,
    )


@value(frozen=True, slots=True)
class Annotating:
    """Annotating as a step of the build."""

    knowledge: Knowledge
    name: ClassVar[str] = "annotate"
    seconds: ClassVar[float] = PIECE_SECONDS

    @property
    def fingerprint(self) -> str:
        """Digest of all that is known of people, topics and languages."""
        return self.knowledge.fingerprint

    def __call__(self, article: Article) -> Facts:
        """What later stages need to know of the article."""
        return annotate(article, self.knowledge)

    def failed(self, article: Article, trace: str) -> Facts:
        """The article without anything found in it: it is published all the same."""
        return Facts(entry(article), (), (), sketch(""), (), ())


def check_choices(article: Article, knowledge: Knowledge) -> tuple[Problem, ...]:
    """An error for each id in the front matter's `leaders` and `topics` that no authority has."""
    problems: list[Problem] = []
    if article.leaders == article.topics == Choice():
        return ()
    known: dict[AuthorityKind, set[str]] = {"leader": set(), "topic": set()}
    for authority in knowledge.authorities:
        known[authority.kind].add(authority.id)
    choices: Sequence[tuple[AuthorityKind, Choice]] = (("leader", article.leaders), ("topic", article.topics))
    for kind, choice in choices:
        ids = (*choice.add, *choice.drop)
        for identity, place in zip(ids, choice.places or ((1, 1),) * len(ids), strict=True):
            if identity not in known[kind]:
                hint = did_you_mean(identity, known[kind]) or f"add a record to content/{kind}s.yaml"
                problems.append(error(Place(article.path, *place), f'no {kind} has the id "{identity}"', hint))
    return tuple(problems)


def _chosen(
    hits: Iterable[Hit], choice: Choice, ready: Lexicon, kind: AuthorityKind
) -> list[tuple[AuthorityKind, str, list[Hit]]]:
    """The hits by id, without what the archivist dropped and with what was added."""
    by_id: dict[str, list[Hit]] = {}
    for hit in hits:
        by_id.setdefault(ready.authorities[hit.subject].id, []).append(hit)
    for identity in choice.add:
        by_id.setdefault(identity, [])
    return [(kind, identity, listed) for identity, listed in by_id.items() if identity not in choice.drop]


def _linked(mentions: list[tuple[AuthorityKind, str, list[Hit]]], page: Sheet, ready: Lexicon) -> tuple[Mention, ...]:
    """Mentions with the place of the first hit that can carry a link; no two of these touch."""
    taken: list[tuple[int, int]] = []
    """In their order."""
    links: dict[tuple[AuthorityKind, str], tuple[int, int]] = {}
    # Leaders first: a topic whose name holds a leader's gives way.
    for kind, identity, hits in mentions:
        for hit in [hit for hit in hits if hit.start >= page.body][:_TRIED]:
            span = page.in_body(hit.start, hit.end)
            at = bisect_left(taken, span)
            free = (at == 0 or taken[at - 1][1] <= span[0]) and (at == len(taken) or span[1] <= taken[at][0])
            if free and linkable(page.markdown, *span):
                links[kind, identity] = span
                taken.insert(at, span)
                break
    made = [Mention(kind, identity, len(hits), links.get((kind, identity))) for kind, identity, hits in mentions]
    return tuple(sorted(made, key=lambda mention: (mention.kind, -mention.count, mention.id)))
