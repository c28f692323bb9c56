"""The interface's words, and dates, numbers and names of languages as it writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from builder.model import Catalogue
from builder.render.messages import messages

_WIDTHS: Final = frozenset(("full", "long", "medium"))


@dataclass(frozen=True)
class Interface:
    """One language of the interface."""

    language: str
    messages: Mapping[str, tuple[str, ...]]
    """msgid → its forms, one where the language knows no plural."""
    plural: Callable[[int], int]

    def gettext(self, message: str) -> str:
        """The message in the interface's language, itself where the catalogue has none."""
        return self.messages.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form for that many."""
        forms = self.messages.get(one)
        if forms is None:
            return one if count == 1 else many
        return forms[min(self.plural(count), len(forms) - 1)]

    def day(self, day: str) -> str:
        """`2023-10-18` with its month in letters; `2023-10` and `2023` as far as they go."""
        return _day(day, "long", self.language)

    def short_day(self, day: str) -> str:
        """`2023-10-18` without its year, for lists under a year's heading."""
        return _skeleton(day, "MMMd", self.language)

    def medium_day(self, day: str) -> str:
        """`2023-10-18` with a short month, for columns."""
        return _day(day, "medium", self.language)

    def month(self, month: str) -> str:
        """`2023-10` with its year."""
        return _skeleton(month + "-01", "yMMMM", self.language)

    def month_name(self, month: str) -> str:
        """`2023-10` without its year."""
        return _pattern(month + "-01", "LLLL", self.language)

    def month_letters(self, month: str) -> str:
        """`2023-10` in as few letters as fit a narrow column: J, or the number where months are numbered."""
        return _letters(month[len("2023-") :], self.language)

    def year(self, year: str) -> str:
        """`2023` as the language writes a year that stands alone."""
        return _skeleton(year + "-01-01", "y", self.language)

    def moment(self, moment: str) -> str:
        """A date, or a date and time with the offset that the source gave."""
        return _moment(moment, self.language)

    def number(self, number: int) -> str:
        """A number with its separators."""
        return _number(number, self.language)

    def language_name(self, tag: str) -> str:
        """What the interface calls a language."""
        return _language_name(tag, self.language)

    def country(self, code: str) -> str:
        """What the interface calls a country."""
        return str(_locale(self.language).territories.get(code.upper(), code))


@lru_cache(maxsize=8)
def interface(catalogue: Catalogue) -> Interface:
    """The interface that speaks a catalogue's language; an empty translation counts as none."""
    known = catalogue.messages
    found = dict(messages(catalogue.source, catalogue.language) if known is None else known)
    return Interface(catalogue.language, found, _plural(catalogue.language))


def parsed(catalogue: Catalogue) -> Catalogue:
    """The same catalogue with its messages, which cost an edit 20 ms to read anew."""
    return replace(catalogue, messages=tuple(interface(catalogue).messages.items()))


def _plural(language: str) -> Callable[[int], int]:
    """Korean, Japanese and Chinese have one form; the others that the interface speaks tell one from many."""
    return (
        (lambda count: 0)
        if language.split("-", maxsplit=1)[0] in ("ko", "ja", "zh")
        else (lambda count: int(count != 1))
    )


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@lru_cache(maxsize=8192)
def _day(day: str, width: Literal["full", "long", "medium"], language: str) -> str:
    if len(day) < len("2023-10-18"):
        return _skeleton((day + "-01-01")[: len("2023-10-18")], "yMMMM" if "-" in day else "y", language)
    return _written(date.fromisoformat(day), width, language)


@lru_cache(maxsize=8192)
def _skeleton(day: str, skeleton: str, language: str) -> str:
    return _written(date.fromisoformat(day), skeleton, language)


def _written(day: date, form: str, language: str) -> str:
    """A day in a width or by a skeleton, as Babel writes another of the same month: that takes a tenth of the time."""
    model = _model(form, language, day.month, day.weekday() if form == "full" else 0)
    return model.format(year=day.year, day=day.day) if model else _by_babel(day, form, language)


@lru_cache(maxsize=2048)
def _model(form: str, language: str, month: int, weekday: int) -> str:
    """How days of a month are written; empty where more changes from one to the other than their numbers."""
    one, other = (
        next(day for day in (date(year, month, first + at) for at in range(7)) if day.weekday() == weekday)
        for year, first in ((1973, 22), (2046, 1))
    )
    model = _by_babel(one, form, language).replace("1973", "{year}").replace(str(one.day), "{day}")
    return model if model.format(year=2046, day=other.day) == _by_babel(other, form, language) else ""


def _by_babel(day: date, form: str, language: str) -> str:
    locale = _locale(language)
    if form in _WIDTHS:
        return str(format_date(day, form, locale=locale))
    return str(format_skeleton(form, day, locale=locale))


@lru_cache(maxsize=1024)
def _pattern(day: str, pattern: str, language: str) -> str:
    return str(format_date(date.fromisoformat(day), pattern, locale=_locale(language)))


@lru_cache(maxsize=256)
def _letters(month: str, language: str) -> str:
    letters = _pattern(f"2023-{month}-01", "LLLLL", language)
    return "".join(filter(str.isdigit, letters)) or letters


@lru_cache(maxsize=1024)
def _moment(moment: str, language: str) -> str:
    if "T" not in moment:
        return _day(moment, "full", language)
    when = datetime.fromisoformat(moment)
    locale = _locale(language)
    # The wide form of a.m. and p.m.: the short one is Latin letters where nobody writes them, as in Korean.
    clock = format_time(when.time(), locale.time_formats["short"].pattern.replace("a", "aaaa"), locale=locale)
    offset = moment[len("2023-10-18T18:00") :]
    zone = f" (UTC{offset})" if when.utcoffset() else " (UTC)" if when.tzinfo else ""
    return str(locale.datetime_formats["medium"]).format(f"{clock}{zone}", _day(moment[:10], "full", language))


@lru_cache(maxsize=4096)
def _number(number: int, language: str) -> str:
    # A tenth of a page's numbers are new, and to write one by the locale's pattern takes 25 µs.
    sign = _separator(language)
    return f"{number:,}".replace(",", sign) if sign else str(format_decimal(number, locale=_locale(language)))


@lru_cache(maxsize=64)
def _separator(language: str) -> str:
    """What stands before every third digit; empty where a language has another way."""
    short, long = (str(format_decimal(number, locale=_locale(language))) for number in (1234, 1234567))
    sign = short[1:-3]
    return sign if (short, long) == (f"1{sign}234", f"1{sign}234{sign}567") else ""


@lru_cache(maxsize=256)
def _language_name(tag: str, language: str) -> str:
    try:
        return str(Locale.parse(tag, sep="-").get_display_name(_locale(language)) or tag)
    except (UnknownLocaleError, ValueError):
        return tag
