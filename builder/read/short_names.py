"""The short form of a person's name: mostly the family name, wherever the language puts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PARTS: Final = re.compile(r"[\s\u00b7\u30fb]+")
_AFTER_THE_NAME: Final = frozenset(["Jr.", "Jr", "Sr.", "Sr", "II", "III"])
_FAMILY_FIRST: Final = frozenset(["CN", "HK", "KP", "KR", "MO", "TW"])
"""Where the family name comes first in every language, and is so common that it is never enough alone."""
_IN_HAN: Final = frozenset(["zh", "zh-Hant", "ja"])


def short_names(names: Mapping[str, str], country: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """The short forms by language: those that may be enough alone, and those that never are.

    A Western or katakana name gives its last part; a Korean or Chinese one its first letter or word; a Japanese one in
    Han letters its first two letters, in Hangul its first word; a Vietnamese one its last word.
    """
    telling: dict[str, str] = {}
    common: dict[str, str] = {}
    for language, name in names.items():
        parts = [part for part in _PARTS.split(name) if part not in _AFTER_THE_NAME]
        whole = len(parts) < 2
        if country in _FAMILY_FIRST:
            if not whole and "\u30fb" in name:
                continue  # a Korean name in katakana: the press never shortens it
            short = parts[0] if not whole else _first_letters(name, language, 1)
            common[language] = short
        elif country == "JP" and language in _IN_HAN and whole:
            common[language] = _first_letters(name, language, 2)
        elif not whole:
            telling[language] = parts[0] if country == "JP" and language == "ko" else parts[-1]
    return telling, {language: short for language, short in common.items() if short}


def _first_letters(name: str, language: str, count: int) -> str:
    """The family part of a name written in one piece; Latin and Cyrillic names in one piece have none."""
    return name[:count] if (language in _IN_HAN or language == "ko") and len(name) > count else ""
