"""Which language a text is in: scripts settle most, function words the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules

UNDETERMINED: Final = "und"
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SCRIPTS: Final = (
    ("hangul", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("kana", re.compile("[\u3040-\u30ff\uff66-\uff9d]")),
    ("han", re.compile("[\u3400-\u9fff\uf900-\ufaff]")),
    ("latin", _LATIN),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("thai", re.compile("[\u0e00-\u0e7f]")),
    ("devanagari", re.compile("[\u0900-\u097f]")),
    ("bengali", re.compile("[\u0980-\u09ff]")),
    ("tamil", re.compile("[\u0b80-\u0bff]")),
    ("lao", re.compile("[\u0e80-\u0eff]")),
    ("burmese", re.compile("[\u1000-\u109f]")),
    ("khmer", re.compile("[\u1780-\u17ff]")),
    ("georgian", re.compile("[\u10a0-\u10ff]")),
    ("armenian", re.compile("[\u0530-\u058f]")),
)
ONE_LANGUAGE: Final = {
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "bengali": "bn",
    "tamil": "ta",
    "lao": "lo",
    "burmese": "my",
    "khmer": "km",
    "georgian": "ka",
    "armenian": "hy",
}
_MANY_LANGUAGES: Final = {"latin": "en", "cyrillic": "ru", "arabic": "ar", "devanagari": "hi"}
"""The script's most usual language, taken when no function word says more."""
_ASCII: Final = re.compile("[A-Za-z]")
_NO_ASCII: Final = bytes(code for code in range(256) if not (chr(code).isascii() and chr(code).isalpha()))
_OTHER: Final = re.compile("[^\x00-\x7f]+")
_NOT_LATIN: Final = re.compile("[^\x00-\u024f\u2000-\u206f]")
_ASCII_WORDS: Final = bytes(
    code if code >= 128 or chr(code).isalpha() or chr(code) == "'" else 32 for code in range(256)
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE: Final = 6000
_ENOUGH: Final = 20
_FEWEST: Final = 0.07
"""Words, and the share of them that are a language's function words in nearly every text of it."""
_DENSER: Final = 2.5
"""A Hangul or Han letter against the Latin ones: names in brackets must not outvote a Korean paragraph."""


def script_of(text: str) -> str:
    """The script most of the text is in; an empty string for text without letters."""
    if text.isascii():
        return "latin" if _ASCII.search(text) else ""
    if not _NOT_LATIN.search(text):
        return "latin" if _LATIN.search(text) else ""
    counts = _counts(text)
    return max(counts, key=lambda script: counts[script]) if any(counts.values()) else ""


def language_of(text: str, rules: CleaningRules, declared: str | None = None) -> str:
    """A BCP 47 code: `ko`, `en`, `zh-Hans`, `zh-Hant`, `ja`; `und` for a text without letters.

    `declared` is what the page says of itself; it decides only between languages the text leaves open, since templates
    often declare the site's language rather than the article's.
    """
    sample = text[:_SAMPLE]
    script = script_of(sample)
    if script == "":
        return UNDETERMINED
    if script in ("hangul", "kana", "han"):
        return _east_asian(sample, script, rules)
    if script in ONE_LANGUAGE:
        return ONE_LANGUAGE[script]
    return _by_function_words(sample, script, rules, declared)


def _counts(text: str) -> dict[str, float]:
    # Seventeen alphabets are looked for in what is not ASCII alone: little of most texts.
    other = "" if text.isascii() else "".join(_OTHER.findall(text))
    counts = {script: float(len(letters.findall(other))) if other else 0.0 for script, letters in _SCRIPTS}
    counts["latin"] += len(text.encode("utf-8", "replace").translate(None, _NO_ASCII))
    # Kanji between kana are Japanese; hanja between Hangul are Korean.
    if counts["kana"] > 0.08 * (counts["han"] + counts["kana"]):
        counts["kana"] += counts["han"]
        counts["han"] = 0.0
    elif counts["hangul"] > counts["han"]:
        counts["hangul"] += counts["han"]
        counts["han"] = 0.0
    for script in ("hangul", "kana", "han"):
        counts[script] *= _DENSER
    return counts


def _east_asian(text: str, script: str, rules: CleaningRules) -> str:
    if script != "han":
        return "ko" if script == "hangul" else "ja"
    simplified = sum(map(text.count, rules.simplified))
    traditional = sum(map(text.count, rules.traditional))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _by_function_words(text: str, script: str, rules: CleaningRules, declared: str | None) -> str:
    words = spoken_words(text)
    table = stop_words(rules)
    votes: dict[str, float] = {}
    for languages in filter(None, map(table.get, words)):
        share = 1.0 / len(languages)
        for language in languages:
            votes[language] = votes.get(language, 0.0) + share
    said = (declared or "").replace("_", "-").split("-", maxsplit=1)[0].lower()
    said = said if said.isascii() and said.isalpha() else ""
    if said in votes:
        votes[said] += 0.5 + 0.02 * len(words)
    elif len(said) == 2 and len(words) >= _ENOUGH and max(votes.values(), default=0.0) < _FEWEST * len(words):
        # Too few function words for any language whose words we know: the page knows better.
        return said
    if not votes:
        return said if len(said) == 2 else _MANY_LANGUAGES[script]
    return min(votes, key=lambda language: (-votes[language], language))


def spoken_words(text: str) -> list[str]:
    """The words of letters of a text, with their inner apostrophes, in small letters."""
    spaced = text.encode("utf-8", "replace").translate(_ASCII_WORDS).decode()
    words: list[str] = []
    for word in spaced.split():
        if word.isalpha():
            words.append(word.casefold())
        else:
            words += [part.casefold() for part in _WORD.findall(word)]
    return words


@lru_cache(maxsize=2)
def stop_words(rules: CleaningRules) -> dict[str, tuple[str, ...]]:
    """The languages of each function word."""
    table: dict[str, tuple[str, ...]] = {}
    for language in rules.languages:
        for word in language.stop_words:
            table[word] = (*table.get(word, ()), language.code)
    return table
