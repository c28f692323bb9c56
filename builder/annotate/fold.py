"""Text as names are compared in it: one form of each letter, every letter still at its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from builder.model import Affixes

_SPACES: Final = "\u00a0\u2002\u2003\u2009\u202f\u3000"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\uff07"
_DOTS: Final = "\u30fb\uff65\u2022\u2027\u2219\u22c5\u318d\uff0e\uff1d"
"""Signs between the parts of a foreign name, all read as U+00B7."""
_LATIN: Final = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_WITHOUT_PARTS: Final = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ə": "e"}
"""Latin letters with strokes and the like, which Unicode does not take apart."""
_COMMON: Final = (("\u201c", '"'), ("\u201d", '"'), ("\u2019", "'"), ("\u2018", "'"), ("\u2013", "-"), ("\u2014", "-"))
_MANY: Final = 24
"""Replacing a letter costs 2 µs on 5 KB of text, translating all of them 110 µs (measured on Korean)."""
_HAN: Final = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_UNREAD: Final = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]{0,400}`"
    r"|\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?(?:\s+\"[^\"\n]{0,400}\")?\)"
    r"|<[A-Za-z/!][^<>\n]{0,400}>|h(?<!\wh)ttps?://[^\s<>\u3000-\uffef]+|w(?<!\ww)ww\.[^\s<>\u3000-\uffef]+"
    r"|\[\^[^\s\[\]^|]{1,32}\]:?",
    re.DOTALL,
)
"""Each alternative begins with its letter, so that a search skips to these: 30 µs on 5 KB of text instead of 150."""
_MAY_BE_UNREAD: Final = ("`", "](", "<", "://", "www.", "~~~", "[^")


class Folding:
    """The one form of each letter; made once from what the languages say."""

    def __init__(self, affixes: Iterable[Affixes]) -> None:
        pairs = {letter: form for each in affixes for letter, form in each.letters.items()}
        self._table = str.maketrans({**_letters(), **pairs})
        self._without_han = _one_of(letter for letter in map(chr, self._table) if not _HAN.match(letter))

    def fold(self, text: str) -> str:
        """The text with one form of each letter, as long as it was; it must be in NFC."""
        if text.isascii():
            return text.replace("-", " ")
        for letter, plain in _COMMON:
            text = text.replace(letter, plain)
        if text.isascii():
            return text.replace("-", " ")
        # Searching for letters costs 15 µs on 5 KB of Korean, gathering all there are 50.
        odd = set((self._with_han if _HAN.search(text) else self._without_han).findall(text))
        if len(odd) > _MANY:
            return text.translate(self._table)
        for letter in odd:
            text = text.replace(letter, self._table[ord(letter)])
        return text

    @cached_property
    def _with_han(self) -> re.Pattern[str]:
        """Apart, since the other forms of 1,700 Han letters take 4 ms to compile."""
        return _one_of(map(chr, self._table))


def _one_of(letters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, letters))}]")


def without_unread(markdown: str) -> str:
    """Markdown with code, addresses and link targets blanked, every other letter at its place."""
    if not any(sign in markdown for sign in _MAY_BE_UNREAD):
        return markdown
    return _UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown)


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text in NFC, and for each of its letters, and its end, the place in `text`; None when they are the same."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        # A cluster ends before the next letter that starts one and does not merge with what precedes it.
        while end < len(text) and _joins(text[at:end], text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end])
        parts.append(piece)
        places += [at] * len(piece)
        at = end
    return "".join(parts), [*places, len(text)]


def _joins(cluster: str, letter: str) -> bool:
    return (
        unicodedata.combining(letter) != 0
        or len(unicodedata.normalize("NFC", cluster + letter)) < len(unicodedata.normalize("NFC", cluster)) + 1
    )


def _letters() -> Mapping[str, str]:
    table = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS + "-", " ")
    table |= dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DOTS, "\u00b7")
    table |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    table |= {"\u0451": "\u0435", "\u0401": "\u0415", "\u201c": '"', "\u201d": '"'} | _WITHOUT_PARTS
    for first, end in _LATIN:
        for code in range(first, end):
            plain = unicodedata.normalize("NFD", chr(code))[0]
            if plain != chr(code) and plain.isascii():
                table[chr(code)] = plain
    return table
