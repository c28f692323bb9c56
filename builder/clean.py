"""Cleaning of any folder of pages, without an archive around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from builder.model import CAPTURE_KINDS, Capture
from builder.model.budgets import CAPTURE_BYTES
from builder.normalize import Normalized, Normalizing, clean_record
from builder.parallel import Failure, map_batches
from builder.problems import Place, Problem, error, in_order, warning
from builder.publish.content import remove_leftovers, replace_file
from builder.read.captures import Found, name_below, read_file, walk
from builder.read.cleaning import read_cleaning_rules

_WINDOW = 512
"""Pages read and answered at a time."""
_NULLS = "it is answered by nulls"


def clean_folder(in_dir: Path, out_dir: Path, *, executor: Executor, say: Callable[[str], None]) -> tuple[Problem, ...]:
    """Answer every page of a folder by a JSON file of the same stem; what could not be read is answered by nulls."""
    found = [one for one in walk(in_dir) if not one.path.name.startswith(".") or one.path.name.startswith("..")]
    pages = [one for one in found if one.path.suffix.lower() in CAPTURE_KINDS]
    others = [one for one in found if one.trouble and one.path.suffix.lower() not in CAPTURE_KINDS]
    problems = [warning(Place(one.path.as_posix()), one.trouble) for one in others]
    answers, doubled = _answers(pages, in_dir, out_dir)
    problems += doubled
    for folder in {answer.parent for answer in answers}:
        remove_leftovers(folder)
    stage = Normalizing(read_cleaning_rules())
    for start in range(0, len(pages), _WINDOW):
        captures = []
        unread = set()
        for page in pages[start : start + _WINDOW]:
            data, trouble = _read(page)
            if trouble:
                problems.append(warning(Place(page.path.as_posix()), trouble, _NULLS))
                unread.add(page.path)
            captures.append(Capture(f"captures/{name_below(page.path, in_dir)}", data))
        results = map_batches(executor, stage, captures, seconds=stage.seconds)
        window = slice(start, start + _WINDOW)
        for page, capture, result, answer in zip(pages[window], captures, results, answers[window], strict=True):
            normalized = stage.failed(capture, result.trace) if isinstance(result, Failure) else result
            problems += _written(answer, normalized)
            if page.path not in unread:
                problems += _refused(page, normalized)
        say(f"{min(start + _WINDOW, len(pages))} of {len(pages)} pages cleaned")
    return in_order(problems)


def _answers(pages: Sequence[Found], in_dir: Path, out_dir: Path) -> tuple[list[Path], list[Problem]]:
    """The file that answers each page; of two pages with one stem the second is answered under its whole name."""
    taken: dict[Path, Path] = {}
    problems = []
    for page in pages:
        name = out_dir / page.path.relative_to(in_dir)
        answer = name.with_suffix(".json")
        if answer in taken:
            message = f"has the stem of {taken[answer].name}"
            answer = name.with_name(f"{name.name}.json")
            problems.append(warning(Place(page.path.as_posix()), message, f"it is answered by {answer.name}"))
        taken[answer] = page.path
    return list(taken), problems


def _read(page: Found) -> tuple[bytes, str]:
    if page.trouble:
        return b"", page.trouble
    if page.size > CAPTURE_BYTES:
        return b"", f"is larger than {CAPTURE_BYTES >> 20} MB"
    return read_file(page.path)


def _refused(page: Found, normalized: Normalized) -> list[Problem]:
    """Why a page that could be read is answered by nulls."""
    reasons = normalized.problems if normalized.draft is None else ()
    return [warning(Place(page.path.as_posix()), reason.message, _NULLS) for reason in reasons]


def _written(answer: Path, normalized: Normalized) -> tuple[Problem, ...]:
    try:
        replace_file(answer, clean_record(normalized))
    except OSError as trouble:
        return (error(Place(answer.as_posix()), f"cannot be written: {trouble.strerror}"),)
    return ()
