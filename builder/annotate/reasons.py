"""Why an article is said to name a leader or to be on a topic: the words, where they stand, and the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.annotate.hits import Hit
from builder.annotate.lexicon import Lexicon, lexicon
from builder.annotate.names import find
from builder.annotate.people import resolve
from builder.annotate.sheet import Sheet, sheet
from builder.annotate.subjects import topics
from builder.model import Article, AuthorityKind, Choice, Knowledge, place_in_body
from builder.model.values import value


@value(frozen=True, slots=True)
class Word:
    """One piece of evidence."""

    where: str
    """`title`, `tag`, or line and column of the article's file."""
    text: str


@value(frozen=True, slots=True)
class Reason:
    """Why one leader or topic was given, or was not although the words are there."""

    kind: AuthorityKind
    id: str
    why: str
    words: tuple[Word, ...]
    given: bool = True


def reasons(article: Article, knowledge: Knowledge) -> tuple[Reason, ...]:
    """For each leader and topic of an article the evidence; leaders first, then by weight of evidence and id.

    Topics above a topic that was found are given with it. What the archivist adds or drops is said to be by hand.
    """
    ready = lexicon(knowledge)
    page = sheet(article, ready.folding)
    standing = ready.vocabulary.find(page.folded)
    found = find(page, ready, standing)
    people = resolve(article, page, ready, found)
    told = [
        *_of_kind("leader", people.hits, article.leaders, article=article, page=page, ready=ready),
        *_of_kind("topic", topics(found.topics, page), article.topics, article=article, page=page, ready=ready),
    ]
    told += _above([reason.id for reason in told if reason.kind == "topic" and reason.given], ready)
    return tuple(sorted(told, key=lambda reason: (reason.kind, not reason.given, -len(reason.words), reason.id)))


def _of_kind(
    kind: AuthorityKind, hits: Iterable[Hit], choice: Choice, *, article: Article, page: Sheet, ready: Lexicon
) -> Iterator[Reason]:
    by_id: dict[str, list[Hit]] = {}
    for hit in hits:
        by_id.setdefault(ready.authorities[hit.subject].id, []).append(hit)
    for identity in choice.add:
        by_id.setdefault(identity, [])
    for identity, listed in by_id.items():
        words = tuple(_word(hit, article, page) for hit in listed)
        dropped = identity in choice.drop
        by_hand = "dropped by hand" if dropped else "added by hand" if identity in choice.add else ""
        yield Reason(kind, identity, by_hand or _why(kind, listed, page), words, not dropped)


def _why(kind: AuthorityKind, hits: list[Hit], page: Sheet) -> str:
    if any(label.strong for hit in hits for label in hit.key.labels if label.subject == hit.subject):
        return "named"
    if kind == "leader":
        return "by the office held" if any(hit.office for hit in hits) else "by given and family name"
    return "a weak word in the title or a tag" if hits[0].start < page.body else f"a weak word {len(hits)} times"


def _word(hit: Hit, article: Article, page: Sheet) -> Word:
    text = page.text[hit.start : hit.end]
    if hit.start < page.body:
        return Word("title" if hit.start < page.tags else "tag", text)
    place = place_in_body(article, page.in_body(hit.start, hit.end)[0])
    return Word(f"{place.line}:{place.column}", text)


def _above(found: list[str], ready: Lexicon) -> Iterator[Reason]:
    """The broader topics of those found, each once, with the one below it."""
    known = {authority.id: authority for authority in ready.authorities if authority.kind == "topic"}
    seen, waiting = set(found), list(found)
    while waiting:
        below = waiting.pop(0)
        for parent in known[below].broader if below in known else ():
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
                yield Reason("topic", parent, f"above {below}", ())
