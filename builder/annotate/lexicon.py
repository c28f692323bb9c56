"""All that is known, made ready for one pass over a text: an automaton of names and the tests beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from builder.annotate.finder import Finder
from builder.annotate.fold import Folding
from builder.annotate.speech import Speech, speech
from builder.annotate.spellings import spellings
from builder.annotate.surroundings import HONORIFIC, Surroundings
from builder.model import Affixes, Authority, Knowledge

Writing = Literal["letters", "hangul", "han", "kana"]
_HANGUL: Final = ("\uac00", "\ud7a3")
_KANA: Final = ("\u3041", "\u30ff")
_FIRST_HAN: Final = "\u2e80"
_SYLLABIC: Final = ("ja", "ko", "zh", "zh-Hant")
_FEW_FAMILY_NAMES: Final = ("CN", "HK", "KP", "KR", "MO", "TW")
_OFFICES_BESIDE_A_LETTER: Final = ("president", "premier", "minister", "chair", "secretary", "adviser")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What one spelling says."""

    subject: int
    """Index of the authority in the lexicon."""
    strong: bool
    common: bool
    """A family name of one letter or syllable, or Korean or Chinese: never anybody's by being unique."""


@dataclass(slots=True, eq=False)
class Key:
    """One spelling in the automaton and whom it may name."""

    length: int
    writing: Writing
    labels: tuple[Label, ...]
    short: bool = False
    """A part of a longer name, so that the words beside it matter."""
    office: str | None = None
    """The kind of post that is part of the spelling."""
    tag: bool = False
    """A name without its spaces: counts in hashtags only."""
    topic: bool = False
    """Names topics, no leaders; a spelling never does both."""
    blocks: bool = False
    """A longer word in which a name stands by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """The kinds of post somebody held, and when."""

    office: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Knowledge compiled; made once a process."""

    authorities: tuple[Authority, ...]
    folding: Folding
    surroundings: Surroundings
    finder: Finder[Key]
    """Over folded text with its capitals."""
    given: tuple[frozenset[str], ...]
    """For each authority the folded words of its full names, for the word before a family name."""
    terms: tuple[tuple[Term, ...], ...]
    speech: Mapping[str, Speech]
    """By `ko`, `ja`, `zh`, and an empty text for languages with spaces."""


@lru_cache(maxsize=2)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The compiled form of what is known."""
    folding = Folding(knowledge.affixes)
    surroundings = Surroundings(knowledge.affixes, folding)
    keys: dict[str, Key] = {}
    for spelling, key in _all_keys(knowledge, folding):
        known = keys.get(spelling)
        if known is None:
            keys[spelling] = key
        else:
            _merge(known, key)
    return Lexicon(
        authorities=knowledge.authorities,
        folding=folding,
        surroundings=surroundings,
        finder=Finder(keys),
        given=tuple(_given(authority, folding, surroundings) for authority in knowledge.authorities),
        terms=tuple(_terms(authority, surroundings) for authority in knowledge.authorities),
        speech=speech(knowledge.affixes, folding),
    )


def writing_of(spelling: str) -> Writing:
    """The script by whose rules a spelling is bounded: that of its last letter."""
    last = spelling[-1]
    if _HANGUL[0] <= last <= _HANGUL[1]:
        return "hangul"
    if _KANA[0] <= last <= _KANA[1]:
        return "kana"
    return "han" if last >= _FIRST_HAN else "letters"


def _all_keys(knowledge: Knowledge, folding: Folding) -> Iterator[tuple[str, Key]]:
    by_language = {affixes.language: affixes for affixes in knowledge.affixes}
    families: dict[tuple[str, str], list[Label]] = {}
    for subject, authority in enumerate(knowledge.authorities):
        weak = {word for words in authority.weak.values() for word in words}
        for language, word, strong in _words(authority, weak):
            common = _is_common(word, language, authority)
            label = Label(subject, strong, common)
            if len(word) == 1:
                families.setdefault((language, folding.fold(word)), []).append(label)
                continue
            endings = by_language["ru"].endings if language == "ru" and "ru" in by_language else {}
            for each in spellings(word, language, authority, endings):
                folded = folding.fold(each.text)
                part = authority.kind == "leader" and word not in authority.names.values()
                short = part and " " not in folded and "\u00b7" not in folded
                topic = authority.kind == "topic"
                yield folded, Key(len(folded), writing_of(folded), (label,), short=short, tag=each.tag, topic=topic)
    for (language, family), labels in families.items():
        if affixes := by_language.get(language.partition("-")[0]):
            yield from _beside_offices(family, tuple(labels), affixes, folding)
    for affixes in knowledge.affixes:
        for word in affixes.not_names:
            folded = folding.fold(word)
            yield folded, Key(len(folded), writing_of(folded), (), blocks=True)


def _words(authority: Authority, weak: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Language, word, and whether it is enough alone; each word once a language."""
    for language, name in authority.names.items():
        if name not in weak:
            yield language, name, True
    for language, words in authority.aliases.items():
        for word in words:
            if word not in weak:
                yield language, word, True
    for language, words in authority.weak.items():
        if not authority.heading:
            for word in dict.fromkeys(words):
                yield language, word, False


def _is_common(word: str, language: str, authority: Authority) -> bool:
    """Whether a word is a family name that many bear; a Japanese one of two letters is not one of those."""
    if authority.kind == "topic" or " " in word or "-" in word or word in authority.names.values():
        return False
    if len(word) == 1:
        return authority.country in (*_FEW_FAMILY_NAMES, "JP", "VN", "KH")
    return language not in _SYLLABIC and authority.country in _FEW_FAMILY_NAMES


def _beside_offices(
    family: str, labels: tuple[Label, ...], affixes: Affixes, folding: Folding
) -> Iterator[tuple[str, Key]]:
    """A family name of one letter is looked for beside a title only: alone it stands in every other word."""
    hangul = "\uac00" <= family <= "\ud7a3"
    titles = [(kind, title) for kind in _OFFICES_BESIDE_A_LETTER for title in affixes.offices.get(kind, ())]
    if not hangul:
        titles += [(HONORIFIC, title) for title in affixes.honorifics]
    for kind, title in titles:
        for between in ("",) if not hangul else ("", " ") if len(title) > 2 else (" ",):
            folded = folding.fold(f"{family}{between}{title}")
            yield folded, Key(len(folded), writing_of(folded), labels, office=kind)


def _merge(known: Key, key: Key) -> None:
    """One spelling, several people; what is enough alone for one of them wins over a mere hashtag."""
    if known.topic != key.topic:
        return  # a topic may not take a leader's name
    subjects = {label.subject: label for label in known.labels}
    for label in key.labels:
        if label.subject not in subjects or label.strong > subjects[label.subject].strong:
            subjects[label.subject] = label
    known.labels = tuple(subjects.values())
    known.tag = known.tag and key.tag
    known.short = known.short and key.short
    known.blocks = known.blocks or key.blocks


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
