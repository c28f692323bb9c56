"""A text dump, or a Markdown file, as numbered lines: its own lines, each with its kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from builder.normalize.page import Head, Kind, Line, Mark, Page

_BULLET: Final = re.compile("(\\s*)([•·▪◦●○■□▶►‣∙◆◇⦁\u318d\u30fb▫▪◾◽❍❏∘]|[-*–\u3147\u3141](?=\\s))\\s*(?=\\S)")
_NUMBER: Final = re.compile(r"(\s*)(\d{1,2}[.)]|[①-⑳])\s+(?=\S)")
_HEADING: Final = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_QUOTED: Final = re.compile(r"\s{0,3}>\s?")
# The address may hold one pair of brackets; nothing is given back, so that "[a](" over and over is looked at once.
_LINK: Final = re.compile(
    r"!?\[[^\]\n]{0,300}+\]\(<?+((?:[^()\s<>]|\([^()\s<>]{0,200}+\)){1,2000}+)>?+(?:\s[^()\n]{0,200}+)?+\)"
)
_FIELD: Final = re.compile(r"^([A-Za-z_ -]+):\s*(.*)$")
_LISTED: Final = re.compile(r"^\s*-\s+(.*)$")
_NOTED: Final = {
    "title": "og:title",
    "site": "og:site_name",
    "publisher": "og:site_name",
    "publication": "og:site_name",
    "author": "author",
    "authors": "author",
    "published": "article:published_time",
    "date": "article:published_time",
    "created": "pressmark:retrieved",
    "retrieved": "pressmark:retrieved",
    "saved": "pressmark:retrieved",
    "tags": "article:tag",
}
"""What web clippers call a thing, and the meta that says it on a saved page."""
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\xad"


def flatten_text(text: str, encoding: str) -> Page:
    """The lines of a text dump; bullets and numbers before items are layout."""
    lines = tuple(text_line(number, line) for number, line in enumerate(split_lines(text), 1))
    return Page(lines, Head(), encoding, "text")


def flatten_markdown(text: str, encoding: str) -> Page:
    """The lines of a Markdown file: headings, quotes and fenced code by their marks, front matter as its head."""
    everything = split_lines(text)
    front = _front_matter_length(everything)
    head = _head_of(everything[1 : front - 1]) if front else Head()
    lines = [Line(number, line, "meta") for number, line in enumerate(everything[:front], 1)]
    fence = ""
    for number, line in enumerate(everything[front:], front + 1):
        stripped = line.strip()
        if fence or stripped.startswith(("```", "~~~")):
            closing = bool(fence) and stripped.startswith(fence)
            lines.append(Line(number, line, "code" if fence and not closing else "blank", 0, len(line)))
            fence = "" if closing else fence or stripped[:3]
        elif mark := _HEADING.match(line):
            lines.append(_as_markup(_marked(number, line, mark.end(), "heading", level=len(mark[1]))))
        elif mark := _QUOTED.match(line):
            lines.append(_as_markup(_marked(number, line, mark.end(), "quote")))
        else:
            lines.append(_nested(_as_markup(text_line(number, line)), lines))
    return Page(tuple(lines), head, encoding, "markdown")


def split_lines(text: str) -> list[str]:
    """Lines as editors count them: after LF, CRLF or CR, and after nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _nested(line: Line, before: list[Line]) -> Line:
    """An item at most one level below the item before it; Markdown indents by two, three or four spaces."""
    if line.kind != "item":
        return line
    outer = before[-1].level if before and before[-1].kind == "item" else 0
    indent = len(line.text) - len(line.text.lstrip())
    return replace(line, level=min(outer + 1, 1 + indent // 2))


def _as_markup(line: Line) -> Line:
    """A line whose links and emphasis are written in Markdown; links count as such, so that rows of them are seen."""
    links = [Mark(found.start(), found.end(), "link", found[1]) for found in _LINK.finditer(line.text)]
    return replace(line, marks=(Mark(line.start, line.end, "markup"), *links)) if line.kind != "row" else line


def _front_matter_length(lines: list[str]) -> int:
    """How many lines the front matter of a clipped page takes, its fences included; 0 without one."""
    if lines[0].rstrip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines[1:200], 1) if line.rstrip() == "---"), 0)


def _head_of(lines: list[str]) -> Head:
    """What a web clipper noted: title, address, author, dates, as the metas of a saved page would say it."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if found := _FIELD.match(line):
            key = found[1].lower()
            given = found[2].strip()
            items = given[1:-1].split(",") if given.startswith("[") and given.endswith("]") else [given]
            values[key] = [bare for item in items if (bare := _unquoted(item))]
        elif (found := _LISTED.match(line)) and key:
            values[key].append(_unquoted(found[1]))
    metas = [(name, value) for key, name in _NOTED.items() for value in values.get(key, ())]
    address = next(
        (value for key in ("url", "source", "link") for value in values.get(key, ()) if "://" in value), None
    )
    return Head(canonical=address, metas=tuple(metas))


def _unquoted(text: str) -> str:
    return text.strip().strip("\"'").removeprefix("[[").removesuffix("]]").strip()


def text_line(number: int, line: str) -> Line:
    """One line of a dump with its kind, by the mark that opens it."""
    if not line:
        return Line(number, line, "blank", 0, 0)
    if line[0].isascii() and line[0].isalpha():
        return _marked(number, line, 0, "text")  # as most lines begin
    if mark := _BULLET.match(line):
        return _marked(number, line, mark.end(), "item", level=1 + len(mark[1].expandtabs(4)) // 6)
    if mark := _NUMBER.match(line):
        return _marked(number, line, mark.end(), "item", level=1, ordered=True)
    return _marked(number, line, 0, "text")


def _marked(number: int, line: str, start: int, kind: Kind, *, level: int = 0, ordered: bool = False) -> Line:
    while start < len(line) and (line[start].isspace() or line[start] in _INVISIBLE):
        start += 1
    end = len(line)
    while end > start and (line[end - 1].isspace() or line[end - 1] in _INVISIBLE):
        end -= 1
    if start == end:
        return Line(number, line, "blank", 0, 0)
    cells = tuple(_cells(line, start, end)) if "\t" in line[start:end] else ()
    if cells:
        return Line(number, line, "row", start, end, marks=cells)
    return Line(number, line, kind, start, end, level=level, ordered=ordered)


def _cells(line: str, start: int, end: int) -> list[Mark]:
    """Cells between tabs, as a spreadsheet or a copied table gives them."""
    cells = []
    position = start
    for part in line[start:end].split("\t"):
        words = part.strip()
        first = position + part.index(words) if words else position
        cells.append(Mark(first, first + len(words), "cell"))
        position += len(part) + 1
    return cells
