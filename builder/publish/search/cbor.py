"""The part of CBOR (RFC 8949) that Pagefind's files are written in: numbers, texts and arrays."""

from __future__ import annotations

from typing import Final

_NEGATIVE: Final = 1
_TEXT: Final = 3
_ARRAY: Final = 4
_WIDTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}


def head(kind: int, number: int) -> bytes:
    """The first bytes of an item: its kind (0 number, 3 text, 4 array) and its value or length."""
    if number < 24:
        return bytes((kind << 5 | number,))
    for mark, width in _WIDTHS.items():
        if number < 1 << 8 * width:
            return bytes((kind << 5 | mark,)) + number.to_bytes(width, "big")
    raise ValueError(f"{number} is too large")


def array(length: int) -> bytes:
    """The beginning of an array."""
    return head(_ARRAY, length)


def text(value: str) -> bytes:
    """A text."""
    data = value.encode()
    return head(_TEXT, len(data)) + data


def decode(data: bytes, at: int = 0) -> tuple[object, int]:
    """The item at a place, as int, str or list, and the place after it; ValueError for any other kind of item."""
    kind, value = data[at] >> 5, data[at] & 31
    at += 1
    if width := _WIDTHS.get(value):
        value = int.from_bytes(data[at : at + width], "big")
        at += width
    elif value > 23:
        raise ValueError(f"an item without length at byte {at - 1}")
    if kind == _NEGATIVE:
        return -1 - value, at
    if kind == _TEXT:
        return data[at : at + value].decode(), at + value
    if kind == _ARRAY:
        items = []
        for _ in range(value):
            item, at = decode(data, at)
            items.append(item)
        return items, at
    if kind != 0:
        raise ValueError(f"an item of kind {kind} at byte {at - 1}")
    return value, at
