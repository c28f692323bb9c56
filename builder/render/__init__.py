"""From the library to pages, and from pages to bytes."""

from builder.render.data import files
from builder.render.environment import Rendering, render
from builder.render.pages import plan
from builder.render.views import Page

__all__ = ["Page", "Rendering", "files", "plan", "render"]
