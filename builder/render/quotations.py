"""Where a text quotes in another script."""

from __future__ import annotations

import re
from typing import Final

from builder.render.scripts import passage_language

_QUOTED: Final = re.compile(
    "(?<=\u201c)[^\u201c\u201d\n]{12,1000}(?=\u201d)|(?<=\u00ab)[^\u00ab\u00bb\n]{12,1000}(?=\u00bb)"
    '|(?<=\u300c)[^\u300c\u300d\n]{8,1000}(?=\u300d)|(?<!\\w)(?<=")[^"\n]{12,1000}(?=")|(?<=\u201e)[^\u201e\u201c\n]{12,1000}(?=\u201c)'
)
_SHORTEST: Final = 12
"""Letters of a text in which there is none."""
_CLAUSE: Final = re.compile("[\\s,.!?\u3001\u3002\uff0c\uff01\uff1f]")
"""A name has none of them, or one."""
_FEWEST: Final = 2


def quotations(text: str, language: str) -> list[tuple[int, int, str]]:
    """Where the quotations of a text begin and end that are in another script, and their languages."""
    if len(text) <= _SHORTEST or not _may_quote(text):
        return []
    return [
        (*found.span(), spoken)
        for found in _QUOTED.finditer(text)
        if len(_CLAUSE.findall(found[0])) >= _FEWEST and (spoken := passage_language(found[0], language))
    ]


def _may_quote(text: str) -> bool:
    """Whether one of the marks stands in it that open a quotation, each of which is found faster than all at once."""
    return '"' in text or "\u201c" in text or "\u300c" in text or "\u00ab" in text or "\u201e" in text
