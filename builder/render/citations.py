"""Pieces as reference managers read them from a list."""

from __future__ import annotations

from urllib.parse import urlencode

from builder.render.parts import Row, Site


def coins(site: Site, row: Row) -> str:
    """The title of a COinS span: an OpenURL description from which Zotero saves a piece out of a list.

    Authors are `rft.au` alone: from `rft.aulast` beside it Zotero would make a second person.
    """
    address = row.url or (site.url and site.url + row.page)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", row.item_type),
        ("rft.title", row.title),
        ("rft.source", row.source),
        ("rft.date", row.day),
        ("rft.language", row.language),
        ("rft.identifier", address),
        *(("rft.au", author) for author in row.authors),
    ]
    return urlencode([(key, value) for key, value in pairs if value])
