"""When a piece was published and captured: from what the page says of itself, or from a line that only says when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from builder.model import CleaningRules
from builder.normalize.date_patterns import EARLIEST, LATEST
from builder.normalize.dates import DateLine, date_line, dates_in
from builder.normalize.judge import Judged, Run, prose_of
from builder.normalize.language import language_of
from builder.normalize.page import Head, Page

NEAR: Final = 3
"""Lines above the title in which a bare date is the piece's own."""
UNTITLED: Final = 8
"""Lines above the text in which it is, where no line is the title."""
LEAD: Final = 12
"""Lines in which a standfirst and what stands below it end."""
AFTER: Final = 6
"""Lines below the text in which a date with a label is the piece's own; a bare one must have a time."""
LONGEST_BARE: Final = 34.0
"""Weighted letters of a heading or a caption that is nothing but a date."""
_NO_PLACE: Final = frozenset({"row", "code", "quote"})
_SHORT_PLACE: Final = frozenset({"heading", "caption"})
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
_COMPACT: Final = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)(?:t?(\d\d):?(\d\d)(?::?\d\d)?(z)?)?(?!\d)", re.IGNORECASE)
_EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?")
_URL_DAYS: Final = (
    re.compile(r"[/=_-]((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)"),
    re.compile(r"[/=_-]((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
)
_CAPTURED: Final = "pressmark:retrieved"
"""The meta under which flattening hands on what a clipper or a browser noted of the capture."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What a page says of when it was published and captured."""

    published: str | None
    """`2023-10-18`, `2023-10-18T18:00` or `2023-10-18T18:00+09:00`, in the zone that the page gives."""
    retrieved: str | None
    lines: tuple[int, ...] = ()
    """Numbers of the lines that only say when."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date line by its position in the list of judged lines."""

    position: int
    date: DateLine


def published_of_page(
    page: Page,
    judged: Sequence[Judged],
    run: Run,
    title_position: int | None,
    *,
    rules: CleaningRules,
    language: str | None = None,
) -> Dates:
    """The day, and the time where it is given, on which the piece came out; None where the page does not say.

    `judged` are the page's lines, `run` and `title_position` places among them. `language`, by default that of the
    prose, decides whether 3/4/2024 is read. Neither prose nor the clock is asked, nor counters, comments, teasers or
    the years of a copyright.
    """
    if language is None:
        language = language_of(" ".join(prose_of(judged, run)), rules, page.head.language)
    language = language.partition("-")[0]
    frame = _Frame(judged, run, title_position)
    placed = tuple(_placed(judged, frame, rules, language))
    own = [one for one in placed if frame.rank(one) is not None]
    own.sort(key=lambda one: (frame.rank(one), frame.distance(one)))
    visible = _agreed(own, frame) if own else _alone_below(placed, frame)
    address = _of_address(page.head.canonical)
    said = _of_head(page.head, rules)
    if said is not None:
        published: str | None = _as_seen(said, (visible, address))
    else:
        times = [moment for stamp in page.head.times if (moment := _moment(stamp, rules))]
        published = _with_clock(visible, times) if visible else _only(times) or address
    retrieved = next((one.date.value for one in placed if one.date.kind == "retrieved"), None)
    lines = tuple(judged[one.position].line.number for one in placed if frame.is_cut(one))
    return Dates(published, _captured(page.head, rules) or retrieved, lines)


class _Frame:
    """Where a date line may stand to be the piece's own."""

    def __init__(self, judged: Sequence[Judged], run: Run, title_position: int | None) -> None:
        self._judged = judged
        self._run = run
        inside = range(run.start, run.end)
        self.text = next((p for p in inside if judged[p].prose and judged[p].weight >= 2.0), run.start)
        self.top = title_position if title_position is not None and title_position <= self.text else None
        above = UNTITLED if self.top is None else NEAR
        self._first = self._above(self.text if self.top is None else self.top, above)
        sections = (p for p in range(run.end, len(judged)) if judged[p].section in ("related", "comments"))
        self._under_lead = self._lead_end()
        self._last = min(run.end + AFTER, next(sections, len(judged)))

    def _lead_end(self) -> frozenset[int]:
        """Positions between the few paragraphs of a standfirst and the text proper, where many pages put the day."""
        near = range(self.text, min(self.text + LEAD, self._run.end))
        prose = [position for position in near if self._judged[position].prose][:4]
        return frozenset(range(prose[0], prose[-1])) if prose else frozenset()

    def _above(self, position: int, count: int) -> int:
        """The position so many lines higher; lines that a rule knows do not count."""
        while position > 0 and count > 0:
            position -= 1
            count -= self._judged[position].rule is None
        return position

    def rank(self, one: _Placed) -> int | None:
        """How well a line stands, the least the best; None where its date is not the piece's."""
        position, kind = one.position, one.date.kind
        if kind not in ("published", "unlabelled"):
            return None
        labelled = kind == "published"
        if self._first <= position < self.text:
            return 0 if labelled else 1
        if position < self._last and labelled:
            return 2
        if position in self._under_lead:
            return 3
        return 4 if self.is_below(one) and "T" in one.date.value else None

    def distance(self, one: _Placed) -> int:
        """How far a line is from the title or from the text, whichever is nearer."""
        return min(abs(one.position - place) for place in (self.text, self.top) if place is not None)

    def is_below(self, one: _Placed) -> bool:
        """Whether a line stands right under the text."""
        return self._run.end <= one.position < min(self._last, self._run.end + AFTER // 2)

    def is_cut(self, one: _Placed) -> bool:
        """Whether a line is the page's own date line, be it of its last change."""
        if one.date.kind == "unlabelled":
            return self.rank(one) is not None
        return one.position < self._last


def _placed(judged: Sequence[Judged], frame: _Frame, rules: CleaningRules, language: str | None) -> Iterator[_Placed]:
    for position, one in enumerate(judged):
        if one.prose or one.line.kind in _NO_PLACE or (one.line.kind in _SHORT_PLACE and one.length > LONGEST_BARE):
            continue
        found = date_line(one.line.words, rules, language=language)
        if found is not None:
            yield _Placed(position, found)


def _agreed(own: Sequence[_Placed], frame: _Frame) -> str | None:
    """The best placed date; between paragraphs several days are those of events, entries or other pieces."""
    best = [one for one in own if frame.rank(one) == frame.rank(own[0])]
    if frame.rank(own[0]) == 3 and len({one.date.value[:10] for one in best}) > 1:
        return None
    return best[0].date.value


def _alone_below(placed: Sequence[_Placed], frame: _Frame) -> str | None:
    """A day with nothing beside it right under the text, the page's other days all later: those of comments."""
    days = [one.date.value[:10] for one in placed]
    below = (one.date for one in placed if frame.is_below(one) and one.date.kind == "unlabelled")
    first = next(below, None)
    return first.value if first and first.other == 0 and first.value == min(days) else None


def _as_seen(said: str, others: Sequence[str | None]) -> str:
    """A moment in universal time as the source's own clock has it, where the page also shows that day.

    Many sites give machines universal time and readers their own: 2 o'clock in London is the evening before in Lima.
    """
    if not said.endswith("+00:00"):
        return said
    universal = datetime.fromisoformat(said)
    for other in others:
        if other is None or other[:10] == said[:10]:
            return said
        local = datetime.fromisoformat(other[:16]).replace(tzinfo=UTC)
        if "T" not in other:
            ahead = local.date() > universal.date()
            near = abs((local.date() - universal.date()).days) == 1
            if near and (universal.hour >= 10 if ahead else universal.hour < 12):
                return other
        elif timedelta(hours=-12) <= (shift := local - universal) <= timedelta(hours=14):
            return other if len(other) > 16 or shift % timedelta(minutes=15) else f"{other}{_offset(shift)}"
    return said


def _offset(shift: timedelta) -> str:
    minutes = int(shift.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _with_clock(day: str, times: Sequence[str]) -> str:
    """A day with the time of the one time element that speaks of it."""
    stamps = {time for time in times if time[:10] == day and "T" in time}
    return stamps.pop() if len(stamps) == 1 else day


def _only(times: Sequence[str]) -> str | None:
    return times[0] if len({time[:10] for time in times}) == 1 else None


def _of_head(head: Head, rules: CleaningRules) -> str | None:
    stamps = (*_of_records(head), *_of_metas(head))
    return next((moment for stamp in stamps if (moment := _moment(stamp, rules))), None)


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


def _captured(head: Head, rules: CleaningRules) -> str | None:
    noted = (content for name, content in head.metas if name == _CAPTURED)
    return next((moment for stamp in noted if (moment := _moment(stamp, rules))), None)


def _moment(stamp: str, rules: CleaningRules) -> str | None:
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
    found = dates_in(stamp[:80], rules)
    return found[0].value if found else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None


def _of_address(address: str | None) -> str | None:
    for form in _URL_DAYS:
        for match in form.finditer(address or ""):
            if found := _day(match[1], match[2], match[3]):
                return found
    return None
