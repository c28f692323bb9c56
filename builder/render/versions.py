"""What a later capture changed, word by word where a block was only reworded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from builder.model import Change, Version
from builder.model.budgets import COMPARISON, comparison_steps
from builder.render.parts import ChangedBlock, Run, VersionPart

_WORD: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|\s+|.", re.S)
"""Where a script has no spaces, a letter counts as a word."""
_REWORDED: Final = 0.5
"""Share of words that two blocks have in common at least to be one block reworded; else a reader wants both whole."""
_LONGEST: Final = 6_000
"""Letters; blocks beyond are whole captures without paragraphs."""
_NEAR: Final = 12
"""New blocks among which an old one is looked for: those before it in a stretch that changed are few."""
_LEAST: Final = 3
"""Letters between two changes that are shown as unchanged; fewer make confetti of a sentence."""


def version_part(version: Version, *, shown_whole: bool) -> VersionPart:
    """A version as its piece's page shows it; of an excerpt only that something changed."""
    return VersionPart(
        capture=version.capture.removeprefix("captures/"),
        published=version.published,
        retrieved=version.retrieved,
        blocks=tuple(_blocks(version.changes)) if shown_whole else (),
        same=not version.changes,
    )


def reworded(old: str, new: str) -> tuple[Run, ...] | None:
    """The runs of words that two blocks share and do not share; None where they have too little in common."""
    if max(len(old), len(new)) > _LONGEST:
        return None
    before, after = _WORD.findall(old), _WORD.findall(new)
    if comparison_steps(before, after) > COMPARISON:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _REWORDED:
        return None
    runs: list[Run] = []
    gone = added = ""
    opcodes = matcher.get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(opcodes):
        same = "".join(before[i:j]) if tag == "equal" else ""
        if same and (at in (0, len(opcodes) - 1) or len(same.strip()) >= _LEAST):
            runs += [*_pair(gone, added), Run(same, "same")]
            gone = added = ""
        else:
            gone += "".join(before[i:j])
            added += "".join(after[k:m])
    return (*runs, *_pair(gone, added))


def _blocks(changes: Sequence[Change]) -> Iterator[ChangedBlock]:
    """The changes in their order; a block that is gone and the like one that came make one."""
    at = 0
    left = 4 * COMPARISON
    while at < len(changes):
        gone, at = _while(changes, at, added=False)
        added, at = _while(changes, at, added=True)
        for old in gone:
            near = [] if left < 0 else added[:_NEAR]
            left -= sum(_steps(old, new) for new in near)
            found, runs = next(((n, runs) for n, new in enumerate(near) if (runs := reworded(old, new))), (0, None))
            if runs is None:
                yield ChangedBlock("gone", (Run(old, "same"),))
                continue
            yield from (ChangedBlock("added", (Run(new, "same"),)) for new in added[:found])
            yield ChangedBlock("reworded", runs)
            added = added[found + 1 :]
        yield from (ChangedBlock("added", (Run(new, "same"),)) for new in added)


def _steps(old: str, new: str) -> int:
    """What finding out whether one block is the other reworded may take; none where that is not tried."""
    if max(len(old), len(new)) > _LONGEST:
        return 0
    steps = comparison_steps(_WORD.findall(old), _WORD.findall(new))
    return steps if steps <= COMPARISON else 0


def _while(changes: Sequence[Change], at: int, *, added: bool) -> tuple[list[str], int]:
    first = at
    while at < len(changes) and changes[at].added == added:
        at += 1
    return [change.text for change in changes[first:at]], at


def _pair(gone: str, added: str) -> Iterator[Run]:
    if gone:
        yield Run(gone, "gone")
    if added:
        yield Run(added, "added")
