"""From the library to pages, and from pages to bytes."""

from builder.render.books import Choice, book_files
from builder.render.data import files
from builder.render.dossiers import check_dossiers
from builder.render.environment import BrokenTemplateError, Rendering, render
from builder.render.extracts import EXTRACTS, extract
from builder.render.look import dressed
from builder.render.moved import former_pages, stubs
from builder.render.pages import plan
from builder.render.plain import check_bodies
from builder.render.review import review_page
from builder.render.search_records import Recording, search_subjects
from builder.render.views import Page
from builder.render.visible import published

__all__ = [
    "EXTRACTS",
    "BrokenTemplateError",
    "Choice",
    "Page",
    "Recording",
    "Rendering",
    "book_files",
    "check_bodies",
    "check_dossiers",
    "dressed",
    "extract",
    "files",
    "former_pages",
    "plan",
    "published",
    "render",
    "review_page",
    "search_subjects",
    "stubs",
]
