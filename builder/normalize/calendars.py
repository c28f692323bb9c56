"""Days of other calendars as days of the common one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_NEW_YEAR: Final = date(2025, 3, 21)
"""The first day of 1404 in Iran and Afghanistan, from which all others are counted."""
_NEW_YEAR_OF: Final = 1404
_CYCLE: Final = 33
_LEAP: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Years of 366 days among 33, by the rest that a division leaves: as Iran's calendar has had them since 1925."""
_LONG_MONTHS: Final = 6
_LONG: Final = 31
_CENTURY: Final = 2000


def common_day(year: int, month: int, day: int) -> date | None:
    """The day of a year of the sun since the Hijra, which begins in March; None where there is no such day."""
    last = _LONG if month <= _LONG_MONTHS else _LONG - 1 if month < 12 or year % _CYCLE in _LEAP else _LONG - 2
    if not (1 <= month <= 12 and 1 <= day <= last):
        return None
    low, high = sorted((year, _NEW_YEAR_OF))
    days = 365 * (high - low) + sum(each % _CYCLE in _LEAP for each in range(low, high))
    short = max(0, month - 1 - _LONG_MONTHS)
    within = _LONG * (month - 1) - short + day - 1
    return _NEW_YEAR + timedelta(days=(days if year >= _NEW_YEAR_OF else -days) + within)


def whole_year(last_two: int, years_ahead: int) -> int:
    """The common year of the last two figures of one that a country counts so many years ahead: 68 of 2568 is 2025."""
    return (_CENTURY + years_ahead) // 100 * 100 + last_two - years_ahead
