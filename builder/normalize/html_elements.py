"""What single elements of a saved page are: hidden, or tables of data."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Whether a browser never shows an element."""
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)


def is_data_table(node: LexborNode) -> bool:
    """Rows of short cells; tables that lay out a page hold headings, forms, lists or other tables."""
    if node.css_first("td h1, td h2, td h3, td form, td table, td ul, td ol, td iframe, td article") is not None:
        return False
    rows = node.css("tr")
    widths = [sum(1 for cell in row.iter() if cell.tag in ("td", "th")) for row in rows[:50]]
    if len(rows) < 2 or max(widths, default=0) < 2:
        return False
    return max((len(cell.text(deep=True)) for cell in node.css("td")[:200]), default=0) < 500
