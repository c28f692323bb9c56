"""What one spelling says, and from which words of the authorities the spellings come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from builder.annotate.fold import Folding
from builder.annotate.spellings import spellings
from builder.annotate.surroundings import HONORIFIC
from builder.model import Affixes, Authority
from builder.model.values import value

Writing = Literal["letters", "hangul", "han", "kana"]
_HANGUL: Final = ("\uac00", "\ud7a3")
_KANA: Final = ("\u3041", "\u30ff")
_FIRST_HAN: Final = "\u2e80"
_SYLLABIC: Final = ("ja", "ko", "zh", "zh-Hant")
_FEW_FAMILY_NAMES: Final = ("CN", "HK", "KP", "KR", "MO", "TW")
_OFFICES_BESIDE_A_LETTER: Final = ("president", "premier", "minister", "chair", "secretary", "adviser")


@value(frozen=True, slots=True, eq=False)
class Label:
    """What one spelling says."""

    subject: int
    """Index of the authority in the lexicon."""
    strong: bool
    common: bool
    """A family name of one letter or syllable, or Korean or Chinese: never anybody's by being unique."""


@value(frozen=False, slots=True, eq=False)
class Key:
    """One spelling and whom it may name."""

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
    shared: bool = False
    """Strangers bear it: a weak name, or a Chinese or Korean family name although it is enough. Told by `merged`."""


@value(frozen=True, slots=True)
class Word:
    """A name, alias or weak name of an authority in one language."""

    subject: int
    language: str
    text: str
    weak: bool


@value(frozen=True, slots=True)
class Family:
    """A family name of one letter, folded, and all who bear it."""

    text: str
    words: tuple[Word, ...]
    affixes: Affixes


def counts(word: Word, authority: Authority) -> bool:
    """Whether a word is used as it is listed: what is weak somewhere is so everywhere; headings have no weak ones."""
    if word.weak:
        return not authority.heading
    return not any(word.text in listed for listed in authority.weak.values())


def keys_of_word(
    word: Word, authority: Authority, folding: Folding, endings: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Key]]:
    """The spellings of a word, folded, each with what it says."""
    if not counts(word, authority):
        return
    labels = (label(word, authority),)
    part = authority.kind == "leader" and word.text not in authority.names.values()
    topic = authority.kind == "topic"
    for each in spellings(word.text, word.language, authority, endings if word.language == "ru" else {}):
        folded = folding.fold(each.text)
        short = part and " " not in folded and "\u00b7" not in folded
        yield folded, Key(len(folded), writing_of(folded), labels, short=short, tag=each.tag, topic=topic)


def keys_of_family(family: Family, authorities: Sequence[Authority], folding: Folding) -> Iterator[tuple[str, Key]]:
    """A family name of one letter is looked for beside a title only: alone it stands in every other word."""
    hangul = _is_hangul(family)
    labels = tuple(label(word, authorities[word.subject]) for word in family.words)
    listed = titles(family)
    for (kind, title), plain in zip(listed, folding.fold_all([title for _, title in listed]), strict=True):
        for between in ("",) if not hangul else ("", " ") if len(title) > 2 else (" ",):
            folded = f"{family.text}{between}{plain}"
            yield folded, Key(len(folded), writing_of(folded), labels, office=kind)


def key_of_longer(word: str, folding: Folding) -> tuple[str, Key]:
    """A longer word in which a name stands by chance, folded, and what it says."""
    folded = folding.fold(word)
    return folded, Key(len(folded), writing_of(folded), (), blocks=True)


def label(word: Word, authority: Authority) -> Label:
    """What a word says of its authority."""
    return Label(word.subject, not word.weak, _is_common(word.text, word.language, authority))


def merged(parts: Iterable[Key]) -> Key:
    """One spelling, several people; what is enough alone for one of them wins over a mere hashtag."""
    first, *others = parts
    whole = Key(
        first.length, first.writing, first.labels, first.short, first.office, first.tag, first.topic, first.blocks
    )
    for key in others:
        if whole.topic != key.topic:
            continue  # a topic may not take a leader's name
        subjects = {each.subject: each for each in whole.labels}
        for each in key.labels:
            if each.subject not in subjects or each.strong > subjects[each.subject].strong:
                subjects[each.subject] = each
        whole.labels = tuple(subjects.values())
        whole.tag = whole.tag and key.tag
        whole.short = whole.short and key.short
        whole.blocks = whole.blocks or key.blocks
    whole.shared = any(label.common or not label.strong for label in whole.labels)
    return whole


def titles(family: Family) -> list[tuple[str, str]]:
    """The kinds of post, and the titles, that make a word of a family name of one letter."""
    offices = family.affixes.offices
    listed = [(kind, title) for kind in _OFFICES_BESIDE_A_LETTER for title in offices.get(kind, ())]
    if not _is_hangul(family):
        listed += [(HONORIFIC, title) for title in family.affixes.honorifics]
    return listed


def writing_of(spelling: str) -> Writing:
    """The script by whose rules a spelling is bounded: that of its last letter."""
    last = spelling[-1]
    if _HANGUL[0] <= last <= _HANGUL[1]:
        return "hangul"
    if _KANA[0] <= last <= _KANA[1]:
        return "kana"
    return "han" if last >= _FIRST_HAN else "letters"


def _is_common(word: str, language: str, authority: Authority) -> bool:
    """Whether a word is a family name that many bear; a Japanese one of two letters is not one of those."""
    if authority.kind == "topic" or " " in word or "-" in word or word in authority.names.values():
        return False
    if len(word) == 1:
        return authority.country in (*_FEW_FAMILY_NAMES, "JP", "VN", "KH")
    return language not in _SYLLABIC and authority.country in _FEW_FAMILY_NAMES


def _is_hangul(family: Family) -> bool:
    return _HANGUL[0] <= family.text <= _HANGUL[1]
