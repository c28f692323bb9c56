"""All that a page shows, as plain frozen data, one type a kind of page; a template gets nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from builder.render.cite import Beside
from builder.render.parts import Site
from builder.render.views.articles import ArticleView, ProvenanceView
from builder.render.views.books import BookView, ChapterView, StudyView
from builder.render.views.evidence import CoverageView, DataView
from builder.render.views.machines import FeedView, RobotsView, SitemapView
from builder.render.views.site import (
    DossiersView,
    DossierView,
    HomeView,
    Initial,
    MissingView,
    MovedView,
    SearchView,
    TextView,
    TitlesView,
)
from builder.render.views.sources import SourcesView, SourceView
from builder.render.views.subjects import (
    LeaderListView,
    LeadersView,
    MatrixView,
    PartView,
    QuotesView,
    SubjectView,
    TopicsView,
)
from builder.render.views.times import MonthView, TimelineView, YearView

_NOTHING: Final = Beside()

__all__ = [
    "ArticleView",
    "BookView",
    "ChapterView",
    "CoverageView",
    "DataView",
    "DossierView",
    "DossiersView",
    "FeedView",
    "HomeView",
    "Initial",
    "LeaderListView",
    "LeadersView",
    "MatrixView",
    "MissingView",
    "MonthView",
    "MovedView",
    "Page",
    "PartView",
    "ProvenanceView",
    "QuotesView",
    "RobotsView",
    "SearchView",
    "SitemapView",
    "SourceView",
    "SourcesView",
    "StudyView",
    "SubjectView",
    "TextView",
    "TimelineView",
    "TitlesView",
    "TopicsView",
    "View",
    "YearView",
]

View = (
    HomeView
    | ArticleView
    | ProvenanceView
    | SubjectView
    | PartView
    | QuotesView
    | LeadersView
    | LeaderListView
    | TopicsView
    | YearView
    | MonthView
    | TimelineView
    | SourcesView
    | SourceView
    | MatrixView
    | SearchView
    | TitlesView
    | TextView
    | DossierView
    | DossiersView
    | MissingView
    | MovedView
    | FeedView
    | SitemapView
    | RobotsView
    | CoverageView
    | DataView
    | BookView
    | ChapterView
    | StudyView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site before it is rendered: equal pages and templates give equal bytes."""

    path: str
    """Below the output folder."""
    template: str
    site: Site
    view: View
    beside: Beside = _NOTHING
