"""One capture → one draft and its ledger."""

from builder.normalize.draft import Explained, Normalized, explain, normalize
from builder.normalize.record import clean_record
from builder.normalize.refresh import refreshed_files
from builder.normalize.stages import Normalizing, Tracing, content_files
from builder.normalize.versions import sort_versions

__all__ = [
    "Explained",
    "Normalized",
    "Normalizing",
    "Tracing",
    "clean_record",
    "content_files",
    "explain",
    "normalize",
    "refreshed_files",
    "sort_versions",
]
