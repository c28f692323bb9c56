"""MHTML pages and mail: both are MIME messages, read with the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from typing import Final

from builder.intake.composed import Known, composed_page
from builder.intake.found import HTML_TYPES, Found, FoundPage, LeftOut, moment, name_of_address
from builder.model import CaptureOrigin, is_web_address

_TOO_DEEP: Final = LeftOut("its parts are nested too deeply", "no browser or mail program writes such a file")
_LONGEST_HEADER: Final = 4_000
"""Letters. A mail's line has 998 at most, and the standard library's reading of words goes with their square."""


def pages_of_mhtml(name: str, data: bytes) -> Iterator[Found]:
    """The page of an MHTML file, with the address and moment of its saving; its frames and pictures are left behind."""
    try:
        message = message_from_bytes(data)
        part = next((part for part in message.walk() if part.get_content_type() in HTML_TYPES), None)
    except RecursionError:
        yield _TOO_DEEP
        return
    page = _bytes_of(part) if part is not None else b""
    if part is None or not page.strip():
        yield LeftOut("holds no HTML page", "save the page again, complete")
        return
    candidates = (_header(message, "Snapshot-Content-Location"), _header(part, "Content-Location"))
    address = next((one for one in candidates if is_web_address(one)), None)
    saved = _date(message)
    origin = CaptureOrigin(address, moment(saved) if saved else None, charset=part.get_content_charset())
    yield FoundPage(name_of_address(address, ".html") if address else f"{name}.html", page, origin)


def pages_of_mail(name: str, data: bytes) -> Iterator[Found]:
    """The newsletter in a mail: its HTML, or its plain text, under its subject, sender and date."""
    try:
        message = message_from_bytes(data)
        parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    except RecursionError:
        yield _TOO_DEEP
        return
    if not any(_header(message, name) for name in ("From", "Subject", "Date")):
        yield LeftOut("is no mail: it names neither sender nor subject nor day", "save it again as .eml")
        return
    html = next((part for part in parts if part.get_content_type() in HTML_TYPES), None)
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    text = _text_of(html or plain)
    if not text.strip():
        yield LeftOut("holds no text", "a mail of pictures alone cannot be read")
        return
    sender, address = _sender(message)
    sent = _date(message)
    known = Known(
        title=_header(message, "Subject") or name,
        published=moment(sent) if sent else None,
        site=sender or address.partition("@")[2] or None,
        language=_header(message, "Content-Language").split(",")[0].strip() or None,
    )
    body = text if html is not None else _paragraphs(text)
    record = _header(message, "Message-ID").strip("<> ") or None
    yield FoundPage(f"{known.title}.html", composed_page(known, body), CaptureOrigin(record=record))


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who sent it."""
    try:
        return parseaddr(_header(message, "From"))
    except RecursionError:  # comments in comments
        return "", ""


def _text_of(part: Message | None) -> str:
    if part is None:
        return ""
    data = _bytes_of(part)
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (ValueError, LookupError):  # some of Python's own codecs raise what is no UnicodeDecodeError
        return data.decode("utf-8", "replace")


def _bytes_of(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _paragraphs(text: str) -> str:
    """Plain text as HTML: mail breaks its lines at any width, and an empty line parts paragraphs."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return "\n".join(f"<p>{escape(block.strip())}</p>" for block in blocks if block.strip())


def _header(message: Message, name: str) -> str:
    found = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(found)))
    except (MessageError, LookupError, ValueError):
        text = found
    return " ".join(text.split())


def _date(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, OverflowError):
        return None
