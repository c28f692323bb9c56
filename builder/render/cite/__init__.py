"""Citations: in the forms that people write, and in those that reference managers read."""

from builder.render.cite.coins import coins
from builder.render.cite.downloads import FORMATS, Beside, CitedList, Download, cited_list, downloads, saved
from builder.render.cite.reference import Creator, Reference, reference
from builder.render.cite.styles import Styled, styled

__all__ = [
    "FORMATS",
    "Beside",
    "CitedList",
    "Creator",
    "Download",
    "Reference",
    "Styled",
    "cited_list",
    "coins",
    "downloads",
    "reference",
    "saved",
    "styled",
]
