"""Days and times as pages write them, in every language at once: where they stand, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules

EARLIEST: Final = 1990
LATEST: Final = 2100
_LONGEST_BEFORE: Final = 48
"""Letters before a date in which its time may stand."""
_LETTER: Final = r"[^\W\d_]"
_YEAR: Final = r"(?<!\d)(?P<year>(?:19|20|21)\d\d)"
_DAY: Final = r"(?P<day>\d{1,2})"
_NUMBER: Final = r"(?P<month>\d{1,2})"
# Full-width forms of ASCII, spaces of every width and the hyphens that are not hyphens: one letter for one letter,
# so that positions stay those of the page.
_PLAIN: Final = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
        **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        "\u2019": "'",
    }
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day, with its time and zone where they are written, at its place in a text, half open."""

    start: int
    end: int
    value: str
    """`2023-10-18`, `2023-10-18T18:00` or `2023-10-18T18:00+09:00`."""

    @property
    def day(self) -> str:
        """`2023-10-18`."""
        return self.value[:10]


class DatePatterns:
    """The forms of days and times, made from the words of all languages."""

    def __init__(self, rules: CleaningRules) -> None:
        calendars = [language.calendar for language in rules.languages]
        self._day_first = frozenset(language.code for language in rules.languages if language.calendar.day_first)
        self._months = _months(rules)
        self._eras = {era: year for calendar in calendars for era, year in calendar.eras}
        self._meridiem = {word: half for calendar in calendars for half, word in calendar.meridiem}
        self._zones = {name.casefold(): offset for name, offset in rules.zones}
        self._zones |= {name: offset for calendar in calendars for name, offset in calendar.zones}
        units: dict[str, list[str]] = {}
        for calendar in calendars:
            for kind, word in calendar.units:
                units.setdefault(kind, []).append(word)
        words = [word for calendar in calendars for word in calendar.words]
        self._days = tuple(_day_forms(units, self._months, [*self._eras], _first_years(rules), one_of(words)))
        weekdays = [day for calendar in calendars for day in calendar.weekdays]
        zone = _zone_form(self._zones)
        gap = _gap_form(weekdays, words, zone)
        times = tuple(_time_forms(units, [*self._meridiem]))
        self._gap = re.compile(gap)
        self._zone = re.compile(rf"\s?[(\[]?\s?(?P<zone>{zone})(?:\s?[)\]])?")
        self._times = tuple(map(re.compile, times))
        self._times_before = tuple(re.compile(rf"{time}(?:\s?[(\[]?(?P<zone>{zone})[)\]]?)?{gap}$") for time in times)

    def find(self, text: str, language: str | None = None) -> tuple[WrittenDate, ...]:
        """Every whole date of a text, in order; `language` decides whether 3/4/2024 can be read, and how."""
        folded = plain(text)
        matches = [match for form in self._days for match in form.finditer(folded)]
        found: list[WrittenDate] = []
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            day = self._day(match, language) if not found or match.start() >= found[-1].end else None
            if day is not None:
                found.append(self._with_time(folded, match, day, since=found[-1].end if found else 0))
        return tuple(found)

    def _day(self, match: re.Match[str], language: str | None) -> str | None:
        parts = match.groupdict()
        year = self._year(parts)
        if parts.get("name") is not None:
            months: Iterable[int] = self._month(parts["name"], language)
            pairs = [(month, int(parts["day"])) for month in months]
        elif parts.get("separator") is not None:
            pairs = self._numeric(parts, language)
        else:
            pairs = [(int(parts["month"]), int(parts["day"]))]
        return _calendar_day(year, *pairs[0]) if len(pairs) == 1 else None

    def _year(self, parts: dict[str, str | None]) -> int:
        if era := parts.get("era"):
            within = parts["within"] or ""
            return self._eras[era] + (int(within) if within.isdecimal() else 1)
        year = int(parts["year"] or 0)
        return year + 2000 if year < 100 else year

    def _month(self, name: str, language: str | None) -> tuple[int, ...]:
        meanings = self._months[name]
        own = tuple(month for code, month in meanings if code == language)
        return own or tuple(sorted({month for _, month in meanings}))

    def _numeric(self, parts: dict[str, str | None], language: str | None) -> list[tuple[int, int]]:
        """Month and day of 18.10.2023, 18/10/2023 or 10/18/2023; both readings where nothing settles it."""
        first, second = int(parts["day"] or 0), int(parts["month"] or 0)
        day_first = (language or "") in self._day_first
        if len(parts["year"] or "") == 2 and not (day_first and parts["separator"] == "."):
            return []
        if first > 12 or parts["separator"] == "." or first == second or (day_first and second <= 12):
            return [(second, first)]
        return [(first, second)] if second > 12 else [(first, second), (second, first)]

    def _with_time(self, text: str, match: re.Match[str], day: str, *, since: int) -> WrittenDate:
        gap = self._gap.match(text, match.end())
        after = gap.end() if gap else match.end()
        for form in self._times:
            if (time := form.match(text, after)) and (clock := self._clock(time)):
                zone, end = self._offset(text, time.end(), machine=text[match.end() : after] == "t")
                named = zone or self._zones.get((gap["named"] if gap else None) or "", "")
                return WrittenDate(match.start(), end, f"{day}T{clock}{named}")
        window = max(since, match.start() - _LONGEST_BEFORE)
        before = text[window : match.start()]
        for form in self._times_before:
            if (time := form.search(before)) and self._is_of_day(time) and (clock := self._clock(time)):
                return WrittenDate(window + time.start(), match.end(), f"{day}T{clock}{self._named(time['zone'])}")
        return WrittenDate(match.start(), match.end(), day)

    def _is_of_day(self, time: re.Match[str]) -> bool:
        """Whether a time before a date is one: 12:34 inside a line may be how long a film lasts."""
        parts = time.groupdict()
        said = parts["zone"] or parts.get("before") or parts.get("after")
        return bool(said) or (time.start() == 0 and len(parts["hour"]) == 2)

    def _clock(self, time: re.Match[str]) -> str | None:
        parts = time.groupdict()
        hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
        half = self._meridiem.get(parts.get("before") or parts.get("after") or "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None

    def _offset(self, text: str, position: int, *, machine: bool) -> tuple[str, int]:
        match = self._zone.match(text, position)
        if match is None:
            return "", position
        # "10:00-12:00" is a stretch of time unless a machine wrote the whole stamp.
        if match["zone"][0] == "-" and not machine:
            return "", position
        return self._named(match["zone"]), match.end()

    def _named(self, zone: str | None) -> str:
        """The offset for a zone as written."""
        if not zone:
            return ""
        if zone in self._zones:
            return self._zones[zone]
        if zone == "z":
            return "+00:00"
        sign = zone.find("+") if "+" in zone else zone.find("-")
        digits = zone[sign + 1 :].replace(":", "").strip()
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        fits = int(hours) <= 14 and minutes in ("00", "30", "45")
        return f"{zone[sign]}{int(hours):02}:{minutes}" if fits else ""


@lru_cache(maxsize=2)
def date_patterns(rules: CleaningRules) -> DatePatterns:
    """The forms for one set of rules, made once in a process."""
    return DatePatterns(rules)


def plain(text: str) -> str:
    """Small letters and ASCII digits and signs, letter for letter: positions stay those of the text."""
    narrow = text.translate(_PLAIN)
    small = narrow.lower()
    if len(small) == len(narrow):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in narrow)


def one_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; Latin words stand alone, glued scripts need not."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_bounded(word) for word in ordered) + ")" if ordered else "(?!)"


def _calendar_day(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= year <= LATEST else None


def _months(rules: CleaningRules) -> dict[str, tuple[tuple[str, int], ...]]:
    """Each spelling, and which month it is in which language: a Croatian October is a Polish November."""
    months: dict[str, tuple[tuple[str, int], ...]] = {}
    for language in rules.languages:
        for number, spellings in enumerate(language.months, 1):
            for name in spellings:
                months[name.rstrip(".")] = (*months.get(name.rstrip("."), ()), (language.code, number))
    return months


def _first_years(rules: CleaningRules) -> list[str]:
    return [word for language in rules.languages for word in language.calendar.first_year]


def _bounded(word: str) -> str:
    before = rf"(?<!{_LETTER})" if word[0] < "\u1100" and word[0].isalpha() else ""
    after = rf"(?!{_LETTER})" if word[-1] < "\u1100" and word[-1].isalpha() else ""
    return before + re.escape(word) + after


def _day_forms(
    units: dict[str, list[str]],
    months: dict[str, tuple[tuple[str, int], ...]],
    eras: list[str],
    first: list[str],
    words: str,
) -> Iterator[re.Pattern[str]]:
    year, month, day = (one_of(units.get(kind, ())) for kind in ("year", "month", "day"))
    name = f"(?P<name>{one_of(months)})"
    joined = rf"[\s.,/'-]*(?:{words}[\s.]*)?"
    within = rf"(?P<within>\d{{1,3}}|{one_of(first)})"
    yield re.compile(rf"{_YEAR}\s?(?P<mark>[-./\u2013])\s?{_NUMBER}\s?(?P=mark)\s?{_DAY}(?!\d|[-/]\d|\.\d+(?![\d:]))")
    counted = rf"\s?{year}(?:\s?\([^()]{{1,14}}\))?\s?{_NUMBER}\s?{month}\s?{_DAY}\s?{day}"
    yield re.compile(_YEAR + counted)
    yield re.compile(rf"(?P<era>{one_of(eras)})\s?{within}{counted}")
    yield re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.|\u00ba|\u00aa|\u00b0)?{joined}{name}{joined}{_YEAR}(?!\d)")
    yield re.compile(rf"{name}[\s./-]*{_DAY}(?:st|nd|rd|th)?(?!\d){joined}{_YEAR}(?!\d)")
    yield re.compile(rf"{_YEAR}{joined}{name}[\s./-]*{_DAY}(?!\d)")
    yield re.compile(
        rf"(?<![\d./-]){_DAY}\s?(?P<separator>[-./])\s?{_NUMBER}\s?(?P=separator)\s?"
        rf"(?P<year>(?:19|20|21)\d\d|\d\d)(?!\d|[-/:]\d|\.\d)"
    )


def _time_forms(units: dict[str, list[str]], halves: list[str]) -> Iterator[str]:
    hour, minute, second = (one_of(units.get(kind, ())) for kind in ("hour", "minute", "second"))
    before, after = rf"(?:(?P<before>{one_of(halves)})\s?)?(?<!\d)", rf"(?:\s?(?P<after>{one_of(halves)}))?"
    yield rf"{before}(?P<hour>\d{{1,2}})\s?{hour}(?:\s?(?P<minute>\d{{1,2}})\s?{minute}(?:\s?\d\d?\s?{second})?)?"
    yield rf"{before}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?(?![:\d]){after}"
    yield r"(?<!\d)(?P<hour>\d{1,2})\s?h\s?(?P<minute>\d\d)?(?!\w)"
    yield rf"(?<![\d.])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?!\d|\.\d){after}"
    yield rf"(?<!\d)(?P<hour>\d{{1,2}})\s?(?P<after>{one_of(halves)})"


def _zone_form(zones: Iterable[str]) -> str:
    shift = r"(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d\d)?(?!\d)|[+-]\d\d:?\d\d(?!\d)"
    return rf"(?:{shift}|{one_of(zones)}|z(?!{_LETTER}))"


def _gap_form(weekdays: Iterable[str], words: Iterable[str], zone: str) -> str:
    """What may stand between a day and its time: separators, the weekday, small words, the name of a zone."""
    day = one_of(weekdays)
    return (
        rf"(?:t(?=\d)|(?:[\s,;.|@~/\u00b7\u2022\u2013\u2014-]|\({day}\)|\[{day}\]|{day}\.?(?!\d*{_LETTER})"
        rf"|{one_of(words)}|[(\[](?=\d)|[(\[]?(?P<named>{zone})[)\]]?){{0,12}})"
    )
