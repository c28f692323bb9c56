"""Pieces as reference managers read them from a list: COinS."""

from __future__ import annotations

import re
from typing import Final

from builder.render.parts import Row, Site
from builder.render.scripts import harmless

_KIND: Final = "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc"
_ENCODED: Final = re.compile(r"""[\x00-\x1f%&+=#;"'<>]""")
"""What would end a value, or the attribute, but for the space. Zotero decodes the rest unchanged, and letters of East
Asia written out would cost nine bytes each."""


def coins(site: Site, row: Row) -> str:
    """The title of a COinS span: an OpenURL description from which Zotero saves a piece out of a list.

    Authors are `rft.au` alone: from `rft.aulast` beside it Zotero would make a second person.
    """
    pairs = [
        ("rft.type", row.item_type),
        ("rft.title", row.title),
        ("rft.source", row.source),
        ("rft.date", row.day),
        ("rft.language", row.language),
        ("rft.identifier", row.url or (site.url and site.url + row.page)),
        *(("rft.au", author) for author in row.authors),
    ]
    return _KIND + "".join([f"&{key}={_encoded(value)}" for key, value in pairs if value])


def _encoded(value: str) -> str:
    return _ENCODED.sub(lambda found: f"%{ord(found[0]):02X}", harmless(value)).replace(" ", "+")
