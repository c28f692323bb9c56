"""Pages of tokens as the words of an index in Pagefind's format, byte for byte what Pagefind's command makes of them.

The command has to read HTML, take words apart, write and compress excerpts, none of which tokens need: for each piece
it took 4 ms, and reading its files back another 1.5; this takes 0.7. Whenever `engine` gets the engine for the browser
it has the command index a sample and compares, so that no other format is ever written in the name of Pagefind.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple, cast

from builder.model.values import value
from builder.publish.search import cbor
from builder.publish.search.terms import has_no_places

FINE_BITS: Final = 12
"""Words are kept in 4,096 groups by checksum; published files join neighbouring groups."""
_MOST: Final = 4096
"""Pages of which an index is made at most; nearly all places and distances are below it, too, and looked up."""
_MARK: Final = 2 * _MOST
"""Stands between words as the number of a page."""
_AT_ONCE: Final = 1000
"""Words of which entries are made at a time: what those of a whole shard are made of takes 40 MB. So a cache of 4 MB
misses a quarter of what it would miss, and the system hands out a ninth of the memory."""


class _Numbers(dict[int, bytes]):
    def __missing__(self, number: int) -> bytes:
        return cbor.head(0, number)


class _Arrays(dict[int, bytes]):
    def __missing__(self, length: int) -> bytes:
        return cbor.array(length)


_NUMBERS: Final = _Numbers({number: cbor.head(0, number) for number in range(_MOST)})
_NEAR: Final = tuple(_NUMBERS.values())
"""The same, which is looked up in a third of the time where no page is longer."""
_PAIR: Final = cbor.array(2)
_ARRAYS: Final = _Arrays({length: cbor.array(length) for length in range(_MOST + 1)})
# By the distance from the page before. That of a word's first page from the mark is negative and counts from the end.
_PAGES: Final = tuple([_PAIR + number for number in _NUMBERS.values()] * 2)
_ON_PAGES: Final = (*(page + _ARRAYS[1] for page in _PAGES), *[b""] * _MOST)
"""The same where there is one place only; a distance from a page to the mark has a place as well."""
_LONG: Final = 64
_TEXTS: Final = tuple(_PAIR + cbor.text("x" * length)[:-length] for length in range(1, _LONG))
_NOWHERE: Final = _ARRAYS[0]


class Word(NamedTuple):
    """A word of the index."""

    text: str
    pages: int
    """On how many pages it stands."""
    entry: bytes
    """As it stands in an index file of Pagefind's format."""


@value(frozen=True, slots=True)
class Words:
    """Words of an index, by their groups and then by themselves."""

    texts: Sequence[str]
    groups: Sequence[int]
    pages: Sequence[int]
    """On how many pages each stands."""
    entries: Sequence[bytes]
    """Each as it stands in an index file of Pagefind's format."""


def index_words(pages: Sequence[Sequence[str]]) -> list[Word]:
    """Each word of the pages, sorted."""
    words = words_of(pages)
    return sorted(map(Word, words.texts, words.pages, words.entries))


def words_of(pages: Sequence[Sequence[str]]) -> Words:
    """The words of the pages.

    A page is a row of tokens; its number is its place in `pages`, of which there are 4,096 at most. Pages and places
    are written as distances, each from the one before; the weight that says nothing, since all words have it, is left
    out, and so are empty fields.
    """
    # A page and a place on it are one number of an array: lists took ten times the memory and a third more time, and
    # arrays are joined and parted again without a look at what is in them.
    longest = max(map(len, pages), default=0)
    whole, bits = ("I", 16) if longest < 1 << 16 else ("Q", 32)
    places: defaultdict[str, array[int]] = defaultdict(array(whole, (_MARK << bits,)).__copy__)
    for number, tokens in enumerate(pages):
        for place, token in enumerate(tokens, number << bits):
            places[token].append(place)
    texts = sorted(places)
    groups = dict(zip(texts, groups_of(texts), strict=True))
    texts.sort(key=groups.__getitem__)
    counts: list[int] = []
    entries: list[bytes] = []
    for some in (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)):
        rows = [places[text] for text in some]
        halves = memoryview(b"".join(rows)).cast("H" if bits == 16 else "I")
        low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
        numbers, within = [*halves[high::2].tolist(), _MARK], halves[low::2].tolist()
        line = _Line([*accumulate(map(len, rows))], numbers, within, _NEAR if longest <= _MOST else _NUMBERS)
        for count, entry in _written(some, line):
            counts.append(count)
            entries.append(entry)
    return Words(texts, sorted(groups.values()), counts, entries)


def group_of(word: str) -> int:
    """The group in which a word is kept."""
    (group,) = groups_of((word,))
    return group


def groups_of(words: Iterable[str]) -> list[int]:
    """The groups in which words are kept."""
    return [checksum >> 32 - FINE_BITS for checksum in map(zlib.crc32, map(str.encode, words))]


class _Line(NamedTuple):
    """Words one behind the other, a mark before each and one at the end."""

    ends: list[int]
    """Of the words."""
    numbers: list[int]
    """Of the page of each place."""
    places: list[int]
    spelt: Mapping[int, bytes] | Sequence[bytes]
    """Numbers as they are written."""


def _written(texts: Sequence[str], line: _Line) -> Iterator[tuple[int, bytes]]:
    """Of each word on how many pages it stands, and its entry."""
    parts = _parts(line)
    ends, numbers, places, spelt = line
    start = 0
    several = parts.index(None)
    for text, end in zip(texts, ends, strict=True):
        count = end - start - 1
        if text[0] == "z" and has_no_places(text):
            found = [*dict.fromkeys(numbers[start + 1 : end])]
            steps = map(int.__sub__, found, [0, *found])
            parts[start + 1 : end] = [b"".join([_PAGES[step] + _NOWHERE for step in steps]), *[b""] * (count - 1)]
            count = len(found)
            several = parts.index(None, max(several, end))
        while several < end:
            at, page = several, numbers[several]
            several += 2
            while numbers[several] == page:
                several += 1
            parts[at] = _PAGES[page - numbers[at - 1]] + _ARRAYS[several - at] + spelt[places[at]]
            count -= several - at - 1
            several = parts.index(None, several)
        parts[start] = _text(text) + _ARRAYS[count]
        yield count, b"".join(cast("list[bytes]", parts[start:end]))
        start = end


def _parts(line: _Line) -> list[bytes | None]:
    """Each place on a page as it is written; None for the first of several, and at the end."""
    _, numbers, places, spelt = line
    around = zip(numbers, [0, *numbers], numbers[1:], places, [0, *places], strict=False)
    return [
        *[
            spelt[place - last]
            if page == before
            else _ON_PAGES[page - before] + spelt[place]
            if page != after
            else None
            for page, before, after, place, last in around
        ],
        None,
    ]


def _text(text: str) -> bytes:
    return _TEXTS[len(text) - 1] + text.encode() if len(text) < _LONG else _PAIR + cbor.text(text)
