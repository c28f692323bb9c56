"""Capture, ledger and article held against each other: what was kept and what was cut is proved, or it is said why not.

Capture and ledger must agree to the byte, and the ledger's spans must cover every letter of every flattened line. What
was kept must stand in that order in what Pressmark wrote: the title's letters in the title, the body's in the text that
the Markdown shows. A title or body that a person has changed since is theirs, and is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt

from builder.model import Article, Capture, CleaningRules, Ledger, Span
from builder.model.edits import is_body_edited, is_title_edited
from builder.model.footnotes import with_footnotes
from builder.model.values import value
from builder.normalize.draft import FLATTENING, page_of
from builder.normalize.files import read_ledger
from builder.normalize.page import Page
from builder.normalize.text_measures import skeleton
from builder.problems import Place, Problem, error

_LAYOUT: Final = "|\uff5c\u2502\0\ufffd"
"""Bars part the cells of tables and are not cells; Markdown shows a zero byte as the mark of a torn letter."""
_FENCE: Final = re.compile(r"`{3,}")
_NUMBER: Final = re.compile(r"^\s*1\.(?=\s)")
_SHOWN: Final = 24
"""Letters of text quoted where two texts part."""


@value(frozen=True, slots=True)
class Evidence:
    """What is held against each other; a part that is not there is None."""

    ledger_path: str
    """From the site's root."""
    ledger: str | None
    """The file's text."""
    capture: Capture | None
    article: Article | None


@value(frozen=True, slots=True)
class Proof:
    """What the comparison has shown."""

    problems: tuple[Problem, ...]
    edited: bool = False
    """The body is the archivist's: capture and ledger alone were compared."""


@value(frozen=True, slots=True)
class Auditing:
    """The comparison as a stage to be mapped over an archive."""

    rules: CleaningRules
    name: str = "audit"

    @property
    def fingerprint(self) -> str:
        """Equal vocabularies, equal flattening."""
        return self.rules.version

    def __call__(self, evidence: Evidence, /) -> Proof:
        """What the comparison has shown."""
        return prove(evidence, self.rules)

    def failed(self, evidence: Evidence, trace: str, /) -> Proof:
        """What could not be compared is not proved."""
        last = trace.strip().splitlines()[-1]
        return Proof((error(Place(evidence.ledger_path), f"could not be compared: {last}", "please report it"),))


def prove(evidence: Evidence, rules: CleaningRules) -> Proof:
    """Hold a capture against its ledger, and what was kept of it against the article."""
    article, capture = evidence.article, evidence.capture
    written = article.normalized.body if article and article.normalized else None
    edited = article is not None and is_body_edited(article.body, written)
    ledger = read_ledger(evidence.ledger) if evidence.ledger is not None else None
    problems = list(_at_hand(evidence, ledger))
    if capture is not None and ledger is not None:
        problems += _same_bytes(capture, ledger, article, evidence.ledger_path)
        if not problems:
            page = page_of(capture, rules)
            problems += _covered(page, ledger, evidence.ledger_path)
            if page is not None and not problems and article is not None:
                marked = page.form == "markdown"
                problems += _written(article, _kept(page, ledger), body=not edited, marked=marked)
    elif capture is not None and article is not None and article.capture and article.capture.sha256:
        problems += _digest_of_article(capture, article)
    return Proof(tuple(problems), edited)


def shown_text(markdown: str) -> str:
    """The text that a body shows: no marks, no addresses of links, no rules between cells."""
    parts: list[str] = []
    for token in _parser().parse(markdown):
        if token.type == "inline":
            parts += (child.content for child in token.children or () if child.content)
        elif token.type in ("fence", "code_block"):
            parts.append(token.content)
    return "".join(parts)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return with_footnotes(MarkdownIt("commonmark", {"html": False}).enable("table"))


def _at_hand(evidence: Evidence, ledger: Ledger | None) -> Iterator[Problem]:
    """Whether there is anything to compare; a piece made by hand needs no ledger."""
    article, place = evidence.article, Place(evidence.ledger_path)
    if evidence.ledger is not None and ledger is None:
        yield error(place, "is no ledger", "put the file back as it was committed")
    elif evidence.ledger is None and article is not None:
        by_hand = article.normalized is None and not (article.capture and article.capture.sha256)
        if not by_hand:
            yield error(place, f"is missing: nothing tells what became of the lines of {_file(article)}", _RESTORE)
    if ledger is not None and article is not None and article.capture and ledger.capture != article.capture.file:
        yield error(place, f"speaks of content/{ledger.capture}, and {article.path} of {_file(article)}", _RESTORE)


def _same_bytes(capture: Capture, ledger: Ledger, article: Article | None, ledger_path: str) -> Iterator[Problem]:
    """Whether the digests that ledger and article give are the capture's."""
    found = capture.sha256
    told = article.capture.sha256 if article and article.capture else ""
    if found != ledger.sha256 and told in ("", ledger.sha256):
        made = article.path if article else ledger_path
        yield error(Place(f"content/{capture.path}"), f"holds other bytes than {made} was made from", _PUT_BACK)
    elif found != ledger.sha256:
        yield error(Place(ledger_path), f"gives a digest that is not that of content/{capture.path}", _RESTORE)
    if told and told not in (found, ledger.sha256):
        yield from _digest_of_article(capture, article)


def _digest_of_article(capture: Capture, article: Article | None) -> Iterator[Problem]:
    if article and article.capture and article.capture.sha256 != capture.sha256:
        message = f"gives a digest that is not that of content/{capture.path}"
        yield error(Place(article.path), message, "put either file back as it was")


def _covered(page: Page | None, ledger: Ledger, ledger_path: str) -> Iterator[Problem]:
    """Whether the spans are those of this page: each letter of each line in one of them, in order."""
    place = Place(ledger_path)
    if page is None:
        yield error(place, f"tells of lines, but content/{ledger.capture} is not text", _RESTORE)
    elif ledger.flattening != FLATTENING:
        message = f"counts lines by version {ledger.flattening} of flattening; this is version {FLATTENING}"
        yield error(place, message, "make it anew with: pressmark normalize --refresh")
    elif page.encoding != ledger.encoding:
        yield error(place, f'says that the capture is in "{ledger.encoding}", but it is in "{page.encoding}"', _RESTORE)
    elif gap := _first_gap(page, ledger.spans):
        yield error(place, gap, _RESTORE)


def _first_gap(page: Page, spans: Iterable[Span]) -> str:
    """What is wrong with the first line whose letters are not each in one span; nothing when all are."""
    by_line: dict[int, list[Span]] = {}
    last = 0
    for span in spans:
        if span.line < last:
            return f"line {span.line} of the capture stands behind line {last}"
        last = span.line
        by_line.setdefault(span.line, []).append(span)
        if span.kept and span.rule.partition(":")[0] not in ("title", "body"):
            return f'line {span.line} of the capture is kept as "{span.rule}", which is neither title nor body'
    for line in page.lines:
        position = 0
        for span in by_line.pop(line.number, ()):
            if span.start != position or span.end <= span.start:
                return f"line {line.number} of the capture: letter {position + 1} is in no span, or in two"
            position = span.end
        if position != len(line.text):
            return f"line {line.number} of the capture has {len(line.text)} letters, and spans for {position}"
    return f"line {min(by_line)} is not in the capture" if by_line else ""


def _kept(page: Page, ledger: Ledger) -> dict[str, str]:
    """What was kept as title and as body, in the capture's order."""
    texts = {line.number: line.text for line in page.lines}
    kept = {"title": "", "body": ""}
    for span in ledger.spans:
        if span.kept:
            kept[span.rule.partition(":")[0]] += texts[span.line][span.start : span.end] + "\n"
    return kept


def _written(article: Article, kept: dict[str, str], *, body: bool, marked: bool) -> Iterator[Problem]:
    """Whether what was kept is what stands in the article, as far as Pressmark wrote it.

    `marked`: the capture is Markdown itself, whose links and emphasis were taken over as they stand.
    """
    if kept["title"] and not is_title_edited(article) and skeleton(kept["title"]) != skeleton(article.title):
        yield error(Place(article.path), "its title is not the line that was kept as the title", _REFRESH)
    if not body:
        return
    if marked:
        wanted, found = _words(kept["body"]), _words(_without_numbers(article.body))
    else:
        wanted, found = _letters(kept["body"]), _letters(shown_text(article.body))
    if wanted != found:
        at = next((n for n, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), None)
        at = min(len(wanted), len(found)) if at is None else at
        ours, theirs = wanted[at : at + _SHOWN] or "nothing more", found[at : at + _SHOWN] or "nothing more"
        message = f"its body is not what was kept of {_file(article)}: kept “{ours}”, written “{theirs}”"
        yield error(Place(article.path, article.body_line), message, _REFRESH)


def _words(markdown: str) -> str:
    """The letters and digits of Markdown's own text, addresses of links included."""
    return "".join(sign for sign in markdown if sign.isalnum())


def _without_numbers(body: str) -> str:
    """A body without the numbers that Pressmark puts before items; between fences a number is somebody's own."""
    lines = []
    fence = ""
    for line in body.split("\n"):
        if fence or _FENCE.fullmatch(line):
            fence = "" if line == fence else fence or line
            lines.append(line)
        else:
            lines.append(_NUMBER.sub("", line))
    return "\n".join(lines)


def _letters(text: str) -> str:
    """All that is no white space and no bar."""
    return "".join(sign for sign in "".join(text.split()) if sign not in _LAYOUT)


def _file(article: Article) -> str:
    return f"content/{article.capture.file}" if article.capture else "its capture"


_PUT_BACK: Final = "put the file back as it was; a page of today's goes beside it under another name"
_RESTORE: Final = "put it back as it was committed, or make it anew with: pressmark normalize --refresh"
_REFRESH: Final = "make it anew with: pressmark normalize --refresh"
