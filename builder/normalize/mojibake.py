"""Text that was read in the wrong encoding before it was captured: told, since nobody can put it right without loss."""

from __future__ import annotations

import re
from typing import Final

_FEWEST: Final = 3
"""Places; one may be a name, a formula or a quotation of such a page."""
# What windows-1252 and Latin-1 make of the bytes 80 to BF.
_BEHIND: Final = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_DOUBLED: Final = re.compile(
    f"[\u00c2-\u00df][{_BEHIND}](?![{_BEHIND}])|[\u00e0-\u00ef][{_BEHIND}]{{2}}|[\u00f0-\u00f4][{_BEHIND}]{{3}}"
)
_UPPER: Final = re.compile("[\u00a1-\u00ff]")
"""One of these stands in all that is looked for."""
_FOREIGN: Final = re.compile("[\u00a1-\u00ff]{4,40}")
"""Four letters of Latin-1's upper half on end stand in no language."""
_LOST: Final = "\ufffd"


def mojibake(text: str) -> str | None:
    """What is wrong with the letters of a text, with an example of it; None for a text that can be read."""
    if text.isascii():
        return None
    upper = _UPPER.search(text) is not None
    doubled = [found[0] for found in _DOUBLED.finditer(text) if _is_utf8(found[0])] if upper else []
    if len(doubled) >= _FEWEST:
        return f'holds UTF-8 that was taken for windows-1252, such as "{doubled[0]}" for "{_mended(doubled[0])}"'
    foreign = _FOREIGN.findall(text) if upper else []
    if len(foreign) >= _FEWEST:
        return f'holds letters that were read in the wrong encoding, such as "{foreign[0][:12]}"'
    if text.count(_LOST) >= _FEWEST:
        return f"holds {text.count(_LOST)} letters that were lost before it was captured, shown as {_LOST}"
    return None


def _mended(letters: str) -> str:
    try:
        # windows-1252 has no letter for five bytes, which browsers keep as they are.
        raw = b"".join(bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252") for sign in letters)
        return raw.decode("utf-8")
    except UnicodeError:
        return ""


def _is_utf8(letters: str) -> bool:
    mended = _mended(letters)
    return bool(mended) and (
        mended.isalpha() or mended in "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u20ac\u00a0\u00ab\u00bb"
    )
