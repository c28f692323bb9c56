"""All that a page shows, as plain frozen data, one type a kind of page; a template gets nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from builder.render.parts import Site
from builder.render.views.articles import ArticleView, ProvenanceView
from builder.render.views.machines import FeedView, RobotsView, SitemapView
from builder.render.views.site import DossiersView, DossierView, HomeView, MissingView, MovedView, SearchView, TextView
from builder.render.views.sources import SourcesView, SourceView
from builder.render.views.subjects import LeadersView, MatrixView, SubjectView, TopicsView
from builder.render.views.times import TimelineView, YearView

__all__ = [
    "ArticleView",
    "DossierView",
    "DossiersView",
    "FeedView",
    "HomeView",
    "LeadersView",
    "MatrixView",
    "MissingView",
    "MovedView",
    "Page",
    "ProvenanceView",
    "RobotsView",
    "SearchView",
    "SitemapView",
    "SourceView",
    "SourcesView",
    "SubjectView",
    "TextView",
    "TimelineView",
    "TopicsView",
    "View",
    "YearView",
]

View = (
    HomeView
    | ArticleView
    | ProvenanceView
    | SubjectView
    | LeadersView
    | TopicsView
    | YearView
    | TimelineView
    | SourcesView
    | SourceView
    | MatrixView
    | SearchView
    | TextView
    | DossierView
    | DossiersView
    | MissingView
    | MovedView
    | FeedView
    | SitemapView
    | RobotsView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site before it is rendered: equal pages and templates give equal bytes."""

    path: str
    """Below the output folder."""
    template: str
    site: Site
    view: View
