"""What is found in each article, and in the archive as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from builder.model.articles import Access
from builder.model.captures import Source
from builder.model.knowledge import Authority, AuthorityKind
from builder.model.values import value


@value(frozen=True, slots=True)
class Mention:
    """An authority named in one article."""

    kind: AuthorityKind
    id: str
    count: int
    """How often it is named in title, body and tags."""
    link: tuple[int, int] | None
    """Where in the Markdown body the first mention stands that can carry a link: code points, half open."""


@value(frozen=True, slots=True)
class Quote:
    """Words in quotation marks and the leader who said them."""

    leader: str
    text: str
    passage: str
    """Id of the passage in which they stand."""


@value(frozen=True, slots=True)
class Entry:
    """All that lists say of an article: the article without its body."""

    id: str
    title: str
    language: str
    published: str | None
    day: str | None
    """`YYYY-MM-DD` of `published`, in the source's own zone."""
    source: Source
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    capture: str | None
    item_type: str
    retrieved: str | None
    summary: str
    """The archivist's summary, or the beginning of the body."""
    words: int
    access: Access
    draft: bool
    event_day: str | None = None
    """`YYYY-MM-DD` of the event, where the archivist gave its day."""


@value(frozen=True, slots=True)
class Facts:
    """All that later stages need to know of one article; the fold over the archive sees nothing else."""

    entry: Entry
    mentions: tuple[Mention, ...]
    """Sorted by kind, count downwards, id."""
    quotes: tuple[Quote, ...]
    shingles: Sequence[int]
    """A MinHash sketch of the body, for near-doubles; always the same length."""
    terms: tuple[str, ...]
    """Words worth comparing for related pieces, sorted."""
    unresolved: tuple[str, ...]
    """Weak names that could not be given to anybody."""
    scenes: tuple[str, ...] = ()
    """Places that the title or the head of the body names, as ids, sorted: where it happened, most often."""
    places: tuple[str, ...] = ()
    """Places that only later parts name, sorted."""
    figures: tuple[str, ...] = ()
    """Numbers and abbreviations, which are the same in every script, sorted."""


@value(frozen=True, slots=True)
class Subject:
    """A leader or topic that has a page, and where it is named."""

    authority: Authority
    articles: tuple[str, ...]
    """Ids of the pieces, newest first, undated last."""
    neighbours: tuple[tuple[str, int], ...]
    """Leaders named in the same pieces and in how many, most often first."""
    narrower: tuple[str, ...]
    """Topics with a page right below this one."""


@value(frozen=True, slots=True)
class Event:
    """Something that happened and that two or more pieces report, in whatever language."""

    id: str
    """The id of the first piece."""
    day: str
    """The earliest day that a piece has, or the event's own where the archivist gave it."""
    articles: tuple[str, ...]
    """Earliest first; a piece is of one event at most."""
    leaders: tuple[str, ...]
    """Named in more than half of the pieces, in most of them first."""
    topics: tuple[str, ...]


@value(frozen=True, slots=True)
class Library:
    """Who, what and when over all of the archive that is published."""

    entries: Mapping[str, Entry]
    """By id, newest first, undated last."""
    facts: Mapping[str, Facts]
    """By article id, in the same order; each may be fetched from afar."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """By article id what the facts say, at hand; where in the text, the facts alone need know."""
    quoting: frozenset[str]
    """Ids of the articles in which there are quotations."""
    leaders: Mapping[str, Subject]
    """By authority id, in the order of the English name."""
    topics: Mapping[str, Subject]
    related: Mapping[str, tuple[str, ...]]
    """For each article the nearest others, nearest first."""
    doubles: Mapping[str, tuple[str, ...]]
    """For each article its near-doubles, earliest first; absent when there are none."""
    years: Mapping[str, tuple[str, ...]]
    """`YYYY` → ids, newest first."""
    events: tuple[Event, ...] = ()
    """Newest first."""
    as_of: str = ""
    """The day that the shipped authority file describes, `YYYY-MM-DD`."""

    def named(self) -> frozenset[str]:
        """Ids of all whom a piece names."""
        return frozenset(mention.id for mentions in self.mentions.values() for mention in mentions)

    def quotes(self, key: str) -> tuple[Quote, ...]:
        """The quotations in one article."""
        return self.facts[key].quotes if key in self.quoting else ()


def passage_id(block: str) -> str:
    """The stable fragment of a paragraph: a digest of its Markdown source with white space folded."""
    return "p-" + hashlib.blake2b(folded(block).encode(), digest_size=5).hexdigest()


def folded(text: str) -> str:
    """A text with its white space folded."""
    # The only white space that Python prints is the space: a line in which no two stand together is folded already.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())
