"""Pages saved by Safari: a property list that holds the page and its resources."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from typing import Final
from xml.parsers.expat import ExpatError

from builder.intake.found import HTML_TYPES, Found, FoundPage, LeftOut, name_of_address
from builder.model import CaptureOrigin, is_web_address

_NO_PAGE: Final = LeftOut("holds no HTML page", "save the page again, as a web archive")


def pages_of_webarchive(name: str, data: bytes) -> Iterator[Found]:
    """The page of a Safari web archive, with its address; frames, pictures and styles are left behind."""
    try:
        found = plistlib.loads(data)
    # The parser trusts its input: a key outside a dictionary is an IndexError, a date that is none an AttributeError.
    except (ValueError, LookupError, AttributeError, TypeError, ExpatError, RecursionError):
        found = None
    main = found.get("WebMainResource") if isinstance(found, dict) else None
    if not isinstance(main, dict):
        yield _NO_PAGE
        return
    page, address, charset = (main.get(f"WebResource{key}") for key in ("Data", "URL", "TextEncodingName"))
    if main.get("WebResourceMIMEType") not in HTML_TYPES or not isinstance(page, bytes) or not page.strip():
        yield _NO_PAGE
        return
    address = address if isinstance(address, str) and is_web_address(address) else None
    origin = CaptureOrigin(address, charset=charset if isinstance(charset, str) else None)
    yield FoundPage(name_of_address(address, ".html") if address else f"{name}.html", page, origin)
