"""What one article names, whom it quotes and what it is about: Article → Facts, pure."""

from builder.annotate.article import Annotating, annotate, check_choices

__all__ = ["Annotating", "annotate", "check_choices"]
