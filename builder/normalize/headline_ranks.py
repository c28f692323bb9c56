"""The headline of a page that does not say which it is: among the lines that may be it, the one that trees rank first.

Points given by hand, see title_lines.py, choose few lines. Learnt trees see those points beside the lines above and
below, how often and where the page says a line again, alone or inside others, and how headlines at the top agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.bylines import byline
from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import ends_sentence, stems, words_of
from builder.normalize.title_lines import (
    Candidates,
    Sayings,
    beginnings,
    best_spelled,
    candidates_of,
    is_dated,
    is_headline,
)
from builder.normalize.trees import summed

FORM: Final = "headline"
"""The name of what was learnt, among the weights."""
HEADLINE_MEASURES: Final = (
    *("points", "behind the best", "ahead of the second", "rank", "by words", "by shape", "by place", "by repetition"),
    *("letters above", "letters 2 above", "letters below", "letters 2 below", "letters 3 below", "letters", "words"),
    *("place", "share of the way", "lines to the text", "lines to the first paragraph", "lines of the page"),
    *("empty below", "closed above", "items below", "dated above", "dated soon below", "byline below"),
    *("times", "times above", "end from last time", "held above", "held below", "holds"),
    *("agreeing lines", "shared words", "shared with the end", "shared above", "shared below"),
    *("long above", "long between", "longer between", "commas", "digits", "question"),
)
"""What `headline_measures` gives of a line, in its order."""
_CHOSEN: Final = 16
"""Lines that are ranked; 98 of 100 headlines are among them."""
_LAST: Final = 4
"""Paragraphs at the end of the text."""
_SHORTEST_HELD: Final = 9
"""Letters of a line that others can be said to hold."""
_NONE: Final = -1.0
_FAR: Final = 99
_NEAR: Final = 12
"""Lines above the text among which bylines are looked for."""
_LONGEST_BYLINE: Final = 140.0
_SLUG: Final = re.compile(r"[^/?#\s]*[a-z]-[^/?#\s]*-[^/?#\s]*")
_LEAST_OF_SLUG: Final = 0.5
_BY_SLUG: Final = 5.0
"""Points for a line that says all words of the page's address."""


@value(frozen=True, slots=True)
class _Page:
    """What all measures of a page are taken from."""

    judged: Sequence[Judged]
    run: Run
    found: Candidates
    rules: CleaningRules
    best: float
    second: float
    order: Mapping[int, int]
    """Ranks of the lines by points."""
    heads: Mapping[str, int]
    """Words of the lines above the text, with how many of them have each."""
    end: frozenset[str]
    """Words of the last paragraphs."""
    lengths: Sequence[float]
    long: Sequence[tuple[int, str, int]]
    """Positions, letters and how many of the lines that can hold others or be held."""


def best_line(
    judged: Sequence[Judged], run: Run, sayings: Sayings, *, rules: CleaningRules, address: str
) -> int | None:
    """Position of the line that is the headline; None when none looks like one.

    `address` is the page's own, where it is known: the last part of it is often made of the headline.
    """
    found = candidates_of(judged, run, sayings, rules)
    if not found.parts:
        return None
    chosen = likely(found)
    if not is_headline(judged, chosen[0], found):
        return None
    weights = rules.weights.get(FORM)
    if weights:
        rows = headline_measures(judged, run, found, rules)
        slug = words_of_address(address)
        said = [_BY_SLUG * _said(slug, judged[position].line.words) for position in chosen]
        points = summed(weights.trees, rows, said)
        chosen = (chosen[points.index(max(points))],)
    return best_spelled(judged, chosen[0], found)


def likely(found: Candidates) -> tuple[int, ...]:
    """Positions of the lines with the most points given by hand, the first one first."""
    return tuple(sorted(found.parts, key=lambda at: (-sum(found.parts[at]), at))[:_CHOSEN])


def headline_measures(
    judged: Sequence[Judged], run: Run, found: Candidates, rules: CleaningRules
) -> list[tuple[float, ...]]:
    """The numbers of `HEADLINE_MEASURES` for each of the likely lines."""
    chosen = likely(found)
    if not chosen:
        return []
    points = [sum(found.parts[position]) for position in chosen]
    text = found.text
    heads = Counter(
        word for one in judged[: text.first] if not one.prose for word in set(beginnings(one.line.words, text.small))
    )
    last = judged[max(run.start, run.end - _LAST) : run.end]
    end = frozenset(word for one in last for word in beginnings(one.line.words, text.small))
    order = {position: rank for rank, position in enumerate(chosen)}
    lengths = [one.length for one in judged]
    long = [(at, one.bare, len(one.bare)) for at, one in enumerate(judged) if len(one.bare) >= _SHORTEST_HELD]
    second = points[1] if len(points) > 1 else points[0]
    page = _Page(judged, run, found, rules, points[0], second, order, heads, end, lengths, long)
    return [
        (
            *_standing(position, page),
            *_beside(position, page),
            *_repeated(position, page),
            *_wording(position, page),
        )
        for position in chosen
    ]


def words_of_address(address: str) -> frozenset[str]:
    """The beginnings of the words in the part of an address that is made of a headline; none where no part is."""
    slug = max(_SLUG.findall(address.casefold()), key=len, default="")
    return frozenset(stems(slug.replace("-", " ")))


def _said(slug: frozenset[str], text: str) -> float:
    """Share of an address's words that a line says, if it says most of them and little else."""
    theirs = set(stems(text))
    share = len(slug & theirs) / max(len(slug), len(theirs), 1)
    return share if len(slug) > 2 and share >= _LEAST_OF_SLUG else 0.0


def _standing(position: int, page: _Page) -> tuple[float, ...]:
    parts = page.found.parts[position]
    points = sum(parts)
    rank = page.order[position]
    return (points, page.best - points, (page.best if rank else page.second) - points, rank, *parts)


def _beside(position: int, page: _Page) -> tuple[float, ...]:
    judged, text = page.judged, page.found.text
    one = judged[position]
    above = [judged[position - k] if position >= k else None for k in (1, 2)]
    below = [judged[position + k] if position + k < len(judged) else None for k in (1, 2, 3, 4)]
    signed = _byline_below(below, page.rules) if text.first - position < _NEAR else _FAR
    return (
        *(other.length if other else _NONE for other in (*above, *below[:3])),
        one.length,
        len(words_of(one.line.words)),
        position,
        position / max(1, text.first),
        page.run.start - position,
        text.first - position,
        len(judged),
        below[0].line.number - one.line.number if below[0] else _FAR,
        bool(above[0] and ends_sentence(above[0].line.words)),
        sum(other is not None and other.line.kind == "item" for other in below),
        bool(above[0] and is_dated(above[0])),
        any(other and is_dated(other) for other in below[2:]),
        signed,
    )


def _byline_below(below: Sequence[Judged | None], rules: CleaningRules) -> float:
    for distance, other in enumerate(below):
        if other and other.length < _LONGEST_BYLINE and byline(other.line.words, rules):
            return distance
    return _FAR


def _repeated(position: int, page: _Page) -> tuple[float, ...]:
    """How often and where the page says a line again, alone or inside others, and which lines it holds."""
    judged = page.judged
    bare = judged[position].bare
    size = len(bare)
    least, most = 0.4 * size, 3 * size + 40 if size >= _SHORTEST_HELD else 0
    held_above = held_below = holds = 0
    for at, letters, their_size in page.long:
        if size < their_size < most:
            if bare in letters:
                held_above += at < position
                held_below += at > position
        elif least < their_size < size and letters in bare:
            holds += 1
    again = [at for at, one in enumerate(judged) if one.bare == bare and at != position]
    from_last = len(judged) - again[-1] if again else _FAR
    return (judged[position].times, sum(at < position for at in again), from_last, held_above, held_below, holds)


def _wording(position: int, page: _Page) -> tuple[float, ...]:
    judged, text = page.judged, page.found.text
    one = judged[position]
    words = dict.fromkeys(beginnings(one.line.words, text.small))
    count = max(1, len(words))

    def share(others: Sequence[Judged]) -> float:
        theirs = {word for other in others for word in beginnings(other.line.words, text.small)}
        return sum(word in theirs for word in words) / count

    between = page.lengths[position + 1 : text.first]
    longer = max(40.0, one.length * 0.8)
    return (
        sum(page.heads.get(word, 0) > 1 for word in words) / count,
        sum(text.words.get(word, 0) > 0 for word in words),
        sum(word in page.end for word in words) / count,
        share(judged[max(0, position - 1) : position]),
        share(judged[position + 1 : position + 2]),
        sum([length > 40.0 for length in page.lengths[max(0, position - 10) : position]]),
        sum([length > 80.0 for length in between]),
        sum([length > longer for length in between]),
        one.line.words.count(","),
        sum(map(str.isdigit, one.line.words)) / max(1, len(one.line.words)),
        one.line.words.rstrip()[-1:] in ("?", "!", "\uff1f", "\uff01"),
    )
