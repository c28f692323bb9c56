"""What is found in a file that holds pages: the pages, and what was left out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from builder.model import CaptureOrigin
from builder.model.values import value

MOST_PAGES: Final = 500_000
"""Of one file. A crawl of a large newspaper's year has a tenth of that."""
HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_NAME_LETTERS: Final = re.compile(r"[^\w.-]+")


@value(frozen=True, slots=True)
class FoundPage:
    """A page as it stood in the file."""

    name: str
    """A file name for it, with the ending of its kind; not yet made fit for every system."""
    data: bytes
    origin: CaptureOrigin


@value(frozen=True, slots=True)
class LeftOut:
    """Something in the file of which no capture is made; equal reasons are counted."""

    reason: str
    hint: str = ""


Found = FoundPage | LeftOut


def name_of_address(address: str, ending: str) -> str:
    """A file name that tells where a page came from, a web address: `www.example.org-news-talks.html`."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/")
    for suffix in (".html", ".htm", ".xhtml"):
        path = path.removesuffix(suffix)
    stem = "-".join(part for part in (parts.hostname or "", path, parts.query) if part)
    return (_NAME_LETTERS.sub("-", stem).strip("-.") or "page") + ending


def moment(found: datetime) -> str:
    """A moment as front matter has it: minutes and the zone it was given in; without a zone it is the day alone."""
    return found.isoformat(timespec="minutes") if found.tzinfo else found.date().isoformat()
