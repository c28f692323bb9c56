"""The `explain` command: each line of a capture, kept or cut, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from builder.model import Capture
from builder.normalize import Explained
from builder.normalize import explain as explain_capture
from builder.problems import visible
from builder.read.captures import read_file
from builder.read.cleaning import read_cleaning_rules

_KEPT, _CUT, _DIM, _END = "\033[32m", "\033[31m", "\033[2m", "\033[0m"


def explained_lines(path: Path, *, colour: bool) -> tuple[str, Iterator[str]]:
    """A message when the file cannot be read, and one printed line for each part of a line."""
    trouble, lines = _explained(path)
    return trouble, (text for line in lines for text in _printed(line, colour=colour))


def explained_json(path: Path, *, colour: bool) -> tuple[str, Iterator[str]]:
    """As `explained_lines`, a JSON object a line."""
    trouble, lines = _explained(path)
    return trouble, (_object(line) for line in lines)


def _explained(path: Path) -> tuple[str, tuple[Explained, ...]]:
    data, trouble = read_file(path)
    if trouble:
        return f"{path}: {trouble} (name a file of content/captures)", ()
    return "", explain_capture(Capture(f"captures/{path.name}", data), read_cleaning_rules())


def _printed(line: Explained, *, colour: bool) -> Iterator[str]:
    weight = "" if line.weight is None else f"{line.weight:+.1f}"
    for text, kept, rule in line.spans:
        if not text.strip():
            continue
        fate = f"{'kept' if kept else 'cut '} {rule}"
        tint, end = (_KEPT if kept else _CUT, _END) if colour else ("", "")
        dim = _DIM if colour else ""
        yield f"{line.number:5} {weight:>5} {tint}{fate:<22}{end} {'' if kept else dim}{visible(text)}{end}"


def _object(line: Explained) -> str:
    spans = [{"text": text, "kept": kept, "rule": rule} for text, kept, rule in line.spans]
    return json.dumps({"line": line.number, "weight": line.weight, "spans": spans}, ensure_ascii=False)
