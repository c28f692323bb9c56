"""Text as names are compared in it: one form of each letter, every letter still at its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from builder.annotate.kinds import kinds
from builder.model import Affixes

_SPACES: Final = "\u00a0\u2002\u2003\u2009\u202f\u3000"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\uff07"
_DOTS: Final = "\u30fb\uff65\u2022\u2027\u2219\u22c5\u318d\uff0e\uff1d"
"""Signs between the parts of a foreign name, all read as U+00B7."""
_LATIN: Final = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
_WITHOUT_PARTS: Final = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "ə": "e"}
"""Latin letters with strokes and the like, which Unicode does not take apart."""
_COMMON: Final = (
    *(("\u201c", '"'), ("\u201d", '"'), ("\u2019", "'"), ("\u2018", "'")),
    *(("\u2013", " "), ("\u2014", " "), ("-", " ")),
)
_SHORT: Final = 64
"""Letters under which a text is a name or a title; no pattern is compiled for these."""
_HAN: Final = (("\u2e80", "\u2fdf"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
_REST: Final = r"[^\s<>\u3000-\uffef]+"
_UNREAD: Final = (
    ("`", 0, r"(?s)```.*?(?:```|\Z)|`[^`\n]{0,400}`"),
    ("~", 0, r"(?s)~~~.*?(?:~~~|\Z)"),
    ("]", 0, r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?(?:\s+\"[^\"\n]{0,400}\")?\)"),
    ("<", 0, r"<[A-Za-z/!][^<>\n]{0,400}>"),
    ("://", 4, rf"h(?<!\wh)ttps?://{_REST}"),
    ("://", 5, rf"h(?<!\wh)ttps?://{_REST}"),
    ("www.", 0, rf"w(?<!\ww)ww\.{_REST}"),
    ("[", 0, r"\[\^[^\s\[\]^|]{1,32}\]:?"),
)
"""What stands in what is not read, how many letters behind its beginning, and what it is.

To compile all takes 2 ms, as long as reading ten pieces; nearly all texts have links and nothing else.
"""
_NO_LINE_END: Final = re.compile(r"[^\n]")


class Folding:
    """The one form of each letter; made once from what the languages say."""

    def __init__(self, affixes: Iterable[Affixes]) -> None:
        pairs = {letter: form for each in affixes for letter, form in each.letters.items()}
        self._forms = {**_letters(), **pairs}
        han = {letter for first, last in _HAN for letter in self._forms if first <= letter <= last}
        self._plain = [letter for letter in self._forms if letter not in han]
        self._table = str.maketrans(self._forms)
        # What is left of a text's kinds without these are those of letters with another form.
        self._none = bytes(set(range(256)) - set(kinds("".join(self._plain))))
        self._no_han = bytes(set(range(256)) - set(kinds("".join(han))))

    def fold(self, text: str, found: bytes | None = None) -> str:
        """The text with one form of each letter, as long as it was; it must be in NFC. `found`: its kinds, if known."""
        if text.isascii():
            return text.replace("-", " ")
        if len(text) < _SHORT:
            return text.translate(self._table)
        for letter, plain in _COMMON:
            text = text.replace(letter, plain)
        found = kinds(text) if found is None else found
        if found.translate(None, self._no_han):
            pattern = self._with_han
        elif found.translate(None, self._none):
            pattern = self._without_han
        else:
            return text
        # At 5 KB: 50 µs where Chinese has 100 such letters; a replacement for each took 2 µs, to translate all 110.
        parts = pattern.split(text)
        if len(parts) > 1:
            parts[1::2] = map(self._forms.__getitem__, parts[1::2])
            return "".join(parts)
        return text

    def fold_all(self, words: Iterable[str]) -> list[str]:
        """Many words, none with a line end, in the time of a few; no pattern is made for them."""
        listed = list(words)
        others = [word for word in listed if not word.isascii()]
        folded = iter("\n".join(others).translate(self._table).split("\n"))
        return [word.replace("-", " ") if word.isascii() else next(folded) for word in listed]

    @cached_property
    def _without_han(self) -> re.Pattern[str]:
        return _one_of(self._plain)

    @cached_property
    def _with_han(self) -> re.Pattern[str]:
        """Apart, since the other forms of 1,700 Han letters take 4 ms to compile."""
        return _one_of(self._forms)


def _one_of(letters: Iterable[str]) -> re.Pattern[str]:
    """Each of them as a group, so that they stand among the parts that they part."""
    return re.compile(f"([{''.join(map(re.escape, letters))}])")


def without_unread(markdown: str) -> str:
    """Markdown with code, addresses and link targets blanked, every other letter at its place."""
    # To try where one can begin takes a third of the time of a search for all of them.
    listed = [(place - before, rule) for sign, before, rule in _UNREAD for place in _places(markdown, sign)]
    if not listed:
        return markdown
    parts, at = [], 0
    patterns: dict[str, re.Pattern[str]] = {}
    for place, rule in sorted(listed):
        if place < at:
            continue
        pattern = patterns.get(rule) or patterns.setdefault(rule, re.compile(rule))
        if found := pattern.match(markdown, place):
            parts += [markdown[at:place], _blanked(found[0])]
            at = found.end()
    return "".join((*parts, markdown[at:]))


def _blanked(text: str) -> str:
    return _NO_LINE_END.sub(" ", text) if "\n" in text else " " * len(text)


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


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
