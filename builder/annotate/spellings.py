"""The spellings under which one name is met: capitals, spaces, hashtags, cases of declension."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from builder.annotate.heads import beginning
from builder.model import Authority
from builder.model.values import value

_JOINED: Final = ("CN", "HK", "KP", "KR", "TW")
"""Countries whose given names are written in one word as well as in two."""
_CYRILLIC: Final = re.compile("[\u0400-\u04ff ]+")


@value(frozen=True, slots=True)
class Spelling:
    """One way to write a name."""

    text: str
    tag: bool = False
    """Written without its spaces, as in hashtags; nowhere else."""


def spellings(
    word: str, language: str, authority: Authority, endings: Mapping[str, tuple[str, ...]]
) -> Iterator[Spelling]:
    """Every spelling of a name or alias that is looked for; `endings` declines it where the language does so."""
    yield Spelling(word)
    if language == "ko":
        if " " in word:
            yield Spelling(word.replace(" ", ""))
        return
    if language.startswith("zh") or language == "ja":
        return
    if language == "ru":
        for form in declined(word, endings):
            yield Spelling(form)
    elif authority.kind == "topic":
        yield from (Spelling(form) for form in _capitals(word))
    else:
        yield from (Spelling(form) for form in _orders(word, authority.country))
    yield from _as_tag(word)


def common_heads(folded: str, authority: Authority, endings: Mapping[str, tuple[str, ...]] | None) -> Iterable[str]:
    """Heads of which each spelling of a name has one, found by rule; none where no rule is sure.

    `folded` is the name as text is compared. A declined one has the beginning of its last word.
    """
    parts = folded.split()
    joined = "".join([part[:1].upper() + part[1:] for part in parts])
    if folded.isascii() and joined.isalpha():
        longest = max(parts[1:], key=len) if len(parts) > 2 else parts[-1]
        heads = {longest, longest.upper(), longest[0].upper() + longest[1:], joined, joined.lower()}
        if len(parts) > 2 and authority.country in _JOINED:
            heads.add(parts[1] + "".join(parts[2:]).lower())
        if authority.kind == "topic":
            heads.add(longest.title())
            heads |= {f"{head}s" for head in heads}
        return heads
    if endings and _CYRILLIC.fullmatch(folded) and (stem := _stem(parts[-1], endings)):
        heads = {beginning(stem), joined, joined.lower()}
        return {*heads, *(f"{head}s" for head in heads)} if authority.kind == "topic" else heads
    return ()


def declined(name: str, endings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A name's other cases: with every word declined, and with the last alone, as Korean and Chinese names need it."""
    words = name.replace("ё", "е").replace("-", " ").split(" ")
    forms = [_forms(word, endings) for word in words]
    whole = [" ".join(case) for case in zip(*forms, strict=False)] if all(forms) else []
    # An indeclinable last name leaves the given name declined: with Nerendra's case, but Modi as it is.
    fixed = [" ".join((*case, words[-1])) for case in zip(*forms[:-1], strict=False)] if not forms[-1] else []
    last = [" ".join((*words[:-1], form)) for form in forms[-1]]
    return list(dict.fromkeys((*whole, *fixed, *last)))


def _forms(word: str, endings: Mapping[str, tuple[str, ...]]) -> list[str]:
    ending = max((end for end in endings if word.endswith(end)), key=len, default=None)
    if ending is None or len(word) < 2:
        return []
    stem = word[: len(word) - len(ending)]
    return [stem + each for each in endings[ending]]


def _stem(word: str, endings: Mapping[str, tuple[str, ...]]) -> str:
    """What all cases of a word begin with."""
    for letters in range(max(map(len, endings), default=0), 0, -1):
        if word[-letters:] in endings:
            return word[:-letters]
    return word


def _capitals(word: str) -> Iterator[str]:
    """A term at the head of a sentence, in a headline, in capitals; names of bodies keep their own."""
    if word == word.lower():
        yield word[0].upper() + word[1:]
        yield word.title()
    elif word[1:] == word[1:].lower() and " " in word:
        yield word[0].lower() + word[1:]
        yield word.title()
    if not word.isupper() and len(word) > 5:
        yield word.upper()


def _orders(name: str, country: str | None) -> Iterator[str]:
    parts = name.replace("-", " ").split(" ")
    if len(parts) > 1 and country in _JOINED:
        titled = [part[:1].upper() + part[1:] for part in parts]
        yield " ".join(titled)
        yield f"{parts[0]} {parts[1]}{''.join(parts[2:]).lower()}"
    if len(parts) == 2 and country == "JP":
        yield f"{parts[1]} {parts[0]}"
        yield f"{parts[1]} {parts[0]}".upper()
    if len(name) > 2:
        yield name.upper()


def _as_tag(word: str) -> Iterator[Spelling]:
    joined = "".join(part[:1].upper() + part[1:] for part in word.replace("-", " ").replace(".", "").split(" "))
    if len(joined) > 3:
        if joined != word:
            yield Spelling(joined, tag=True)
        yield Spelling(joined.lower(), tag=True)
