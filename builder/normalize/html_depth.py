"""Saved pages nested past all sense, made as deep as a browser would make them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

DEEPEST: Final = 512
"""Elements inside elements, as in browsers; pages of the press stay under 60."""
_HARMLESS: Final = 5_000
"""Angle brackets. For each start tag the parser looks through all open elements: 40,000 nested lists took 8 s, 5,000
took 0.1 s. Finding the depth takes longer than parsing does, so that pages with fewer are spared it."""
_MOST_REOPENED: Final = 300_000
"""Emphasis that is never closed is opened again by the parser in every block after it: 500 fonts before 20,000
paragraphs, a page of 200 KB, took 22 s and 3.8 GB."""
_MOST_OPTIONS: Final = 4_000
"""The parser looks through all options of a list for each: 32,000 took 3 s. Of what is chosen from no page shows more
than one, and no line is made of any."""
_OPTION: Final = re.compile(r"</?opt(?:ion|group)\b[^<>]*>?", re.IGNORECASE)
_KEPT_ALIKE: Final = 3
_EMPHASIS: Final = re.compile(r"</?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^<>]*>?", re.IGNORECASE)
# Of letters in either case spelled out a pattern passes most tags over at their first one.
_OPENED: Final = re.compile(
    "<(?:[bB](?:[iI][gG])?|[cC][oO][dD][eE]|[eE][mM]|[fF][oO][nN][tT]|[iI]|[nN][oO][bB][rR]"
    r"|[sS](?:[mM][aA][lL][lL]|[tT][rR](?:[iI][kK][eE]|[oO][nN][gG]))?|[tT][tT]|[uU])\b"
)
_NAME: Final = re.compile(r"</?([A-Za-z]+)")
# No part of it runs past the next angle bracket, so that "<p<p<p" is looked at once.
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>?")
# Elements without an end, and those that others of their kind end: neither nests by itself.
_FLAT: Final = frozenset(
    """area base br col embed hr img input link meta param source track wbr
    p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption rb rt rtc rp html head body""".split()  # noqa: SIM905 - a list of names
)


def as_deep_as_browsers(html: str) -> str:
    """The page without the tags of elements that stand deeper than `DEEPEST`; their text stays.

    Emphasis is left out altogether where leaving it open would multiply the page.
    """
    tags = html.count("<")
    most = tags * len(_OPENED.findall(html))
    if most > _MOST_REOPENED and tags * _most_open(html) > _MOST_REOPENED and _reopened(html) > _MOST_REOPENED:
        html = _EMPHASIS.sub("", html)
    if tags <= _HARMLESS:
        return html
    if len(_OPTION.findall(html)) > _MOST_OPTIONS:
        html = _OPTION.sub("", html)
    parts: list[str] = []
    position = 0
    for start, end in _too_deep(html):
        parts.append(html[position:start])
        position = end
    return "".join([*parts, html[position:]]) if parts else html


def _most_open(html: str) -> int:
    """How many elements of emphasis stand open at once, at most; in pages of the press a few."""
    balance: Counter[str] = Counter()
    now = most = 0
    for tag in _EMPHASIS.findall(html):
        name = _NAME.match(tag)
        key = name[1].lower() if name else ""
        if tag[1] != "/":
            balance[key] += 1
            now += 1
            most = max(most, now)
        elif balance[key]:
            balance[key] -= 1
            now -= 1
    return most


def _reopened(html: str) -> int:
    """How often the parser opens emphasis again, at most; of tags that are letter for letter alike it keeps three."""
    left_open: dict[str, list[str]] = {}
    alike: Counter[str] = Counter()
    total = number = 0
    for tag in _TAG.finditer(html):
        if not _EMPHASIS.match(tag[0]):
            total += number
            continue
        of_the_name = left_open.setdefault(tag[2].lower(), [])
        if not tag[1]:
            of_the_name.append(tag[0])
            number += alike[tag[0]] < _KEPT_ALIKE
            alike[tag[0]] += 1
        elif of_the_name:
            closed = of_the_name.pop()
            alike[closed] -= 1
            number -= alike[closed] < _KEPT_ALIKE
    return total


def _too_deep(html: str) -> list[tuple[int, int]]:
    """Where the tags to leave out stand."""
    found: list[tuple[int, int]] = []
    open_elements: list[str] = []
    left_out: dict[str, int] = {}
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _FLAT or tag[0].endswith("/>"):
            continue
        if not tag[1]:
            if len(open_elements) < DEEPEST:
                open_elements.append(name)
            else:
                left_out[name] = left_out.get(name, 0) + 1
                found.append(tag.span())
        elif left_out.get(name):
            left_out[name] -= 1
            found.append(tag.span())
        elif name in open_elements:
            # What stood open inside it ends with it, as in the parser.
            while open_elements.pop() != name:
                pass
    return found
