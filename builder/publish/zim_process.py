"""A process of its own: an order in JSON comes in, a ZIM file of a built site is written, its files are counted."""

from __future__ import annotations

import json
import mimetypes
import os
import sys
from pathlib import Path
from typing import Any, Final

from libzim.writer import Creator, FileProvider, Hint, IndexData, Item
from selectolax.lexbor import LexborHTMLParser

_STEMMED: Final = "eng"
"""Libzim stems one language. English gains most by it; words of East Asian scripts are indexed by their letter pairs
whatever the language."""
_KINDS: Final = {".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".xml": "application/xml"}
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 30, 80


class _Words(IndexData):  # type: ignore[misc]  # libzim ships no types
    """What full-text search finds a page by: its own words, without the menus that every page has."""

    def __init__(self, title: str, content: str) -> None:
        super().__init__()
        self.title, self.content = title, content

    def has_indexdata(self) -> bool:
        return bool(self.content)

    def get_title(self) -> str:
        return self.title

    def get_content(self) -> str:
        return self.content

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self.content.split())

    def get_position(self) -> None:
        return None


class _File(Item):  # type: ignore[misc]
    """One file of the site under its own address."""

    def __init__(self, path: Path, address: str) -> None:
        super().__init__()
        self.path, self.address = path, address
        self.kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.title, self.words = "", ""
        if path.suffix == ".html":
            tree = LexborHTMLParser(path.read_bytes())
            heading = tree.css_first("main h1") or tree.css_first("title")
            self.title = " ".join(heading.text().split()) if heading else ""
            # Only pieces are searched: every other page is a list of their titles.
            body = tree.css_first("article .body") if address.startswith("articles/") else None
            self.words = " ".join(body.text(separator=" ").split()) if body else ""

    def get_path(self) -> str:
        return self.address

    def get_title(self) -> str:
        return self.title

    def get_mimetype(self) -> str:
        return self.kind

    def get_contentprovider(self) -> Any:
        return FileProvider(self.path)

    def get_hints(self) -> dict[Any, bool]:
        listed = self.address.startswith(("articles/", "leaders/", "topics/", "dossiers/")) and bool(self.title)
        return {Hint.FRONT_ARTICLE: listed}

    def get_indexdata(self) -> _Words:
        return _Words(self.title, self.words)


def main() -> None:
    """Write what standard input orders."""
    order = json.load(sys.stdin)
    folder = Path(order["folder"])
    spoken = order["languages"]
    stemmed = _STEMMED if _STEMMED in spoken else (spoken or ["und"])[0]
    count = 0
    with Creator(order["out"]).config_indexing(True, stemmed) as creator:
        creator.set_mainpath("index.html")
        creator.add_illustration(48, bytes.fromhex(order["icon"]))
        for name, value in (
            ("Name", order["name"]),
            ("Title", order["title"][:_LONGEST_TITLE]),
            ("Description", (order["description"] or order["title"])[:_LONGEST_DESCRIPTION]),
            ("LongDescription", order["description"]),
            ("Language", ",".join(dict.fromkeys(spoken)) or "und"),
            ("Creator", order["creator"] or order["title"]),
            ("Publisher", order["title"]),
            ("Date", order["date"]),
            ("Scraper", "Pressmark"),
        ):
            if value:
                creator.add_metadata(name, value)
        for parent, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(parent) / name
                if path.is_file() and not path.is_symlink():
                    # A foreign file's name may be no UTF-8, and this library takes nothing else.
                    address = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace")
                    creator.add_item(_File(path, address))
                    count += 1
    print(count)


if __name__ == "__main__":
    main()
