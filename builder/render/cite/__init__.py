"""Citations: in the forms that people write, and in those that reference managers read."""

from builder.render.cite.coins import coins
from builder.render.cite.downloads import FORMATS, CitedList, Download, cited_list, downloads
from builder.render.cite.reference import Creator, Reference, reference
from builder.render.cite.styles import Styled, styled

__all__ = [
    "FORMATS",
    "CitedList",
    "Creator",
    "Download",
    "Reference",
    "Styled",
    "cited_list",
    "coins",
    "downloads",
    "reference",
    "styled",
]
