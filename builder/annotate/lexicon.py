"""All that is known, made ready for one pass over a text: a vocabulary of names and the tests beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from builder.annotate.fold import Folding
from builder.annotate.lazy import Lazy
from builder.annotate.sources import Sources
from builder.annotate.speech import Speech, speech
from builder.annotate.surroundings import Surroundings
from builder.annotate.vocabulary import Vocabulary
from builder.model import Authority, Knowledge

_NO_PLACE: Final = "no-place"
"""The id under which longer names stand that begin like a place's."""
_ALPHABET_ENDS: Final = "\u0400"
_DENSE: Final = "\u2e80"


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """The kinds of post somebody held, and when."""

    office: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Knowledge compiled, as far as the pieces read so far asked for it; made once a process."""

    authorities: tuple[Authority, ...]
    folding: Folding
    surroundings: Surroundings
    vocabulary: Vocabulary
    """Over folded text with its capitals."""
    places: dict[str, str]
    """Folded spellings of places and their ids; empty where a longer name only begins like a place's."""
    given: Lazy[int, frozenset[str]]
    """For each authority the folded words of its full names, for the word before a family name."""
    terms: Lazy[int, tuple[Term, ...]]
    speech: Lazy[str, Speech]
    """By `ko`, `ja`, `zh`, and an empty text for languages with spaces."""


@lru_cache(maxsize=2)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The compiled form of what is known."""
    folding = Folding(knowledge.affixes)
    surroundings = Surroundings(knowledge.affixes, folding)
    known = knowledge.authorities
    places = _places(knowledge, folding)
    return Lexicon(
        authorities=known,
        folding=folding,
        surroundings=surroundings,
        vocabulary=Vocabulary(Sources(knowledge, folding), _bounds(places)),
        places=places,
        given=Lazy(lambda subject: _given(known[subject], folding, surroundings)),
        terms=Lazy(lambda subject: _terms(known[subject], surroundings)),
        speech=Lazy(partial(speech, knowledge.affixes, folding)),
    )


def _places(knowledge: Knowledge, folding: Folding) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, names in knowledge.places:
        for name in names:
            for written in (name, name.upper()):
                found[folding.fold(unicodedata.normalize("NFC", written))] = "" if place == _NO_PLACE else place
    return found


def _bounds(places: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Spellings of places, each with whether letters may follow: Russian ones stand in the file without their cases."""
    for spelling in places:
        yield spelling, _ALPHABET_ENDS <= spelling[0] < _DENSE


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
