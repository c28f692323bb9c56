"""Who wrote a piece and who published it where: only what the page says outright."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from builder.model import CleaningRules, Source, is_web_address
from builder.model.values import value
from builder.normalize.author_names import author_names, is_agency, is_nobody, is_person, without_by
from builder.normalize.bylines import bare_names, byline, signature, sourced_names
from builder.normalize.dates import before_date, date_line
from builder.normalize.inner_cuts import opening
from builder.normalize.judge import Judged, Run, is_sentence
from builder.normalize.outlet import outlet_of_lines
from builder.normalize.page import Head, Page
from builder.normalize.text_measures import skeleton, wide_share
from builder.normalize.title import Title
from builder.normalize.uncased_names import may_name, uncased_names

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'|｜）)\]]+")
_AUTHOR_METAS: Final = ("author", "article:author", "dc.creator", "byl", "parsely-author")
_INVERTED: Final = re.compile(r"[^\W\d_][\w'\u2019-]+, [^\W\d_][\w'\u2019.-]+")
"""Family name first, as catalogues have it."""
_LONGEST_NAME: Final = 60
"""Letters."""
_SIGNED: Final = re.compile("[\u3002\uff01\uff1f]\\s?\uff08([\u3005\u3400-\u9fff]{3,6})\uff09$")
_LONGEST_SIGNED: Final = 12
"""Letters of a name in brackets behind the last sentence."""
_KANA: Final = re.compile("[\u3041-\u30ff]")
_BETWEEN: Final = " |\u2022\u00b7-"
_DASH: Final = " - "
_SHORTEST_OUTLET: Final = 4
"""Letters."""
_BARE: Final = 100.0
"""Weighted letters of a line that holds nothing but names."""
_HEAD: Final = 8
"""Lines below the headline among which they stand, a standfirst above them."""


@value(frozen=True, slots=True)
class Publisher:
    """Source and authors, and the lines that say who they are."""

    source: Source
    authors: tuple[str, ...]
    bylines: tuple[int, ...]
    """Positions in the list of judged lines."""


def find_publisher(page: Page, judged: Sequence[Judged], run: Run, *, title: Title, rules: CleaningRules) -> Publisher:
    """The outlet, the address and the authors a page names."""
    name, url = _source_of_head(page.head)
    signed = signature(judged, run, rules)
    found, bylines = _bylines(judged, run, title, rules)
    stated = _authors_of_head(page.head, rules)
    people = tuple(author for author in stated if not _is_outlet(author, name))
    authors = people or found or signed.authors or _in_brackets(judged, run, rules) or stated
    name = name or outlet_of_lines(judged, run, title, rules=rules, authors=authors) or signed.outlet
    url = url or web_address(_address_of_lines(judged, run, title))
    return Publisher(Source(name, url), authors, bylines)


def _in_brackets(judged: Sequence[Judged], run: Run, rules: CleaningRules) -> tuple[str, ...]:
    """The reporters in the dateline of a Chinese text, or behind the last full stop of a Japanese one."""
    prose = [one.line.words for one in judged[run.start : run.end] if one.prose]
    if prose and (dateline := opening(prose[0], rules)) and dateline.reporters:
        return author_names(dateline.reporters, rules)
    signed = _SIGNED.search(prose[-1], max(0, len(prose[-1]) - _LONGEST_SIGNED)) if prose else None
    return author_names(signed[1], rules) if signed and _KANA.search(prose[-1]) else ()


def _is_outlet(author: str, outlet: str | None) -> bool:
    """Whether a page's data gives its outlet for an author: a byline on the page says more."""
    return outlet is not None and skeleton(author) == skeleton(outlet)


def _source_of_head(head: Head) -> tuple[str | None, str | None]:
    metas = dict(reversed(head.metas))
    publishers = [_name_of(dict(record).get("publisher")) for record in head.records]
    named = (metas.get("og:site_name"), *publishers, metas.get("application-name"), *(name for _, name in head.sites))
    return next((name.strip() for name in named if name and name.strip()), None), web_address(head.canonical)


def web_address(text: str | None) -> str | None:
    """An address that an article may carry: of the web, with a host, without spaces and control characters."""
    return text if text and is_web_address(text) else None


def _authors_of_head(head: Head, rules: CleaningRules) -> tuple[str, ...]:
    for record in head.records:
        names = _names_of(dict(record).get("author"), rules)
        if names:
            return names
    metas = [value for key, value in head.metas if key in _AUTHOR_METAS and not value.startswith("http")]
    return tuple(dict.fromkeys(name for value in metas for name in _stated(value, rules)))


def _name_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names_of(value: object, rules: CleaningRules) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    stated = (name for person in people for name in _of_data(person, rules))
    return tuple(dict.fromkeys(stated))


def _of_data(person: object, rules: CleaningRules) -> tuple[str, ...]:
    name = unescape(_name_of(person))
    kind = person.get("@type") if isinstance(person, dict) else ""
    if "organization" in str(kind).casefold():
        return () if not name or name.startswith("http") or is_nobody(name, rules) else (name,)
    return _stated(name, rules)


def _stated(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The authors in what a page's data calls one; what looks like no name there is one all the same."""
    if not text or text.startswith("http"):
        return ()
    if _INVERTED.fullmatch(text):
        return (text,)
    said = without_by(text, rules)
    names = author_names(said, rules)
    if names and all(is_person(name, rules) or is_agency(name, rules) or wide_share(name) > 0 for name in names):
        return names
    whole = said.strip()
    plain = (
        not is_nobody(whole, rules) and all(sign not in whole for sign in "@#|<>{}[]%/") and len(whole) <= _LONGEST_NAME
    )
    return (whole,) if plain else ()


def _address_of_lines(judged: Sequence[Judged], run: Run, title: Title) -> str | None:
    """The page's own address where the page prints it: beside its title, else the one deep address outside the text."""
    for position in title.repeats:
        if found := _ADDRESS.search(judged[position].line.words):
            return found[0].rstrip(".,;")
    outside = (one.line.words for p, one in enumerate(judged) if not run.start <= p < run.end)
    said = (match[0].rstrip(".,;") for text in outside for match in _ADDRESS.finditer(text))
    addresses = {address for each in said if (address := web_address(each))}
    deep = sorted(address for address in addresses if len(urlsplit(address).path.strip("/")) > 0)
    return deep[0] if len(deep) == 1 else None


def _bylines(
    judged: Sequence[Judged], run: Run, title: Title, rules: CleaningRules
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Lines of the kind "By Jane Doe" between the title and the text, or right under it."""
    first = title.position if title.position is not None else max(0, run.start - 6)
    near = [
        *range(first, min(run.start + 4, len(judged))),
        *range(max(run.start + 4, run.end - 2), min(run.end + 3, len(judged))),
    ]
    prose = next((at for at in range(run.start, run.end) if is_sentence(judged[at])), run.start)
    dashed = any(_DASH in judged[at].line.words for at in near)
    beginnings = sorted(one.bare for one in judged) if dashed else []
    authors: list[str] = []
    positions = []
    for position in near:
        one = judged[position]
        if position == title.position or is_sentence(one) or one.length > 140:
            continue
        names = byline(one.line.words, rules)
        if not names and position >= run.end:
            names = sourced_names(one.line.words, rules)
        above = position < prose or first <= position < min(first + _HEAD, len(judged))
        if not names and above and one.rule is None and one.length <= _BARE and _beside_date(judged, position):
            said = (one.line.words, before_date(one.line.words, rules), _before_outlet(one, beginnings))
            names = next((found for text in said if (found := bare_names(text, rules))), ())
            names = names or (() if one.times > 1 else _without_capitals(one, judged[run.start : run.end], rules))
        if names:
            positions.append(position)
            authors += names
    return tuple(dict.fromkeys(authors)), tuple(positions)


def _without_capitals(one: Judged, article: Sequence[Judged], rules: CleaningRules) -> tuple[str, ...]:
    """The names that stand alone on a line, or before the day, in none of the article's words."""
    text = one.line.words
    if not may_name(text):
        return ()
    day = date_line(text, rules)
    names = uncased_names((text[: day.start] if day else text).strip(_BETWEEN), rules)
    if not names:
        return ()
    said = {word for other in article if is_sentence(other) for word in other.line.words.split()}
    return () if any(part in said for name in names for part in name.split()) else names


def _before_outlet(one: Judged, beginnings: Sequence[str]) -> str:
    """What stands before a dash and a name with which another line of the page begins: the outlet's.

    `beginnings` are all lines' letters, sorted.
    """
    name, _, outlet = one.line.words.partition(_DASH)
    bare = skeleton(outlet)
    if len(bare) < _SHORTEST_OUTLET:
        return ""
    first = bisect_left(beginnings, bare)
    begun = sum(each.startswith(bare) for each in beginnings[first : first + 2])
    return name if begun > one.bare.startswith(bare) else ""


def _beside_date(judged: Sequence[Judged], position: int) -> bool:
    beside = judged[max(0, position - 1) : position + 2]
    return any(_YEAR.search(one.line.words) and one.length < 100 for one in beside)


def is_about_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end speaks of the author rather than of the news."""
    return any(len(name) > 4 and skeleton(text).startswith(skeleton(name)) for name in authors)
