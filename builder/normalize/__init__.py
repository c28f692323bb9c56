"""One capture → one draft and its ledger."""

from builder.normalize.draft import Explained, Normalized, explain, normalize
from builder.normalize.files import article_text, ledger_text, read_ledger
from builder.normalize.provenance import provenance_of

__all__ = [
    "Explained",
    "Normalized",
    "article_text",
    "explain",
    "ledger_text",
    "normalize",
    "provenance_of",
    "read_ledger",
]
