"""JSON-LD of an article."""

from __future__ import annotations

import json
from typing import Final

from markupsafe import Markup

from builder.render.parts import Site
from builder.render.scripts import harmless
from builder.render.views.articles import ArticleView

_TYPES: Final = {
    "newspaperArticle": "NewsArticle",
    "magazineArticle": "Article",
    "blogPost": "BlogPosting",
    "report": "Report",
    "radioBroadcast": "NewsArticle",
    "tvBroadcast": "NewsArticle",
}
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def linked_data(site: Site, view: ArticleView) -> Markup:
    """A schema.org description; `<`, `>` and `&` are escaped, so that no title can end the element."""
    people = dict(view.same_as)
    record: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(view.item_type, "Article"),
        "headline": view.title,
        "inLanguage": view.language,
        "datePublished": view.published,
        "author": [{"@type": "Person", "name": author} for author in view.authors],
        "publisher": {"@type": "Organization", "name": view.source_name} if view.source_name else None,
        "keywords": list(view.tags),
        "wordCount": view.words,
        "isBasedOn": view.source_url,
        "url": f"{site.url}articles/{view.id}.html" if site.url else None,
        "mentions": [{"@type": "Person", "name": name, "sameAs": address} for name, address in people.items()],
        "isPartOf": {"@type": "ArchiveComponent", "name": site.title},
    }
    text = _ENCODER.encode({key: value for key, value in record.items() if value})
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(harmless(text))
