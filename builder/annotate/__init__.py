"""What one article names, whom it quotes and what it is about: Article → Facts, pure."""

from builder.annotate.article import Annotating, annotate, check_choices
from builder.annotate.reasons import Reason, reasons
from builder.annotate.review import unknown, unresolved
from builder.annotate.strangers import Seeking

__all__ = ["Annotating", "Reason", "Seeking", "annotate", "check_choices", "reasons", "unknown", "unresolved"]
