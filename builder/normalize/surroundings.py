"""What stands around a line, as numbers on which learnt trees split: neighbours, boxes, the page's prose about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import Final

from builder.normalize.clusters import FAR, beside_clusters, limited
from builder.normalize.judge import Judged, Run
from builder.normalize.page import Page
from builder.normalize.text_measures import skeleton
from builder.normalize.traits import Shown
from builder.normalize.vocabulary import Vocabulary
from builder.normalize.wording import WORDING_MEASURES, wording_measures

AROUND_MEASURES: Final = (
    *("alone", "1 above", "2 above", "3 above", "1 below", "2 below", "3 below", "best above", "best below"),
    *("letters above", "letters below", "kind above", "kind below", "links above", "links below"),
    *("rule above", "rule below", "close above", "close below", "same box above", "same box below"),
    *("prose above", "prose below", "prose far above", "prose far below", "prose close above", "prose close below"),
    *("share of prose before", "share of prose behind", "prose of the page", "prose last above", "prose next below"),
    *("section above", "lines since section", "lines from headline", "from run's start", "from run's end"),
    *("share of cluster", "number of cluster", "rank of cluster", "from cluster's start", "from cluster's end"),
    *("place", "lines of the page", "prose in the box", "prose in the outer box", "boxes out", "prose of twins"),
    *("twins", "boxes", "links of the box", "letters of the box"),
    *WORDING_MEASURES,
)
"""What `around_measures` gives of a line, in its order."""
_THIN: Final = frozenset({"repeated-label", "advertisement"})
"""Rules of lines that stand between an article's paragraphs and say nothing of what follows."""
_NONE: Final = -9.0
"""The score of a neighbour that is not there."""
_DEEPEST: Final = 60
_TOLD: Final = 3
"""Boxes around a line of which all lines are told."""
_NEAR: Final = 3
"""Lines above and below by which a line is told from one that is near no prose."""
DIM: Final = -1.5
"""On 430 pages no line whose first scores and those of the lines around are below this was given more than 0.3."""
_SECTIONS: Final = {"comments": 2.0, "related": 3.0}
_HEADLINE_METAS: Final = ("og:title", "twitter:title")


@dataclass(frozen=True, slots=True)
class _Around:
    """The page as first scores show it; lists run parallel to the judged lines."""

    page: Page
    judged: Sequence[Judged]
    shown: Shown
    first: Sequence[float]
    chance: list[float]
    mass: list[float]
    """Weighted letters of likely prose."""
    thin: list[bool]
    total: float


def around_measures(
    page: Page,
    judged: Sequence[Judged],
    shown: Shown,
    first: Sequence[float],
    *,
    run: Run,
    words: Vocabulary,
) -> dict[int, tuple[float, ...]]:
    """The numbers of `AROUND_MEASURES` of the lines near prose, by position.

    They are taken from what lines show, from first scores and from the run found by hand.
    """
    if not judged:
        return {}
    chance = [1.0 / (1.0 + exp(-score)) for score in limited(first, 20.0)]
    mass = [p * min(one.length, 400.0) if p > 0.3 else 0.0 for p, one in zip(chance, judged, strict=True)]
    thin = [
        one.rule in _THIN or (one.times >= 3 and one.length < 75.0 and p < 0.5)
        for p, one in zip(chance, judged, strict=True)
    ]
    about = _Around(page, judged, shown, first, chance, mass, thin, sum(mass) or 1.0)
    near = near_prose(first, thin)
    clusters = beside_clusters(judged, thin, chance=chance, mass=mass, total=about.total)
    told = (
        *_masses(about),
        *_sections(about),
        _from_headlines(about),
        limited(range(-run.start, len(judged) - run.start), 60.0),
        limited(range(run.end - 1, run.end - 1 - len(judged), -1), 60.0),
        *clusters,
        [position / len(judged) for position in range(len(judged))],
        [float(len(judged))] * len(judged),
    )
    columns = (
        *_neighbours(about, near),
        *([column[position] for position in near] for column in told),
        *_boxes(about, near),
        *wording_measures(judged, words, near, prose=(chance, mass), clusters=clusters),
    )
    return dict(zip(near, zip(*columns, strict=True), strict=True))


def near_prose(first: Sequence[float], thin: Sequence[bool]) -> list[int]:
    """Positions of lines that look like prose, or some of whose next lines do, thin ones passed over."""
    solid = [position for position, is_thin in enumerate(thin) if not is_thin]
    near: set[int] = {position for position, score in enumerate(first) if score >= DIM}
    for rank, position in enumerate(solid):
        if position in near and first[position] >= DIM:
            start = solid[rank - _NEAR] if rank >= _NEAR else 0
            end = solid[rank + _NEAR] + 1 if rank + _NEAR < len(solid) else len(first)
            near.update(range(start, end))
    return sorted(near)


def _neighbours(about: _Around, asked: Collection[int]) -> Iterator[Sequence[float]]:
    """Scores and looks of the lines above and below, thin ones passed over."""
    solid = [position for position, thin in enumerate(about.thin) if not thin]
    padded = [-1, -1, -1, *solid, -1, -1, -1]
    starts, ends = [], []
    last = -1
    for thin in about.thin:
        last += not thin
        starts.append(last + thin)
        ends.append(last + 4)
    starts, ends = [starts[position] for position in asked], [ends[position] for position in asked]
    scores = [*about.first, _NONE]
    three, two, one = ([scores[padded[k + n]] for k in starts] for n in (0, 1, 2))
    next_, after, third = ([scores[padded[k + n]] for k in ends] for n in (0, 1, 2))
    yield from ([about.first[position] for position in asked], one, two, three, next_, after, third)
    yield list(map(max, one, two, three))
    yield list(map(max, next_, after, third))
    above, below = [padded[k + 2] for k in starts], [padded[k] for k in ends]
    shown = about.shown
    for measure in (shown.letters, shown.kind, shown.links, shown.rule, shown.close):
        column = (*measure, 0.0 if measure is shown.rule else -1.0)
        yield [column[position] for position in above]
        yield [column[position] for position in below]
    parents = about.page.parents
    box = [one.line.box for one in about.judged]
    outer = [parents[number] for number in box]
    for others in (above, below):
        yield [
            float(other >= 0 and (box[k] == box[other] or outer[k] == outer[other]))
            for k, other in zip(asked, others, strict=True)
        ]


def _masses(about: _Around) -> Iterator[Sequence[float]]:
    """Likely prose on both sides, near and far, and how many lines away the next sure paragraph is."""
    backwards, thin = about.mass[::-1], about.thin[::-1]
    for decay in (0.75, 0.92, 0.4):
        yield _decayed(about.mass, about.thin, decay)
        yield _decayed(backwards, thin, decay)[::-1]
    before = []
    total = 0.0
    for letters in about.mass:
        before.append(total)
        total += letters
    yield [letters / about.total for letters in before]
    yield [(about.total - b - letters) / about.total for b, letters in zip(before, about.mass, strict=True)]
    yield [about.total] * len(before)
    sure = [p > 0.6 and one.length >= 60.0 for p, one in zip(about.chance, about.judged, strict=True)]
    yield _since(sure, about.thin)
    yield _since(sure[::-1], thin)[::-1]


def _decayed(mass: Sequence[float], thin: Sequence[bool], decay: float) -> list[float]:
    result: list[float] = []
    value = 0.0
    for letters, is_thin in zip(mass, thin, strict=True):
        result.append(value)
        if not is_thin:
            value = value * decay + letters
    return result


def _since(sure: Sequence[bool], thin: Sequence[bool]) -> list[float]:
    result: list[float] = []
    lines = FAR
    for is_sure, is_thin in zip(sure, thin, strict=True):
        result.append(lines if lines < FAR else FAR)
        lines = 0.0 if is_sure else lines + (not is_thin)
    return result


def _sections(about: _Around) -> Iterator[Sequence[float]]:
    """The kind of the last section whose heading was seen, and how many lines ago."""
    kinds, ages = [], []
    kind, age = 0.0, 60.0
    for one in about.judged:
        if one.section in _SECTIONS:
            kind, age = _SECTIONS[one.section], 0.0
        kinds.append(kind)
        ages.append(age)
        if age < 60.0:
            age += 1.0
    return iter((kinds, ages))


def _from_headlines(about: _Around) -> list[float]:
    """Lines below the last headline of the page; before the first one, how far above it, as a negative number."""
    metas = dict(about.page.head.metas)
    said = (*about.page.head.headlines, *(metas.get(name, "") for name in _HEADLINE_METAS))
    titles = {skeleton(text) for text in said if len(text) > 8}
    heads = {
        position
        for position, one in enumerate(about.judged)
        if (one.line.level == 1 and one.line.kind == "heading") or one.bare in titles
    }
    if not heads:
        return [FAR] * len(about.judged)
    ordered = [*sorted(heads), len(about.judged)]
    rows = [float(max(-60, position - ordered[0])) for position in range(ordered[0])]
    for seen, following in pairwise(ordered):
        rows += limited(range(following - seen), FAR - 1)
    return rows


def _boxes(about: _Around, asked: Collection[int]) -> Iterator[Sequence[float]]:
    """The share of the page's other prose in the boxes around a line, how far out most of it is in one, its twins."""
    held = [0.0] * len(about.page.parents)
    letters, linked = held[:], held[:]
    twins: dict[tuple[frozenset[str], str], list[float]] = {}
    parents = about.page.parents
    chains = _Chains(parents)
    for one, mass, chance in zip(about.judged, about.mass, about.chance, strict=True):
        line, length = one.line, one.length
        box, links = line.box, one.linked * length
        for _ in range(_TOLD):
            if not box:
                break
            letters[box] += length
            linked[box] += links
            box = parents[box]
        if mass:
            for box in chains[line.box]:
                held[box] += mass
        twin = twins.get((line.own, line.kind))
        if twin is None:
            twin = twins[line.own, line.kind] = [0.0, 0.0, 0.0]
        twin[0] += 1.0
        twin[1] += chance * length
        twin[2] += length
    rows = []
    still: dict[int, tuple[float, ...]] = {}
    for position in asked:
        one, mass, chance = about.judged[position], about.mass[position], about.chance[position]
        box = one.line.box
        told = still.get(box) if not mass else None
        if told is None:
            chain = chains[box]
            shares = [(held[outer] - mass) / about.total for outer in chain[1:3]] + [-1.0, -1.0]
            least = 0.6 * about.total + mass
            far = next((k for k, outer in enumerate(chain) if held[outer] > least), 20)
            outer = chain[1] if len(chain) > 1 else box
            beside = linked[outer] / (letters[outer] or 1.0), letters[outer]
            told = (shares[0], shares[1], float(far), float(len(chain)), *beside)
            if not mass:
                still[box] = told
        count, prose, length = twins[(one.line.own, one.line.kind)]
        rest = length - one.length
        others = (prose - chance * one.length) / rest if rest > 1 else -1.0
        rows.append((*told[:3], others, count, *told[3:]))
    return iter(zip(*rows, strict=True))


class _Chains(dict[int, list[int]]):
    """A box and those around it, for each that is asked for: of most only the next ones are needed."""

    def __init__(self, parents: Sequence[int]) -> None:
        super().__init__()
        self._parents = parents

    def __missing__(self, box: int) -> list[int]:
        chain = self[box] = []
        outer = box
        while outer and len(chain) < _DEEPEST:
            chain.append(outer)
            outer = self._parents[outer]
        return chain
