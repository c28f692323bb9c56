"""What a line shows by itself, as names to which weights are learnt.

A trait is a name such as `size:4.` or `box:sidebar`: a line has it or not. Names hold no phrase of any page; the weight
of each says how much more often lines with it belong to an article, all else being equal.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

from builder.normalize.judge import Judged, link_share
from builder.normalize.page import Line
from builder.normalize.text_measures import ends_sentence, sentences, wide_share

_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_SIZES: Final = (6, 12, 25, 45, 70, 100, 150, 220, 330, 500, 800)
"""Weighted letters."""
_OPENING_QUOTES: Final = "\"'“‘«»„「『"
_ORNAMENTS: Final = "•-–|©#@(+*▶■▲[<>/→►"
_QUOTES: Final = re.compile("[“”«»„「」]")


def step(value: float, limits: Sequence[float]) -> int:
    """The number of limits below a value: measures become names in a few steps."""
    return bisect_left(limits, value)


def own_traits(judged: Sequence[Judged], function_words: frozenset[str]) -> list[list[str]]:
    """For each line the names of what it shows by itself, the boxes around it left out."""
    counts = Counter(one.bare for one in judged)
    return [_traits(one, counts[one.bare], function_words) for one in judged]


def box_traits(line: Line) -> list[str]:
    """The names of the boxes around a line; lines of one box share them."""
    return [*("box:" + name for name in line.boxes), *("own:" + name for name in line.own)]


def _traits(one: Judged, times: int, function_words: frozenset[str]) -> list[str]:
    line = one.line
    text = line.words
    size = step(one.length, _SIZES)
    kind = _kind(line)
    coarse = step(size, (3, 6))
    digits = len(_DIGIT.findall(text)) / max(1, len(text))
    commas = min(4, text.count(",") + text.count("、") + text.count("，"))
    return [
        f"kind:{kind}",
        f"size:{size}{_close(text)}",
        f"kindsize:{kind} {size}",
        f"sentences:{min(6, sentences(text))}",
        f"links:{step(link_share(line), (0.0, 0.1, 0.3, 0.6, 0.9))} {coarse} {kind}",
        f"opening:{_opening(text[:1])}",
        f"digits:{step(digits, (0.0, 0.03, 0.1, 0.25))} {coarse}",
        f"rule:{one.rule} {coarse}",
        f"section:{one.section}",
        f"times:{min(4, times)} {step(size, (2, 5))}",
        f"hand:{max(-8, min(12, round(one.weight * 2)))}",
        f"commas:{commas} {step(size, (5,))}",
        f"marks:{'|' in text}{'@' in text}{'http' in text}{'©' in text}",
        f"ask:{'?' in text}{'!' in text}",
        f"quote:{_QUOTES.search(text) is not None} {coarse}",
        f"bad:{min(4, line.bad)}",
        f"good:{min(4, line.good)}",
        *_word_traits(text, size, function_words),
    ]


def _kind(line: Line) -> str:
    if line.kind == "heading":
        return f"heading{line.level}"
    return "p" if line.paragraph and line.kind == "text" else line.kind


def _close(text: str) -> str:
    if ends_sentence(text):
        return "…" if text.endswith(("...", "…")) else "."
    return ":" if text.endswith(":") else ","


def _opening(letter: str) -> str:
    if letter.isalpha():
        return "a" if letter.islower() else "A" if letter.isupper() else "w"
    if letter.isdigit():
        return "1"
    return '"' if letter in _OPENING_QUOTES else letter if letter in _ORNAMENTS else "?"


def _word_traits(text: str, size: int, function_words: frozenset[str]) -> tuple[str, ...]:
    if wide_share(text) >= 0.3:
        return (f"wide {step(size, (3, 6))}",)
    words = _WORD.findall(text)
    count = len(words) or 1
    capital = sum(1 for word in words if word[0].isupper()) / count
    function = sum(1 for word in words if word.lower() in function_words) / count
    about = step(size, (2, 4, 6))
    return (
        f"capitals:{step(capital, (0.05, 0.15, 0.3, 0.5, 0.7, 0.9))} {about}",
        f"function:{step(function, (0.0, 0.15, 0.25, 0.35, 0.45))} {about}",
    )
