"""What must stand in a text for a spelling to stand in it: signs so cheap that nearly all spellings are ruled out.

Fifty thousand spellings in one automaton cost 0.4 s to make and 30 MB in every process. To gather the words of a text
and its pairs of letters takes 40 to 90 µs for 5 KB, and a few dozen spellings are left to be looked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from builder.annotate.kinds import CYRILLIC, LATIN, OTHER, SIGNS, kinds_of_bytes
from builder.model.values import value

V = TypeVar("V")
Head = str | int
"""A word of an alphabet, or two letters of a script whose words have no sure bounds, as one number."""

FIRST_DENSE: Final = "\u1100"
"""From here on: Hangul, kana, Han and all that is written without spaces; also signs, which do no harm here."""
_SPLIT_ASCII: Final = {code: " " for code in range(128) if not chr(code).isalpha()}
_SPLIT: Final = bytes([byte if byte > 127 or chr(byte).isalpha() else 32 for byte in range(256)])
"""Blanks all of ASCII but its letters."""
_SPLIT_ALL: Final = bytes([byte if byte < 128 and chr(byte).isalpha() else 32 for byte in range(256)])
_ASCII: Final = bytes(range(128))
_BYTES_OF_SIGN: Final = re.compile(b"\xc2[\x80-\xbf]")
_NO_PLAIN_WORDS: Final = re.compile("[^\\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u0400-\u047f]+")
"""What parts the words of a text of plain Latin and Cyrillic letters."""
_LETTERS_AMONG_SIGNS: Final = ("\u00aa", "\u00b5", "\u00ba")
_WORDS: Final = re.compile("[^\\W\\d_\u00b2\u00b3\u00b9\u00bc-\u00be]+")
"""In what holds no dense letter."""
_DENSE: Final = re.compile("[^\u0000-\u10ff]+")
"""By what it is not: to compile a class takes time by the letters it lists, 2 ms for all from U+1100 on."""
_TWO_DENSE: Final = "[^\u0000-\u10ff][\u0000-\u10ff]*[^\u0000-\u10ff]"
_PREFIX: Final = 4
"""Letters; declension changes the end of a name."""


def signs(folded: str) -> tuple[Collection[Head], Collection[Head]]:
    """The words, and the pairs of letters, of a folded text; the beginnings too of words that are not ASCII."""
    if folded.isascii():
        return folded.translate(_SPLIT_ASCII).split(), ()
    data = folded.encode("utf-8", "surrogatepass")
    found = kinds_of_bytes(data)
    return _words(folded, data, found), _pairs(_dense(folded, data, found))


@value(frozen=True, slots=True)
class Anchor:
    """By what one spelling is looked for."""

    head: Head | None
    """What a text must hold where it stands between no other letters; None where it has nothing of the kind."""
    text: str
    """The letters of the head as they stand in the spelling, and so many before a short word that they are rare."""
    offset: int
    """Of these letters in the spelling."""


def anchor(spelling: str) -> Anchor:
    """The longest word behind the first, since many a name begins with President or Kim; else two letters."""
    if spelling.isascii() and spelling.isalpha():
        return Anchor(spelling, spelling, 0)
    if spelling[:1] >= FIRST_DENSE and spelling[1:2] >= FIRST_DENSE:
        return Anchor(_pair(spelling[:2]), spelling[:2], 0)
    if not spelling.isascii() and _DENSE.search(spelling):
        two = re.search(_TWO_DENSE, spelling)
        at, end = two.span() if two else (0, len(spelling))
        return Anchor(_pair("".join(_DENSE.findall(spelling))), spelling[at:end], at)
    words = list(_WORDS.finditer(spelling))
    if not words:
        return Anchor(None, spelling, 0)
    longest = max(words[1:] or words, key=lambda word: word.end() - word.start())
    at = max(0, min(longest.start(), longest.end() - _PREFIX))
    return Anchor(longest[0], spelling[at : longest.end()], at)


def beginning(stem: str) -> str:
    """So much of the beginning of a word as is among the signs."""
    return stem[:_PREFIX]


def heads_of_pairs(pairs: Iterable[tuple[str, V]]) -> Iterator[tuple[Head, V]]:
    """Each two dense letters as a head; quicker than one by one."""
    listed = list(pairs)
    data = "".join([pair for pair, _ in listed]).encode("utf-16-le", "surrogatepass")
    if len(data) == 4 * len(listed):
        yield from zip(memoryview(data).cast("I").tolist(), [held for _, held in listed], strict=True)
        return
    for pair, held in listed:  # one of them has letters of four bytes
        if (head := _pair(pair)) is not None:
            yield head, held


def _words(folded: str, data: bytes, found: bytes) -> Collection[Head]:
    """By bytes where that gives what the pattern gives: in a third of its time."""
    if OTHER in found or (SIGNS in found and any(letter in folded for letter in _LETTERS_AMONG_SIGNS)):
        listed = _WORDS.findall(_DENSE.sub(" ", folded))
    elif LATIN not in found and CYRILLIC not in found:
        return data.translate(_SPLIT_ALL).decode("ascii").split()
    else:
        plain = _NO_PLAIN_WORDS.sub(" ", folded).encode("utf-8", "surrogatepass")
        listed = plain.translate(_SPLIT).decode("utf-8", "surrogatepass").split()
    if CYRILLIC not in found and OTHER not in found:
        return listed
    words = set(listed)
    beginnings = {word[:_PREFIX] for word in words if not word.isascii()}
    for letters in range(_PREFIX - 1, 0, -1):
        words |= beginnings
        beginnings = {word[:letters] for word in beginnings}
    return words | beginnings


def _dense(folded: str, data: bytes, found: bytes) -> str:
    """The letters of scripts without spaces, in a row."""
    if LATIN in found or CYRILLIC in found or OTHER in found:
        return "".join(_DENSE.findall(folded))
    bare = data.translate(None, _ASCII)
    return (_BYTES_OF_SIGN.sub(b"", bare) if SIGNS in found else bare).decode("utf-8", "surrogatepass")


def _pairs(dense: str) -> Sequence[Head]:
    """All pairs of neighbours: bytes read as numbers, once from the first letter and once from the second."""
    data = memoryview(dense.encode("utf-16-le", "surrogatepass"))
    even, odd = data[: len(data) // 4 * 4], data[2 : 2 + (len(data) - 2) // 4 * 4]
    return [*even.cast("I").tolist(), *(odd.cast("I").tolist() if odd else ())]


def _pair(dense: str) -> int | None:
    data = dense[:2].encode("utf-16-le", "surrogatepass")
    return int(memoryview(data[:4]).cast("I")[0]) if len(data) >= 4 else None
