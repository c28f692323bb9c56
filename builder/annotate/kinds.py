"""The kinds of letters a text holds beyond ASCII, told from the first bytes of their UTF-8 forms.

To search a text for letters of a script costs 10 to 60 µs for 5 KB and mostly finds none; its kinds take 5, and a kind
that is not among them is nowhere in the text. One that is among them may be there for a sign beside the letters.
"""

from __future__ import annotations

from typing import Final

SIGNS: Final = b"s"
"""U+0080 to U+00BF: the middle dot, guillemets, three letters."""
LATIN: Final = b"l"
"""U+00C0 to U+017F."""
CYRILLIC: Final = b"c"
"""U+0400 to U+047F."""
OTHER: Final = b"o"
"""All others below U+2000, Hangul jamo with them."""
MARKS: Final = b"m"
"""U+2000 to U+2FFF: quotation marks, dashes, radicals."""
KANA: Final = b"k"
"""U+3000 to U+3FFF: kana, their marks, rare Han."""
HAN: Final = b"h"
"""U+4000 to U+9FFF."""
HANGUL: Final = b"g"
"""U+A000 to U+DFFF: Hangul, and a few small scripts."""
WIDE: Final = b"w"
"""U+F000 to U+FFFF: full-width letters, Han for old encodings."""
FAR: Final = b"x"
"""Letters for private use, and all of four bytes."""

_KIND_OF_LEAD: Final = {
    0xC2: SIGNS,
    **dict.fromkeys(range(0xC3, 0xC6), LATIN),
    **dict.fromkeys(range(0xC6, 0xE2), OTHER),
    **dict.fromkeys((0xD0, 0xD1), CYRILLIC),
    0xE2: MARKS,
    0xE3: KANA,
    **dict.fromkeys(range(0xE4, 0xEA), HAN),
    **dict.fromkeys(range(0xEA, 0xEE), HANGUL),
    0xEE: FAR,
    0xEF: WIDE,
    **dict.fromkeys(range(0xF0, 0xF5), FAR),
}
_TABLE: Final = b"".join([_KIND_OF_LEAD.get(lead, b"?") for lead in range(256)])
_REST: Final = bytes([byte for byte in range(256) if byte not in _KIND_OF_LEAD])


def kinds(text: str) -> bytes:
    """The kind of each letter of a text that is not ASCII; ask with `in` for those named here."""
    return b"" if text.isascii() else kinds_of_bytes(text.encode("utf-8", "surrogatepass"))


def kinds_of_bytes(data: bytes) -> bytes:
    """The same of a text's UTF-8 form."""
    return data.translate(_TABLE, _REST)
