"""The note beside a capture that says where it came from and when: `<its name>.origin.yaml`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from builder.model import CaptureOrigin, is_web_address
from builder.problems import Place, Problem, warning
from builder.read.yaml_nodes import Fields, Origin, compose, utf8_text

ORIGIN_SUFFIX: Final = ".origin.yaml"
_KNOWN: Final = ("url", "retrieved", "record", "charset", "from")


def parse_origin(path: str, data: bytes) -> tuple[CaptureOrigin, tuple[Problem, ...]]:
    """Address and day of one note; what cannot be read in it is left out with a warning, and the capture still read."""
    text, not_text = utf8_text(data, path)
    if text is None:
        return CaptureOrigin(), _told(not_text)
    where = Origin(path)
    root, broken = compose(text, where)
    if root is None:
        return CaptureOrigin(), _told(broken) or (warning(Place(path), "is empty", "it may be removed"),)
    problems: list[Problem] = []
    fields = Fields(root, where, problems, known=_KNOWN, what="the note")
    url = fields.matching("url", is_web_address, "write an http or https address")
    origin = CaptureOrigin(url, fields.day_or_time("retrieved"), fields.text("record"), fields.text("charset"))
    return origin, _told(problems)


def _told(problems: tuple[Problem, ...] | list[Problem]) -> tuple[Problem, ...]:
    """As warnings: a note lies among strangers' pages and must not stop a build."""
    return tuple(replace(problem, severity="warning") for problem in problems)
