"""Which script a text is written in, which way it runs, and letters that must not reach a page."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import markupsafe

_RIGHT_TO_LEFT: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_RANGES: Final[Mapping[str, str]] = {
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Kana": "\u3041-\u3096\u30a1-\u30fa",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u064a\u066e-\u06d3",
    "Hebr": "\u05d0-\u05ea",
    "Grek": "\u0370-\u03ff",
    "Deva": "\u0904-\u0939",
    "Thai": "\u0e01-\u0e33",
    "Latn": "A-Za-z\u00c0-\u024f",
}
_WHOLE_ROWS: Final = {"Hang": range(0xAC, 0xD7), "Hani": range(0x4E, 0xA0), "Cyrl": range(0x04, 0x05)}
"""Of the scripts above, rows of 256 signs that are theirs from end to end."""
_KANA_ROW: Final = b"\x30"
_LATIN: Final = string.ascii_letters.encode()
_LETTERS: Final = {script: f"[{letters}]" for script, letters in _RANGES.items()}
_WRITTEN_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "ko": ("Hang", "Hani"),
    "ja": ("Kana", "Hani"),
    "zh": ("Hani",),
    "ru": ("Cyrl",),
    "uk": ("Cyrl",),
    "be": ("Cyrl",),
    "bg": ("Cyrl",),
    "sr": ("Cyrl", "Latn"),
    "mk": ("Cyrl",),
    "kk": ("Cyrl", "Latn"),
    "mn": ("Cyrl",),
    "ar": ("Arab",),
    "fa": ("Arab",),
    "ur": ("Arab",),
    "ps": ("Arab",),
    "he": ("Hebr",),
    "el": ("Grek",),
    "hi": ("Deva",),
    "mr": ("Deva",),
    "ne": ("Deva",),
    "th": ("Thai",),
}
_SPOKEN: Final[Mapping[str, str]] = {
    "Hang": "ko",
    "Kana": "ja",
    "Hani": "zh",
    "Cyrl": "ru",
    "Hebr": "he",
    "Grek": "el",
    "Thai": "th",
    "Latn": "en",
    "Arab": "ar",
    "Deva": "hi",
}
"""The likeliest language of a passage that is not in its article's script."""
_LEAST_LETTERS: Final = 6
"""A passage of fewer letters is a name or an abbreviation, not a change of language."""
_FOREIGN_SHARE: Final = 0.8
"""Korean quotes English names at length: only a passage nearly all in the other script has changed language."""

_KANA_SHARE: Final = 0.2
"""Kana beside Han is Japanese; a single Japanese name among Chinese is not."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U0001fffe\U0001ffff\U000e0000-\U000e007f]"
)
"""Controls, bidirectional overrides, invisible letters, lone surrogates and non-characters: one of them can turn a line
around or break a feed; none of them is text. The joiners of Persian and Hindi and the plain direction marks stay."""
_PLAIN: Final = bytes(range(0x20, 0x7F)) + b"\t\n\r"
"""The bytes that nearly all of a page consists of, none of them part of such a letter."""


escaped: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""`markupsafe.escape` for text that is joined at once: to mark it as escaped takes three times as long as to escape
it."""


def passage_language(text: str, language: str) -> str | None:
    """The language of a passage when its script says that it is not `language`, else None."""
    base, own = _written_in(language)
    if (text.isascii() and "Latn" in own) or _is_written_in(own, text):
        return None
    counts = {script: len(re.findall(pattern, text)) for script, pattern in _LETTERS.items()}
    total = sum(counts.values())
    if total < _LEAST_LETTERS:
        return None
    kana = counts["Kana"] > _KANA_SHARE * total and not counts["Hang"]
    if kana and base != "ja" and counts["Kana"] + counts["Hani"] > total / 2:
        return "ja"
    foreign = {script: count for script, count in counts.items() if script not in own}
    if sum(foreign.values()) < _FOREIGN_SHARE * total:
        return None
    return _SPOKEN[max(foreign, key=lambda script: foreign[script])]


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    subtags = language.split("-")
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT and "Latn" not in subtags else "ltr"


def harmless(text: str) -> str:
    """The text without letters that no reader sees and that could change how the others are shown."""
    return _UNSEEN.sub("", text) if _may_have_unseen(text) else text


def harmless_utf8(text: str) -> bytes:
    """The harmless text as a file has it; of a whole page only what is not plain is looked at: a third of the time."""
    data = text.encode("utf-8", "surrogatepass")
    others = data.translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    return harmless(text).encode() if _may_have_unseen(others) else data


def visible(text: str) -> str:
    """The text with each such letter written out as its code point, for pages that must hide nothing."""
    if not _may_have_unseen(text):
        return text
    return _UNSEEN.sub(lambda match: f"\u27e8U+{ord(match.group()):04X}\u27e9", text)


@lru_cache(maxsize=256)
def _written_in(language: str) -> tuple[str, tuple[str, ...]]:
    """A language without what else its tag says, and its scripts."""
    base = language.split("-", maxsplit=1)[0]
    return base, _WRITTEN_IN.get(base, ("Latn",))


def _is_written_in(own: tuple[str, ...], text: str) -> bool:
    """Whether half of the text is enough to say so, as nearly always: letters of ten scripts need not be counted.

    Where a quarter of all signs are letters of its own scripts, at most three quarters of its letters are foreign.
    """
    high = text.encode("utf-16-le", "surrogatepass")[1::2]
    letters = len(high) - len(high.translate(None, _rows(own)))
    if "Latn" in own:
        low = text.encode("ascii", "ignore")
        letters += len(low) - len(low.translate(None, _LATIN))
    if letters < len(text) / 4:
        letters = sum(map(len, _runs(own).findall(text, 0, len(text) // 2)))
    no_kana = _KANA_ROW not in high or not re.search(_LETTERS["Kana"], text)
    return letters >= len(text) / 4 and ("Kana" in own or no_kana)


@lru_cache(maxsize=32)
def _rows(scripts: tuple[str, ...]) -> bytes:
    """The higher bytes, in UTF-16, of signs all of which are letters of these scripts."""
    return bytes(high for script in scripts for high in _WHOLE_ROWS.get(script, ()))


@lru_cache(maxsize=32)
def _runs(scripts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(_RANGES[script] for script in scripts)}]+")


def _may_have_unseen(text: str) -> bool:
    """Whether it is worth a closer look, which takes three times as long: of those letters all but the object and the
    replacement character are none that Python would print.
    """
    return not text.replace("\n", "").isprintable() or "\ufffc" in text or "\ufffd" in text
