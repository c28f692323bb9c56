"""The `explain` command: each line of a capture, kept or cut, by which rule, with its score and what made it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.model import Capture
from builder.normalize import Explained, check_rules
from builder.normalize import explain as explain_capture
from builder.problems import Problem, has_errors, in_order, visible
from builder.read.captures import capture_at, read_file, site_of
from builder.read.cleaning import read_cleaning_rules
from builder.read.rules import read_rules

_KEPT, _CUT, _DIM, _END = "\033[32m", "\033[31m", "\033[2m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` has to say."""

    trouble: str
    """Why the file cannot be read; empty when it can."""
    problems: tuple[Problem, ...]
    """What is wrong with the site's own rules, by which then nothing was judged."""
    lines: tuple[Explained, ...]


def explained(path: Path) -> Explanation:
    """Every line of a file: by the rules of the site whose capture it is, or by the shipped ones alone."""
    data, trouble = read_file(path)
    if trouble:
        return Explanation(f"{path}: {trouble} (name a file of content/captures)", (), ())
    site = site_of(path)
    capture = capture_at(site, path, data) if site else Capture(f"captures/{path.name}", data)
    rules, problems = read_rules(site, check_rules) if site else (read_cleaning_rules(), ())
    lines = () if has_errors(problems) else explain_capture(capture, rules)
    return Explanation("", in_order(problems), lines)


def as_lines(explanation: Explanation, *, colour: bool) -> Iterator[str]:
    """One printed line for each part of a line: number, score, fate and rule, text; and what the score is made of."""
    for line in explanation.lines:
        yield from _printed(line, colour=colour)


def as_json(explanation: Explanation) -> Iterator[str]:
    """A JSON object a line."""
    for line in explanation.lines:
        spans = [{"text": text, "kept": kept, "rule": rule} for text, kept, rule in line.spans]
        reasons = [{"trait": name, "weight": weight} for name, weight in line.reasons]
        told = {"line": line.number, "weight": line.weight, "reasons": reasons, "spans": spans}
        yield json.dumps(told, ensure_ascii=False)


def _printed(line: Explained, *, colour: bool) -> Iterator[str]:
    weight = "" if line.weight is None else f"{line.weight:+.1f}"
    dim, end = (_DIM, _END) if colour else ("", "")
    shown = False
    for text, kept, rule in line.spans:
        if not text.strip():
            continue
        fate = f"{'kept' if kept else 'cut '} {rule}"
        tint = (_KEPT if kept else _CUT) if colour else ""
        yield f"{line.number:5} {weight:>5} {tint}{fate:<22} {visible(text)}{end}"
        shown = True
    if shown and line.reasons:
        told = ", ".join(f"{visible(name)} {weight:+.1f}" for name, weight in line.reasons)
        yield f"{'':11} {dim}{'':<22} ({told}){end}"
