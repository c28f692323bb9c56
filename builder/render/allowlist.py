"""The last step of every body: what is not on a list of harmless elements and attributes goes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    import nh3

_PLAIN: Final = frozenset("./_-")
"""Signs that are no more in an attribute than a letter is."""
_TAGS: Final = frozenset(
    ("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "span",
     "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul")
)  # fmt: skip
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"id", "lang", "dir", "class"},
    "a": {"href", "title", "aria-label", "role"},
    "div": {"role", "tabindex", "aria-label"},
    "ol": {"start"},
    "th": {"scope"},
}


def sanitized(html: str) -> Markup:
    """The HTML with nothing in it that could run, load or leave its element."""
    return Markup(_cleaner().clean(html))


def sanitized_text(text: str) -> str:
    """A text that stands between two tags as the sanitizer leaves it; a test compares them."""
    if "&" in text or "<" in text or ">" in text or "\xa0" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")
    return text


@lru_cache(maxsize=1024)
def sanitized_link(href: str) -> str:
    """The opening tag of a link to a page of the site, which bodies have by the dozen."""
    if href.isascii() and _is_plain(href):
        return f'<a href="{href}">'
    return _cleaner().clean(f'<a href="{escape(href)}"></a>').removesuffix("</a>")


@lru_cache(maxsize=1024)
def sanitized_label(label: str) -> str:
    """A label as it stands in an attribute."""
    if all(map(_is_plain, label.split(" "))):
        return label
    return _cleaner().clean(f'<a aria-label="{escape(label)}"></a>').partition('"')[2].rpartition('"')[0]


def _is_plain(text: str) -> bool:
    """Whether the sanitizer would leave a text in an attribute as it is; to load and make it takes 1 ms of an edit."""
    return all(letter.isalnum() or letter in _PLAIN for letter in text)


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - see above

    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)
