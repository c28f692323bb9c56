"""The index of titles: every piece by the first letter of its title, for readers without scripts and for browsing."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from builder.model import Entry
from builder.render.lists import Shelf
from builder.render.views.every import View
from builder.render.views.site import Initial, TitlesView

_INDEX: Final = "titles/index.html"
_MOST: Final = 300
"""Titles on a page, unless more than these begin with one letter."""
_DIGITS: Final = "0\u20139"
_OTHERS: Final = "\u2026"
# Rows of kana by their first letter; Hangul by its first sound, with the tense sounds beside the plain ones; Han by
# radical: Unicode lists Han characters by radical and strokes, and the radical itself stands first.
_KANA: Final = "".join(map(chr, (0x3042, 0x304B, 0x3055, 0x305F, 0x306A, 0x306F, 0x307E, 0x3084, 0x3089, 0x308F)))
_KANA_FIRST: Final = (0x3041, 0x304B, 0x3055, 0x305F, 0x306A, 0x306F, 0x307E, 0x3083, 0x3089, 0x308E)
_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TENSE: Final = {1: 0, 4: 3, 8: 7, 10: 9, 13: 12}
_PLAIN: Final = {chr(radical): unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)}
_RADICALS: Final = sorted(one for one in _PLAIN.values() if "\u4e00" <= one <= "\u9fff")


def title_pages(shown: Shelf) -> Iterator[tuple[str, str, View]]:
    """The index of titles and, where an archive is long, the pages below it: address, template, view."""
    entries = shown.library.entries.values()
    counts = shown.languages(shown.library.entries)
    by_language = {
        language: _in_order(entry for entry in entries if entry.language == language) for language, _ in counts
    }
    if len(entries) <= _MOST:
        whole = tuple((language, _initials(shown, _INDEX, found)) for language, found in by_language.items())
        yield _INDEX, "titles.html", TitlesView(len(entries), whole)
        return
    listed = []
    below: list[tuple[str, str, View]] = []
    for language, found in by_language.items():
        pages = [
            (path, _initials(shown, path, part))
            for number, part in enumerate(_parts(found), 1)
            for path in (f"titles/{language.lower()}{f'-{number}' if number > 1 else ''}.html",)
        ]
        listed.append((language, tuple(_without_rows(pages))))
        for at, (path, initials) in enumerate(pages):
            view = TitlesView(
                pieces=sum(initial.pieces for initial in initials),
                languages=((language, initials),),
                number=at + 1,
                numbers=len(pages),
                earlier=pages[at - 1][0] if at else None,
                later=pages[at + 1][0] if at + 1 < len(pages) else None,
            )
            below.append((path, "titles.html", view))
    yield _INDEX, "titles.html", TitlesView(len(entries), tuple(listed))
    yield from below


def initial(title: str) -> str:
    """The heading under which a title stands: a letter, a first sound, a row of kana, a radical, or what has none."""
    letter = next((sign for sign in unicodedata.normalize("NFKC", title) if sign.isalnum()), "")
    if not letter:
        return _OTHERS
    if letter.isdigit():
        return _DIGITS
    if "\uac00" <= letter <= "\ud7a3":
        sound = (ord(letter) - 0xAC00) // 588
        return chr(0xAC00 + _TENSE.get(sound, sound) * 588)
    if "\u4e00" <= letter <= "\u9fff":
        return _RADICALS[bisect_right(_RADICALS, letter) - 1]
    plain = unicodedata.normalize("NFKD", letter)[0]
    if "\u30a1" <= plain <= "\u30f6":
        plain = chr(ord(plain) - 0x60)
    if "\u3041" <= plain <= "\u3096":
        return _KANA[bisect_right(_KANA_FIRST, ord(plain)) - 1]
    return plain.upper()[0]


def _key(title: str) -> tuple[int, str, str]:
    """Letters before numbers before what has neither; case, accents and kinds of kana make no difference."""
    first = initial(title)
    folded = unicodedata.normalize("NFKD", title).casefold().translate(_HIRAGANA)
    letters = "".join(sign for sign in unicodedata.normalize("NFC", folded) if sign.isalnum() or sign == " ").strip()
    return {_DIGITS: 1, _OTHERS: 2}.get(first, 0), first, letters


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (_key(entry.title), entry.id))


def _parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Cut between first letters where that leaves pages of a bearable length, else within one."""
    page: list[Entry] = []
    for _, same in groupby(entries, key=lambda entry: initial(entry.title)):
        letter = list(same)
        if page and len(page) + len(letter) > _MOST:
            yield page
            page = []
        while len(letter) > _MOST:
            yield letter[:_MOST]
            letter = letter[_MOST:]
        page += letter
    if page:
        yield page


def _initials(shown: Shelf, path: str, entries: Sequence[Entry]) -> tuple[Initial, ...]:
    found = []
    for label, same in groupby(entries, key=lambda entry: initial(entry.title)):
        rows = shown.rows([entry.id for entry in same])
        fragment = f"{rows[0].language.lower()}-{ord(label[0]):04x}"
        found.append(Initial(label, fragment, f"{path}#{fragment}", len(rows), rows))
    return tuple(found)


def _without_rows(pages: Iterable[tuple[str, tuple[Initial, ...]]]) -> Iterator[Initial]:
    """Each first letter once, with the number of all its titles and the place of the first of them."""
    every = (initial for _, initials in pages for initial in initials)
    for label, same in groupby(every, key=lambda initial: initial.label):
        parts = list(same)
        yield Initial(label, parts[0].id, parts[0].page, sum(part.pieces for part in parts), ())
