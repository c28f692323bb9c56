"""The spellings under which one name is met: capitals, spaces, hashtags, cases of declension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.model import Authority


@dataclass(frozen=True, slots=True)
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
    if len(parts) > 1 and country in ("KR", "KP", "CN", "TW", "HK"):
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
