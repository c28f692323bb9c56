"""Leaders in the orders in which readers look for them: by letter, in two scripts, and by country."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from babel.core import Locale

from builder.model import Authority, Subject
from builder.render.lists import Shelf
from builder.render.parts import Name
from builder.render.views.subjects import NameSection

_FIRST_SYLLABLE: Final = 0xAC00
_LAST_SYLLABLE: Final = 0xD7A3
_A_CONSONANT: Final = 588
"""Syllables that begin with one consonant."""
_DOUBLED: Final = {1: 0, 4: 3, 8: 7, 10: 9, 13: 12}
"""Doubled consonants stand under the plain ones, as in Korean indexes."""
_OTHER: Final = "…"


def by_name(shown: Shelf) -> tuple[NameSection, ...]:
    """A to Z by family name; and by the first consonant of the Korean name where the archive has to do with Korean."""
    subjects = tuple(shown.library.leaders.values())
    latin = _section(shown, "latin", ((*_latin(subject.authority), subject) for subject in subjects))
    languages = {shown.language, *(entry.language for entry in shown.library.entries.values())}
    if not any(language.partition("-")[0] == "ko" for language in languages):
        return (latin,)
    named = (subject for subject in subjects if "ko" in subject.authority.names)
    hangul = _section(shown, "hangul", ((*_hangul(subject.authority), subject) for subject in named), language="ko")
    return (hangul, latin) if shown.language.partition("-")[0] == "ko" else (latin, hangul)


def by_country(shown: Shelf) -> tuple[NameSection, ...]:
    """Under countries in the order of their names in the reader's language, the most named first."""
    territories = Locale.parse(shown.language, sep="-").territories
    found: dict[str, list[Subject]] = {}
    for subject in shown.library.leaders.values():
        found.setdefault(subject.authority.country or "", []).append(subject)
    codes = sorted(found, key=lambda code: (not code, _plain(str(territories.get(code.upper(), code))), code))
    groups = tuple(
        (code, tuple(_name(shown, s) for s in sorted(found[code], key=lambda s: (-len(s.articles), s.authority.id))))
        for code in codes
    )
    return (NameSection("countries", groups),)


def _section(shown: Shelf, key: str, keyed: Iterable[tuple[str, str, Subject]], *, language: str = "") -> NameSection:
    groups: dict[str, list[Name]] = {}
    for letter, _, subject in sorted(keyed, key=lambda one: (one[0] == _OTHER, *one[:2], one[2].authority.id)):
        groups.setdefault(letter, []).append(_name(shown, subject, language))
    return NameSection(key, tuple((letter, tuple(names)) for letter, names in groups.items()))


def _latin(authority: Authority) -> tuple[str, str]:
    """First letter and key of a name under its family name, as far as the authority file tells which that is."""
    name = authority.names.get("en", authority.id)
    short = {word for words in (authority.aliases, authority.weak) for word in words.get("en", ())}
    last = [word for word in short if name.endswith(f" {word}")]
    family = max(last, key=lambda word: (len(word), word)) if last else name
    key = _plain(f"{family} {name}")
    return (key[0].upper() if key[:1].isalpha() and key[:1].isascii() else _OTHER), key


def _hangul(authority: Authority) -> tuple[str, str]:
    name = authority.names["ko"]
    code = ord(name[0])
    if not _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return _OTHER, name
    consonant = (code - _FIRST_SYLLABLE) // _A_CONSONANT
    return chr(_FIRST_SYLLABLE + _A_CONSONANT * _DOUBLED.get(consonant, consonant)), name


def _name(shown: Shelf, subject: Subject, language: str = "") -> Name:
    return shown.name("leader", subject.authority.id, len(subject.articles), language=language)


def _plain(text: str) -> str:
    """For sorting: without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text)
    if any("\u1100" <= letter <= "\u11ff" for letter in parts):
        return text
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()
