"""What of a piece other pages than its own show."""

from __future__ import annotations

from builder.model import Facts
from builder.model.values import replace


def seen_elsewhere(facts: Facts) -> Facts:
    """The facts without what only the piece's own page, and the tables of data, show.

    Those that pieces are compared by are left out as well: what comparing finds is in the library.
    """
    mentions = tuple(replace(mention, link=None) for mention in facts.mentions)
    entry = replace(facts.entry, words=0)
    alone = replace(facts, entry=entry, mentions=mentions, shingles=(), terms=(), unresolved=())
    return replace(alone, scenes=(), places=(), figures=())
