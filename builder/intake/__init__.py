"""Files that hold pages, taken apart: web archives, browsers' archives, feeds, mail, ZIP and PDF files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Final

from builder.intake.feeds import pages_of_feed
from builder.intake.found import Found, FoundPage, LeftOut
from builder.intake.messages import pages_of_mail, pages_of_mhtml
from builder.intake.pdf import pages_of_pdf
from builder.intake.safari import pages_of_webarchive
from builder.intake.webarchives import pages_of_warc, pages_of_zip
from builder.model.budgets import CAPTURE_BYTES

__all__ = ["CONTAINERS", "Found", "FoundPage", "LeftOut", "TakeApart", "container_of", "pages_of"]

TakeApart = Callable[[Callable[[], list[Found]]], list[Found]]
"""Calls what reads a whole file, within whatever limits of time and memory the caller has."""

_LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes of a file that is read whole: those of its page, and of pictures spelt in letters."""
_STREAMED: Final = {".warc": pages_of_warc, ".warc.gz": pages_of_warc, ".wacz": pages_of_zip, ".zip": pages_of_zip}
_WHOLE: Final = {
    ".mhtml": pages_of_mhtml,
    ".mht": pages_of_mhtml,
    ".eml": pages_of_mail,
    ".rss": pages_of_feed,
    ".atom": pages_of_feed,
    ".xml": pages_of_feed,
    ".pdf": pages_of_pdf,
    ".webarchive": pages_of_webarchive,
}
CONTAINERS: Final = frozenset({*_STREAMED, *_WHOLE})
"""Endings of the files that can be taken apart, in small letters."""


def container_of(name: str) -> str | None:
    """The ending by which a file can be taken apart, None when it is of no such kind."""
    return next((ending for ending in sorted(CONTAINERS, key=len, reverse=True) if name.lower().endswith(ending)), None)


def pages_of(name: str, stream: IO[bytes], *, size: int, take: TakeApart = lambda read: read()) -> Iterator[Found]:
    """The pages in a file and what was left out of it; archives are read as they come, other files whole.

    `size` is the file's, in bytes. Nothing a file holds raises.
    """
    return map(_fitting, _found_in(name, stream, size, take))


def _found_in(name: str, stream: IO[bytes], size: int, take: TakeApart) -> Iterator[Found]:
    ending = container_of(name)
    if ending in _STREAMED:
        yield from _STREAMED[ending](stream, size=size)
    elif ending in _WHOLE:
        if size > _LARGEST_FILE:
            yield LeftOut(f"is larger than {_LARGEST_FILE >> 20} MB", "a page of news is not")
            return
        yield from take(partial(_listed, ending, PurePosixPath(name).name[: -len(ending)], stream.read()))


def _listed(ending: str, name: str, data: bytes) -> list[Found]:
    return list(_WHOLE[ending](name, data))


def _fitting(found: Found) -> Found:
    """What was found, unless it is a page that no build would read."""
    if isinstance(found, LeftOut) or len(found.data) <= CAPTURE_BYTES:
        return found
    what = f"{found.origin.url or found.name}: is larger than {CAPTURE_BYTES >> 20} MB"
    return LeftOut(what, "a page of news is not")
