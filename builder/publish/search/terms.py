"""Text as the tokens of the index; templates/assets/search-terms.js makes the same tokens of a question.

Scripts that are written without spaces, and Korean, whose words grow by compounding and endings, are indexed as pairs
of neighbouring letters: a question of any length is then a row of pairs, found inside any longer word. Each pair is one
opaque word of ASCII letters and digits to the engine, which neither stems, splits nor folds such a word. A pair that
spans a space is another token than the pair inside a word, so that "foreign ties" is not found by "foreignt".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from builder.publish.search.words import han_letters

INSIDE: Final = "1"
ACROSS: Final = "2"
LETTERS: Final = "3"
SINGLE: Final = "4"
SUBJECT: Final = "5"
CHANCE: Final = "6"
CASED: Final = "7"
"""The last digit of an opaque token says of what kind it is."""

# Hangul, kana, Han, Thai, Lao, Myanmar, Khmer; JavaScript writes the same ranges.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u309e\u30a1-\u30fa\u30fc-\u30fe"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_ACRONYM: Final = r"(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])"
_INNER_STOP: Final = re.compile(r"\.[a-z]")
_SHORTENED: Final = re.compile(_ACRONYM)
_QUOTES: Final = "\u2013\u2014\u2018\u2019\u201c\u201d"
_WORDS_ONLY: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_ITEM: Final = re.compile(rf"([{_UNSPACED}]+)|({_ACRONYM}|[^\W_{_UNSPACED}]+)")
_HYPHENED: Final = re.compile(r"(?<![^\W_])[a-z]{2,}(?:-[a-z]{2,})+(?![^\W_])")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_ACCENT: Final = re.compile("[\u0300-\u036f]")
_BAG: Final = re.compile(rf"z[0-9a-f]+[{SINGLE}{CHANCE}{CASED}]")
# As (?<=\w)['\u2019]s(?!\w), which would ask before each letter what stands there.
_GENITIVE: Final = re.compile(r"['\u2019](?<=\w.)s(?!\w)")
# Letters that normalization and the loss of accents leave as they are.
_SIMPLE: Final = re.compile(
    "[\0-\x7f\uac00-\ud7a3\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u3001\u3002\u3008-\u3011]*"
)


def fold(text: str) -> str:
    """The text without the differences a reader does not type: case, width, accents of alphabets, English 's, and the
    forms that Han letters have in Japan, Taiwan and China."""
    if text.isascii() or _SIMPLE.fullmatch(text):
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", text).lower()))
    if "'s" in plain or "\u2019s" in plain:
        plain = _GENITIVE.sub("", plain)
    return plain if plain.isascii() or not _HAN.search(plain) else plain.translate(han_letters())


def tokens(folded: str, stem: Callable[[str], str]) -> Iterator[str]:
    """The tokens of a folded text in its own order, so that a phrase is a row of them; `stem` is for words."""
    last, end = "", 0
    for item in _ITEM.finditer(folded):
        run, word = item.groups()
        if run is None:
            last = ""
            yield word_token(word, stem)
            continue
        if last and folded[end : item.start()].isspace():
            yield across(last, run[0])
        yield from inside(run)
        last, end = run[-1], item.end()


def items(folded: str) -> list[tuple[str, str]]:
    """What a folded text is made of: runs of scripts without spaces, or else words; each beside an empty string."""
    return _ITEM.findall(folded)


def inside(run: str) -> list[str]:
    """The tokens of a run."""
    codes = run.encode("utf-16-be").hex()
    if len(codes) == 4 * len(run):
        return [codes[at : at + 8] + INSIDE for at in range(0, len(codes) - 4, 4)]
    return [one + other + INSIDE for one, other in pairwise(map(letter_code, run))]


def pair_token(pair: str) -> str:
    """The token of two letters of a run that follow each other."""
    return letter_code(pair[0]) + letter_code(pair[1]) + INSIDE


def across(last: str, first: str) -> str:
    """The token of two letters that have a space between them."""
    return letter_code(last) + letter_code(first) + ACROSS


def word_token(word: str, stem: Callable[[str], str]) -> str:
    """The token of a word of letters that are written with spaces."""
    return stem(word.replace(".", "")) if word.isascii() else _spelt(word)


def plain_words(folded: str) -> list[str]:
    """The words of a folded text of ASCII; the same that `items` finds, without a pattern."""
    if _INNER_STOP.search(folded):
        folded = _SHORTENED.sub(lambda match: match[0].replace(".", ""), folded)
    return folded.translate(_WORDS_ONLY).split()


def without_quotes(folded: str) -> str:
    """A folded text with its quotation marks and dashes left out, which many a text has that is of ASCII otherwise."""
    if folded.isascii():
        return folded
    for mark in _QUOTES:
        folded = folded.replace(mark, " ")
    return folded


def runs(folded: str) -> list[str]:
    """The stretches of a folded text in scripts without spaces; in Korean, its words."""
    return [run for run, _ in items(folded) if run]


def unhyphened(folded: str) -> list[str]:
    """The words that a folded text writes with a hyphen and others without."""
    if "-" not in folded:
        return []
    return [word.replace("-", "") for word in _HYPHENED.findall(folded)]


def singles(runs: Iterable[str], is_one: Callable[[str], bool] = lambda run: False) -> set[str]:
    """Tokens for questions of one letter: each Han character, and the first syllable of each Korean word that does not
    begin with a longer noun (`is_one`)."""
    found: set[str] = set()
    for run in runs:
        if _is_hangul(run[0]) and not is_one(run):
            found.add(run[0])
        if _HAN.search(run):
            found.update(_HAN.findall(run))
    return set(map(single_token, found))


@cache
def single_token(letter: str) -> str:
    """The token of every piece in which a letter stands that is asked for alone."""
    return f"z{letter_code(letter)}{SINGLE}"


def chance_token(pair: str) -> str:
    """The token of every piece in which a pair of letters stands, but only by chance."""
    return f"z{letter_code(pair[0])}{letter_code(pair[1])}{CHANCE}"


def cased_token(word: str) -> str:
    """The token of every piece in which a word stands with its capitals, as US does beside us; any case is taken."""
    return "z" + "".join(map(letter_code, word.lower())) + CASED


def subject_token(kind: str, id: str) -> str:  # noqa: A002 - the field's name
    """The token of every piece in which a person is named, under whatever name."""
    return "z" + hashlib.blake2b(f"{kind} {id}".encode(), digest_size=5).hexdigest() + SUBJECT


def has_no_places(token: str) -> bool:
    """Whether only the pages of a token count, not where on them it stands."""
    return _BAG.fullmatch(token) is not None


@cache
def letter_code(letter: str) -> str:
    """How a letter stands in a token."""
    return f"{ord(letter):04x}"


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _spelt(word: str) -> str:
    return "".join(letter if letter.isascii() else letter_code(letter) for letter in word) + LETTERS
