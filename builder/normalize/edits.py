"""Whether what stands in an article is still what Pressmark wrote there, by the digests in its front matter."""

from __future__ import annotations

from builder.model import Article
from builder.normalize.files import digest_of


def is_body_edited(body: str, written: str | None) -> bool:
    """Whether a body is the archivist's: changed since its digest was written, or never written by Pressmark.

    Empty lines around it do not count, since many editors put a last line right on their own.
    """
    return digest_of(body.strip("\n") + "\n") != written


def is_title_edited(article: Article) -> bool:
    """Whether a title is the archivist's: changed since it was written, or never written by Pressmark."""
    digests = dict(article.normalized.fields) if article.normalized else {}
    return digest_of(article.title) != digests.get("title")
