"""What is known of people, topics and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AuthorityKind = Literal["leader", "topic"]


@dataclass(frozen=True, slots=True)
class Office:
    """A post somebody held; the days are `YYYY-MM-DD`, an open end is None."""

    title: Mapping[str, str]
    since: str
    until: str | None
    checked: str | None
    """The day on which a person looked it up."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A person or a topic under one stable id, with its names in every script."""

    kind: AuthorityKind
    id: str
    names: Mapping[str, str]
    """One preferred name a language; `zh` is simplified, `zh-Hant` traditional."""
    aliases: Mapping[str, tuple[str, ...]]
    """Enough alone to count as the person or topic."""
    weak: Mapping[str, tuple[str, ...]]
    """Count only beside a name or alias, or by the office held on the piece's date."""
    country: str | None
    """ISO 3166 alpha-2; None for topics and international bodies."""
    offices: tuple[Office, ...]
    broader: tuple[str, ...]
    wikidata: str | None
    place: str
    """`path:line:column` of the record, for messages."""


@dataclass(frozen=True, slots=True)
class Affixes:
    """What may stand after (or before) a name in running text of one language."""

    language: str
    particles: tuple[str, ...]
    """Glued to the end of a name: Korean josa, Russian and English possessive endings."""
    honorifics: tuple[str, ...]
    """Titles after a name, glued or after a space."""
    offices: tuple[str, ...]
    """Words for a post (president, foreign minister), for weak names and for unknown people."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known of people, topics and languages for the naming of one archive."""

    authorities: tuple[Authority, ...]
    """Sorted by kind and id."""
    affixes: tuple[Affixes, ...]
    as_of: str
    """The day the shipped authority file describes."""
    fingerprint: str
    """Digest of all of it: equal fingerprints, equal knowledge."""

    def __hash__(self) -> int:
        return hash(self.fingerprint)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mark a line as boilerplate, folded; `where` they must stand in the line."""

    rule: str
    where: Literal["line", "start", "has"]
    text: str


@dataclass(frozen=True, slots=True)
class WrittenLanguage:
    """How one language writes what cleaning looks for."""

    code: str
    stop_words: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    """Twelve groups of spellings, or none where months are numbered."""


@dataclass(frozen=True, slots=True)
class CleaningRules:
    """The vocabularies of cleaning, a union over all languages: boilerplate is seldom in the article's own."""

    phrases: tuple[Phrase, ...]
    sections: tuple[tuple[str, str], ...]
    """Kind of section (`related`, `comments`, `faq`) and the folded words that open it."""
    date_labels: tuple[tuple[str, str], ...]
    """Kind of date (`published`, `updated`, `retrieved`) and the folded words before it."""
    bylines: tuple[tuple[str, str], ...]
    """Where the name stands (`before`, `after`, `sign_off`) and the words beside it."""
    languages: tuple[WrittenLanguage, ...]
    zones: tuple[tuple[str, str], ...]
    """Abbreviation and offset: `KST`, `+09:00`."""
    table_glue: tuple[str, ...]
    """Words, or endings of words, after which no table cell ends."""
    table_never_first: tuple[str, ...]
    table_heads: tuple[str, ...]
    """Words on which table cells like to end."""
    boxes_bad: tuple[str, ...]
    boxes_good: tuple[str, ...]
    """Words in class and id attributes of boxes around articles, and of articles."""
    simplified: str
    traditional: str
    """Letters that only one way of writing Chinese has."""
    everyday: tuple[tuple[str, str], ...]
    """Legacy encoding and the letters that its running text is mostly made of."""
    fingerprint: str

    def __hash__(self) -> int:
        return hash(self.fingerprint)
