"""Whether a page asks for more than any honest one does; it is refused by name before it can cost the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from builder.model.budgets import ATTRIBUTES, LETTERS, LINES, NAMES, TAGS
from builder.normalize.page import Page

_FEW: Final = 256_000
"""Letters of a page into which no number of attributes fits that would cost more than a few seconds."""
_SHORTEST: Final = 3
"""Letters of an attribute with the space before it, where thousands differ."""
_PARTING: Final = bytes(code for code in range(256) if code >= 128 or chr(code).isspace() or chr(code) in "\"'/>=")
_TAG: Final = re.compile(r"""<[A-Za-z][^\s/>]*+(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'/>=]++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")


def too_much_text(text: str, *, saved_page: bool) -> str:
    """What a decoded capture has too much of to be flattened at all; empty when it may be.

    The letters of a saved page are mostly those of its scripts and style sheets: there the tags are counted.
    """
    if saved_page:
        return f"has more than {TAGS:,} tags" if text.count("<") > TAGS else _too_many_attributes(text)
    if text.count("\n") + text.count("\r") > 4 * LINES:
        return _too_many_lines()
    return _too_many_letters() if len(text) > LETTERS else ""


def too_much_page(page: Page) -> str:
    """What a flattened page has too much of to be read; empty when it may be."""
    if len(page.lines) > LINES and sum(line.kind != "blank" for line in page.lines) > LINES:
        return _too_many_lines()
    return _too_many_letters() if sum([len(line.text) for line in page.lines]) > LETTERS else ""


def _too_many_attributes(text: str) -> str:
    """Scripts are read as markup, too: what a parser takes for one depends on all that stands before it."""
    if len(text) < _FEW:
        return ""
    tags = list(dict.fromkeys(_TAG.findall(text)))
    long = [tag for tag in tags if len(tag) > _SHORTEST * ATTRIBUTES]
    if any(len(_ATTRIBUTE.findall(tag)) > ATTRIBUTES + 1 for tag in long):
        return f"has a tag with more than {ATTRIBUTES:,} attributes"
    # No name, and no value, goes on behind the sign that ends a tag.
    if _may_name(tags) > NAMES and len(set(_ATTRIBUTE.findall(">".join(tags)))) > NAMES:
        return f"has more than {NAMES:,} names of tags and attributes"
    return ""


def _may_name(tags: Sequence[str]) -> int:
    """How many names tags and attributes have at most: as many as what may part them. Finding them takes longer."""
    told = " ".join(tags).encode("utf-8", "replace")
    return 2 * len(tags) + len(told) - len(told.translate(None, _PARTING))


def _too_many_lines() -> str:
    return f"has more than {LINES:,} lines of text"


def _too_many_letters() -> str:
    return f"has more than {LETTERS:,} letters of text"
