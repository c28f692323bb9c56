"""WARC files as crawlers write them, and WACZ and ZIP files that hold them or saved pages."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any, Final

from builder.intake.found import (
    HTML_TYPES,
    MOST_PAGES,
    Found,
    FoundPage,
    LeftOut,
    moment,
    name_of_address,
)
from builder.model import CAPTURE_KINDS, CaptureOrigin, is_web_address
from builder.model.budgets import CAPTURE_BYTES

_CHUNK: Final = 256 * 1024
_LARGEST_SWELL: Final = 200
"""Times that what was read may swell before the file is given up. HTML packs 20 to 1 at best, DEFLATE 1,032."""
_FREE: Final = 256 * 1024 * 1024
"""Bytes that any file may swell to."""
_FOREIGN: Final = frozenset({"br", "zstd", "compress", "x-compress"})
"""Packing of responses that is not undone here."""
_MOST_MEMBERS: Final = 200_000
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What the two libraries raise for damaged, encrypted and foreign packing."""
_BOMB: Final = LeftOut("swells beyond all measure when unpacked", "nothing after that place was read")


def pages_of_warc(stream: IO[bytes], *, size: int) -> Iterator[Found]:
    """A page for each HTML record that was answered with 200, with its own address, moment and record id.

    `size` is the file's, in bytes. Requests, metadata, pictures and records that repeat an earlier one are no pages.
    """
    yield from _records(stream, _allowance(size))


def pages_of_zip(stream: IO[bytes], *, size: int) -> Iterator[Found]:
    """The pages of each WARC in a WACZ or ZIP file, or else its saved pages; a ZIP within it is not opened."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > _MOST_MEMBERS:
                yield LeftOut(f"holds more than {_MOST_MEMBERS} files", "split it")
                return
            warcs = [member for member in members if member.filename.lower().endswith((".warc", ".warc.gz"))]
            allowance = _allowance(size)
            for member in warcs:
                with archive.open(member) as inside:
                    allowance = yield from _records(inside, allowance)
                if allowance < 0:
                    return
            if not warcs:
                yield from _saved_pages(archive, members, size)
    except _BROKEN as trouble:
        yield LeftOut(f"is damaged ({trouble})", "see whether it is whole")


def _allowance(size: int) -> int:
    """Bytes to which a file of that size may swell."""
    return max(_FREE, size * _LARGEST_SWELL)


def _records(stream: IO[bytes], allowance: int) -> Generator[Found, None, int]:
    """The pages of a WARC; in the end, what is left of the allowance, which is below zero when nothing more is read."""
    from builder.intake.warc_records import Records  # noqa: PLC0415 -- only who adds a web archive pays for warcio

    records = Records(stream)
    try:
        count = 0
        for record in records:
            page, swollen = _record(record, allowance)
            allowance -= swollen
            if allowance < 0:
                yield _BOMB
                return allowance
            if page is not None and count >= MOST_PAGES:
                yield LeftOut(f"holds more than {MOST_PAGES} pages", "split it")
                return -1
            if page is not None:
                count += 1
                yield page
    except Exception as trouble:  # noqa: BLE001 -- the library raises bare exceptions of many kinds for damaged files
        yield LeftOut(f"is damaged ({trouble})", "what stood before the damage was read")
    if records.err_count:
        yield LeftOut("holds records that do not end where they say", "look whether what was read of them is whole")
    return allowance


def _saved_pages(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], size: int) -> Iterator[Found]:
    allowance = _allowance(size)
    for member in members:
        path = PurePosixPath(member.filename)
        if path.suffix.lower() not in CAPTURE_KINDS or path.name.startswith((".", "._")) or "__MACOSX" in path.parts:
            continue
        try:
            with archive.open(member) as inside:
                data = inside.read(CAPTURE_BYTES + 1)
        except _BROKEN as trouble:
            yield LeftOut(f"{member.filename}: cannot be unpacked ({trouble})")
            continue
        allowance -= len(data)
        if allowance < 0:
            yield _BOMB
            return
        yield FoundPage(path.name, data, CaptureOrigin())


def _record(record: Any, allowance: int) -> tuple[Found | None, int]:
    """The page of one record, and how many bytes were unpacked on the way."""
    headers = record.rec_headers
    address = headers.get_header("WARC-Target-URI") or ""
    if not _is_page(record, address):
        return None, _skip(record.raw_stream, allowance)
    data = bytearray()
    body = record.content_stream()
    while len(data) <= CAPTURE_BYTES and (chunk := body.read(_CHUNK)):
        data += chunk
    swollen = len(data) + _skip(record.raw_stream, allowance - len(data))
    if not data.strip():
        return LeftOut(f"{address}: is empty"), swollen
    if (packing := _packing(record)) in _FOREIGN and not data.lstrip().startswith(b"<"):
        return LeftOut(f"{address}: is packed as {packing}", "save the page itself, or crawl it without that"), swollen
    origin = CaptureOrigin(
        address,
        _moment(headers.get_header("WARC-Date") or ""),
        record=(headers.get_header("WARC-Record-ID") or "").strip("<>") or None,
        charset=_charset(record),
    )
    return FoundPage(name_of_address(address, ".html"), bytes(data), origin), swollen


def _is_page(record: Any, address: str) -> bool:
    if record.rec_type not in ("response", "resource") or not is_web_address(address):
        return False
    if record.rec_type == "response" and (record.http_headers is None or record.http_headers.get_statuscode() != "200"):
        return False
    return _content_type(record).partition(";")[0].strip().lower() in HTML_TYPES


def _packing(record: Any) -> str:
    return (record.http_headers.get_header("Content-Encoding") or "").lower() if record.http_headers else ""


def _content_type(record: Any) -> str:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return headers.get_header("Content-Type") or ""


def _charset(record: Any) -> str | None:
    for part in _content_type(record).split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _skip(stream: Any, allowance: int) -> int:
    """Read past the rest of a record; how many bytes that were, ending early once they are too many."""
    count = 0
    while count <= allowance and (chunk := stream.read(_CHUNK)):
        count += len(chunk)
    return count


def _moment(text: str) -> str | None:
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return None
