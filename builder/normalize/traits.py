"""What a line shows by itself: traits, to which weights are learnt, and measures, on which learnt trees split.

A trait is a name such as `size:4.` or `box:sidebar`: a line has it or not. A measure is a number. Neither holds a
phrase of any page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from builder.model.values import value
from builder.normalize.judge import Judged
from builder.normalize.page import Line
from builder.normalize.text_measures import WIDE_WEIGHT, ends_sentence, sentences

SIZES: Final = (6, 12, 25, 45, 70, 100, 150, 220, 330, 500, 800)
"""Weighted letters."""
_LINKS: Final = (0.0, 0.1, 0.3, 0.6, 0.9)
_NAMED: Final = ("text", "p", "heading", "item", "row", "quote", "caption", "code")
_KINDS: Final = {name: float(number) for number, name in enumerate(_NAMED)}
"""Fractions are compared with limits in half the time that whole numbers take, and a page compares thousands."""
_SECTIONS: Final = {None: 0.0, "faq": 1.0, "comments": 2.0, "related": 3.0}
_CLOSES: Final = {",": 0.0, ":": 1.0, "…": 2.0, ".": 3.0}
_BY_CLOSE: Final = tuple(_CLOSES)

OWN_MEASURES: Final = (
    *("letters", "words", "sentences", "close", "links", "wide letters", "commas", "kind", "heading level", "rule"),
    *("section", "times on the page", "weight by hand", "boxes around articles", "boxes of articles", "colons"),
)
"""What `own_measures` gives of a line, in its order."""


@value(frozen=True, slots=True)
class Shown:
    """Measures of all lines of a page: of each line its neighbours are told these, and its first score is made of them.

    The others are taken only of lines that the trees are asked about, a quarter of a saved page.
    """

    letters: Sequence[float]
    close: Sequence[float]
    links: Sequence[float]
    kind: Sequence[float]
    rule: Sequence[float]


def shown_by(judged: Sequence[Judged], rules: Mapping[str, float]) -> Shown:
    """What the lines of a page show; `rules` ranks the rules."""
    return Shown(
        [one.length for one in judged],
        [_CLOSES[_close(one.line.words)] for one in judged],
        [one.linked for one in judged],
        [_KINDS[_kind(one.line)] for one in judged],
        [rules.get(one.rule or "", 0.0) for one in judged],
    )


def step(value: float, limits: Sequence[float]) -> int:
    """The number of limits below a value: measures become names in a few steps."""
    return bisect_left(limits, value)


def own_measures(one: Judged, shown: Shown, position: int) -> list[float]:
    """The numbers of `OWN_MEASURES` for the line at a position."""
    line, times = one.line, one.times
    text = line.words
    length = one.length
    commas = text.count(",")
    if not text.isascii():
        commas += text.count("、") + text.count("，")
    return [
        length,
        text.count(" ") + 1.0,
        float(sentences(text)),
        shown.close[position],
        one.linked,
        (length / (len(text) or 1) - 1) / (WIDE_WEIGHT - 1),
        float(commas),
        shown.kind[position],
        float(line.level),
        shown.rule[position],
        _SECTIONS[one.section],
        9.0 if times > 9 else float(times),
        one.weight,
        float(line.bad),
        float(line.good),
        float(text.count(":")),
    ]


Look = tuple[int, int, str, int, str | None, str | None, int]
"""Step of size, close, kind, step of links, rule, section, times: lines of menus look alike."""


def look_of(one: Judged, close: float) -> Look:
    """All that a line's traits depend on; `close` is its measure of that name."""
    kind = f"heading{one.line.level}" if one.line.kind == "heading" else _kind(one.line)
    times = min(4, one.times)
    links = bisect_left(_LINKS, one.linked) if one.linked else 0
    return bisect_left(SIZES, one.length), int(close), kind, links, one.rule, one.section, times


def own_traits(look: Look) -> tuple[str, ...]:
    """The names of what a line shows by itself, the boxes around it left out."""
    size, close, kind, links, rule, section, times = look
    coarse = step(size, (3, 6))
    return (
        f"size:{size}{_BY_CLOSE[close]}",
        f"kindsize:{kind} {size}",
        f"links:{links} {coarse} {kind}",
        f"rule:{rule} {coarse}",
        f"section:{section}",
        f"times:{times} {step(size, (2, 5))}",
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
