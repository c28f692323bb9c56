"""The page of one piece by its templates, as a whole build makes it, of what that has left."""

from __future__ import annotations

from builder.alone import alone
from builder.memory import Piece, Recalled, library_of
from builder.model import Article, Facts, Output
from builder.read.codes import kept_codes
from builder.render.alone import piece_page, shelf_around
from builder.render.environment import Rendering, keep_compiled


def redrawn(found: Recalled, former: Piece, article: Article, facts: Facts) -> Output | None:
    """The page of a piece with a new text; None where what it takes is lost, or a template is broken."""
    beside, shown = found.pieces(former.beside), found.shown()
    if beside is None or shown is None:
        return None
    library = library_of((former.with_facts(facts), *beside.values()), shown)
    shelf = shelf_around(
        library,
        article.id,
        language=shown.settings.language,
        second=shown.second,
        earlier=former.earlier,
        later=former.later,
    )
    page = piece_page(shelf, article, site=shown.site, authors=shown.authors, has_provenance=former.edited is not None)
    return alone(Rendering(keep_compiled(shown.templates, kept_codes())), page)
