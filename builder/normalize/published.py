"""When a piece was published and captured: from what the page says of itself, or from a line that only says when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.date_patterns import may_hold_date
from builder.normalize.dates import DateLine, date_line
from builder.normalize.head_dates import captured_in_head, day_in_address, moment_of, said_in_head
from builder.normalize.judge import SHORT_PROSE, Judged, Run, is_sentence, prose_of
from builder.normalize.language import language_of
from builder.normalize.page import Page
from builder.normalize.text_measures import ends_sentence

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
LONGEST_POINTED: Final = 60.0
"""Those of a line that is nothing but a date and closes with a point, as the Thai word for o'clock does."""
MOST_POINTED: Final = 6.0
"""Those beside it that are no part of the date."""
_SHORT_FORM: Final = 4
"""Letters of a word for the year or the hour with its point; a point alone closes a sentence."""
BESIDE: Final = 2
"""Lines from the title within which a date is hardly another piece's."""
_MOST_DAYS: Final = ((1, 2), (3, 1))
"""By rank: around the title there may be one date more than the piece's own, between paragraphs none."""
_NO_PLACE: Final = frozenset({"row", "code", "quote"})
_SHORT_PLACE: Final = frozenset({"heading", "caption"})


@value(frozen=True, slots=True)
class Dates:
    """What a page says of when it was published and captured."""

    published: str | None
    """`2023-10-18`, `2023-10-18T18:00` or `2023-10-18T18:00+09:00`, in the zone that the page gives."""
    retrieved: str | None
    lines: tuple[int, ...] = ()
    """Numbers of the lines that only say when."""


@value(frozen=True, slots=True)
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
    placed = tuple(_placed(judged, rules, language))
    own = _own(placed, frame)
    visible = own[0].date.value if own else _alone_below(placed, frame)
    address = day_in_address(page.head.canonical)
    said = said_in_head(page.head, rules)
    if said is not None:
        published: str | None = _as_seen(said, (visible, address))
    else:
        times = [moment for stamp in page.head.times if (moment := moment_of(stamp, rules))]
        published = _with_clock(visible, times) if visible else _only(times) or address
    retrieved = next((one.date.value for one in placed if one.date.kind == "retrieved"), None)
    lines = tuple(judged[one.position].line.number for one in placed if one in own or frame.is_of_change(one))
    return Dates(published, captured_in_head(page.head, rules) or retrieved, lines)


class _Frame:
    """Where a date line may stand to be the piece's own."""

    def __init__(self, judged: Sequence[Judged], run: Run, title_position: int | None) -> None:
        self._judged = judged
        self._run = run
        inside = range(run.start, run.end)
        self.text = next(
            (p for p in inside if judged[p].prose and judged[p].weight >= 2.0), _first_sentence(judged, run)
        )
        self.top = title_position if title_position is not None and title_position <= self.text else None
        above = UNTITLED if self.top is None else NEAR
        self._first = self._above(self.text if self.top is None else self.top, above)
        below = range(run.end, len(judged))
        sections = (p for p in below if judged[p].section in ("related", "comments"))
        self._imprint = next((p for p in below if judged[p].rule == "copyright"), len(judged))
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
        if position < self._last and labelled and (position < self._imprint or "T" in one.date.value):
            # An imprint says when the paper was registered; a wire's note of sending stands there too, with its time.
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

    def is_of_change(self, one: _Placed) -> bool:
        """Whether a line says when the page was last changed or when it was captured."""
        return one.date.kind in ("updated", "retrieved") and one.position < self._last


def _first_sentence(judged: Sequence[Judged], run: Run) -> int:
    """Where a text begins whose lines all weigh little: those of short pages do."""
    inside = range(run.start, run.end)
    long = (p for p in inside if judged[p].length >= SHORT_PROSE and ends_sentence(judged[p].line.words))
    return next(long, run.start)


def _placed(judged: Sequence[Judged], rules: CleaningRules, language: str | None) -> Iterator[_Placed]:
    for position, one in enumerate(judged):
        # What begins "3. May" looks like the third item of a list.
        words = one.line.text.strip() if one.line.ordered else one.line.words
        if (
            not may_hold_date(words)
            or (is_sentence(one) and one.length > LONGEST_POINTED)
            or one.line.kind in _NO_PLACE
            or (one.line.kind in _SHORT_PLACE and one.length > LONGEST_BARE)
        ):
            continue
        found = date_line(words, rules, language=language)
        if found is not None and is_sentence(one) and not _is_pointed(found, words):
            continue
        if found is not None and not (one.rule == "repeated-label" and found.kind == "unlabelled"):
            yield _Placed(position, found)


def _is_pointed(found: DateLine, words: str) -> bool:
    """Whether a line that closes with a point is a date all the same: labelled, or the point is an abbreviation's."""
    labelled = found.kind in ("published", "updated")
    behind = words[found.end :]
    abbreviated = len(behind) <= _SHORT_FORM and any(map(str.isalpha, behind))
    return found.other <= MOST_POINTED and (labelled or abbreviated)


def _own(placed: Sequence[_Placed], frame: _Frame) -> list[_Placed]:
    """The piece's own date lines, the best first.

    Where bare dates around the title or between paragraphs say several days, they are those of events, comments or
    teasers: the one beside the title counts, if there is just one, and no bare date that stands worse.
    """
    ranked = [(rank, frame.distance(one), one) for one in placed if (rank := frame.rank(one)) is not None]
    ranked.sort(key=lambda given: given[:2])
    for rank, most in _MOST_DAYS:
        if len({one.date.value[:10] for own, _, one in ranked if own == rank}) > most:
            beside = [given for given in ranked if given[0] == rank == 1 and given[1] <= BESIDE]
            kept = beside if len({one.date.value[:10] for _, _, one in beside}) == 1 else []
            return [one for given, _, one in ranked if given not in (1, 3, 4)] + [one for _, _, one in kept]
    return [one for _, _, one in ranked]


def _alone_below(placed: Sequence[_Placed], frame: _Frame) -> str | None:
    """A day with nothing beside it right under the text, the page's other days all later: those of comments."""
    days = [one.date.value[:10] for one in placed]
    below = (one.date for one in placed if frame.is_below(one) and one.date.kind == "unlabelled")
    first = next(below, None)
    return first.value if first and first.other == 0 and first.value == min(days) else None


def _as_seen(said: str, others: Sequence[str | None]) -> str:
    """What a page says to machines, with the time, or by the source's own clock, where it shows readers either.

    Many sites give machines universal time and readers their own: 2 o'clock in London is the evening before in Lima.
    """
    if len(said) == 10:
        return next((other for other in others if other and other[:10] == said), said)
    if not said.endswith("+00:00"):
        return said
    universal = datetime.fromisoformat(said)
    for other in others:
        if other is None:
            continue
        if other[:10] == said[:10]:
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
