"""What is known of the way authors and citations are written."""

from __future__ import annotations

from builder.model.values import value


@value(frozen=True, slots=True)
class AuthorWords:
    """Words by which the parts of an author's name are told apart; all folded."""

    organisations: frozenset[str] = frozenset()
    """Any of them makes the name that of an organisation."""
    wires: frozenset[str] = frozenset()
    """Organisations by themselves."""
    families: frozenset[str] = frozenset()
    """Family names that stand first."""
    families_or_given: frozenset[str] = frozenset()
    """Those too before a given name of joined syllables."""
    particles: frozenset[str] = frozenset()
    """Beginnings of family names: van, de, bin."""
    suffixes: frozenset[str] = frozenset()
    """What stands behind a family name: Jr."""


@value(frozen=True, slots=True)
class KoreanStyle:
    """The words of the Korean style of citation."""

    name: str
    """Of the style, in Korean."""
    title: tuple[str, str]
    """Marks around the title of a piece from East Asia."""
    foreign_title: tuple[str, str]
    source: tuple[str, str]
    day: str
    """With `{year}`, `{month}` and `{day}` where their numbers go."""
    undated: str
    accessed: str
    """With `{day}` where the day goes."""
