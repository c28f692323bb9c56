"""Cleaning of any folder of pages, without an archive around it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from builder.model import Capture
from builder.normalize import Normalizing, clean_record
from builder.parallel import Failure, map_batches
from builder.problems import Place, Problem, error, in_order, warning
from builder.publish.content import replace_file
from builder.read.captures import CAPTURE_KINDS, read_file, walk
from builder.read.cleaning import read_cleaning_rules

_WINDOW = 512
"""Pages read and answered at a time."""


def clean_folder(in_dir: Path, out_dir: Path, *, executor: Executor, say: Callable[[str], None]) -> tuple[Problem, ...]:
    """Answer every page of a folder by a JSON file of the same stem; what could not be read is answered by nulls."""
    pages = [found for found in walk(in_dir) if found.path.suffix.lower() in CAPTURE_KINDS]
    stage = Normalizing(read_cleaning_rules())
    problems: list[Problem] = []
    for start in range(0, len(pages), _WINDOW):
        captures = []
        for found in pages[start : start + _WINDOW]:
            data, trouble = (b"", found.trouble) if found.trouble else read_file(found.path)
            if trouble:
                problems.append(warning(Place(found.path.as_posix()), trouble))
            captures.append(Capture(f"captures/{found.path.relative_to(in_dir).as_posix()}", data))
        for capture, result in zip(captures, map_batches(executor, stage, captures), strict=True):
            answer = stage.failed(capture, result.trace) if isinstance(result, Failure) else result
            name = Path(capture.path).relative_to("captures").with_suffix(".json")
            try:
                replace_file(out_dir / name, clean_record(answer))
            except OSError as trouble:
                problems.append(error(Place(str(out_dir / name)), f"cannot be written: {trouble.strerror}"))
        say(f"{min(start + _WINDOW, len(pages))} of {len(pages)} pages cleaned")
    return in_order(problems)
