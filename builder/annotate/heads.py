"""What must stand in a text for a spelling to stand in it: signs so cheap that nearly all spellings are ruled out.

Fifty thousand spellings in one automaton cost 0.4 s to make and 30 MB in every process. To gather the words of a text
and its pairs of letters takes 70 to 150 µs for 5 KB, and a few dozen spellings are left to be looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

V = TypeVar("V")
Head = str | int
"""A word of an alphabet, or two letters of a script whose words have no sure bounds, as one number."""

FIRST_DENSE: Final = "\u1100"
"""From here on: Hangul, kana, Han and all that is written without spaces; also signs, which do no harm here."""
_NO_LETTERS: Final = {code: " " for code in range(128) if not chr(code).isalpha()}
_WORDS: Final = re.compile("[^\\W\\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u1100-\U0010ffff]+")
_DENSE: Final = re.compile("[\u1100-\U0010ffff]+")
_PREFIX: Final = 4
"""Letters; declension changes the end of a name."""


def signs(folded: str) -> tuple[Sequence[Head], Sequence[Head]]:
    """The words, and the pairs of letters, of a folded text; where any word is not ASCII, beginnings too."""
    if folded.isascii():
        # In half the time of a pattern.
        return folded.translate(_NO_LETTERS).split(), ()
    words = _WORDS.findall(folded)
    if not all(map(str.isascii, words)):
        words += {word[:letters] for word in set(words) for letters in range(1, _PREFIX + 1)}
    return words, _pairs("".join(_DENSE.findall(folded)))


class Anchor(NamedTuple):
    """By what one spelling is looked for."""

    head: Head | None
    """What a text must hold where it stands between no other letters; None where it has nothing of the kind."""
    text: str
    """The letters of the head, where they stand together; else the spelling."""
    offset: int
    """Of these letters in the spelling."""


def anchor(spelling: str) -> Anchor:
    """The longest word behind the first, since many a name begins with President or Kim; else two letters."""
    if found := None if spelling.isascii() else _DENSE.search(spelling):
        head = _pair("".join(_DENSE.findall(spelling)))
        return Anchor(head, found[0][:2], found.start()) if len(found[0]) > 1 else Anchor(head, spelling, 0)
    words = list(_WORDS.finditer(spelling))
    if not words:
        return Anchor(None, spelling, 0)
    longest = max(words[1:] or words, key=lambda word: word.end() - word.start())
    return Anchor(longest[0], longest[0], longest.start())


def beginning(stem: str) -> str:
    """So much of the beginning of a word as is among the signs."""
    return stem[:_PREFIX]


def heads_of_pairs(pairs: Iterable[tuple[str, V]]) -> Iterator[tuple[Head, V]]:
    """Each two dense letters as a head; quicker than one by one."""
    listed = list(pairs)
    data = "".join([pair for pair, _ in listed]).encode("utf-16-le", "surrogatepass")
    if len(data) == 4 * len(listed):
        yield from zip(memoryview(data).cast("I").tolist(), [value for _, value in listed], strict=True)
        return
    for pair, value in listed:  # one of them has letters of four bytes
        if (head := _pair(pair)) is not None:
            yield head, value


def _pairs(dense: str) -> Sequence[Head]:
    """All pairs of neighbours: bytes read as numbers, once from the first letter and once from the second."""
    data = memoryview(dense.encode("utf-16-le", "surrogatepass"))
    even, odd = data[: len(data) // 4 * 4], data[2 : 2 + (len(data) - 2) // 4 * 4]
    return [*even.cast("I").tolist(), *(odd.cast("I").tolist() if odd else ())]


def _pair(dense: str) -> int | None:
    data = dense[:2].encode("utf-16-le", "surrogatepass")
    return int(memoryview(data[:4]).cast("I")[0]) if len(data) >= 4 else None
