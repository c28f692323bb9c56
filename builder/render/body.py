"""The body of a captured piece as HTML that can run nothing, load nothing and leave its element."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from markupsafe import Markup

from builder.render.blocks import body_html, has_definitions
from builder.render.marking import Rules, Words, marked
from builder.render.parts import Anchor
from builder.render.plain import too_much_markdown

STUMBLES: Final = (RecursionError, IndexError, ValueError)
"""What the parser raises over some texts."""


def article_html(
    source: str,
    language: str,
    *,
    anchors: Sequence[Anchor],
    root: str,
    words: Words,
    spoken: Iterable[tuple[str, str]] = (),
) -> Markup:
    """The body of a captured piece; its passages have ids, and its anchors lead to `root` and their page.

    `spoken` are fragments of passages in another language, and their languages.
    """
    text = marked(source, anchors)
    rules = Rules(language, words, tuple(root + anchor.page for anchor in anchors), own=False)
    if not (spoken or has_definitions(text) or too_much_markdown(text)):
        with suppress(*STUMBLES):
            return Markup(body_html(text, source, rules))
    from builder.render.markdown import parsed_html  # noqa: PLC0415 - as in `phrases`

    return parsed_html(text, source, rules, dict(spoken))
