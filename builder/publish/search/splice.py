"""Words of an index file taken apart and put together with other pages: the bytes that `postings` would have made.

No word is decoded but those that change: one pattern walks over the others. The first bytes of a number, a text and an
array differ in Pagefind's format, and a word has letters and digits only, so that the pattern cannot lose its way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from builder.publish.search import cbor
from builder.publish.search.postings import index_words

_NUMBER: Final = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
_ARRAY: Final = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_TEXT: Final = rb"(?:[\x60-\x77]|\x78.|\x79..|\x7a....)"
_PLACES: Final = rb"%s%s*+" % (_ARRAY, _NUMBER)
_PAGE: Final = re.compile(rb"\x82(%s)(%s)" % (_NUMBER, _PLACES), re.DOTALL)
_WORD: Final = re.compile(rb"\x82%s([0-9a-z]++)%s((?:\x82%s%s)*+)" % (_TEXT, _ARRAY, _NUMBER, _PLACES), re.DOTALL)
_CHUNK: Final = re.compile(rb"\x81(%s)" % _ARRAY, re.DOTALL)
_PAIR: Final = cbor.array(2)
_ONE: Final = cbor.array(1)


def chunks_of(bundle: bytes) -> Iterator[bytes]:
    """The parts of a file of the index, shard by shard."""
    at = 0
    while at < len(bundle):
        end = at + 4 + int.from_bytes(bundle[at : at + 4], "little")
        yield bundle[at + 4 : end]
        at = end


def words_of(chunk: bytes) -> dict[str, bytes]:
    """The words of a shard's part of a file, each as it stands there; ValueError when it has another form."""
    if not chunk:
        return {}
    head = _CHUNK.match(chunk)
    at = head.end() if head else 0
    found = {match[1].decode("ascii"): match[0] for match in _WORD.finditer(chunk, at)}
    if not head or len(found) != _number(head[1]) or sum(map(len, found.values())) != len(chunk) - at:
        raise ValueError("the index is not of Pagefind's format")
    return found


def chunk_of(words: Sequence[bytes]) -> bytes:
    """A shard's part of a file."""
    return _ONE + cbor.array(len(words)) + b"".join(words) if words else b""


def places_on(page: Sequence[str]) -> dict[str, bytes]:
    """Where each token of a page stands on it."""
    return {word.text: word.entry[len(_head(word.text, 1)) + 2 :] for word in index_words([page])}


def respelt(text: str, entry: bytes, changes: Mapping[int, bytes | None]) -> bytes:
    """A word with other places on some pages, None where it is no more; empty when no page is left.

    `entry` is the word as it stood; empty where it is new.
    """
    pages = {**dict(_pages(entry)), **changes}
    parts: list[bytes] = []
    last = 0
    for number, places in sorted((number, places) for number, places in pages.items() if places is not None):
        parts += (_PAIR, cbor.head(0, number - last), places)
        last = number
    return _head(text, len(parts) // 3) + b"".join(parts) if parts else b""


def _pages(entry: bytes) -> Iterator[tuple[int, bytes]]:
    match = _WORD.fullmatch(entry)
    number = 0
    for distance, places in _PAGE.findall(match[2]) if match else ():
        number += _number(distance)
        yield number, places


def _number(head: bytes) -> int:
    """A number, or how long an array is."""
    return head[0] & 31 if len(head) == 1 else int.from_bytes(head[1:], "big")


def _head(text: str, count: int) -> bytes:
    return _PAIR + cbor.text(text) + cbor.array(count)
