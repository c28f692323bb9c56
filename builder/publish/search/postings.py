"""Pages of tokens as the words of an index in Pagefind's format, byte for byte what Pagefind's command makes of them.

The command has to read HTML, take words apart, write and compress excerpts, none of which tokens need: for each piece
it took 4 ms, and reading its files back another 1.5; this takes 1.3. Whenever `engine` gets the engine for the browser
it has the command index a sample and compares, so that no other format is ever written in the name of Pagefind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from builder.publish.search import cbor
from builder.publish.search.terms import has_no_places

_PAGE_BITS: Final = 32
"""A place on a page is one number with the page's: a list of numbers is nothing to the garbage collector."""
_PAGE: Final = 1 << _PAGE_BITS
_TABLE: Final = 4096
"""Nearly all places and distances are below this: they are looked up."""
_NUMBERS: Final = tuple(cbor.head(0, number) for number in range(_TABLE))
_PAIR: Final = cbor.array(2)
_PAGES: Final = tuple(_PAIR + number for number in _NUMBERS)
_ARRAYS: Final = tuple(cbor.array(length) for length in range(_TABLE + 1))
_LONG: Final = 64
_TEXTS: Final = tuple(_PAIR + cbor.text("x" * length)[:-length] for length in range(1, _LONG))
_ON_PAGES: Final = tuple(page + _ARRAYS[1] for page in _PAGES)
"""The beginnings of places on a page at some distance, where there is one only."""
_NOWHERE: Final = _ARRAYS[0]


class Word(NamedTuple):
    """A word of the index."""

    text: str
    pages: int
    """On how many pages it stands."""
    entry: bytes
    """As it stands in an index file of Pagefind's format."""


def index_words(pages: Iterable[Sequence[str]]) -> list[Word]:
    """Each word of the pages, sorted.

    A page is a row of tokens; its number is its place in `pages`, of which there are 4,096 at most. Pages and places
    are written as distances, each from the one before; the weight that says nothing, since all words have it, is left
    out, and so are empty fields.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, tokens in enumerate(pages):
        for place, token in enumerate(tokens, number << _PAGE_BITS):
            places[token].append(place)
    return [_word(text, places[text]) for text in sorted(places)]


def _word(text: str, places: list[int]) -> Word:
    count, postings = _pages(places) if text[0] == "z" and has_no_places(text) else _postings(places)
    head = _TEXTS[len(text) - 1] + text.encode() if len(text) < _LONG else _PAIR + cbor.text(text)
    return Word(text, count, head + _ARRAYS[count] + postings)


def _pages(places: Iterable[int]) -> tuple[int, bytes]:
    """How many pages there are, and postings that name no place."""
    numbers = list(dict.fromkeys(place >> _PAGE_BITS for place in places))
    distances = map(int.__sub__, numbers, [0, *numbers])
    return len(numbers), b"".join([_PAGES[distance] + _NOWHERE for distance in distances])


def _postings(places: Iterable[int]) -> tuple[int, bytes]:
    """How many pages there are, and postings with places."""
    parts: list[bytes] = []
    page = end = count = size = last = step = 0
    for place in places:
        if place < end:
            distance = place - last
            size += 1
        else:
            if size > 1:
                parts[-size - 1] = _PAGES[step] + _array(size)
            number = place >> _PAGE_BITS
            start = number << _PAGE_BITS
            step, distance = number - page, place - start
            parts.append(_ON_PAGES[step])
            page, end = number, start + _PAGE
            count += 1
            size = 1
        parts.append(_NUMBERS[distance] if distance < _TABLE else cbor.head(0, distance))
        last = place
    if size > 1:
        parts[-size - 1] = _PAGES[step] + _array(size)
    return count, b"".join(parts)


def _array(length: int) -> bytes:
    return _ARRAYS[length] if length <= _TABLE else cbor.array(length)
