"""What the program that saved a page noted in it: where the page came from, and when it was saved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from builder.model.values import value

_REACH: Final = 20_000
"""Letters at either end of a page among which savers put their comment: SingleFile and browsers before the head,
HTTrack and the Wayback Machine also behind the body."""
_NOTES: Final = tuple(
    re.compile(form, re.DOTALL)
    for form in (
        r"saved from url=\(\d+\)(?P<address>\S+)",
        r"Page saved with SingleFile\s+url:\s*(?P<address>\S+)(?:\s+saved date:\s*(?P<date>[^\n]+))?",
        r"Saved from (?P<address>\S+) at (?P<date>\S+) using monolith",
        # HTTrack gives no scheme and names of its own to folders: its address is not the page's.
        r"Mirrored from \S+ by HTTrack Website Copier/[^,]*,\s*(?P<date>[^\n]+)",
        r"FILE ARCHIVED ON (?P<time>[\d:]+) (?P<day>\w+ \d+, \d{4}) AND RETRIEVED FROM",
    )
)
_WAYBACK: Final = re.compile(
    r"https?://web\.archive\.org/web/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d\d(?:[a-z]{2}_)?/(https?://.+)", re.DOTALL
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d{5}")


@value(frozen=True, slots=True)
class Saved:
    """Where and when a page was saved, as far as it says so."""

    address: str | None
    stamps: tuple[str, ...]
    """Texts that give the moment, the surest first: that of a web archive's copy before that of saving the copy."""


def saved_from(text: str, metas: Mapping[str, str], root: Mapping[str, str | None]) -> Saved:
    """What a saved page says of its saving, in comments, in its metas, or in the attributes of its `html` element."""
    addresses: list[str] = []
    stamps: list[str] = []
    copied: list[str] = []
    for comment in _comments(text):
        note = next((found for form in _NOTES if (found := form.match(comment))), None)
        said = note.groupdict() if note else {}
        addresses += [said["address"]] if said.get("address") else []
        stamps += [said["date"].strip()] if said.get("date") else []
        copied += [f"{said['day']} {said['time']} UTC"] if said.get("day") else []
    # Save Page WE writes metas, WebScrapBook attributes whose moment is in universal time.
    addresses += [metas.get("savepage-url", ""), root.get("data-scrapbook-source") or ""]
    stamps.append(metas.get("savepage-date", ""))
    if scrap := _COMPACT.fullmatch(root.get("data-scrapbook-create") or ""):
        stamps.append("{}-{}-{}T{}:{}+00:00".format(*scrap.groups()))
    address = next((one for one in addresses if one.startswith(("http://", "https://"))), None)
    if address and (moment := copied_at(address)):
        copied.append(moment)
    return Saved(original_address(address), tuple(stamp for stamp in (*copied, *stamps) if stamp))


def original_address(address: str | None) -> str | None:
    """The address of the page itself where one of a web archive's copy is given."""
    copy = _WAYBACK.match(address or "")
    return copy[6] if copy else address


def copied_at(address: str) -> str | None:
    """The moment, in universal time, that the address of a web archive's copy gives."""
    copy = _WAYBACK.match(address)
    return "{}-{}-{}T{}:{}+00:00".format(*copy.groups()) if copy else None


def is_front_page(address: str) -> bool:
    """Whether an address names a site and no page of it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.path.strip("/") and not parts.query


def _comments(text: str) -> Iterator[str]:
    """The comments near either end, without white space around them."""
    ends = (text,) if len(text) <= 2 * _REACH else (text[:_REACH], text[-_REACH:])
    for part in ends:
        start = part.find("<!--")
        while start >= 0:
            end = part.find("-->", start)
            if end < 0:
                break
            yield part[start + 4 : end].strip()
            start = part.find("<!--", end)
