"""The way from a capture to a draft: decode, flatten, judge, find title, dates and people, decide, write."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from builder.model import Capture, CleaningRules, Draft, DroppedLine, Ledger, Span, digest_of_rules
from builder.model.values import value
from builder.normalize.blocks import Block, blocks_of, plain_text
from builder.normalize.budget import too_much_page, too_much_text
from builder.normalize.decode import decode
from builder.normalize.extent import NOTE, article_lines, with_ends
from builder.normalize.flatten_html import flatten_html
from builder.normalize.flatten_text import flatten_markdown, flatten_text
from builder.normalize.judge import judge, prose_of
from builder.normalize.language import language_of
from builder.normalize.markdown import markdown_of
from builder.normalize.mojibake import mojibake
from builder.normalize.own_rules import own_findings, pick, rules_for, weighed_by_own
from builder.normalize.page import Head, Page, Picked
from builder.normalize.passages import foreign_passages
from builder.normalize.published import Dates, published_of_page
from builder.normalize.publisher import find_publisher
from builder.normalize.reasons import Reason, reasons_of
from builder.normalize.short_notes import as_note
from builder.normalize.tags import tags_of_page
from builder.normalize.teasers import teasers_of
from builder.normalize.title import find_title, given_title
from builder.normalize.unwrapping import spans_of_lines, unwrapped
from builder.normalize.verdicts import Findings, Verdicts, decide
from builder.normalize.vocabulary import vocabulary
from builder.problems import Place, Problem, warning

FLATTENING: Final = 2
"""Version of the way from bytes to numbered lines; ledgers made by another are not comparable."""
_ID_WORDS: Final = 6
_LATIN_WORD: Final = re.compile(r"[a-z][a-z0-9]*|[0-9]+[a-z][a-z0-9]*")


@value(frozen=True, slots=True)
class Normalized:
    """What became of a capture: a draft, or the reason why there is none."""

    capture: str
    draft: Draft | None
    problems: tuple[Problem, ...]


@value(frozen=True, slots=True)
class Explained:
    """One line of a capture, what became of it and why."""

    number: int
    spans: tuple[tuple[str, bool, str], ...]
    weight: float | None
    """How much the line looks like prose; None for blank lines."""
    reasons: tuple[Reason, ...] = ()
    """What speaks for and against it most, the strongest first."""


@value(frozen=True, slots=True)
class Examined:
    """A page with all that was found out about it."""

    page: Page
    found: Findings
    dates: Dates
    verdicts: Verdicts
    language: str
    blocks: tuple[Block, ...]
    own: tuple[int, ...] = ()
    """Numbers of the archivist's rules that are for the page."""


def normalize(capture: Capture, rules: CleaningRules) -> Normalized:
    """The draft of one capture; captures without text give a warning that names the file, and no draft."""
    place = Place(f"content/{capture.path}")
    page = page_of(capture, rules)
    if page is None:
        return _refused(capture, warning(place, "is not text", "captures are pages of text; it was left out"))
    if page.excess:
        return _refused(capture, warning(place, page.excess, "no page of the press is as large; it was left out"))
    if not any(line.kind != "blank" for line in page.lines):
        return _refused(capture, warning(place, "holds no text", "it was left out"))
    examined = examine(page, rules, capture.path)
    if not examined.verdicts.pieces:
        hint = "nothing in it looks like an article; see what was cut with: pressmark explain"
        return _refused(capture, warning(place, "has no article text", f"{hint} content/{capture.path}"))
    draft = _draft(capture, examined, rules)
    problems = []
    if examined.found.title.text is None:
        problems.append(warning(place, "has no headline", "write a title into its article"))
    if "torn" in page.encoding:
        problems.append(warning(place, "has bytes that are no letters", "they are shown as \ufffd"))
    elif " and " in page.encoding:
        problems.append(warning(place, f"is in two encodings, {page.encoding}", "each part was read as what it is"))
    elif garbled := mojibake(f"{draft.title or ''}\n{draft.text}"):
        problems.append(warning(place, garbled, "capture the page again, or correct its article"))
    return Normalized(capture.path, draft, tuple(problems))


def explain(capture: Capture, rules: CleaningRules) -> tuple[Explained, ...]:
    """Every line of a capture with the rule that kept or cut each part, its weight as prose, and why it weighs that."""
    page = page_of(capture, rules)
    if page is None:
        return ()
    examined = examine(page, rules, capture.path)
    weights = {one.line.number: one.weight for one in examined.found.judged}
    whole, _ = unwrapped(page, vocabulary(rules).small)
    judged = judge(whole, vocabulary(rules))
    why = reasons_of(whole, judged, examined.found.judged, rules)
    reasons = {one.line.number: tuple(given) for one, given in zip(judged, why, strict=True)}
    by_line: dict[int, list[Span]] = {}
    for span in examined.verdicts.spans:
        by_line.setdefault(span.line, []).append(span)
    return tuple(
        Explained(
            line.number,
            tuple((line.text[s.start : s.end], s.kept, s.rule) for s in by_line.get(line.number, ())),
            weights.get(line.number),
            reasons.get(line.number, ()),
        )
        for line in page.lines
    )


def page_of(capture: Capture, rules: CleaningRules) -> Page | None:
    """A capture decoded and flattened by what its name says it is; None when it is no text."""
    words = vocabulary(rules)
    decoded = decode(capture.data, words.everyday, capture.origin.charset)
    if decoded is None:
        return None
    text, encoding = decoded
    kind = PurePosixPath(capture.path).suffix.lower()
    if excess := too_much_text(text, saved_page=kind in (".html", ".htm", ".xhtml")):
        return Page((), Head(), encoding, "text", excess=excess)
    url = capture.origin.url
    if kind in (".html", ".htm", ".xhtml"):

        def picked(tree: LexborHTMLParser, head: Head) -> Picked:
            return pick(tree, rules, rules_for(rules, capture.path, head.canonical))

        page = flatten_html(text, encoding, words.boxes, url, pick=picked if rules.own else None)
    else:
        page = flatten_markdown(text, encoding) if kind == ".md" else flatten_text(text, encoding)
    if excess := too_much_page(page):
        return Page((), Head(), encoding, page.form, excess=excess)
    if url and not page.head.canonical:
        page = replace(page, head=replace(page.head, canonical=url))
    return replace(page, own=rules_for(rules, capture.path, page.head.canonical)) if rules.own else page


def examine(page: Page, rules: CleaningRules, path: str = "") -> Examined:
    """Everything that is decided of a page: its lines' fates, title, dates, people, language, blocks.

    Of `path` the capture's own rules are known; a dump tells in its text alone which host it came from.
    """
    whole, parts = unwrapped(page, vocabulary(rules).small)
    examined = _examined(whole, rules)
    if rules.own and page.form != "html":
        numbers = rules_for(rules, path, examined.found.publisher.source.url)
        if set(numbers) - set(page.own):
            examined = _examined(replace(whole, own=tuple(sorted({*numbers, *page.own}))), rules)
    if parts:
        verdicts = replace(examined.verdicts, spans=spans_of_lines(examined.verdicts.spans, page, parts))
        examined = replace(examined, page=page, verdicts=verdicts)
    return examined


def _examined(page: Page, rules: CleaningRules) -> Examined:
    words = vocabulary(rules)
    own = own_findings(page, rules, page.own)
    judged = weighed_by_own(judge(page, words), own)
    judged, run = article_lines(page, judged, own, rules)
    if run.start == run.end and len(judged) <= NOTE:
        judged, run = as_note(judged)
    given = own.title
    title = given_title(given.value, given.line, judged, run) if given else find_title(page, judged, run, rules)
    run = with_ends(page, judged, run, title.position, rules=rules)
    prose = " ".join(prose_of(judged, run)) or " ".join(one.line.words for one in judged[run.start : run.end])
    language = language_of(prose, rules, page.head.language)
    dates = published_of_page(page, judged, run, title.position, rules=rules, language=language)
    publisher = find_publisher(page, judged, run, title=title, rules=rules)
    dates = replace(dates, published=own.date.value) if own.date else dates
    found = Findings(judged, run, title, publisher, dates.lines, rules, own)
    verdicts = decide(page, found)
    return Examined(page, found, dates, verdicts, language, blocks_of(verdicts.pieces, words, rules), page.own)


def _refused(capture: Capture, problem: Problem) -> Normalized:
    return Normalized(capture.path, None, (problem,))


def _draft(capture: Capture, examined: Examined, rules: CleaningRules) -> Draft:
    title = examined.found.title.text
    sha256 = capture.sha256
    body = markdown_of(examined.blocks)
    return Draft(
        id=article_id(title, sha256),
        title=title,
        language=examined.language,
        published=examined.dates.published or examined.verdicts.date,
        retrieved=examined.dates.retrieved or capture.origin.retrieved,
        source=examined.found.publisher.source,
        authors=examined.found.publisher.authors,
        tags=_tags(examined, rules),
        teasers=teasers_of(examined.found.judged, examined.found.run, rules),
        body=body,
        text=plain_text(examined.blocks),
        dropped=_dropped(examined),
        ledger=Ledger(
            capture=capture.path,
            sha256=sha256,
            encoding=examined.page.encoding,
            flattening=FLATTENING,
            rules=_version(rules, examined.own),
            spans=examined.verdicts.spans,
        ),
        captions=examined.verdicts.captions,
        passage_languages=foreign_passages(body, examined.blocks, examined.language, rules),
    )


def _version(rules: CleaningRules, own: tuple[int, ...]) -> str:
    """What the ledger calls the rules: the shipped ones, and the archivist's as far as they are for this page."""
    if not own:
        return rules.fingerprint
    return f"{rules.fingerprint}+{digest_of_rules(tuple(rules.own[number] for number in own))}"


def article_id(title: str | None, sha256: str) -> str:
    """Up to six Latin words of the title, for people, and eight base-32 characters of the digest, for uniqueness."""
    plain = unicodedata.normalize("NFKD", title or "").casefold()
    words = _LATIN_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    mark = base64.b32encode(bytes.fromhex(sha256)[:5]).decode("ascii").lower()
    readable = "-".join(word[:24] for word in words[:_ID_WORDS])
    return f"{readable[:70].strip('-')}-{mark}" if readable else mark


def _tags(examined: Examined, rules: CleaningRules) -> tuple[str, ...]:
    found = examined.found
    hashtags = examined.verdicts.tags
    names = (found.publisher.source.name or "", found.title.text or "")
    return tags_of_page(examined.page.head, found.judged, found.run, hashtags=hashtags, names=names, rules=rules)


def _dropped(examined: Examined) -> tuple[DroppedLine, ...]:
    texts = {line.number: line.text for line in examined.page.lines}
    return tuple(
        DroppedLine(span.line, text, span.rule)
        for span in examined.verdicts.spans
        if not span.kept and (text := texts[span.line][span.start : span.end].strip())
    )
