"""What the pages of outlets show."""

from __future__ import annotations

from builder.model.values import value
from builder.render.listings import Group, Strip
from builder.render.parts import Name, Outlet, Row


@value(frozen=True, slots=True)
class SourcesView:
    """sources/index.html."""

    outlets: tuple[tuple[Outlet, tuple[Row, ...]], ...]
    """Each with its newest pieces, the most pieces first, the pieces that name no source last."""


@value(frozen=True, slots=True)
class SourceView:
    """sources/<id>.html: all that one outlet published."""

    outlet: Outlet
    strip: Strip
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
