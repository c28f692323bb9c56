"""Pictures that go out with every page: what they are by their bytes, how large, and SVG made harmless."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_SHAPES: Final = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "use",
     "symbol", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "title", "desc", "style")
)  # fmt: skip
_LOADS: Final = re.compile(r"@import|javascript:|expression\(|url\(\s*['\"]?(?!['\"]?#)", re.IGNORECASE)
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_JPEG_SIZES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


def picture_size(data: bytes) -> tuple[str, int, int] | None:
    """Ending, width and height of a PNG, JPEG or WebP picture; None when the bytes are none of them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return ("png", *struct.unpack(">II", data[16:24]))
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    return None


def clean_svg(data: bytes) -> tuple[bytes, int, int] | None:
    """The drawing without scripts, handlers, foreign elements and anything that loads, and its size.

    None when it is no SVG, declares entities, is nested past all sense, or says neither viewBox nor width and height.
    """
    data = _DOCTYPE.sub(b"", data, count=1)
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        return None
    try:
        root = ElementTree.fromstring(data)
        if root.tag != f"{{{_SVG}}}svg" or (size := _svg_size(root.attrib)) is None:
            return None
        _clean(root)
        root.set("xmlns", _SVG)
        return ElementTree.tostring(root, encoding="utf-8"), *size
    except (ElementTree.ParseError, LookupError, ValueError, RecursionError):
        return None


def _clean(element: ElementTree.Element) -> None:
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    for name, value in list(element.attrib.items()):
        if name == _XLINK:
            del element.attrib[name]
            element.attrib.setdefault("href", value)
    for name, value in list(element.attrib.items()):
        if name.startswith(("{", "on")) or (name == "href" and not value.startswith("#")) or _LOADS.search(value):
            del element.attrib[name]
    for child in list(element):
        name = child.tag.removeprefix(f"{{{_SVG}}}") if isinstance(child.tag, str) else ""
        if name not in _SHAPES or (name == "style" and _LOADS.search("".join(child.itertext()))):
            element.remove(child)
        else:
            _clean(child)


def _svg_size(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    box = attributes.get("viewBox", "").replace(",", " ").split()
    given = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    try:
        sides = [float(one[1]) for one in given if one]
        width, height = sides if len(sides) == 2 else (float(box[2]), float(box[3]))
    except (IndexError, ValueError):
        return None
    return (max(1, round(width)), max(1, round(height))) if 0 < width < 1e5 and 0 < height < 1e5 else None


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return "jpg", width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _webp(data: bytes) -> tuple[str, int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return "webp", 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return "webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return "webp", width & 0x3FFF, height & 0x3FFF
    return None
