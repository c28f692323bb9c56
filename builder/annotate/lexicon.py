"""All that is known, made ready for one pass over a text: a vocabulary of names and the tests beside them."""

from __future__ import annotations

import marshal
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Final, Protocol

from builder.annotate.fold import Folding
from builder.annotate.heads import Head
from builder.annotate.lazy import Lazy
from builder.annotate.sources import Sources, numbered, script_of
from builder.annotate.speech import Speech, speech
from builder.annotate.surroundings import Surroundings
from builder.annotate.vocabulary import Vocabulary
from builder.model import Authority, Knowledge
from builder.model.values import replace, value

_NO_PLACE: Final = "no-place"
"""The id under which longer names stand that begin like a place's."""
_SCRIPTS: Final = {"ja": "han", "zh": "han", "ko": "han", "ru": "cyrillic"}
"""Which letters, beside Latin ones and Hangul, an archive in a language is sure to hold: Korean names states in Han."""
_ALPHABET_ENDS: Final = "\u0400"
_DENSE: Final = "\u2e80"


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
    places: dict[str, str]
    """Folded spellings of places in the scripts met so far, and their ids; empty where a longer name only begins so."""
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
    places: dict[str, str] = {}
    return Lexicon(
        authorities=known,
        folding=folding,
        surroundings=surroundings,
        vocabulary=Vocabulary(Sources(knowledge, folding), partial(_places, knowledge, folding, places)),
        places=places,
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

    To work that out takes 35 ms, which each process that names pieces is spared by it; and `codes` the next build.
    """
    scripts = dict.fromkeys(("", "hangul", _SCRIPTS.get(language.partition("-")[0], "")))
    names = {script: f"{knowledge.fingerprint}-{script or 'latin'}" for script in scripts}
    kept = {script: codes.load(name) if codes else None for script, name in names.items()}
    heads: dict[str, Mapping[Head, Sequence[int]]] = {
        script: marshal.loads(data) for script, data in kept.items() if data
    }
    for script, waiting in _waiting(knowledge, [script for script in scripts if not kept[script]]):
        heads[script] = waiting
        if codes:
            codes.save(names[script], marshal.dumps(waiting))
    words, letters = numbered(knowledge.authorities)
    return replace(knowledge, heads=heads, words=words, letters=letters)


def _waiting(knowledge: Knowledge, scripts: Sequence[str]) -> Iterator[tuple[str, dict[Head, tuple[int, ...]]]]:
    if not scripts:
        return
    sources = Sources(knowledge, Folding(knowledge.affixes))
    equal: dict[tuple[int, ...], tuple[int, ...]] = {}  # as one object each they are read in half the time
    for script in scripts:
        waiting = sources.waiting(script).items()
        yield script, {head: equal.setdefault(tuple(numbers), tuple(numbers)) for head, numbers in waiting}


def _places(knowledge: Knowledge, folding: Folding, into: dict[str, str], script: str) -> list[tuple[str, bool]]:
    """Spellings of places that end in a script, noted; each with whether letters may follow.

    Russian ones stand in the file without their cases.
    """
    listed = [(name, place) for place, names in knowledge.places for name in names if script_of(name) == script]
    forms = [unicodedata.normalize("NFC", form) for name, _ in listed for form in (name, name.upper())]
    folded = folding.fold_all(forms)
    for spelling, (_, place) in zip(folded, (each for each in listed for _ in range(2)), strict=True):
        into[spelling] = "" if place == _NO_PLACE else place
    return [(spelling, _ALPHABET_ENDS <= spelling[0] < _DENSE) for spelling in dict.fromkeys(folded)]


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
