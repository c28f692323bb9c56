"""What the pages of outlets show."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.listings import Group, Strip
from builder.render.parts import Name, Outlet, Row


@dataclass(frozen=True, slots=True)
class SourcesView:
    """sources/index.html."""

    outlets: tuple[tuple[Outlet, tuple[Row, ...]], ...]
    """Each with its newest pieces, the most pieces first, the pieces that name no source last."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """sources/<id>.html: all that one outlet published."""

    outlet: Outlet
    strip: Strip
    groups: tuple[Group, ...]
    leaders: tuple[Name, ...]
    topics: tuple[Name, ...]
