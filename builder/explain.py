"""The `explain` command: a capture's lines with rules and scores, an article's leaders and topics with their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.annotate.reasons import Reason, reasons
from builder.model import Capture
from builder.model.explaining import ExplainingWords
from builder.normalize import Explained, check_rules, reason_told, rule_told
from builder.normalize import explain as explain_capture
from builder.problems import Problem, has_errors, in_order, visible
from builder.read.articles import parse_article
from builder.read.authorities import read_knowledge
from builder.read.captures import capture_at, read_file, site_of
from builder.read.cleaning import read_cleaning_rules
from builder.read.explaining import read_explaining_words
from builder.read.rules import read_rules
from builder.read.settings import read_settings

_SHOWN = 6
"""Places of one leader or topic; more would hide the others."""
_PLAIN = ("body", "title", "layout")
"""Rules that say by their names what they are."""
_KEPT, _CUT, _DIM, _END = "\033[32m", "\033[31m", "\033[2m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` has to say."""

    trouble: str
    """Why the file cannot be read; empty when it can."""
    problems: tuple[Problem, ...]
    """What is wrong with the site's own rules, by which then nothing was judged."""
    lines: tuple[Explained, ...]
    reasons: tuple[Reason, ...] = ()
    """Of an article: what it names and is about."""


def explained(path: Path) -> Explanation:
    """Every line of a file: by the rules of the site whose capture it is, or by the shipped ones alone.

    Of an article: every leader and topic that it is given.
    """
    data, trouble = read_file(path)
    if not trouble and (site := _site_of_article(path)):
        return _of_article(site, path, data)
    if trouble:
        return Explanation(f"{path}: {trouble} (name a file of content/captures)", (), ())
    site = site_of(path)
    capture = capture_at(site, path, data) if site else Capture(f"captures/{path.name}", data)
    rules, problems = read_rules(site, check_rules) if site else (read_cleaning_rules(), ())
    lines = () if has_errors(problems) else explain_capture(capture, rules)
    return Explanation("", in_order(problems), lines)


def as_lines(explanation: Explanation, *, colour: bool) -> Iterator[str]:
    """One printed line for each part of a line: number, score, fate and rule, text; and what the score is made of."""
    words = read_explaining_words()
    for line in explanation.lines:
        yield from _printed(line, words, colour=colour)
    for reason in explanation.reasons:
        yield _told(reason)


def as_json(explanation: Explanation) -> Iterator[str]:
    """A JSON object a line."""
    for line in explanation.lines:
        spans = [{"text": text, "kept": kept, "rule": rule} for text, kept, rule in line.spans]
        made = [{"trait": name, "weight": weight} for name, weight in line.reasons]
        told = {"line": line.number, "weight": line.weight, "reasons": made, "spans": spans}
        yield json.dumps(told, ensure_ascii=False)
    for reason in explanation.reasons:
        yield json.dumps(asdict(reason), ensure_ascii=False)


def _site_of_article(path: Path) -> Path | None:
    folder = path.resolve().parent
    while folder.name != "articles" and folder != folder.parent:
        folder = folder.parent
    site = folder.parent.parent
    return site if folder.parent.name == "content" and (site / "site.yaml").is_file() else None


def _of_article(site: Path, path: Path, data: bytes) -> Explanation:
    settings, problems = read_settings(site)
    if settings is None:
        return Explanation("", problems, ())
    article, wrong = parse_article(str(path), data, settings)
    knowledge, about = read_knowledge(site)
    problems = in_order((*problems, *wrong, *about))
    return Explanation("", problems, (), reasons(article, knowledge) if article else ())


def _told(reason: Reason) -> str:
    words = ", ".join(f"{word.where} “{visible(word.text)}”" for word in reason.words[:_SHOWN])
    more = f", and {len(reason.words) - _SHOWN} more" if len(reason.words) > _SHOWN else ""
    return f"{reason.kind:<7} {reason.id:<28} {reason.why}{': ' if words else ''}{words}{more}"


def _printed(line: Explained, words: ExplainingWords, *, colour: bool) -> Iterator[str]:
    weight = "" if line.weight is None else f"{line.weight:+.1f}"
    dim, end = (_DIM, _END) if colour else ("", "")
    shown = False
    because: dict[str, str] = {}
    for text, kept, rule in line.spans:
        if not text.strip():
            continue
        fate = f"{'kept' if kept else 'cut '} {rule}"
        because.setdefault(rule, rule_told(rule, words))
        tint = (_KEPT if kept else _CUT) if colour else ""
        yield f"{line.number:5} {weight:>5} {tint}{fate:<22} {visible(text)}{end}"
        shown = True
    if shown:
        told = ", ".join(f"{visible(reason_told(name, words))} {weight:+.1f}" for name, weight in line.reasons)
        said = "; ".join(visible(text) for rule, text in because.items() if rule not in _PLAIN)
        yield from [f"{'':11} {dim}{'':<22} ({'; '.join(filter(None, (said, told)))}){end}"] if said or told else ()
