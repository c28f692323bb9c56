"""What single elements of a saved page are: hidden, tables of data, boxes by their names, links by their addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from builder.normalize.page import Kind, MarkKind

SKIPPED: Final = frozenset(
    """script style template svg math iframe object embed audio video canvas select datalist noscript head title meta
    link input textarea map area progress meter noframes frame frameset""".split()  # noqa: SIM905 - a list of names
)
BLOCKS: Final = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol option p pre search
    section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 - a list of names
)
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
INLINE: Final[dict[str, MarkKind]] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "code": "code",
    "a": "link",
}
KINDS: Final[dict[str, Kind]] = {
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
}
_STREAMED: Final = "S:"
"""How React names what it sends hidden and shows as soon as it is there; a page saved as served has its article so."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_SPACE: Final = re.compile(r"[\s\u200b\u2060\ufeff]+")
_BAD_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "dialog", "menu", "button", "label", "header"})
_GOOD_TAGS: Final = frozenset({"article", "main"})
_WORD: Final = re.compile(r"[a-z]+")
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")
"""Names are written `article-body` and `articleBody`."""
_MOST_PARTS: Final = 40
_NO_WORD: Final = bytes(code if chr(code).isascii() and chr(code).islower() else 32 for code in range(256))


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Whether a browser never shows an element."""
    style = attributes.get("style")
    if "hidden" in attributes and (attributes.get("id") or "").startswith(_STREAMED):
        return False
    return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)


def stands_apart(node: LexborNode) -> bool:
    """Whether an inline element, outside paragraphs, is laid out as a box: another stands right behind it."""
    following = node.next
    if following is not None and following.is_text_node and not (following.text_content or "").strip():
        following = following.next
    return following is not None and not following.is_text_node and following.tag not in INLINE


def is_data_table(node: LexborNode) -> bool:
    """Rows of short cells; tables that lay out a page hold headings, forms, lists or other tables."""
    if node.css_first("td h1, td h2, td h3, td form, td table, td ul, td ol, td iframe, td article") is not None:
        return False
    rows = node.css("tr")
    widths = [sum(1 for cell in row.iter() if cell.tag in ("td", "th")) for row in rows[:50]]
    if len(rows) < 2 or max(widths, default=0) < 2:
        return False
    return max((len(cell.text(deep=True)) for cell in node.css("td")[:200]), default=0) < 500


def folded(text: str) -> str:
    """White space of any kind and length as one space; most texts hold no other, and are printable as they are."""
    if "  " not in text and text.isprintable():
        return text
    return " " if text.isspace() else _SPACE.sub(" ", text)


_PLAIN: Final = re.compile(
    r"(https?://[a-z0-9.-]+)?/(?!/)(?:[\w/~%+=,@-]++|\.(?=[\w~%+=,@-]))*+(?:\?[\w/~%+=,@&.-]+)?", re.ASCII
)
"""Addresses that are joined to that of their page as they are: joining takes longer than all else done with a link."""


_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB: Final = frozenset({"http", "https", "mailto"})


@lru_cache(maxsize=4096)
def absolute_address(address: str, base: str) -> str:
    """A link's address from that of its page; empty where it leads nowhere on the web."""
    if not address:
        return ""
    if plain := _PLAIN.fullmatch(address):
        if plain[1]:
            return address
        if own := _host(base):
            return f"{own}{address}"
    if (scheme := _SCHEME.match(address)) and scheme[1].lower() not in _WEB:
        return ""
    try:
        absolute = urljoin(base, address)
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://", "mailto:")) else ""


@lru_cache(maxsize=64)
def _host(base: str) -> str:
    """Scheme and host of a plain address; empty for any other."""
    own = _PLAIN.match(base)
    return (own[1] or "") if own else ""


@lru_cache(maxsize=8192)
def box_words(named: str, tag: str, good: frozenset[str], bad: frozenset[str]) -> tuple[int, int, frozenset[str]]:
    """How many good and bad words the names of an element hold, and all their words."""
    little = named.lower()
    written = _ascii_words(little) if little.isascii() else _WORD.findall(little)
    # Most names are in small letters, of which each word is a part.
    parts = written if little == named else [part.lower() for part in _PART.findall(named)]
    own = frozenset([*[part for part in parts[:_MOST_PARTS] if 2 < len(part) < 20], "<" + tag])
    return (
        (0 if good.isdisjoint(written) else len(good.intersection(written))) + (tag in _GOOD_TAGS),
        (0 if bad.isdisjoint(written) else len(bad.intersection(written))) + (tag in _BAD_TAGS),
        own,
    )


def _ascii_words(text: str) -> list[str]:
    return text.encode().translate(_NO_WORD).decode().split()
