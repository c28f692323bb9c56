"""Bytes → text, without guessing: byte order mark, strict UTF-8, the declared charset, then the legacy encodings."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from math import log2
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
# What Python knows by these names turns bytes into letters and nothing else: no escapes, no UTF-7, no compression.
_ENCODINGS: Final = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|euc_\w+|shift_jis\w*|gb\w+|big5\w*|iso2022_\w+|johab|hz|tis-620|kz1048|ptcp154"
)
_SAMPLE: Final = 8000
"""Bytes by which legacy encodings are told apart."""
_COMMONEST: Final = 10
"""Letters at the head of a list that make more than half of a text: alphabets of one size fit each other's bytes."""
_LETTERS_AND_MARKS: Final = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u06ff\u0900-\u0eff\u1e00-\u1eff\u2010-\u203a\u20ac\u25a0-\u25ff\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef\ufeff]"
)
_PIECE: Final = re.compile(rb"[^\n<>]*[\n<>]?")
_SURE: Final = 10
"""What speaks for UTF-8 in no text of another encoding by chance."""
_FIRST_WIDE: Final = "\u2e80"
_FIRST_PAIRED: Final = "\u0e00"
"""Thai and what lies behind it: two bytes of their encodings often make a letter of UTF-8."""
_NOT_TEXT: Final = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))


def decode(data: bytes, everyday: tuple[tuple[str, str], ...], named: str | None = None) -> tuple[str, str] | None:
    """The text of a capture and the name of its encoding; None when it is no text at all.

    `everyday` pairs each legacy encoding with the letters its running text is mostly made of; `named` is the charset
    that came with the page, which goes before what the page says of itself.
    """
    certain = _by_mark(data) or _utf16_without_mark(data) or _by_escapes(data)
    if certain is not None:
        return certain
    beginning = data[:4096]
    if (len(beginning) - len(beginning.translate(None, _NOT_TEXT))) * 50 > len(beginning):
        return None
    if (text := _strictly(data, "utf-8")) is not None:
        return text, "utf-8"
    for encoding in (*_known(named or ""), *_declared(data)):
        if (text := _strictly(data, encoding)) is not None:
            return text, encoding
    # A mostly good UTF-8 page with a torn byte is read as UTF-8, the torn places marked.
    torn = data.decode("utf-8", "replace")
    bad = torn.count("\ufffd")
    if bad * 10 < sum(letter > "\x7f" for letter in torn) - bad:
        return torn.removeprefix("\ufeff"), "utf-8 with torn bytes"
    if mixed := _mixed(data, everyday):
        return mixed
    encoding = _most_plausible(data[:_SAMPLE], everyday)
    text = data.decode(encoding, "replace")
    return text, f"{encoding} with torn bytes" if "\ufffd" in text else encoding


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if (text := _strictly(data, encoding)) is not None:
                return text, encoding
            if encoding == "utf-16":
                return data.decode(encoding, "replace"), f"{encoding} with torn bytes"
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> tuple[str, str] | None:
    """In UTF-16 every space and line feed has a zero as its other byte."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 8 or sample.count(0) * 200 < len(sample):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        # Any two bytes are some letter; with the bytes the wrong way round, two in five are of scripts that few write.
        if len(_LETTERS_AND_MARKS.findall(text)) >= 0.95 * len(text):
            whole = data.decode(encoding, "replace")
            return whole, f"{encoding} with torn bytes" if "\ufffd" in whole else encoding
    return None


def _by_escapes(data: bytes) -> tuple[str, str] | None:
    """The encodings of mail, which shift between alphabets by escapes."""
    if b"\x1b$" not in data[:4096]:
        return None
    for encoding in ("iso2022_jp", "iso2022_kr", "iso2022_jp_ext"):
        if (text := _strictly(data, encoding)) is not None:
            return text, encoding
    return None


def _declared(data: bytes) -> tuple[str, ...]:
    declared = _DECLARED.search(data[:4096])
    return _known(declared[1].decode("ascii")) if declared else ()


def _known(name: str) -> tuple[str, ...]:
    name = name.lower()
    try:
        known = codecs.lookup(_MEANT.get(name, name)).name
    except (LookupError, ValueError):
        return ()
    return (known,) if _ENCODINGS.fullmatch(known) else ()


def _mixed(data: bytes, everyday: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """A page that was put together of parts in UTF-8 and in one legacy encoding; None where no part is surely UTF-8.

    Neither a line feed nor an angle bracket is the second byte of a letter in any encoding: there the parts meet.
    """
    pieces = [found[0] for found in _PIECE.finditer(data)]
    evidence = [_of_utf8(piece) for piece in pieces]
    sample = b"".join(piece for piece, speaks in zip(pieces, evidence, strict=True) if speaks < 0)[:_SAMPLE]
    if not sample:
        return None
    encoding = _most_plausible(sample, everyday)
    paired = dict(everyday)[encoding][0] >= _FIRST_PAIRED
    if (max(evidence) if paired else sum(speaks for speaks in evidence if speaks > 0)) < _SURE:
        return None
    sure = _SURE if paired else 1
    texts = []
    in_utf8 = next(speaks > 0 for speaks in evidence if speaks < 0 or speaks >= sure)
    for piece, speaks in zip(pieces, evidence, strict=True):
        # What may be UTF-8 by chance goes with the part before it.
        in_utf8 = speaks > 0 if speaks < 0 or speaks >= sure else in_utf8
        texts.append(piece.decode("utf-8" if in_utf8 else encoding, "replace"))
    text = "".join(texts)
    return text, f"utf-8 and {encoding} with torn bytes" if "\ufffd" in text else f"utf-8 and {encoding}"


def _of_utf8(piece: bytes) -> int:
    """How much speaks for UTF-8 in a piece of a page: three for each letter of three bytes, one for each of two.

    Nothing does in plain ASCII; -1 is for what UTF-8 it cannot be.
    """
    if piece.isascii():
        return 0
    text = piece.decode("utf-8", "replace")
    torn = text.count("\ufffd")
    letters = sum(letter > "\x7f" for letter in text) - torn
    return letters + 2 * sum(letter > "\u07ff" for letter in text) if torn * 10 < letters or not torn else -1


def _most_plausible(sample: bytes, everyday: tuple[tuple[str, str], ...]) -> str:
    """The encoding that makes of the bytes the most everyday letters, in words that could be words."""
    scores = {encoding: _evidence(sample.decode(encoding, "replace"), letters) for encoding, letters in everyday}
    return max(scores, key=lambda encoding: scores[encoding])


def _evidence(text: str, letters: str) -> float:
    """How much a reading of bytes says for itself.

    An everyday letter counts by how seldom chance gives one: every second byte is one in a single-byte encoding, but
    one in seventy of the 8,836 letters that two bytes make.
    """
    everyday, commonest = frozenset(letters), frozenset(letters[:_COMMONEST])
    worth = log2(94 * 94 / len(letters)) if letters[0] >= _FIRST_WIDE else 1.0
    score = 0.0
    for before, letter in pairwise(f" {text}"):
        if letter <= "\x7f":
            continue
        score += (1.2 * worth if letter in commonest else worth) if letter in everyday else -1
        # What is no letter at all, a capital inside a word, another alphabet's letter: the wrong one makes these.
        if letter == "\ufffd":
            score -= 2
        elif letter.isupper() and before.isalpha():
            score -= 2 if before.islower() else 0.5
        elif "\u0370" <= letter <= "\u0e7f" and before.isascii() and before.isalpha():
            score -= 2
    return score
