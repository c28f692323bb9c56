"""Every line's fate: kept as title or body, or cut by a rule, in whole or in part."""

from __future__ import annotations

import re
from typing import Final

from builder.model import Caption, CleaningRules, Span
from builder.model.values import field, value
from builder.normalize.asides import cut_asides, cut_players
from builder.normalize.captions import cut_captions
from builder.normalize.dates import dates_in
from builder.normalize.footnotes import footnotes_of, keep_notes
from builder.normalize.judge import Judged, Run, is_sentence, link_share
from builder.normalize.leads import is_torn, is_unpointed
from builder.normalize.own_rules import OwnFindings
from builder.normalize.page import Line, Page
from builder.normalize.pieces import Inside, Piece
from builder.normalize.published import LONGEST_POINTED
from builder.normalize.publisher import Publisher, is_about_author
from builder.normalize.strays import (
    cut_above_text,
    cut_forms,
    cut_questions_below,
    few_links,
    is_lone_link,
    is_related_link,
)
from builder.normalize.tails import is_only_tags, tags_of
from builder.normalize.text_measures import ends_sentence, skeleton
from builder.normalize.title import Title
from builder.normalize.vocabulary import vocabulary

_LONGEST_OUTLET: Final = 120
"""Letters of a line that may name an outlet."""
_UNLIKELY: Final = -1.5
"""Weight below which a heading is not thought to be the article's, whatever stands under it."""
_EMAIL_ONLY: Final = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")
_COUNTER: Final = re.compile(r"^(?:\d{4}-\d{2}-\d{2}\s+\d+\s*){2,}$|^[\d\s.,:/|+-]+$")


@value(frozen=True, slots=True)
class Verdicts:
    """The capture's spans in order, the body's pieces, and what its cut tails say."""

    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    tags: tuple[str, ...]
    """Hashtags, without the sign."""
    date: str | None
    """The date on the end of a one-line report, behind its hashtags."""
    captions: tuple[Caption, ...] = ()


@value(frozen=True, slots=True)
class Findings:
    """What the steps before found out about a page."""

    judged: tuple[Judged, ...]
    run: Run
    title: Title
    publisher: Publisher
    date_lines: tuple[int, ...]
    rules: CleaningRules
    own: OwnFindings = field(default_factory=OwnFindings)


def decide(page: Page, found: Findings) -> Verdicts:
    """Spans that cover every letter of every line, each kept or cut by a named rule."""
    by_number = {one.line.number: position for position, one in enumerate(found.judged)}
    fates = _fates(found)
    cut_forms(page, found.judged, found.run, fates)
    captions = cut_captions(found.judged, found.run, found.title.position, fates, words=vocabulary(found.rules))
    notes = footnotes_of(page, found.judged, fates, found.rules)
    keep_notes(found.judged, fates, notes)
    inside = Inside(found.rules, found.own.spans, _outlets(found), notes)
    spans: list[Span] = []
    pieces: list[Piece] = []
    tags: list[str] = []
    dates: list[str] = []
    for line in page.lines:
        if line.kind in ("blank", "meta"):
            if line.text:
                rule = "front-matter" if line.kind == "meta" else "layout"
                spans.append(Span(line.number, 0, len(line.text), kept=False, rule=rule))
            continue
        fate = fates[by_number[line.number]]
        if fate.partition(":")[0] == "body":
            kept, cut, tail = inside.within(line, found.judged[by_number[line.number]])
            pieces += kept
            tags += tail.tags
            dates += [tail.date] if tail.date else _days_of_dateline(line, cut, found.rules)
        elif fate.partition(":")[0] == "title":
            kept, cut = _of_title(line, found, fate)
        else:
            kept, cut = [], [(line.start, line.end, fate)]
            tags += tags_of(line.words) if fate == "hashtags" else ()
        spans += _covering(line, [(piece.start, piece.end, fate) for piece in kept], cut)
    return Verdicts(tuple(spans), tuple(pieces), tuple(dict.fromkeys(tags)), next(iter(dates), None), captions)


def _days_of_dateline(line: Line, cut: list[tuple[int, int, str]], rules: CleaningRules) -> list[str]:
    """The day, with its year, that a dateline gives: press releases say it nowhere else."""
    said = [line.text[start:end] for start, end, rule in cut if rule == "dateline"]
    return [one.value for text in said for one in dates_in(text, rules)]


def _of_title(line: Line, found: Findings, fate: str) -> tuple[list[Piece], list[tuple[int, int, str]]]:
    """What of a line is the headline, and what beside it is cut: by the archivist's rule, or the site's name."""
    given, span = found.own.title, found.title.span
    if fate != "title" and given:
        return [Piece(line, given.start, given.end)], [(line.start, given.start, fate), (given.end, line.end, fate)]
    if span:
        return [Piece(line, *span)], [(line.start, span[0], "site-name"), (span[1], line.end, "site-name")]
    return [Piece(line, line.start, line.end)], []


def _outlets(found: Findings) -> list[str]:
    """Letters of the short lines around the text, among which an outlet's name may stand, and of the outlet's name."""
    around = (*found.judged[: found.run.start], *found.judged[found.run.end :])
    name = found.publisher.source.name or ""
    named = [skeleton(name)] if len(name) <= _LONGEST_OUTLET else []
    return [*(one.bare for one in around if len(one.line.words) <= _LONGEST_OUTLET), *named]


def _fates(found: Findings) -> list[str]:
    """For each judged line `title`, `body`, or the rule that cuts it whole."""
    sections = _sections_behind(found)
    fates = [_fate(position, one, found, sections) for position, one in enumerate(found.judged)]
    _cut_inner_boxes(found, fates)
    _keep_headings_over_text(found, fates)
    cut_above_text(found.judged, found.run, fates, vocabulary(found.rules))
    cut_asides(found.judged, found.run, fates, vocabulary(found.rules))
    cut_players(found.judged, found.run, fates, found.rules)
    _cut_hanging_headings(found, fates)
    return fates


def _fate(position: int, one: Judged, found: Findings, sections: dict[int, str]) -> str:
    run, text, own = found.run, one.line.words, found.own
    if position == found.title.rest:
        return "title"
    if position == found.title.position:
        return f"title:{own.title.rule}" if own.title and own.title.line == one.line.number else "title"
    if own.date and own.date.line == one.line.number:
        return own.date.rule
    if one.line.number in own.whole:
        kept, name = own.whole[one.line.number]
        return f"body:{name}" if kept else name
    if position in found.title.repeats and not (one.prose and run.start <= position < run.end and len(text) > 200):
        return "title-again"
    if one.line.number in found.date_lines and (not is_sentence(one) or one.length <= LONGEST_POINTED):
        return "publication-date"
    if position in found.publisher.bylines:
        return "byline"
    if is_only_tags(text):
        return "hashtags"
    if run.start <= position < run.end:
        return _fate_inside(position, one, found)
    return _fate_outside(one, "before-article" if position < run.start else sections.get(position, ""))


def _fate_inside(position: int, one: Judged, found: Findings) -> str:
    text = one.line.words
    if position in found.run.left_out:
        return one.rule or ("caption" if one.line.kind == "caption" else "surroundings")
    if one.rule is not None and one.weight < 1.0:
        return one.rule
    if is_related_link(one.line, vocabulary(found.rules)) or (
        one.learnt and is_lone_link(one) and few_links(found.judged, found.run)
    ):
        return "related-link"
    if one.line.kind == "caption":
        return "caption"
    if one.learnt and one.weight > 0:
        return "body"
    if found.title.position is not None and position < found.title.position:
        return "before-article"
    if _EMAIL_ONLY.match(text):
        return "email"
    if one.line.bad >= 2 and one.weight < 0 and one.line.kind != "heading":
        return "surroundings"
    if link_share(one.line) > 0.85 and not ends_sentence(text) and one.line.kind == "text":
        return "link"
    if position >= found.run.end - 2 and is_about_author(text, found.publisher.authors):
        return "author-note"
    return "body"


def _fate_outside(one: Judged, section: str) -> str:
    text = one.line.words
    if one.rule is not None:
        return one.rule
    if _COUNTER.match(text):
        return "counter"
    if _EMAIL_ONLY.match(text):
        return "email"
    if section:
        return section
    return "link" if link_share(one.line) > 0.5 else "after-article"


def _sections_behind(found: Findings) -> dict[int, str]:
    """For each position behind the article the kind of section it stands in, by the last heading of one before it."""
    names = {"related": "teaser", "comments": "comment"}
    current = names.get(found.run.ended_by or "", "")
    sections = {}
    for position in range(found.run.end, len(found.judged)):
        current = names.get(found.judged[position].section or "", current)
        sections[position] = current
    return sections


def _cut_inner_boxes(found: Findings, fates: list[str]) -> None:
    """A "related" heading inside the article takes the short lines and links under it along, up to the next prose."""
    position = found.run.start
    while position < found.run.end:
        one = found.judged[position]
        if not one.learnt and fates[position] == "body" and one.section in ("related", "comments") and not one.prose:
            fates[position] = "teaser"
            following = position + 1
            while following < found.run.end and not found.judged[following].prose:
                if fates[following] == "body":
                    fates[following] = "teaser"
                following += 1
        position += 1


def _keep_headings_over_text(found: Findings, fates: list[str]) -> None:
    """A heading between paragraphs that were kept is theirs, however short: weights see in it one more short line."""
    for position in range(found.run.start + 1, found.run.end - 1):
        one = found.judged[position]
        plain = one.rule is None and one.section is None and one.line.bad == 0 and link_share(one.line) < 0.5
        likely = one.weight > _UNLIKELY and one.line.kind == "heading" and one.line.level > 1
        if fates[position] == "surroundings" and likely and plain:
            below = found.judged[position + 1]
            if fates[position + 1] == "body" and below.line.paragraph and ends_sentence(below.line.words):
                fates[position] = "body"


def _cut_hanging_headings(found: Findings, fates: list[str]) -> None:
    """A heading with nothing under it heads something that was cut."""
    for position in range(found.run.end - 1, found.run.start - 1, -1):
        if fates[position] != "body":
            continue
        one = found.judged[position]
        if one.prose or one.line.kind in ("item", "row", "quote", "code") or ends_sentence(one.line.words):
            break
        if is_unpointed(one.line.words) or (position == found.run.end - 1 and _breaks_off(found, position)):
            break
        fates[position] = "after-article"
    cut_questions_below(found.judged, found.run, fates)


def _breaks_off(found: Findings, position: int) -> bool:
    """Whether the article's last line is torn off by the notice below it that the rest is sold."""
    return is_torn(found.judged, position, vocabulary(found.rules).small)


def _covering(line: Line, kept: list[tuple[int, int, str]], cut: list[tuple[int, int, str]]) -> list[Span]:
    """Spans without a gap: what neither list names is layout."""
    if not kept and len(cut) == 1 and cut[0][:2] == (0, len(line.text)):
        return [Span(line.number, 0, len(line.text), kept=False, rule=cut[0][2])]  # as most lines of most pages
    spans: list[Span] = []
    position = 0
    marked = sorted([(s, e, rule, True) for s, e, rule in kept] + [(s, e, rule, False) for s, e, rule in cut])
    for start, end, rule, is_kept in marked:
        if start > position:
            spans.append(Span(line.number, position, start, kept=False, rule="layout"))
        if end > start:
            spans.append(Span(line.number, start, end, kept=is_kept, rule=rule))
        position = max(position, end)
    if position < len(line.text):
        spans.append(Span(line.number, position, len(line.text), kept=False, rule="layout"))
    return spans
