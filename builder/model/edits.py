"""Whether what stands in an article is still what Pressmark wrote there, by the digests in its front matter."""

from __future__ import annotations

import hashlib

from builder.model.articles import Article


def digest_of(value: object) -> str:
    """Twelve hex digits that tell whether a person has changed a field or a body since it was written."""
    if isinstance(value, str):
        canonical = value
    else:
        import json  # noqa: PLC0415 - 1 ms of the edit of a body, which is a text

        canonical = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def is_body_edited(body: str, written: str | None) -> bool:
    """Whether a body is the archivist's: changed since its digest was written, or never written by Pressmark.

    Empty lines around it do not count, since many editors put a last line right on their own.
    """
    return digest_of(body.strip("\n") + "\n") != written


def is_title_edited(article: Article) -> bool:
    """Whether a title is the archivist's: changed since it was written, or never written by Pressmark."""
    digests = dict(article.normalized.fields) if article.normalized else {}
    return digest_of(article.title) != digests.get("title")
