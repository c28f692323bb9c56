"""Citations as people write them: Chicago (bibliography), APA (seventh edition) and the usual Korean form.

Chicago and APA are styles of English, whatever language the piece or the interface is in; the Korean one is Korean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from builder.model import KoreanStyle
from builder.model.values import value
from builder.render.cite.reference import Creator, Reference, is_east_asian
from builder.render.scripts import escaped

_MOST_CHICAGO: Final = 10
"""Authors a Chicago bibliography names; of more it names seven and et al."""
_MOST_APA: Final = 20
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_STOPS: Final = (".", "?", "!", "\u2026", "\u3002", "\uff1f", "\uff01")


@value(frozen=True, slots=True)
class Styled:
    """One written citation."""

    style: str
    """`chicago`, `apa` or `korean`."""
    name: str
    """As readers know the style."""
    language: str
    html: Markup
    """With titles of works in italics."""


def styled(reference: Reference, korean: KoreanStyle) -> tuple[Styled, ...]:
    """The piece in each style."""
    return (
        Styled("chicago", "Chicago", "en", Markup(" ".join(_chicago(reference)))),
        Styled("apa", "APA", "en", Markup(" ".join(_apa(reference)))),
        Styled("korean", korean.name, "ko", Markup(_korean(reference, korean))),
    )


def _chicago(reference: Reference) -> Iterator[str]:
    """Unsigned pieces stand under the name of who published them, which is then not said again."""
    signed = bool(reference.creators)
    names = _chicago_names(reference.creators) if signed else reference.source
    if names:
        yield escaped(_stopped(names))
    yield escaped(f"\u201c{_stopped(reference.title)}\u201d")
    day = _english(reference.day) or "n.d."
    if signed and reference.source:
        yield f"{_work(reference.source)}, {escaped(_stopped(day))}"
    else:
        yield escaped(_stopped(day))
    if reference.retrieved:
        yield escaped(f"Accessed {_english(reference.retrieved)}.")
    if reference.address:
        yield escaped(f"{reference.address}.")


def _chicago_names(creators: Sequence[Creator]) -> str:
    """The first author inverted, the others as they are spoken; names of East Asia keep their order without a comma."""
    if len(creators) > _MOST_CHICAGO:
        return ", ".join([creators[0].inverted, *(one.whole for one in creators[1:7])]) + ", et al"
    first, *others = creators
    names = [first.inverted, *(one.whole for one in others)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"


def _apa(reference: Reference) -> Iterator[str]:
    when = _apa_day(reference.day)
    title = escaped(_stopped(reference.title))
    if reference.creators:
        yield escaped(_stopped(_apa_names(reference.creators)))
        yield escaped(f"({when}).")
        yield title
        if reference.source:
            yield f"{_work(reference.source)}."
    elif reference.source:
        yield escaped(_stopped(reference.source))
        yield escaped(f"({when}).")
        yield title
    else:
        yield title
        yield escaped(f"({when}).")
    if reference.address:
        retrieved = f"Retrieved {_english(reference.retrieved)}, from " if reference.retrieved else ""
        yield escaped(retrieved + reference.address)


def _apa_names(creators: Sequence[Creator]) -> str:
    names = [_initialled(one) for one in creators]
    if len(names) > _MOST_APA:
        return f"{', '.join(names[: _MOST_APA - 1])}, \u2026 {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def _initialled(creator: Creator) -> str:
    if not creator.given:
        return creator.family
    given, _, suffix = creator.given.partition(", ")
    initials = [
        "-".join(f"{part[0].upper()}." for part in name.split("-") if part) for name in given.split(" ") if name
    ]
    return ", ".join(filter(None, [creator.family, " ".join(initials), suffix]))


def _apa_day(day: str | None) -> str:
    if not day:
        return "n.d."
    when = date.fromisoformat(day)
    return f"{when.year}, {_MONTHS[when.month - 1]} {when.day}"


def _korean(reference: Reference, words: KoreanStyle) -> str:
    """Parts with commas between them, the day on which it was looked up in brackets at the end."""
    before, after = words.title if is_east_asian(reference.title) else words.foreign_title
    names = "\u00b7".join(creator.whole for creator in reference.creators)
    parts = [escaped(names)] if names else []
    parts.append(escaped(f"{before}{reference.title}{after}"))
    if reference.source:
        opened, closed = words.source
        marked = escaped(f"{opened}{reference.source}{closed}")
        parts.append(marked if is_east_asian(reference.source) else _work(reference.source))
    parts.append(escaped(_korean_day(reference.day, words) or words.undated))
    if reference.address:
        parts.append(escaped(reference.address))
    looked_up = _korean_day(reference.retrieved, words)
    accessed = escaped(" " + words.accessed.format(day=looked_up)) if looked_up else ""
    return f"{', '.join(parts)}{accessed}."


def _work(name: str) -> str:
    """A work that holds the piece, in italics; a slanted Hangul or Han letter is a broken one."""
    return escaped(name) if is_east_asian(name) else f"<i>{escaped(name)}</i>"


def _english(day: str | None) -> str:
    if not day:
        return ""
    when = date.fromisoformat(day)
    return f"{_MONTHS[when.month - 1]} {when.day}, {when.year}"


def _korean_day(day: str | None, words: KoreanStyle) -> str:
    if not day:
        return ""
    when = date.fromisoformat(day)
    return words.day.format(year=when.year, month=when.month, day=when.day)


def _stopped(text: str) -> str:
    """The text with a full stop at its end, unless it ends with one of another kind."""
    return text if text.endswith(_STOPS) else text + "."
