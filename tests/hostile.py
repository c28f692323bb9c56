"""Hostile pieces made of the cases, and what is dangerous in a finished page; for tests of the whole way."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml
from selectolax.lexbor import LexborHTMLParser

CASES: Final = Path(__file__).parent / "cases" / "hostile"
CANARY: Final = "pressmarkCanary"
PROSE: Final = "The two ministers met in the harbour town and agreed on a second ferry line to the islands."
_URLS: Final = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "ping", "xlink:href"})
_FRAMES: Final = frozenset(
    {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal", "fencedframe"}
)
_LOADED: Final = frozenset({"img", "script", "video", "audio", "source", "track", "input", "image", "use"})
_DOWNLOAD: Final = re.compile(r"data:(application/[\w.+-]+|text/(plain|csv))(;charset=utf-8)?,[^\s\"<>]*$")
"""A citation to save: a browser never opens it."""
_UNSEEN: Final = re.compile("[\0-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def payloads(kind: str) -> dict[str, str]:
    """The cases of a kind by name, `{x}` still in them."""
    return dict(yaml.safe_load((CASES / f"{kind}.yaml").read_text("utf-8")))


def file_names() -> list[str]:
    """Stems of files that some system stumbles over."""
    return list(yaml.safe_load((CASES / "names.yaml").read_text("utf-8")))


def armed(payload: str, number: int) -> str:
    """The payload with the canary's call in it."""
    return payload.replace("{x}", f"{CANARY}({number})")


def article_file(number: int, body: str, field: str = "A plain title") -> str:
    """An article of the archivist's with hostile words in its body and in every field that takes any text."""
    said = json.dumps(field, ensure_ascii=False)
    source = f"{{name: {said}, url: 'https://post.example/{number}'}}"
    return (
        f"---\nid: hostile-{number:04d}\ntitle: {said}\nlanguage: en\npublished: 2024-05-1{number % 9}\n"
        f"authors: [{said}]\ntags: [{said}]\nsummary: {said}\nsource: {source}\n"
        f"teasers: [{{title: {said}, text: {said}}}]\n---\n\n{PROSE}\n\n{body}\n\nEnd of marker{number:04d}z.\n"
    )


def page_file(number: int, body: str, title: str = "A plain title") -> str:
    """A saved page with hostile markup in it."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(title)}</title></head><body>"
        f"<article><h1>{html.escape(title)}</h1><p>{PROSE}</p><p>Beginning of marker{number:04d}z, said both.</p>"
        f"{body}</article></body></html>"
    )


def text_file(number: int, body: str, title: str = "A plain title") -> str:
    """A text dump with hostile words in it."""
    return f"{title}\n\n{PROSE}\n\nBeginning of marker{number:04d}z, said both.\n\n{body}\n\n{PROSE}\n"


def write_site(site: Path) -> int:
    """An archive of every case in every form; how many pieces it has, each with its own marker word."""
    for folder in ("captures", "articles"):
        (site / "content" / folder).mkdir(parents=True)
    (site / "site.yaml").write_text("title: Hostile\nurl: https://archive.example/\n", "utf-8")
    number = 0

    def put(folder: str, ending: str, text: str) -> None:
        path = site / "content" / folder / f"hostile-{number:04d}.{ending}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

    for kind in ("markup", "markdown"):
        for payload in payloads(kind).values():
            for ending, make in (("html", page_file), ("txt", text_file), ("md", text_file)):
                number += 1
                put("captures", ending, make(number, armed(payload, number)))
            number += 1
            put("articles", "md", article_file(number, armed(payload, number)))
    for payload in payloads("fields").values():
        number += 1
        put("articles", "md", article_file(number, "Words.", armed(payload, number)))
        number += 1
        put("captures", "html", page_file(number, "<p>Words.", armed(payload, number)))
        number += 1
        put("captures", "txt", text_file(number, "Words.", armed(payload, number)))
    return number


def dangers(page: bytes) -> Iterator[str]:
    """What in a page could run, load from another host or leave its element, as a browser's parser sees it."""
    if b"\0" in page:
        yield "a zero byte"
    for element in LexborHTMLParser(page.decode("utf-8")).css("*"):
        tag, attributes = element.tag or "", element.attributes
        if tag in _FRAMES or (tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh"):
            yield f"{tag} {attributes}"
        if tag == "script" and not _is_ours(attributes, element.text(deep=True)):
            yield f"script {attributes} {element.text()[:60]}"
        for name, value in attributes.items():
            if name.startswith("on") or name == "srcdoc":
                yield f"{tag} {name}={value}"
            if name == "style" and re.search(r"url|expression|@import|fixed|absolute", value or "", re.IGNORECASE):
                yield f"{tag} style={value}"
            if name == "href" and "download" in attributes and _DOWNLOAD.match(value or ""):
                continue
            if name in _URLS and (trouble := _bad_address(tag, value or "")):
                yield f"{tag} {name}: {trouble}"


def _is_ours(attributes: dict[str, str | None], text: str) -> bool:
    if "json" in (attributes.get("type") or ""):
        json.loads(text)
        return True
    return re.fullmatch(r"(?:\.\./)*(?:assets|search)/[\w./-]+\.m?js", attributes.get("src") or "") is not None


def _bad_address(tag: str, value: str) -> str:
    plain = _UNSEEN.sub("", value).lower()
    if (tag, plain) == ("link", "data:,"):
        return ""  # our pages have no icon, and say so, that no browser asks for one
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
    allowed = ("http:", "https:", "mailto:") if tag in ("a", "link") else ("data:",)
    if scheme and (scheme[0] not in allowed or plain.startswith(("data:text", "data:image/svg", "data:app"))):
        return plain[:60]
    return f"another host: {plain[:60]}" if tag in _LOADED and re.match(r"(https?:)?//", plain) else ""
