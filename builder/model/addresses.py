"""Addresses on the web."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

DEVICE_NAME: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""The beginning of a file's name that Windows keeps for a device."""

_PLAIN: Final = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][!-~]*)?")
"""Most addresses; to take one apart costs ten times as much."""


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a browser opens; `http://[` and a path are none."""
    if _PLAIN.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f\x7f]", text)
    except ValueError:
        return False
