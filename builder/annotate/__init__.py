"""What one article names, whom it quotes and what it is about: Article → Facts, pure."""

from builder.annotate.article import annotate, check_choices

__all__ = ["annotate", "check_choices"]
