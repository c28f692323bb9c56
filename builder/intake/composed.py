"""A page made around an article that came without one, as in feeds and mail: its text untouched, what is known of it
in the head, where every saved page has it."""

from __future__ import annotations

from html import escape

from builder.model.values import value


@value(frozen=True, slots=True)
class Known:
    """What the file says of the article, apart from its text."""

    title: str
    published: str | None = None
    """ISO 8601."""
    address: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()


def composed_page(known: Known, body: str) -> bytes:
    """An HTML page of UTF-8; `body` is HTML."""
    metas = [
        *([("article:published_time", known.published)] if known.published else []),
        *([("og:site_name", known.site)] if known.site else []),
        *([("og:url", known.address)] if known.address else []),
        ("og:title", known.title),
        *(("article:tag", tag) for tag in known.tags),
    ]
    language = f' lang="{escape(known.language)}"' if known.language else ""
    lines = [
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(known.title)}</title>",
        *([f'<link rel="canonical" href="{escape(known.address)}">'] if known.address else []),
        *(f'<meta name="author" content="{escape(author)}">' for author in known.authors),
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in metas),
        f"</head>\n<body>\n<article>\n<h1>{escape(known.title)}</h1>\n{body}\n</article>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8", "replace")
