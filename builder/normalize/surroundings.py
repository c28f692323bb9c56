"""What stands around a line, as names to which weights are learnt: neighbours, boxes, the page's prose before it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from builder.normalize.judge import Judged, Run, best_run
from builder.normalize.page import Page
from builder.normalize.text_measures import skeleton, wide_share
from builder.normalize.traits import step

_THIN: Final = frozenset({"repeated-label", "advertisement"})
"""Rules of lines that stand between an article's paragraphs and say nothing of what follows."""
_BINS: Final = (-5, -4, -3, -2, -1, -0.4, 0.4, 1, 2, 3, 4, 5)
_DECAY: Final = 0.75
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHARES: Final = (0.0, 0.03, 0.1, 0.3, 0.5, 0.7, 0.9)
_LONGEST_COMPARED: Final = 4000.0
_DEEPEST: Final = 60
_HEADLINE_METAS: Final = ("og:title", "twitter:title")


@dataclass(frozen=True, slots=True)
class _Around:
    """The page as first scores show it; lists run parallel to the judged lines."""

    judged: Sequence[Judged]
    bins: list[int]
    chance: list[float]
    mass: list[float]
    """Weighted letters of likely prose."""
    thin: list[bool]
    solid: list[int]
    """Positions of the lines that are not thin."""
    total: float
    run: Run


def around_traits(page: Page, judged: Sequence[Judged], scores: Sequence[float]) -> list[list[str]]:
    """For each line the names of what stands around it, by the scores its own traits give."""
    about = _around(judged, scores)
    columns = [
        _neighbours(about),
        _masses(about),
        _behind(about),
        _shared(about),
        _places(page, about),
    ]
    if page.form == "html":
        columns += [_boxes(page, about), _twins(about)]
    return [[name for names in row for name in names] for row in zip(*columns, strict=True)]


def _around(judged: Sequence[Judged], scores: Sequence[float]) -> _Around:
    counts = Counter(one.bare for one in judged)
    chance = [1.0 / (1.0 + exp(-max(-20.0, min(20.0, score)))) for score in scores]
    mass = [p * min(one.length, 400.0) if p > 0.3 else 0.0 for p, one in zip(chance, judged, strict=True)]
    thin = [
        one.rule in _THIN or (counts[one.bare] >= 3 and one.length < 75.0 and p < 0.5)
        for p, one in zip(chance, judged, strict=True)
    ]
    return _Around(
        judged=judged,
        bins=[step(score, _BINS) for score in scores],
        chance=chance,
        mass=mass,
        thin=thin,
        solid=[position for position, is_thin in enumerate(thin) if not is_thin],
        total=sum(mass) or 1.0,
        run=best_run(judged),
    )


def _coarse(score: int) -> int:
    return step(score, (4, 7))


def _neighbours(about: _Around) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    solid, bins = about.solid, about.bins
    last = -1
    for position, own in enumerate(bins):
        is_thin = about.thin[position]
        last += not is_thin
        near = (last - 1, last, last + 1, last + 2) if is_thin else (last - 2, last - 1, last + 1, last + 2)
        two, one, next_, after = (str(bins[solid[k]]) if 0 <= k < len(solid) else "x" for k in near)
        size = step(about.judged[position].length, (25, 70, 150))
        fine = step(own, (3, 5, 7, 9))
        rows.append(
            (f"self:{own} {size}", f"prev:{one} {fine}", f"next:{next_} {fine}", f"prev2:{two}", f"next2:{after}")
        )
    return rows


def _masses(about: _Around) -> list[tuple[str, ...]]:
    left = _decayed(about.mass, about.thin)
    right = _decayed(about.mass[::-1], about.thin[::-1])[::-1]
    size = step(about.total, (300, 1000, 2500, 6000))
    rows: list[tuple[str, ...]] = []
    before = 0.0
    for position, bin_ in enumerate(about.bins):
        b = _coarse(bin_)
        sides = f"{step(left[position], (30, 160, 400))}{step(right[position], (30, 160, 400))}"
        rows.append(
            (
                f"left:{step(left[position], (5, 30, 80, 160, 300, 500))} {b}",
                f"right:{step(right[position], (5, 30, 80, 160, 300, 500))} {b}",
                f"both:{sides} {b}",
                f"before:{step(before / about.total, (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.9999))} {b}",
                f"total:{size} {b}",
            )
        )
        before += about.mass[position]
    return rows


def _decayed(mass: Sequence[float], thin: Sequence[bool]) -> list[float]:
    result: list[float] = []
    value = 0.0
    for letters, is_thin in zip(mass, thin, strict=True):
        result.append(value)
        if not is_thin:
            value = value * _DECAY + letters
    return result


def _behind(about: _Around) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    section, since = "none", 99
    for one, bin_ in zip(about.judged, about.bins, strict=True):
        if one.section and one.section != "faq":
            section, since = one.section, 0
        rows.append((f"behind:{section} {step(since, (3, 8, 20))} {_coarse(bin_)}",))
        since += 1
    return rows


def _shared(about: _Around) -> list[tuple[str, ...]]:
    known: Counter[str] = Counter()
    words_of = [_units(one) for one in about.judged]
    for chance, words in zip(about.chance, words_of, strict=True):
        if chance > 0.5:
            known.update(words)
    rows: list[tuple[str, ...]] = []
    for one, chance, words in zip(about.judged, about.chance, words_of, strict=True):
        mine = 1 if chance > 0.5 else 0
        share = sum(1 for word in words if known[word] > mine) / len(words) if len(words) >= 3 else -1.0
        size = step(one.length, (25, 70, 150))
        rows.append((f"shared:{step(share, (-0.5, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85))} {size}",))
    return rows


def _units(one: Judged) -> frozenset[str]:
    if one.length > _LONGEST_COMPARED:
        return frozenset()
    words = _WORD.findall(one.line.words.lower())
    if wide_share(one.line.words) >= 0.3:
        return frozenset(word[start : start + 2] for word in words for start in range(len(word) - 1))
    return frozenset(word for word in words if len(word) > 4)


def _places(page: Page, about: _Around) -> list[tuple[str, ...]]:
    """Where a line stands from the page's headlines, and from the run that weights made by hand find."""
    metas = dict(page.head.metas)
    said = (*page.head.headlines, *(metas.get(name, "") for name in _HEADLINE_METAS))
    titles = {skeleton(text) for text in said if len(text) > 8}
    heads = [
        position
        for position, one in enumerate(about.judged)
        if (one.line.level == 1 and one.line.kind == "heading") or one.bare in titles
    ]
    known = frozenset(heads)
    rows: list[tuple[str, ...]] = []
    seen = -1
    for position, bin_ in enumerate(about.bins):
        seen = position if position in known else seen
        b = _coarse(bin_)
        if not heads:
            head = "none"
        elif seen < 0:
            head = f"above{step(heads[0] - position, (2, 5, 10, 30))}"
        else:
            head = f"below{step(position - seen, (0, 2, 5, 15, 50))}"
        rows.append((f"head:{head} {b}", f"run:{_in_run(position, about.run)} {b}"))
    return rows


def _in_run(position: int, run: Run) -> str:
    if position < run.start:
        return f"above{step(run.start - position, (1, 3, 8, 20))}"
    if position >= run.end:
        return f"below{step(position - run.end, (0, 2, 7, 20))}"
    return f"in{step(position - run.start, (0, 2))}{step(run.end - 1 - position, (0, 2))}"


def _boxes(page: Page, about: _Around) -> list[tuple[str, ...]]:
    """The share of the page's other prose in the boxes around a line, and how far out most of it is in one box."""
    held: dict[int, float] = defaultdict(float)
    chains: dict[int, list[int]] = {}
    for one, letters in zip(about.judged, about.mass, strict=True):
        box = one.line.box
        if box not in chains:
            chains[box] = _chain(page, box)
        if letters:
            for outer in chains[box]:
                held[outer] += letters
    rows: list[tuple[str, ...]] = []
    for one, letters, bin_ in zip(about.judged, about.mass, about.bins, strict=True):
        b = _coarse(bin_)
        chain = chains[one.line.box]
        shares = [step((held[box] - letters) / about.total, _SHARES) for box in chain[1:3]]
        shares += [9] * (2 - len(shares))
        far = next((k for k, box in enumerate(chain) if (held[box] - letters) / about.total > 0.6), 20)
        rows.append((f"parent:{shares[0]} {b}", f"outer:{shares[0]}{shares[1]} {b}", f"far:{min(far, 8)} {b}"))
    return rows


def _chain(page: Page, box: int) -> list[int]:
    chain: list[int] = []
    while box and len(chain) < _DEEPEST:
        chain.append(box)
        box = page.parents[box]
    return chain


def _twins(about: _Around) -> list[tuple[str, ...]]:
    """How likely the lines in boxes of the same name are prose."""
    sums: dict[tuple[frozenset[str], str], list[float]] = {}
    for one, chance in zip(about.judged, about.chance, strict=True):
        entry = sums.setdefault((one.line.own, one.line.kind), [0.0, 0.0, 0.0])
        entry[0] += 1
        entry[1] += chance * one.length
        entry[2] += one.length
    rows: list[tuple[str, ...]] = []
    for one, chance in zip(about.judged, about.chance, strict=True):
        count, prose, letters = sums[(one.line.own, one.line.kind)]
        rest = letters - one.length
        share = str(step((prose - chance * one.length) / rest, (0.1, 0.3, 0.5, 0.7, 0.9))) if rest > 1 else "x"
        rows.append((f"twins:{share} {step(count, (3, 8, 20))}",))
    return rows
