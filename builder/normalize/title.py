"""The headline: by agreement of what a saved page says of itself, in dumps by how a line stands on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from builder.normalize.headline import SEPARATOR, agreed_headline
from builder.normalize.judge import Judged, Run, link_share, prose_of
from builder.normalize.language import script_of
from builder.normalize.page import Page
from builder.normalize.text_measures import ends_statement, skeleton, units, wide_share

LONGEST_TITLE: Final = 330.0
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WORD: Final = re.compile(r"\w+")
_LABELLED: Final = re.compile("^[^\\s:\uff1a]{1,12}(?:\\s[^\\s:\uff1a]{1,12})?\\s?[:\uff1a]\\s?\\S")
_STEM: Final = 5
_LONGEST_LABELLED: Final = 70.0


@dataclass(frozen=True, slots=True)
class Title:
    """The headline and the lines of the page that say it."""

    text: str | None
    position: int | None = None
    """Of the line kept as the title, in the list of judged lines."""
    repeats: tuple[int, ...] = ()
    """Positions of lines that say it again, alone or before the site's name."""


def find_title(page: Page, judged: Sequence[Judged], run: Run) -> Title:
    """The page's headline; None when nothing on the page is one."""
    if page.form != "text":
        text = agreed_headline(page.head)
        if text is not None:
            return _located(text, judged, run)
    return _best_line(judged, run)


def given_title(text: str, line: int, judged: Sequence[Judged], run: Run) -> Title:
    """A headline of which the archivist's rules say where it stands: on a line by its number, 0 for anywhere."""
    located = _located(text, judged, run)
    position = next((at for at, one in enumerate(judged) if line and one.line.number == line), None)
    if position is None:
        return located
    others = {*located.repeats, *([located.position] if located.position is not None else [])} - {position}
    return Title(text, position, tuple(sorted(others)))


class _Sayings:
    """Which lines of a page say a headline: alone, or followed by a separator and the site's name or address."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self._positions: dict[str, list[int]] = {}
        for position, one in enumerate(judged):
            self._note(one.bare, position)
            if one.length <= 2 * LONGEST_TITLE:
                for cut in SEPARATOR.finditer(one.line.words):
                    self._note(skeleton(one.line.words[: cut.start()]), position)

    def of(self, bare: str) -> tuple[int, ...]:
        """Positions of the lines that say a headline, given by its letters."""
        return tuple(dict.fromkeys(self._positions.get(bare, ()))) if bare else ()

    def _note(self, bare: str, position: int) -> None:
        self._positions.setdefault(bare, []).append(position)


def _located(text: str, judged: Sequence[Judged], run: Run) -> Title:
    bare = skeleton(text)
    positions = _Sayings(judged).of(bare)
    exact = [position for position in positions if judged[position].bare == bare]
    before = [position for position in exact if position < run.end] or exact
    headings = [position for position in before if judged[position].line.kind == "heading"]
    chosen = next(iter(headings or before), None)
    return Title(text, chosen, tuple(position for position in positions if position != chosen))


def _best_line(judged: Sequence[Judged], run: Run) -> Title:
    prose = [position for position in range(run.start, run.end) if judged[position].prose]
    # Captions and questions above the text are short; where every paragraph is, the first one begins the text.
    first_prose = next((p for p in prose if judged[p].weight >= 2.0), next(iter(prose), run.start))
    # A headline stands above the text; a question or a short sentence may be one.
    names = _site_names(judged)
    candidates = [
        position
        for position in range(first_prose)
        if _may_be_title(judged[position]) and judged[position].bare not in names
    ]
    if not candidates:
        return Title(None)
    body = " ".join(prose_of(judged, run))
    known = {form for unit in units(body) for form in (unit, unit[:_STEM])}
    script = script_of(body)
    sayings = _Sayings(judged)
    scores = {
        position: _score(judged, position, known=known, script=script)
        + _said_again(judged, position, sayings)
        - 0.15 * order
        for order, position in enumerate(candidates)
    }
    best = max(candidates, key=lambda position: scores[position])
    if scores[best] < 0.5:
        return Title(None)
    same = [position for position in candidates if judged[position].bare == judged[best].bare]
    # Of two spellings of one headline the one with more punctuation is the author's, the other a slug made of it.
    best = max(same, key=lambda position: (_punctuation(judged[position].line.words), position))
    text = " ".join(judged[best].line.words.split())
    return Title(text, best, tuple(position for position in sayings.of(judged[best].bare) if position != best))


def _may_be_title(one: Judged) -> bool:
    plain = one.rule is None and one.section is None and link_share(one.line) < 0.9
    return plain and 12.0 <= one.length <= LONGEST_TITLE and one.line.kind in ("text", "heading", "item")


def _score(judged: Sequence[Judged], position: int, *, known: set[str], script: str) -> float:
    one = judged[position]
    text = one.line.words
    theirs = units(text)
    # Words by their beginnings: a headline in Russian or Turkish has them in other cases than the text.
    score = 2.5 * sum(unit in known or unit[:_STEM] in known for unit in theirs) / max(1, len(theirs))
    if _in_block_of_labels(judged, position):
        score -= 2.0
    if (
        position + 1 < len(judged)
        and _YEAR.search(judged[position + 1].line.words)
        and judged[position + 1].length < 100
    ):
        score += 0.7
    if _YEAR.search(text) and sum(map(str.isdigit, text)) > 5:
        score -= 2.0
    if position and _is_dated(judged[position - 1], 60.0):
        score -= 0.7
    if one.line.kind == "heading":
        score += 2.0 if one.line.level == 1 else 0.7
    if one.line.kind == "item":
        score -= 1.5
    score += 0.6 if 20.0 <= one.length <= 150.0 else -0.6 if one.length < 20.0 else 0.0
    # Captions and the alternative text of pictures stand right before a credit and are sentences; headlines seldom are.
    score -= (0.8 if ends_statement(text) else 0.0) + (0.8 if _before_credit(judged, position) else 0.0)
    if script_of(text) != script:
        score -= 2.0
    if len(_WORD.findall(text)) <= 2 and wide_share(text) < 0.5:
        score -= 1.5
    return score


def _in_block_of_labels(judged: Sequence[Judged], position: int) -> bool:
    """Whether a line is one of three and more labels with their values, one below the other."""
    near = judged[max(0, position - 2) : position + 3]
    labelled = [one.length < _LONGEST_LABELLED and bool(_LABELLED.match(one.line.words)) for one in near]
    at = min(2, position)
    return any(
        all(labelled[first : first + 3]) for first in range(max(0, at - 2), at + 1) if first + 3 <= len(labelled)
    )


def _said_again(judged: Sequence[Judged], position: int, sayings: _Sayings) -> float:
    """Points for a line that the page says again, where it is most of that line: footers name the site before all."""
    one = judged[position]
    again = (other for other in sayings.of(one.bare) if other != position)
    return 3.0 if one.length >= 20.0 and any(judged[other].length <= 2 * one.length for other in again) else 0.0


def _site_names(judged: Sequence[Judged]) -> set[str]:
    """Short lines that the copyright notice repeats are the site's name, not a headline."""
    notices = "\n".join(one.bare for one in judged if one.rule == "copyright")
    return {one.bare for one in judged if one.length < 45.0 and one.bare in notices}


def _before_credit(judged: Sequence[Judged], position: int) -> bool:
    if position + 1 >= len(judged):
        return False
    following = judged[position + 1]
    return following.rule in ("image-credit", "repeated-label") or following.line.kind == "caption"


def _is_dated(one: Judged, longest: float) -> bool:
    return one.length < longest and bool(_YEAR.search(one.line.words))


def _punctuation(text: str) -> int:
    return sum(not letter.isalnum() and not letter.isspace() for letter in text)
