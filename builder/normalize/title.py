"""The headline: by agreement of what a saved page says of itself, in dumps by how a line stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.headline import agreed_headline
from builder.normalize.headline_parts import parts_of
from builder.normalize.headline_ranks import best_line
from builder.normalize.judge import Judged, Run
from builder.normalize.page import Page
from builder.normalize.text_measures import skeleton
from builder.normalize.title_lines import Sayings

_SHORTEST: Final = 16.0
"""Weighted letters of a heading by which a headline is known."""
_LEAST: Final = 0.8
"""Twice the share of a page's title that its headline is."""


@value(frozen=True, slots=True)
class Title:
    """The headline and the lines of the page that say it."""

    text: str | None
    position: int | None = None
    """Of the line kept as the title, in the list of judged lines."""
    repeats: tuple[int, ...] = ()
    """Positions of lines that say it again, alone or before the site's name."""
    rest: int | None = None
    """Position of the line on which it goes on."""
    span: tuple[int, int] | None = None
    """From where to where it goes in its line, where that says something else beside it."""


def find_title(page: Page, judged: Sequence[Judged], run: Run, rules: CleaningRules) -> Title:
    """The page's headline; None when nothing on the page is one."""
    if page.form != "text":
        text = _shown(page, judged, run) or agreed_headline(page.head)
        if text is not None:
            return _located(text, judged, run)
    return _best_line(judged, run, rules, page.head.canonical or "")


def _shown(page: Page, judged: Sequence[Judged], run: Run) -> str | None:
    """On a page without an `h1`, the heading above or in the text that its `title` element holds among other words."""
    if page.head.headlines or not page.head.title:
        return None
    whole = skeleton(page.head.title)
    headings = (one for one in judged[: run.end] if one.line.kind == "heading" and one.length >= _SHORTEST)
    held = [one for one in headings if 2 * len(one.bare) >= _LEAST * len(whole) and one.bare in whole]
    return max(held, key=lambda one: len(one.bare)).line.words if held else None


def given_title(text: str, line: int, judged: Sequence[Judged], run: Run) -> Title:
    """A headline of which the archivist's rules say where it stands: on a line by its number, 0 for anywhere."""
    located = _located(text, judged, run)
    position = next((at for at, one in enumerate(judged) if line and one.line.number == line), None)
    if position is None:
        return located
    others = {*located.repeats, *([located.position] if located.position is not None else [])} - {position}
    return Title(text, position, tuple(sorted(others)))


def _located(text: str, judged: Sequence[Judged], run: Run) -> Title:
    bare = skeleton(text)
    positions = Sayings(judged).of(bare)
    exact = [position for position in positions if judged[position].bare == bare]
    before = [position for position in exact if position < run.end] or exact
    headings = [position for position in before if judged[position].line.kind == "heading"]
    chosen = next(iter(headings or before), None)
    return Title(text, chosen, tuple(position for position in positions if position != chosen))


def _best_line(judged: Sequence[Judged], run: Run, rules: CleaningRules, address: str) -> Title:
    sayings = Sayings(judged)
    best = best_line(judged, run, sayings, rules=rules, address=address)
    if best is None:
        return Title(None)
    parts = parts_of(judged, best, run, rules=rules, address=address)
    first, rest = parts.positions[0], parts.positions[1:]
    line = judged[first].line
    whole = not parts.start and parts.end is None
    span = None if whole else (line.start + parts.start, line.start + (parts.end or len(line.words)))
    again = {*sayings.of(skeleton(parts.text)), *sayings.of(judged[best].bare)} - set(parts.positions)
    return Title(parts.text, first, tuple(sorted(again)), next(iter(rest), None), span)
