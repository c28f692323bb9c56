"""What a line's words show, as numbers on which learnt trees split: whether it speaks of what the article speaks of.

Fluent prose is not yet the article's: teasers, notices, comments and captions are fluent too. They share fewer words
with the text, speak to its readers, or end in a name. Shares are told by how far they are from those of the page's
own prose, so that they hold for languages with long words and short ones, with capitals and without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import mul, ne
from typing import Final

from builder.normalize.judge import Judged
from builder.normalize.text_measures import units, words_of
from builder.normalize.vocabulary import Vocabulary

WORDING_MEASURES: Final = (
    *("open end", "last sign", "digits", "function words", "capitals", "addressing"),
    *("words of the prose", "words of the cluster"),
)
"""What `wording_measures` gives of a line, in its order."""
_SURE: Final = 0.5
_PARAGRAPH: Final = 60.0
"""Weighted letters of a line whose words are the page's own."""
_LONGEST_END: Final = 300.0
_SHORTEST_WORD: Final = 4
_STEM: Final = 6
"""Letters by which two forms of a word are one: endings differ."""
_WIDE: Final = 1.3
"""Latin letters' worth of a letter on the mean from which on a line is compared by pairs of letters."""
_DIGIT: Final = re.compile(r"\d")
_ASCII_DIGITS: Final = b"0123456789"
_TO_LAST_END: Final = re.compile(
    ".*[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4][\"'\u201d\u2019)\uff09]*(?=\\s|[\u3040-\u9fff\uac00-\ud7af]|$)",
    re.DOTALL,
)
_SIGNS: Final = {
    **dict.fromkeys(")]\uff09\u3011", 2.0),
    **dict.fromkeys("\"'\u201c\u201d\u2019\u00bb\u300d\u300f", 3.0),
    **dict.fromkeys(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964", 4.0),
    **dict.fromkeys(":\uff1a", 5.0),
}


def wording_measures(
    judged: Sequence[Judged],
    words: Vocabulary,
    near: Sequence[int],
    *,
    prose: tuple[Sequence[float], Sequence[float]],
    clusters: Sequence[Sequence[float]],
) -> Iterator[Sequence[float]]:
    """A column for each of `WORDING_MEASURES`, of the lines near prose, whose positions are `near`.

    `prose` is the chance that a line is prose and its weighted letters if so, `clusters` the share, number, rank and
    distance from both ends of the cluster next to a line.
    """
    sure = [
        letters if chance > _SURE and one.length >= _PARAGRAPH else 0.0
        for one, chance, letters in zip(judged, *prose, strict=True)
    ]
    _, _, rank, above, below = clusters
    main = [
        letters if ranked == 1.0 and over >= 0 and under >= 0 else 0.0
        for letters, ranked, over, under in zip(sure, rank, above, below, strict=True)
    ]
    weights = ([letters[position] for position in near] for letters in (sure, main))
    return zip(*_rows([judged[position] for position in near], words, *weights), strict=True)


def _rows(
    lines: Sequence[Judged], words: Vocabulary, weights: Sequence[float], inside: Sequence[float]
) -> Iterator[tuple[float, ...]]:
    shares, content = [], []
    for one in lines:
        share, said = _shares(one, words)
        shares.append(share)
        content.append(said)
    columns = [_beside_prose(column, weights) for column in zip(*shares, strict=True)]
    columns += [_beside_prose(_shared(content, counted), weights) for counted in (weights, inside)]
    return map(_joined, lines, zip(*columns, strict=True))


def _shares(one: Judged, words: Vocabulary) -> tuple[tuple[float, float, float], frozenset[str]]:
    """Shares of function words, of words with capitals and of addressing words; stems of the others.

    Where words are not parted by spaces, pairs of letters stand for stems.
    """
    text = one.line.words
    written = words_of(text)
    said = " ".join(written).lower().split(" ") if written else []
    many = len(said) or 1
    if one.length > _WIDE * len(text):
        content = frozenset(units(text))
    else:
        content = frozenset([word[:_STEM] for word in set(said).difference(words.small) if len(word) >= _SHORTEST_WORD])
    shares = (
        sum(map(words.small.__contains__, said)) / many,
        sum(map(ne, written, said)) / many,
        sum(map(words.addressing.__contains__, said)) / many,
    )
    return shares, content


def _shared(content: Sequence[frozenset[str]], weights: Sequence[float]) -> list[float]:
    """For each line the share of its words that other lines of some weight hold."""
    once: set[str] = set()
    twice: set[str] = set()
    for said, weight in zip(content, weights, strict=True):
        if weight:
            twice |= once & said
            once |= said
    return [
        len(said & (twice if weight else once)) / (len(said) or 1)
        for said, weight in zip(content, weights, strict=True)
    ]


def _beside_prose(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """How far each value is from what it is on the mean in the page's prose."""
    total = sum(weights)
    mean = sum(map(mul, values, weights)) / total if total else 0.0
    return [value - mean for value in values] if total else [0.0] * len(values)


def _joined(one: Judged, shares: tuple[float, ...]) -> tuple[float, ...]:
    """Weighted letters behind the last full stop, the kind of the last sign, the share of digits, and the shares."""
    text = one.line.words
    letters = len(text) or 1
    sign = text.rstrip()[-1:]
    kind = _SIGNS.get(sign)
    if kind is None:
        kind = 1.0 if sign.isdigit() else 0.0 if sign.isalpha() else 6.0
    return (
        min(_LONGEST_END, _behind_last_end(text) * one.length / letters),
        kind,
        _digits(text) / letters,
        *shares,
    )


def _behind_last_end(text: str) -> int:
    """Letters behind the last full stop; most lines end in one or hold none."""
    if text.isascii():
        if text.endswith((".", "!", "?")):
            return 0
        if "." not in text and "!" not in text and "?" not in text:
            return len(text)
    last = _TO_LAST_END.match(text)
    return len(text) - (last.end() if last else 0)


def _digits(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode().translate(None, _ASCII_DIGITS))
    return len(_DIGIT.findall(text))
