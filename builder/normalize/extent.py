"""Which lines are the article: by what was learnt and by hand, then its two ends by what the headline says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from builder.model import CleaningRules
from builder.normalize.further_articles import without_further
from builder.normalize.judge import Judged, Run, best_run
from builder.normalize.leads import with_last_lines, with_lead
from builder.normalize.live_entries import with_entries
from builder.normalize.own_rules import OwnFindings, scored_by_own
from builder.normalize.page import Page
from builder.normalize.pasting import PASTED, pasted_run, run_over_boxes
from builder.normalize.resuming import resumed
from builder.normalize.siblings import with_siblings
from builder.normalize.text_measures import ends_sentence
from builder.normalize.vocabulary import vocabulary
from builder.normalize.weighing import (
    chosen_run,
    lean_of,
    line_scores,
    weighed,
    with_headings,
    with_last_paragraphs,
    with_lists,
    with_quotes,
)

NOTE: Final = 5
"""Lines of a page that is too short to hold an article and its surroundings."""


def article_lines(
    page: Page, judged: tuple[Judged, ...], own: OwnFindings, rules: CleaningRules
) -> tuple[tuple[Judged, ...], Run]:
    """The lines as they are weighed in the end, and which of them are the article."""
    run = best_run(judged)
    weights = rules.weights.get(page.form)
    if page.embedded:
        first = next(position for position, one in enumerate(judged) if one.line.number >= page.embedded)
        return judged, Run(first, len(judged))
    if not weights or (page.form == "text" and len(judged) <= NOTE):
        return judged, run
    scores = line_scores(page, judged, weights, run, words=vocabulary(rules))
    scores = scored_by_own(judged, scores, own) if own.whole else scores
    addressing = vocabulary(rules).addressing
    if page.form == "text" and len(judged) < PASTED:
        judged, run = pasted_run(judged, scores, *run_over_boxes(judged))
        return judged, resumed(judged, scores, run, addressing=addressing)
    judged = weighed(judged, scores)
    by_hand, run = run, chosen_run(scores, run, lean_of(page))
    if by_hand.start == by_hand.end and not any(ends_sentence(one.line.words) for one in judged[run.start : run.end]):
        return judged, by_hand  # where nothing is a sentence, headlines in a list share their words with each other
    if page.form == "html":
        run = with_headings(judged, with_quotes(page, judged, with_last_paragraphs(page, judged, run)))
    else:
        run = resumed(judged, scores, run, addressing=addressing)
    return judged, with_lists(judged, run)


def with_ends(page: Page, judged: Sequence[Judged], run: Run, title: int | None, *, rules: CleaningRules) -> Run:
    """The run without the articles behind the first, and with its own lines above and below it.

    `title` is the headline's position.
    """
    words = vocabulary(rules)
    addressing = words.addressing
    run = without_further(page, judged, run, title, rules=rules)
    run = with_entries(judged, run) if page.form == "text" else with_siblings(page, judged, run, addressing=addressing)
    small = page.form == "html" or len(judged) < PASTED
    run = with_lead(judged, run, title, words=words, unclosed=small)
    return with_last_lines(judged, run, addressing=addressing, small=words.small) if small else run
