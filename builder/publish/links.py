"""Where a page of the site leads, and what can be led to in it."""

from __future__ import annotations

import re
from typing import Final

from builder.model import Output
from builder.model.values import value

# Possessive quantifiers: a page without a closing quote costs one pass, never a search through all the ways to fail.
# Tags that have no attribute but plain ones of other names, three of four in a page, are passed over.
_TAG: Final = re.compile(
    rb"""<[a-zA-Z][^\s/>"'<]*+(?: (?!href|src|id)[a-z-]++="[^"]*+")*+(?!>)"""
    rb"""(?:[^"'<>]*+(?:"[^"]*+"|'[^']*+'))*+[^"'<>]*+>"""
)
# Without groups, each of which would be a string of its own, and without the last of double quotes. Before white space
# or the end of a tag a mark closes another attribute, of which the name is a part: a title may end in " href=".
_ATTRIBUTE: Final = re.compile(
    rb"""\s(?:[hH][rR][eE][fF]|[sS][rR][cC]|[iI][dD])\s*+=\s*+(?:"(?![\s>]|/>)[^"]*+|'[^']*+')"""
)
_ID: Final = " id="
_USUAL: Final = frozenset((_ID, " href=", " src="))
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@value(frozen=True, slots=True)
class PageLinks:
    """What the check needs to know of one output: where it leads, and what can be led to in it."""

    path: str
    links: tuple[str, ...]
    """Its internal links and sources as they stand in it, each once, sorted; absolute addresses and links to its own
    ids are left out.
    """
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand in it more than once."""


def links_of(output: Output) -> PageLinks:
    """The links and ids of one output; those of a file that is no HTML page are none."""
    if not output.path.endswith(".html"):
        return PageLinks(output.path, (), frozenset(), ())
    # No attribute begins in one tag and ends in another: quotation marks are closed within each.
    names, values = _taken_apart(_ATTRIBUTE.findall(b"".join(_TAG.findall(output.data))))
    ids = [value for name, value in zip(names, values, strict=True) if name == _ID]
    known = frozenset(ids)
    repeated = (key for key in known if ids.count(key) > 1) if len(known) < len(ids) else ()
    links = {value for name, value in zip(names, values, strict=True) if name != _ID}
    inner = (link for link in links if link and not _ELSEWHERE.match(link))
    open_ = (link for link in inner if link[0] != "#" or link[1:] not in known)
    return PageLinks(output.path, tuple(sorted(open_)), known, tuple(sorted(repeated)))


def _taken_apart(attributes: list[bytes]) -> tuple[list[str], list[str]]:
    """Names and values of attributes, the names as ` id=`.

    As templates write them, all are taken apart in one go: a page has a hundred.
    """
    said = b'"'.join(attributes).decode("utf-8", errors="replace")
    parts = said.split('"')
    names, values = parts[::2], parts[1::2]
    if not _USUAL.issuperset(names):
        pairs = [one.decode("utf-8", errors="replace").partition("=") for one in attributes]
        names = [f" {name.strip().lower()}=" for name, _, _ in pairs]
        values = [value.lstrip()[1:].removesuffix("'" if value.lstrip()[0] == "'" else "") for _, _, value in pairs]
    if "&" not in said:
        return names, values
    import html  # noqa: PLC0415 - its two thousand names of signs take 1 ms of an edit, whose page has none

    return names, [html.unescape(value) if "&" in value else value for value in values]
