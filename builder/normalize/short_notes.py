"""A page that is no more than a note: a few words that the archivist has kept of something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run, link_share

_NOTE: Final = re.compile("[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)]?$|.{24}|[\u1100-\u11ff\u2e80-\uffef].{10}")
"""A line that says something: the end of a sentence, or more letters than the entries of a menu have."""


def as_note(judged: Sequence[Judged]) -> tuple[tuple[Judged, ...], Run]:
    """The lines of a page that is no more than a note: all are its text but those that a rule or a heading names.

    Where nothing looks like prose, a few words are all that the archivist has kept of it; the first line of several may
    be its headline.
    """
    text = tuple(
        replace(one, weight=1.0)
        if one.rule is None and one.section is None and one.line.bad < 2 and link_share(one.line) < 0.5
        else one
        for one in (judged[1:] or judged)
    )
    text = (*judged[: len(judged) - len(text)], *text)
    says_something = any(one.prose and _NOTE.search(one.line.text) for one in text)
    return text, Run(0, len(text)) if says_something else Run(0, 0)
