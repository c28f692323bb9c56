"""Bytes → text, without guessing: byte order mark, strict UTF-8, the declared charset, then the legacy encodings."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
# What pages mean by these names is the larger encoding that browsers use for them (WHATWG Encoding Standard).
_MEANT: Final = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
_MIXED: Final = re.compile(r"[A-Za-z][\u0400-\u04ff]")
_NOT_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, everyday: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """The text of a capture and the name of its encoding; None when it is no text at all.

    `everyday` pairs each legacy encoding with the letters its running text is mostly made of.
    """
    certain = _by_mark(data) or _utf16_without_mark(data)
    if certain is not None:
        return certain
    if len(_NOT_TEXT.findall(data[:4096])) * 50 > len(data[:4096]):
        return None
    for encoding in ("utf-8", *_declared(data)):
        if (text := _strictly(data, encoding)) is not None:
            return text, encoding
    # A mostly good UTF-8 page with a torn byte is read as UTF-8, the torn places marked.
    torn = data.decode("utf-8", "replace")
    if torn.count("\ufffd") * 200 < len(torn):
        return torn, "utf-8 with torn bytes"
    for encoding in _by_plausibility(data, everyday):
        if (text := _strictly(data, encoding)) is not None:
            return text, encoding
    return torn, "utf-8 with torn bytes"


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (text := _strictly(data, encoding)) is not None:
            return text, encoding
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 of mostly Latin text has a zero in every other byte."""
    sample = data[:2048]
    if len(sample) < 8:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2].count(0)
        if zeros * 10 > len(sample[offset::2]) * 3 and sample[1 - offset :: 2].count(0) == 0:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None
    return None


def _declared(data: bytes) -> tuple[str, ...]:
    declared = _DECLARED.search(data[:4096])
    if declared is None:
        return ()
    name = declared[1].decode("ascii").lower()
    name = _MEANT.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return ()
    return () if name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")) else (name,)


def _by_plausibility(data: bytes, everyday: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Encodings that can read the bytes, the one that gives the largest share of everyday letters first."""
    scored = []
    for order, (encoding, letters) in enumerate(everyday):
        try:
            text = data[:20000].decode(encoding, "strict" if len(data) <= 20000 else "ignore")
        except UnicodeDecodeError:
            continue
        scored.append((-_share(text, frozenset(letters)), order, encoding))
    return tuple(encoding for _, _, encoding in sorted(scored))


def _share(text: str, everyday: frozenset[str]) -> float:
    foreign = [letter for letter in text if letter > "\x7f"]
    # A Cyrillic letter inside a Latin word is an accented letter read in the wrong encoding.
    mixed = len(_MIXED.findall(text))
    return (sum(letter in everyday for letter in foreign) - 2 * mixed) / max(1, len(foreign))
