"""All that is known, made ready for one pass over a text: a vocabulary of names and the tests beside them."""

from __future__ import annotations

import marshal
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Final, Protocol

from builder.annotate.finder import heads_of
from builder.annotate.fold import Folding
from builder.annotate.heads import Head
from builder.annotate.lazy import Lazy
from builder.annotate.sources import Sources, numbered, script_of
from builder.annotate.speech import Speech, speech
from builder.annotate.surroundings import Surroundings
from builder.annotate.vocabulary import Town, Vocabulary, goes_on
from builder.model import Authority, Facts, Knowledge
from builder.model.values import replace, value

_NO_PLACE: Final = "no-place"
"""The id under which longer names stand that begin like a place's."""
_SCRIPTS: Final = {"ja": "han", "zh": "han", "ko": "han", "ru": "cyrillic"}
"""Which letters, beside Latin ones and Hangul, an archive in a language is sure to hold: Korean names states in Han."""


@value(frozen=True, slots=True, eq=False)
class Term:
    """The kinds of post somebody held, and when."""

    office: str
    since: str
    until: str


@value(frozen=True, slots=True, eq=False)
class Lexicon:
    """Knowledge compiled, as far as the pieces read so far asked for it; made once a process."""

    authorities: Sequence[Authority]
    folding: Folding
    surroundings: Surroundings
    vocabulary: Vocabulary
    """Over folded text with its capitals."""
    given: Lazy[int, frozenset[str]]
    """For each authority the folded words of its full names, for the word before a family name."""
    terms: Lazy[int, tuple[Term, ...]]
    speech: Lazy[str, Speech]
    """By `ko`, `ja`, `zh`, `LATIN`, and an empty text for all languages with spaces."""


@lru_cache(maxsize=2)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The compiled form of what is known."""
    folding = Folding(knowledge.affixes)
    surroundings = Surroundings(knowledge.affixes, folding)
    known = knowledge.authorities
    return Lexicon(
        authorities=known,
        folding=folding,
        surroundings=surroundings,
        vocabulary=Vocabulary(Sources(knowledge, folding), partial(_towns, knowledge, folding)),
        given=Lazy(lambda subject: _given(known[subject], folding, surroundings)),
        terms=Lazy(lambda subject: _terms(known[subject], surroundings)),
        speech=Lazy(partial(speech, knowledge.affixes, folding)),
    )


class Codes(Protocol):
    """Where bytes are kept from one run to the next; what it gives must be ours."""

    def load(self, name: str) -> bytes | None:
        """What is kept under a name, as it was given."""

    def save(self, name: str, code: bytes) -> None:
        """Keep it."""


def indexed(knowledge: Knowledge, language: str, codes: Codes | None = None) -> Knowledge:
    """The knowledge with its names under what they are found by: those in Latin letters, in Hangul and in a language.

    To work that out takes 40 ms, which each process that names pieces is spared by it; and `codes` the next build.
    """
    scripts = dict.fromkeys(("", "hangul", _SCRIPTS.get(language.partition("-")[0], "")))
    names = {script: f"{knowledge.fingerprint}-{script or 'latin'}" for script in scripts}
    kept = {script: codes.load(name) if codes else None for script, name in names.items()}
    known = {script: marshal.loads(data) for script, data in kept.items() if data}
    for script, found in _index(knowledge, [script for script in scripts if not kept[script]]):
        known[script] = found
        if codes:
            codes.save(names[script], marshal.dumps(found))
    heads = {script: found[0] for script, found in known.items()}
    towns = {script: found[1] for script, found in known.items()}
    words, letters, ids = _listing(knowledge, codes)
    return replace(knowledge, heads=heads, towns=towns, words=words, letters=letters, ids=ids)


def bearers(knowledge: Knowledge, facts: Iterable[Facts]) -> Sequence[Authority]:
    """The people whom these pieces name, and all topics: to unpack the others of 1,300 records takes 7 ms."""
    if not knowledge.ids:
        return knowledge.authorities
    named = {mention.id for each in facts for mention in each.mentions if mention.kind == "leader"}
    return [
        knowledge.authorities[number]
        for number, identity in enumerate(knowledge.ids)
        if not identity or identity in named
    ]


def _listing(knowledge: Knowledge, codes: Codes | None) -> tuple[Sequence[int], Sequence[int], Sequence[str]]:
    """The numbers of words, and the ids of people."""
    name = f"{knowledge.fingerprint}-words"
    data = codes.load(name) if codes else None
    if data is None:
        words, letters = numbered(knowledge.authorities)
        ids = ["" if each.kind == "topic" else each.id for each in knowledge.authorities]
        data = marshal.dumps((tuple(words), tuple(letters), tuple(ids)))
        if codes:
            codes.save(name, data)
    listing: tuple[Sequence[int], Sequence[int], Sequence[str]] = marshal.loads(data)
    return listing


def _index(
    knowledge: Knowledge, scripts: Sequence[str]
) -> Iterator[tuple[str, tuple[dict[Head, tuple[int, ...]], dict[Head, tuple[Town, ...]]]]]:
    """What waits under each head of a script: numbers of words, and places."""
    if not scripts:
        return
    folding = Folding(knowledge.affixes)
    sources = Sources(knowledge, folding)
    equal: dict[tuple[int, ...], tuple[int, ...]] = {}  # as one object each they are read in half the time
    for script in scripts:
        waiting = sources.waiting(script).items()
        words = {head: equal.setdefault(tuple(numbers), tuple(numbers)) for head, numbers in waiting}
        yield script, (words, {head: tuple(towns) for head, towns in _towns(knowledge, folding, script).items()})


def _towns(knowledge: Knowledge, folding: Folding, script: str) -> Mapping[Head, Sequence[Town]]:
    """The places whose spellings end in a script, by the head under which each is looked for."""
    if known := knowledge.towns.get(script):
        return known
    listed = [(name, place) for place, names in knowledge.places for name in names if script_of(name) == script]
    forms = [unicodedata.normalize("NFC", form) for name, _ in listed for form in (name, name.upper())]
    places = dict(zip(folding.fold_all(forms), (place for _, place in listed for _ in range(2)), strict=True))
    found: dict[Head, list[Town]] = {}
    for spelling, place in places.items():
        for head in heads_of(spelling, goes_on=goes_on(spelling)):
            found.setdefault("" if head is None else head, []).append((spelling, "" if place == _NO_PLACE else place))
    return dict(found)


def _given(authority: Authority, folding: Folding, surroundings: Surroundings) -> frozenset[str]:
    if authority.kind == "topic":
        return frozenset()
    names: Sequence[str] = [
        *authority.names.values(),
        *(word for words in authority.aliases.values() for word in words),
    ]
    parts = {part for name in names for part in folding.fold(name).replace("\u00b7", " ").split()}
    return frozenset(part.rstrip(".") for part in parts if not surroundings.is_office(part))


def _terms(authority: Authority, surroundings: Surroundings) -> tuple[Term, ...]:
    found: Iterable[Term] = (
        Term(kind, office.since, office.until or "9999")
        for office in authority.offices
        for kind in sorted({surroundings.office_in(title) for title in office.title.values()} - {""})
    )
    return tuple(found)
