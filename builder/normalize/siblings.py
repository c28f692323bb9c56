"""Paragraphs of a saved page that stand in the very box of the article's others, and were left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run
from builder.normalize.page import Page
from builder.normalize.resuming import outside_quotes
from builder.normalize.text_measures import ends_sentence, fold

_FEWEST: Final = 2
"""Paragraphs of the article in one box, by which it is known for the text's."""
_LONG: Final = 90.0
"""Weighted letters of one by which it is known alone."""
_NEAR: Final = 8
"""Lines from the article to such a paragraph."""
_SHORTEST: Final = 40.0
"""Weighted letters."""
_LINKED: Final = 0.3
_LEAST: Final = -1.0
"""Learnt weight of such a paragraph."""


def with_siblings(page: Page, judged: Sequence[Judged], run: Run, *, addressing: Collection[str]) -> Run:
    """The run with the sentences in `p` elements beside its own: between, above and below them.

    Boxes of notices and links stand among the paragraphs of a text; what authors write stands in one box. Lines that
    speak to readers are the site's, wherever they stand.
    """
    kept = [at for at in range(run.start, run.end) if at not in run.left_out and judged[at].line.paragraph]
    boxes = Counter(page.parents[judged[at].line.box] for at in kept if ends_sentence(judged[at].line.words))
    long = {page.parents[judged[at].line.box] for at in kept if judged[at].length >= _LONG and judged[at].prose}
    own = {box for box, count in boxes.items() if box and (count >= _FEWEST or box in long)}

    def belongs(at: int) -> bool:
        one = judged[at]
        text = one.line.words
        plain = one.rule is None and one.section is None and one.line.kind == "text" and one.line.bad == 0
        if not plain or not one.line.paragraph or page.parents[one.line.box] not in own or one.linked > _LINKED:
            return False
        speaks = any(word in addressing for word in fold(outside_quotes(text)).split())
        return one.length >= _SHORTEST and one.weight >= _LEAST and ends_sentence(text) and not speaks

    if not own:
        return run
    inside = {at for at in run.left_out if belongs(at)}
    start, end = run.start, run.end
    for at in range(run.start - 1, max(-1, run.start - 1 - _NEAR), -1):
        start = at if belongs(at) else start
    for at in range(run.end, min(len(judged), run.end + _NEAR)):
        if judged[at].section == "comments":
            break
        end = at + 1 if belongs(at) else end
    others = {at for at in (*range(start, run.start), *range(run.end, end)) if not belongs(at)}
    return replace(run, start=start, end=end, left_out=(run.left_out | others) - inside)
