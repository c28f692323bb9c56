"""What a line shows by itself: traits, to which weights are learnt, and measures, on which learnt trees split.

A trait is a name such as `size:4.` or `box:sidebar`: a line has it or not. A measure is a number. Neither holds a
phrase of any page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from builder.normalize.judge import Judged
from builder.normalize.page import Line
from builder.normalize.text_measures import WIDE_WEIGHT, ends_sentence, sentences

SIZES: Final = (6, 12, 25, 45, 70, 100, 150, 220, 330, 500, 800)
"""Weighted letters."""
_LINKS: Final = (0.0, 0.1, 0.3, 0.6, 0.9)
_KINDS: Final = ("text", "p", "heading", "item", "row", "quote", "caption", "code")
_SECTIONS: Final = (None, "faq", "comments", "related")
_CLOSES: Final = (",", ":", "…", ".")

OWN_MEASURES: Final = (
    *("letters", "words", "sentences", "close", "links", "wide letters", "commas", "kind", "heading level", "rule"),
    *("section", "times on the page", "weight by hand", "boxes around articles", "boxes of articles", "colons"),
)
"""What `own_measures` gives of a line, in its order."""
LETTERS: Final = 0
CLOSE: Final = 3
LINKS: Final = 4
KIND: Final = 7
RULE: Final = 9


def step(value: float, limits: Sequence[float]) -> int:
    """The number of limits below a value: measures become names in a few steps."""
    return bisect_left(limits, value)


def own_measures(one: Judged, times: int, rules: Mapping[str, float]) -> list[float]:
    """The numbers of `OWN_MEASURES` for a line that stands on the page so many times; `rules` ranks the rules."""
    line = one.line
    text = line.words
    letters = len(text) or 1
    return [
        one.length,
        text.count(" ") + 1,
        sentences(text),
        _CLOSES.index(_close(text)),
        one.linked,
        (one.length / letters - 1) / (WIDE_WEIGHT - 1),
        text.count(",") + text.count("、") + text.count("，"),
        _KINDS.index(_kind(line)),
        line.level,
        rules.get(one.rule or "", 0.0),
        _SECTIONS.index(one.section),
        min(times, 9),
        one.weight,
        line.bad,
        line.good,
        text.count(":"),
    ]


def own_traits(one: Judged, own: Sequence[float]) -> tuple[str, ...]:
    """The names of what a line shows by itself, the boxes around it left out; `own` are its measures."""
    size = step(one.length, SIZES)
    coarse = step(size, (3, 6))
    line = one.line
    kind = f"heading{line.level}" if line.kind == "heading" else _kind(line)
    return (
        f"size:{size}{_CLOSES[int(own[CLOSE])]}",
        f"kindsize:{kind} {size}",
        f"links:{step(own[LINKS], _LINKS)} {coarse} {kind}",
        f"rule:{one.rule} {coarse}",
        f"section:{one.section}",
        f"times:{min(4, int(own[11]))} {step(size, (2, 5))}",
    )


def box_traits(line: Line) -> tuple[str, ...]:
    """The names of the boxes around a line; lines of one box share them."""
    return (*("box:" + name for name in line.boxes), *("own:" + name for name in line.own))


def _kind(line: Line) -> str:
    return "p" if line.paragraph and line.kind == "text" else line.kind


def _close(text: str) -> str:
    if ends_sentence(text):
        return "…" if text.endswith(("...", "…")) else "."
    return ":" if text.endswith(":") else ","
