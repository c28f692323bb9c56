"""RSS and Atom files whose entries hold whole articles."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from builder.intake.composed import Known, composed_page
from builder.intake.found import Found, FoundPage, LeftOut, moment, name_of_address
from builder.model import CaptureOrigin, is_web_address

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_RSS1: Final = "{http://purl.org/rss/1.0/}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARED: Final = re.compile(rb"""\A(<\?xml[^>]{0,200}?\sencoding\s*=\s*)["']([\w.:-]+)["']""")
_ADDRESSED: Final = re.compile(r"^[^\s@]{1,99}@\S{1,99}\s+\((.+)\)$")
"""An author as RSS 2.0 has it: `min@example.org (Choi Min)`."""
_WHOLE: Final = 1_000
"""Letters from which a description is an article rather than a summary; newspapers' summaries have 100 to 400."""
_SUMMARY: Final = LeftOut("holds only an entry's summary", "save the page that the entry names, and add that")


def pages_of_feed(name: str, data: bytes) -> Iterator[Found]:
    """A page for each entry that holds its article; entities and document types of its own are refused."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 -- only who adds a feed pays for the import
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root = fromstring(_utf8(data))
    except DefusedXmlException:
        yield LeftOut("defines XML entities", "no feed needs them")
        return
    except (ParseError, ValueError, LookupError, RecursionError) as trouble:
        yield LeftOut(f"is no feed that can be read ({trouble})", "see whether it is whole")
        return
    if root.tag == f"{_ATOM}feed":
        found = (_atom_entry(root, entry) for entry in root.iter(f"{_ATOM}entry"))
    else:
        channel = next((one for kind in ("channel", f"{_RSS1}channel") for one in root.iter(kind)), root)
        found = (_rss_item(channel, item) for kind in ("item", f"{_RSS1}item") for item in root.iter(kind))
    count = 0
    for entry in found:
        count += 1
        yield entry
    if not count:
        yield LeftOut("holds no entries", "feeds are RSS or Atom files")


def _rss_item(channel: Element, item: Element) -> Found:
    body = _text(item, _CONTENT) or _text(item, "description", f"{_RSS1}description")
    if item.find(_CONTENT) is None and len(re.sub(r"<[^<>]*>", "", body)) < _WHOLE:
        return _SUMMARY
    guid = _text(item, "guid")
    author = _text(item, f"{_DC}creator") or _ADDRESSED.sub(r"\1", _text(item, "author"))
    known = Known(
        title=_text(item, "title", f"{_RSS1}title"),
        published=_rfc_date(_text(item, "pubDate")) or _text(item, f"{_DC}date") or None,
        address=_web(_text(item, "link", f"{_RSS1}link")) or _web(guid),
        authors=(author,) if author and "@" not in author else (),
        site=_text(channel, "title", f"{_RSS1}title") or None,
        language=_text(channel, "language", f"{_DC}language") or None,
        tags=tuple(tag for one in item.findall("category") if (tag := (one.text or "").strip())),
    )
    return _page(known, body, guid)


def _atom_entry(root: Element, entry: Element) -> Found:
    content = entry.find(f"{_ATOM}content")
    if content is None or content.get("src") is not None:
        return _SUMMARY
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    authors = entry.findall(f"{_ATOM}author") or root.findall(f"{_ATOM}author")
    known = Known(
        title=_text(entry, f"{_ATOM}title"),
        published=_text(entry, f"{_ATOM}published") or None,
        address=next((web for link in links if (web := _web(link.get("href", "")))), None),
        authors=tuple(name for author in authors if (name := _text(author, f"{_ATOM}name"))),
        site=_text(root, f"{_ATOM}title") or None,
        language=entry.get(_XML_LANG) or content.get(_XML_LANG) or root.get(_XML_LANG),
        tags=tuple(tag for one in entry.findall(f"{_ATOM}category") if (tag := one.get("label") or one.get("term"))),
    )
    return _page(known, _atom_content(content), _text(entry, f"{_ATOM}id"))


def _atom_content(content: Element) -> str:
    kind = content.get("type", "text")
    if kind == "xhtml":
        return "".join(_as_html(one) for one in content)
    text = content.text or ""
    return text if kind in ("html", "text/html") else f"<p>{escape(text)}</p>"


def _as_html(element: Element) -> str:
    """XHTML in an XML tree as HTML; deeper than a page ever is, its text alone."""
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        tag = str(one.tag).removeprefix(_XHTML)
        if not tag.isalnum():
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in one.items() if name.isalnum())
        parts.append(f"<{tag}{attributes}>{escape(one.text or '')}")
        if tag in ("br", "hr", "img"):
            continue
        waiting.append(f"</{tag}>")
        for child in reversed(one):
            waiting += [escape(child.tail or ""), child]
    return "".join(parts)


def _page(known: Known, body: str, record: str) -> Found:
    if not body.strip():
        return _SUMMARY
    name = name_of_address(known.address, ".html") if known.address else f"{known.title or 'entry'}.html"
    return FoundPage(name, composed_page(known, body), CaptureOrigin(known.address, record=record or None))


def _web(text: str) -> str | None:
    return text if is_web_address(text) else None


def _text(parent: Element, *names: str) -> str:
    found = next((one for name in names if (one := parent.find(name)) is not None), None)
    return "".join(found.itertext()).strip() if found is not None else ""


def _rfc_date(text: str) -> str | None:
    try:
        return moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError):
        return None


def _utf8(data: bytes) -> bytes:
    """The file in UTF-8: the XML parser knows no East Asian encodings."""
    declared = _DECLARED.match(data)
    if declared is None or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    encoding = declared[2].decode("ascii", "replace")
    text = data.decode({"euc-kr": "cp949", "gb2312": "gb18030"}.get(encoding.lower(), encoding))
    return (declared[1].decode() + '"utf-8"' + text[declared.end() :]).encode()
