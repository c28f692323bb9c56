"""What a saved page says to machines of when it was published and captured: JSON-LD, metas, times, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from builder.model import CleaningRules
from builder.normalize.date_patterns import EARLIEST, LATEST
from builder.normalize.dates import dates_in
from builder.normalize.page import Head

_ARTICLES: Final = ("article", "posting", "report", "interview")
_METAS: Final = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.published",
    "prism.publicationdate",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "published_time",
    "published-date",
    "publication_date",
    "publication-date",
    "datepublish",
    "rnews:datepublished",
    "last-published",
    "article_date_original",
    "article.published",
    "date.published",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "datecreated",
    "created",
    "date",
)
_COMPACT: Final = re.compile(
    r"((?:19|20|21)\d\d)(\d\d)(\d\d)(?:t?(\d\d):?(\d\d)(?::?\d\d)?(z)?)?(?!\d)", re.IGNORECASE | re.ASCII
)
_CLOCK_LAST: Final = re.compile(
    r"[A-Z][a-z]{2},? ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d(?::\d\d)?) (?:([A-Z]{2,5}|[+-]\d\d:?\d\d) )?(\d{4})\b"
)
_EPOCH: Final = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
_URL_DAYS: Final = (
    re.compile(r"[/=_-]((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)"),
    re.compile(r"[/=_-]((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
)
CAPTURED: Final = "pressmark:retrieved"
"""The meta under which flattening hands on what a clipper or a browser noted of the capture."""


def said_in_head(head: Head, rules: CleaningRules) -> str | None:
    """The moment of publication that JSON-LD or a meta gives, the surest first."""
    stamps = (*_of_records(head), *_of_metas(head))
    return next((moment for stamp in stamps if (moment := moment_of(stamp, rules))), None)


def captured_in_head(head: Head, rules: CleaningRules) -> str | None:
    """The moment of capture that a clipper or a browser noted."""
    noted = (content for name, content in head.metas if name == CAPTURED)
    return next((moment for stamp in noted if (moment := moment_of(stamp, rules))), None)


def moment_of(stamp: str, rules: CleaningRules) -> str | None:
    """A machine's stamp as a day, or as a day and a time to the minute with the zone that it gives.

    In whatever language the page is: 3/4/2024 stays unknown, since templates write as their makers do.
    """
    stamp = stamp.strip()
    if _EPOCH.fullmatch(stamp):
        when = datetime.fromtimestamp(int(stamp[:10]), UTC)
        return when.isoformat(timespec="minutes") if EARLIEST <= when.year <= LATEST else None
    if compact := _COMPACT.match(stamp):
        day = _day(*compact.groups()[:3])
        time = f"T{compact[4]}:{compact[5]}" if compact[4] and int(compact[4]) < 24 and int(compact[5]) < 60 else ""
        return day and day + time + ("+00:00" if time and compact[6] else "")
    if clock := _CLOCK_LAST.match(stamp):
        # "Fri Apr 28 19:20:36 CEST 2023": the year behind the clock, as Java and Unix print a moment.
        month, day, time, zone, year = clock.groups()
        stamp = f"{day} {month} {year} {time} {zone or ''}"
    found = dates_in(stamp[:80], rules)
    return found[0].value if found else None


def day_in_address(address: str | None) -> str | None:
    """The day that the folders or the name of a page's own address spell."""
    for form in _URL_DAYS:
        for match in form.finditer(address or ""):
            if found := _day(match[1], match[2], match[3]):
                return found
    return None


def _of_records(head: Head) -> Iterator[str]:
    records = [dict(record) for record in head.records]
    own = [record for record in records if str(record.get("@type")).lower().strip("[]'\"").endswith(_ARTICLES)]
    for key in ("datePublished", "dateCreated"):
        for record in (*own, *records):
            if isinstance(value := record.get(key), str):
                yield value


def _of_metas(head: Head) -> Iterator[str]:
    for name in _METAS:
        yield from (content for own, content in head.metas if own == name)


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None
