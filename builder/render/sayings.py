"""What the interface says in a body, and of how long it is."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from builder.model import AuthorityKind, Catalogue, Library, Templates
from builder.render.marking import Said
from builder.render.standing import Saying
from builder.render.words import interface

_SHIPPED: Final = "shipped templates/"
_PAGE: Final = ("article.html", "base.html", "parts/")
"""Of what the page of a piece is made."""
_NUMBERS: Final = (2, 999, 1_234, 12_345, 1_234_567)


@lru_cache(maxsize=4)
def said_in(catalogue: Catalogue) -> Said:
    """What is said inside a body."""
    say = interface(catalogue).gettext
    return Said(
        passage=say("Link to passage %(number)s"),
        table=say("Table"),
        picture=say("Picture"),
        notes=say("Notes"),
        note=say("Note %(label)s"),
        back=say("Note %(label)s, back to the text"),
        unpublished=say("a piece that is not published"),
    )


def saying_of(templates: Templates, library: Library) -> Saying | None:
    """What the page of a piece says of its text; None where it is the archivist's own templates that say it, or numbers
    are written in another way than with a sign between each three digits.
    """
    if any(name.startswith(_PAGE) and not file.startswith(_SHIPPED) for name, file in templates.files.items()):
        return None
    spoken = interface(templates.catalogue)
    thousands = spoken.number(1_234)[1:-3]
    if any(spoken.number(number) != f"{number:,}".replace(",", thousands) for number in _NUMBERS):
        return None
    length = spoken.ngettext("%(num)s word", "%(num)s words", 2)
    subjects: list[tuple[AuthorityKind, str]] = [("leader", key) for key in library.leaders]
    subjects += [("topic", key) for key in library.topics]
    return Saying(said_in(templates.catalogue), length, thousands, frozenset(subjects))
