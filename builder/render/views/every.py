"""Every kind of page."""

from __future__ import annotations

from builder.render.views.articles import ArticleView, ProvenanceView
from builder.render.views.books import BookView, ChapterView, StudyView
from builder.render.views.evidence import CoverageView, DataView
from builder.render.views.machines import FeedView, RobotsView, SitemapView
from builder.render.views.site import (
    DossiersView,
    DossierView,
    HomeView,
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
