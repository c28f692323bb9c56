"""Days and times as pages write them, in every language at once: where they stand, and what they mean.

The forms are few and know no words; words are looked up once a form fits. A pattern that spelled out the months and
weekdays of two dozen languages would take a second to compile and two milliseconds a line.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from builder.model import Calendar, CleaningRules
from builder.model.values import value
from builder.normalize.calendars import common_day, whole_year
from builder.normalize.date_forms import WORD, YEAR, day_forms, is_glued, one_of, time_forms

EARLIEST: Final = 1990
LATEST: Final = 2100
_MINGUO: Final = 1911
"""The year before the first of the Republic of China, by which Taiwan's offices count."""
_AHEAD: Final = 50
"""Two figures from which on a year is none of the common count's first half century."""
_LONGEST_BEFORE: Final = 48
"""Letters before a date in which its time may stand."""
_LONGEST_GAP: Final = 12
"""Words and separators between a day and its time."""
_WORD: Final = re.compile(WORD)
_DIGIT: Final = re.compile(r"\d")
_SEPARATOR: Final = re.compile(r"[\s,;.|@~/()\[\]\u060c\u00b7\u2022\u2013\u2014-]")
_SHIFT: Final = r"(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d\d)?(?!\d)|[+-]\d\d:?\d\d(?!\d)"
# Full-width forms of ASCII, spaces of every width, the hyphens that are not hyphens, the digits of other scripts and
# the Turkish capital that small letters take two for: one letter for one letter, so that positions stay the page's.
_PLAIN: Final = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
        **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2005\u2007\u2009\u202f\t", " "),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)},
        "\u2019": "'",
        "\u0130": "i",
    }
)


# A table is asked for each letter, a pattern calls for the few that it finds.
_NOT_PLAIN: Final = re.compile(f"[{''.join(map(chr, _PLAIN))}]")


@value(frozen=True, slots=True)
class WrittenDate:
    """A day, with its time and zone where they are written, at its place in a text, half open."""

    start: int
    end: int
    value: str
    """`2023-10-18`, `2023-10-18T18:00` or `2023-10-18T18:00+09:00`."""


class DatePatterns:
    """The forms of days and times, and the words of all languages to fill them."""

    def __init__(self, rules: CleaningRules) -> None:
        calendars = [language.calendar for language in rules.languages]
        self._calendars = {language.code: language.calendar for language in rules.languages}
        self._months = _months(rules)
        self._solar = {
            plain(name): number
            for calendar in calendars
            for number, names in enumerate(calendar.solar_months, 1)
            for name in names
        }
        ahead = [language for language in rules.languages if language.calendar.years_ahead]
        short = {plain(name) for language in ahead for names in language.months for name in names}
        self._eras = {era: year for calendar in calendars for era, year in calendar.eras}
        self._halves = {word: half for calendar in calendars for half, word in calendar.meridiem}
        self._zones = {name.casefold(): offset for name, offset in rules.zones}
        self._zones |= {name: offset for calendar in calendars for name, offset in calendar.zones}
        beside = {word for calendar in calendars for word in (*calendar.weekdays, *calendar.words)}
        single = re.compile(WORD)
        glued = [word for word in (*beside, *self._zones) if is_glued(word) or not single.fullmatch(word)]
        self._small = frozenset(word.strip(".") for word in beside)
        self._glued = re.compile(one_of(glued))
        units: dict[str, list[str]] = {}
        for calendar in calendars:
            for kind, word in calendar.units:
                units.setdefault(kind, []).append(word)
        ends = {word for calendar in calendars for word in calendar.ordinals}
        first_years = [word for calendar in calendars for word in calendar.first_year]
        phrases = [name for name in self._months if is_glued(name) or not single.fullmatch(name)]
        self._days = tuple(
            day_forms(units, phrases, self._eras, first=first_years, ends=ends, solar=self._solar, short=short)
        )
        self._times = tuple(time_forms(units, self._halves))
        self._zone = re.compile(rf"\s?[(\[]?\s?(?P<zone>{_SHIFT}|{one_of(glued)}|{WORD})(?:\s?[)\]])?")
        counted = r"(?<!\d)1(?:[01]\d[-./]\s?\d|[34]\d\d(?!\d))|\d\d?(?:\.\s?\d\d?\.\s?|/\d\d?/)\d\d"
        self._gate = re.compile(rf"{YEAR}|{counted}|{one_of(short)}|{one_of(self._eras)}")

    def find(self, text: str, language: str | None = None) -> tuple[WrittenDate, ...]:
        """Every whole date of a text, in order; `language` decides whether 3/4/2024 can be read, and how."""
        if not may_hold_date(text):
            return ()
        folded = plain(text)
        if not self._gate.search(folded):
            return ()
        matches = [
            match for sign, form in self._days if sign.search(folded) is not None for match in form.finditer(folded)
        ]
        found: list[WrittenDate] = []
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            since = found[-1].end if found else 0
            day = self._day(match, language) if match.start() >= since else None
            if day is not None:
                found.append(self._with_time(folded, match, day, since=since, language=language))
        return tuple(found)

    def without_fillers(self, text: str) -> list[str]:
        """The words of a text that are no weekday, zone or small word of a date."""
        folded = self._glued.sub(lambda match: " " * len(match[0]), plain(text))
        words = [match for match in _WORD.finditer(folded) if match[0].strip(".") not in self._small]
        return [text[word.start() : word.end()] for word in words if word[0] not in self._zones]

    def _day(self, match: re.Match[str], language: str | None) -> str | None:
        parts = match.groupdict()
        calendar = self._calendars.get(language or "", Calendar())
        if (parts.get("first") or "") in self._months and (parts.get("name") or "").strip(".") in self._small:
            parts["first"], parts["name"] = parts["name"], parts["first"]  # the month, then a word for the era
        small = [word.strip(".") for word in (parts.get("first"), parts.get("second")) if word]
        if any(word not in self._small for word in small) or ("minguo" in parts and not _is_minguo(match, language)):
            return None
        if parts.get("sun") is not None:
            return self._of_sun(parts, calendar)
        if parts.get("name") is not None:
            meanings = self._months.get((parts["name"] or "").strip("."), ())
            own = [meaning for meaning in meanings if meaning[0] == language] or meanings
            pairs = list(dict.fromkeys((month, int(parts["day"] or 0)) for _, month in own))
            calendar = self._calendars[own[0][0]] if own else calendar
        elif parts.get("separator") is not None:
            pairs = _numeric(parts, calendar)
        else:
            pairs = [(int(parts["month"] or 0), int(parts["day"] or 0))]
        return _calendar_day(self._year(parts, calendar), *pairs[0]) if len(pairs) == 1 else None

    def _of_sun(self, parts: dict[str, str | None], calendar: Calendar) -> str | None:
        """A day of a year of the sun, on a page in a language that counts so: others have years of the moon."""
        if not calendar.solar_months:
            return None
        name = parts.get("name")
        month = self._solar[name] if name else int(parts["month"] or 0)
        found = common_day(int(parts["sun"] or 0), month, int(parts["day"] or 0))
        return _calendar_day(found.year, found.month, found.day) if found else None

    def _year(self, parts: dict[str, str | None], calendar: Calendar) -> int:
        if era := parts.get("era"):
            within = parts["within"] or ""
            return self._eras[era] + (int(within) if within.isdecimal() else 1)
        if "minguo" in parts:
            return int(parts["minguo"] or 0) + _MINGUO
        year = int(parts["year"] or 0)
        if year < 100:
            ahead = parts.get("name") or _is_ahead(year, calendar)
            return whole_year(year, calendar.years_ahead if ahead else 0)
        return year - calendar.years_ahead if year > LATEST else year

    def _with_time(self, text: str, match: re.Match[str], day: str, *, since: int, language: str | None) -> WrittenDate:
        machine = text.startswith("t", match.end())
        after, named = (match.end() + 1, "") if machine else self._gap(text, match.end())
        for form in self._times:
            if (time := form.match(text, after)) and (clock := self._clock(time, language)):
                zone, end = self._offset(text, time.end(), machine=machine)
                return WrittenDate(match.start(), end, f"{day}T{clock}{zone or named}")
        for form in self._times:
            for time in form.finditer(text, max(since, match.start() - _LONGEST_BEFORE), match.start()):
                zone, end = self._offset(text, time.end(), machine=False)
                clock = self._clock(time, language)
                if clock and self._gap(text, end)[0] == match.start() and _is_of_day(time, zone, since):
                    return WrittenDate(time.start(), match.end(), f"{day}T{clock}{zone}")
        return WrittenDate(match.start(), match.end(), day)

    def _gap(self, text: str, position: int) -> tuple[int, str]:
        """Where separators, weekdays, small words and zones after a position end, and the last zone's offset."""
        named = ""
        for _ in range(_LONGEST_GAP):
            mark = _SEPARATOR.match(text, position) or self._glued.match(text, position) or _WORD.match(text, position)
            if mark is None or (mark.re is _WORD and mark[0] not in self._small and mark[0] not in self._zones):
                break
            named = self._zones.get(mark[0], named)
            position = mark.end()
        return position, named

    def _clock(self, time: re.Match[str], language: str | None) -> str | None:
        parts = time.groupdict()
        hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
        said = parts.get("before") or parts.get("after") or ""
        own = self._calendars.get(language or "", Calendar())
        # German "am" is a preposition: "12:30 am 18. Oktober" is past noon.
        half = None if said in own.words else self._halves.get(said)
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None

    def _offset(self, text: str, position: int, *, machine: bool) -> tuple[str, int]:
        match = self._zone.match(text, position)
        zone = match["zone"] if match else ""
        # "10:00-12:00" is a stretch of time unless a machine wrote the whole stamp.
        if match is None or (zone[0] == "-" and not machine):
            return "", position
        offset = "+00:00" if zone == "z" else self._zones.get(zone) or _shift(zone)
        return (offset, match.end()) if offset else ("", position)


@lru_cache(maxsize=2)
def date_patterns(rules: CleaningRules) -> DatePatterns:
    """The forms for one set of rules, made once in a process."""
    return DatePatterns(rules)


def may_hold_date(text: str) -> bool:
    """Whether a text holds a figure, which every form of a day has: most lines do not, and need not be looked at."""
    return _DIGIT.search(text) is not None


def plain(text: str) -> str:
    """Small letters and ASCII digits and signs, letter for letter: positions stay those of the text."""
    if text.isascii():
        return text.replace("\t", " ").lower()
    narrow = _NOT_PLAIN.sub(lambda sign: _PLAIN[ord(sign[0])], text)
    small = narrow.lower()
    if len(small) == len(narrow):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in narrow)


def _months(rules: CleaningRules) -> dict[str, tuple[tuple[str, int], ...]]:
    """Each spelling, and which month it is in which language: a Croatian October is a Polish November."""
    months: dict[str, tuple[tuple[str, int], ...]] = {}
    for language in rules.languages:
        for number, spellings in enumerate(language.months, 1):
            for name in {plain(spelling).strip(".") for spelling in spellings}:
                months[name] = (*months.get(name, ()), (language.code, number))
    return months


def _numeric(parts: dict[str, str | None], calendar: Calendar) -> list[tuple[int, int]]:
    """Month and day of 18.10.2023, 18/10/2023 or 10/18/2023; both readings where nothing settles it."""
    first, second = int(parts["day"] or 0), int(parts["month"] or 0)
    day_first, year = calendar.day_first, parts["year"] or ""
    if len(year) == 2 and not (day_first and parts["separator"] == ".") and not _is_ahead(int(year), calendar):
        return []
    if first > 12 or parts["separator"] == "." or first == second or (day_first and second <= 12):
        return [(second, first)]
    return [(first, second)] if second > 12 else [(first, second), (second, first)]


def _is_ahead(last_two: int, calendar: Calendar) -> bool:
    """Whether two figures for a year can only be of a count that runs ahead: 68 is 2568 in Thailand."""
    return bool(calendar.years_ahead) and last_two >= _AHEAD


def _is_of_day(time: re.Match[str], zone: str, since: int) -> bool:
    """Whether a time before a date is one: 12:34 inside a line may be how long a film lasts."""
    parts = time.groupdict()
    return bool(zone or parts.get("before") or parts.get("after")) or (
        time.start() == since == 0 and len(parts["hour"]) == 2
    )


def _is_minguo(match: re.Match[str], language: str | None) -> bool:
    """Whether a year of three digits is one of the Republic of China: on a Chinese page, right behind a label."""
    return language == "zh" and match.string[: match.start()].rstrip().endswith(":")


def _shift(zone: str) -> str:
    """The offset that UTC+9 or +0900 spells; none where no country keeps it."""
    sign = max(zone.find("+"), zone.find("-"))
    digits = zone[sign + 1 :].replace(":", "").strip()
    if sign < 0 or not digits.isdecimal():
        return ""
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{zone[sign]}{int(hours):02}:{minutes}" if int(hours) <= 14 and minutes in ("00", "30", "45") else ""


def _calendar_day(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= year <= LATEST else None
