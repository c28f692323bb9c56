"""Whether a page asks for more than any honest one does; it is refused by name before it can cost the others."""

from __future__ import annotations

from builder.model.budgets import LETTERS, LINES, TAGS
from builder.normalize.page import Page


def too_much_text(text: str, *, saved_page: bool) -> str:
    """What a decoded capture has too much of to be flattened at all; empty when it may be.

    The letters of a saved page are mostly those of its scripts and style sheets: there the tags are counted.
    """
    if saved_page:
        return f"has more than {TAGS:,} tags" if text.count("<") > TAGS else ""
    if text.count("\n") + text.count("\r") > 4 * LINES:
        return _too_many_lines()
    return _too_many_letters() if len(text) > LETTERS else ""


def too_much_page(page: Page) -> str:
    """What a flattened page has too much of to be read; empty when it may be."""
    if sum(line.kind != "blank" for line in page.lines) > LINES:
        return _too_many_lines()
    return _too_many_letters() if sum(len(line.text) for line in page.lines) > LETTERS else ""


def _too_many_lines() -> str:
    return f"has more than {LINES:,} lines of text"


def _too_many_letters() -> str:
    return f"has more than {LETTERS:,} letters of text"
