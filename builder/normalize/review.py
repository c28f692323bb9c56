"""What needs a person in a piece as it was cleaned: its date, its title, what was cut and kept by little."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from builder.model import Article, Finding, end_of_front_matter, place_in_body
from builder.model.edits import is_body_edited, is_title_edited
from builder.normalize.doubts import Doubt, Doubts
from builder.normalize.text_measures import wide_share
from builder.problems import Place

_FOREIGN: Final = 0.15
_FOREIGN_WIDE: Final = 0.06
"""Share of a title's words, or pairs of letters, that the text uses; below it the two are seldom of one piece."""
_SHORTEST: Final = 8
"""Letters of a title; what is shorter is a label. A Hangul, kana or Han letter counts for two."""
_MOST_CUTS: Final = 3
"""Decisions told for one page, those about most letters; pages made of teasers have dozens."""
_WIDE: Final = frozenset("WF")
_TERMINAL: Final = "the command line"


def undated(article: Article, doubts: Doubts | None) -> Iterator[Finding]:
    """A piece without a date; the days that its page names are offered."""
    if article.published:
        return
    dates = doubts.dates if doubts else ()
    said = ", ".join(f"{day} on line {line}" for line, day, _ in dates)
    message = f"the page does not say when it came out{f'; it names {said}' if said else ''}"
    day = dates[0][1] if dates else "YYYY-MM-DD"
    yield Finding(end_of_front_matter(article), "undated", message, f"published: {day}", article.path)


def weak_title(article: Article, doubts: Doubts | None, twins: Sequence[Article], text: str) -> Iterator[Finding]:
    """A title that is missing, short, foreign to its text, contradicted by its page, or another piece's as well.

    `twins` are the other articles with the title; `text` is the article's file.
    """
    message, better = "", "…"
    if doubts and not is_title_edited(article):
        if not doubts.titled:
            message = "the page has no headline; its file's name stands in"
        elif doubts.headlines:
            message, better = f"the page is headed otherwise: “{doubts.headlines[0]}”", doubts.headlines[0]
        elif _width(article.title) < _SHORTEST:
            message = "is very short for a headline"
        elif doubts.title_shared < (_FOREIGN_WIDE if wide_share(article.title) >= 0.3 else _FOREIGN):
            message = "has hardly a word in common with the text"
    if not message and twins:
        message = f"is also the title of {twins[0].path}"
    if message:
        place = Place(article.path, _line_of_title(text))
        yield Finding(place, "title", f"“{article.title}” {message}", f"title: {_quoted(better)}", article.path)


def narrow_decisions(article: Article, doubts: Doubts | None) -> Iterator[Finding]:
    """The decisions of the cleaner that little has settled, as long as the body is as Pressmark wrote it."""
    written = article.normalized.body if article.normalized else None
    if doubts is None or article.capture is None or is_body_edited(article.body, written):
        return
    chosen = sorted(doubts.decisions, key=lambda doubt: (doubt.kind != "little", -doubt.letters))[:_MOST_CUTS]
    for doubt in chosen:
        yield _decision(article, doubt, f"content/{article.capture.file}", lines_of_file=doubts.lines_of_file)
    if left := len(doubts.decisions) - len(chosen):
        place = Place(f"content/{article.capture.file}")
        message = f"{left} more decisions about lines of this page were narrow"
        yield Finding(place, "cleaning", message, f"pressmark explain {_shell(place.path)}", _TERMINAL)


def _decision(article: Article, doubt: Doubt, capture: str, *, lines_of_file: bool) -> Finding:
    lines = f"line {doubt.first}" if doubt.first == doubt.last else f"lines {doubt.first} to {doubt.last}"
    place = Place(capture, doubt.first if lines_of_file else 1)
    where = lines if lines_of_file else f"{lines} of pressmark explain"
    if doubt.kind == "cut":
        message = f"{where}: cut by {doubt.rule}, and uses the words of the article"
        return Finding(place, "cleaning", message, doubt.text, article.path)
    command = f"pressmark explain {_shell(capture)}"
    if doubt.kind == "kept" and (at := article.body.find(doubt.text)) >= 0:
        message = "kept as the end of the article, and heads nothing; remove the line if it is none of it"
        return Finding(place_in_body(article, at), "cleaning", message, command, _TERMINAL)
    message = f"{where}: kept as the end of the article, and heads nothing"
    if doubt.kind == "little":
        message = f"{where}: kept, and no more than {doubt.letters} letters of running text"
    return Finding(place, "cleaning", message, command, _TERMINAL)


def _line_of_title(text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if re.match(r"\s*title\s*:", line)), 1)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


def _quoted(text: str) -> str:
    """As YAML takes it whatever stands in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _shell(path: str) -> str:
    return path if re.fullmatch(r"[\w@%+=:,./-]+", path) else "'" + path.replace("'", "'\\''") + "'"
