"""Short lines at the edges of an article and in its gaps that are not of it: labels, names, links to other pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from builder.normalize.judge import Judged, Run, link_share
from builder.normalize.page import Line, Page
from builder.normalize.text_measures import STEM, ends_sentence, units, wide_share
from builder.normalize.vocabulary import Vocabulary

_LONGEST_LABEL: Final = 40
"""Letters before the link of a pointer."""
_LONGEST_NAME: Final = 60.0
_LONGEST_QUESTION: Final = 60.0
_SURE: Final = 3.0
_SHORTEST_HEADLINE: Final = 15.0
_FEW_LINKS: Final = 3
_STRANGE: Final = 0.2
"""Share of a line's words, or pairs of letters, that the text uses; a name or a label shares less with it."""
_STRANGE_VALUE: Final = 0.4
_LONGEST_LABELLED: Final = 30.0
_FORM: Final = frozenset({"<form", "<button"})
_LONGEST_PITCH: Final = 200.0
"""Weighted letters of all lines of a small box."""
_NEAR_FORM: Final = 4
_DEEPEST: Final = 40
_ABOUT: Final = frozenset(
    {"publication-date", "byline", "share-links", "counter", "updated-label", "reading-time", "image-credit", "email"}
)
"""Fates of the lines between a headline and its text that say something of the piece."""
_LABELLED: Final = re.compile(r"^[^\s:\uff1a][^:\uff1a]{0,16}\s?[:\uff1a]\s?\S")
_FILE: Final = re.compile(r"\.(?:pdf|hwpx?|docx?|xlsx?|pptx?|zip|jpe?g|png|mp[34])\b", re.IGNORECASE)


def cut_above_text(judged: Sequence[Judged], run: Run, fates: list[str], words: Vocabulary) -> None:
    """Cut what stands among date, name and counters over the text and is neither heading nor standfirst.

    Names of authors without a label, offices, numbers of pages: short, no sentence, and in no words of the text. A
    standfirst speaks of what the text speaks of.
    """
    inside = range(run.start, run.end)
    first = next((at for at in inside if judged[at].prose and ends_sentence(judged[at].line.words)), run.start)
    above = [at for at in range(run.start, first) if fates[at] == "body" and not judged[at].line.own & words.leads]
    if not above:
        return
    said = {unit for at in range(first, run.end) if judged[at].prose for unit in units(judged[at].line.words)}
    for at in (*above, *reversed(above)):  # downwards and upwards: labels stand one below the other
        beside = (fates[near] for near in (at - 1, at + 1) if 0 <= near < len(fates))
        if fates[at] == "body" and any(fate in _ABOUT for fate in beside) and _is_label(judged[at], said):
            fates[at] = "byline" if not _LABELLED.match(judged[at].line.words) else "counter"


def cut_questions_below(judged: Sequence[Judged], run: Run, fates: list[str]) -> None:
    """Cut a short question under the text that is none of its own: "Did you like this article?"."""
    last = next((at for at in range(run.end - 1, run.start, -1) if fates[at] == "body"), None)
    if last is None or judged[last].length > _LONGEST_QUESTION or not _asks(judged[last].line.words):
        return
    said = {unit for at in range(run.start, last) if judged[at].prose for unit in units(judged[at].line.words)}
    if judged[last].line.kind == "text" and _shared(judged[last], said) < _STRANGE:
        fates[last] = "after-article"


def cut_forms(page: Page, judged: Sequence[Judged], run: Run, fates: list[str]) -> None:
    """Cut the words over a form in a small box of its own: what a newsletter promises stands over its button.

    A short report whose own box holds a form, too, is no such box: what is most of the text stays.
    """
    if not any(boxes & _FORM for boxes in {one.line.boxes for one in judged}):
        return
    over: list[int] = []
    for at in range(run.start, run.end):
        one = judged[at]
        if fates[at] != "body" or one.line.box == 0 or one.length > _LONGEST_PITCH:
            continue
        around = page.parents[one.line.box]
        near = [judged[k] for k in range(max(run.start, at - _NEAR_FORM), min(len(judged), at + _NEAR_FORM + 1))]
        within = [other for other in near if around in _boxes_around(page, other.line.box)]
        if (
            any(other.line.boxes & _FORM for other in within)
            and sum(other.length for other in within) <= _LONGEST_PITCH
        ):
            over.append(at)
    text = sum(judged[at].length for at in range(run.start, run.end) if fates[at] == "body")
    if 2 * sum(judged[at].length for at in over) <= text:
        for at in over:
            fates[at] = "newsletter"


def _boxes_around(page: Page, box: int) -> Iterator[int]:
    for _ in range(_DEEPEST):
        if box == 0:
            return
        yield box
        box = page.parents[box]


def is_related_link(line: Line, words: Vocabulary) -> bool:
    """Whether a line is a pointer to another piece: "Read also:" and nothing but a link behind it."""
    links = [mark for mark in line.marks if mark.kind == "link"]
    if not links or link_share(line) < 0.4 or line.text[links[-1].end : line.end].strip(" .\u00bb>\u2192"):
        return False
    label = line.text[line.start : links[0].start].strip()
    if not label or ends_sentence(line.words) or len(label) > _LONGEST_LABEL:
        return False
    return words.section_of(label) == "related" or words.rule_of(label) == "navigation"


def is_lone_link(one: Judged) -> bool:
    """Whether a line is nothing but a link in a box of its own and no sentence: another piece's headline."""
    line = one.line
    plain = line.kind == "text" and one.weight < _SURE and one.length >= _SHORTEST_HEADLINE
    return plain and link_share(line) > 0.95 and not ends_sentence(line.words)


def few_links(judged: Sequence[Judged], run: Run) -> bool:
    """Whether an article holds few lone links: where there are many, lists of works or goods, they are its matter."""
    return sum(is_lone_link(judged[at]) for at in range(run.start, run.end)) <= _FEW_LINKS


def _is_label(one: Judged, said: set[str]) -> bool:
    line = one.line
    if line.kind not in ("text", "item") or ends_sentence(line.words) or one.length > _LONGEST_NAME:
        return False
    if line.words.endswith((":", "\uff1a", ",", "\uff0c")):
        return False  # who is addressed by a letter
    if _FILE.search(line.words):
        return True
    if _LABELLED.match(line.words):
        return one.length <= _LONGEST_LABELLED or _shared(one, said) < _STRANGE_VALUE
    return _shared(one, said) < _STRANGE


def _shared(one: Judged, said: set[str]) -> float:
    theirs = units(one.line.words)
    if wide_share(one.line.words) < 0.3:
        stems = {unit[:STEM] for unit in said}
        return sum(unit[:STEM] in stems for unit in theirs) / max(1, len(theirs))
    return sum(unit in said for unit in theirs) / max(1, len(theirs))


def _asks(text: str) -> bool:
    return text.rstrip().endswith(("?", "\uff1f", "\u061f"))
