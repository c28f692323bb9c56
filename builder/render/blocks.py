"""A body by its blocks: those of single lines straight to HTML, others through the parser, each by itself.

Nearly all that is captured is paragraphs, headings, lists and quotations of a line each. To parse them, walk through
their tokens and sanitize what comes of them takes three times as long. Here text is escaped as the sanitizer would
leave it, the tags around it are made of nothing else, and whatever holds Markdown goes through the sanitizer as on the
long way. A test compares what comes of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from builder.model.values import value
from builder.render.allowlist import sanitized, sanitized_label
from builder.render.marking import Rules
from builder.render.passages import Passages
from builder.render.phrases import SIGNS, line_html
from builder.render.scripts import direction, passage_language

_NEWLINE: Final = re.compile(r"\r\n?|\n")
_PARAGRAPH: Final = re.compile(r"(?![0-9]+[.)])[^\s`~>*\-_+\[<|:#]")
"""How a line begins that is a paragraph if empty lines stand around it."""
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTATION: Final = re.compile(r"> ?(?=[^\s`~>*\-_+\[<|:#0-9])")
ITEM: Final = re.compile(r"([-*+]) {1,4}(?=[^\s`~>*_+\[<|:#0-9-])")
"""How an item begins whose line is a paragraph and nothing else."""
_ALIGNED: Final = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
"""The line below the head of a table."""
_CLASSES: Final = {
    (False, False): "",
    (True, False): "",
    (False, True): ' class="right"',
    (True, True): ' class="center"',
}
"""By whether a colon stands at the beginning and at the end of a cell of that line."""
_MAY_OPEN_A_LIST: Final = frozenset("-*+0123456789")
_INDENTED: Final = frozenset(" \t")
_MAY_GO_ON_A_LIST: Final = _MAY_OPEN_A_LIST | _INDENTED
_FENCES: Final = ("```", "~~~")


def has_definitions(text: str) -> bool:
    """Whether a text may say in one block what is meant in another: addresses of links, footnotes."""
    return "]:" in text


def body_html(text: str, source: str, rules: Rules) -> str:
    """The sanitized HTML of a body without definitions; `source` is the text without the marks of anchors."""
    return "".join(_Body(text, source, rules).blocks())


@value(frozen=True, slots=True)
class Block:
    """Lines that can be taken by themselves."""

    kind: str
    """p, h, blockquote or ul, where each line is one paragraph, heading, quotation or item; table; empty for others."""
    first: int
    end: int
    texts: Sequence[str] = ()
    """Of each of these lines the text behind its marks; of a table its lines."""
    level: int = 0
    """Of a heading."""


def blocks_of(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks of a body without definitions; all that are left are one, from where the end of one is not sure.

    `lines` have no blanks at their ends.
    """
    chunks = _chunks(lines)
    for number, (first, end) in enumerate(chunks, 1):
        behind = lines[chunks[number][0]] if number < len(chunks) else ""
        block = _line(lines[first], first) if end == first + 1 else _table(lines, first, end)
        block = block or _list(lines, first, end, behind)
        if not (block or _ends(lines[first:end], behind)):
            yield Block("", first, len(lines))
            return
        yield block or Block("", first, end)


def cells_of(row: str) -> list[str]:
    """What stands in the cells of a line of such a table."""
    return [cell.strip(" \t") for cell in row[1:-1].split("|")]


def demoted(level: int, levels: list[int]) -> int:
    """The level below the page's h1 at which no level is skipped: 3, 5, 3, 2 become 2, 3, 2, 2."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(6, 1 + len(levels))


def lines_of(text: str) -> list[str]:
    """The lines of a text."""
    return _NEWLINE.split(text) if "\r" in text else text.split("\n")


def _line(line: str, at: int) -> Block | None:
    """A paragraph, heading or quotation of one line; None where it may be something else."""
    if line != line.rstrip():
        return None  # versions of the parser differ in what else is white space
    if _PARAGRAPH.match(line):
        return Block("p", at, at + 1, (line,))
    if (found := _HEADING.match(line)) and line[-1] != "#":
        return Block("h", at, at + 1, (line[found.end() :],), len(found[1]))
    if found := _QUOTATION.match(line):
        return Block("blockquote", at, at + 1, (line[found.end() :],))
    return None


def _table(lines: Sequence[str], first: int, end: int) -> Block | None:
    """A table with a mark at both ends of each line, and as many cells in each; None where it may be something else."""
    rows = lines[first:end]
    if end < first + 3 or not _ALIGNED.fullmatch(rows[1]):
        return None
    many = rows[1].count("|")
    for row in rows:
        if row[0] != "|" or row[-1] != "|" or row.count("|") != many or "\\" in row or "`" in row:
            return None
        if any(cell != cell.strip() for cell in cells_of(row)):
            return None  # as in `_line`
    return Block("table", first, end, rows)


def _list(lines: Sequence[str], first: int, end: int, behind: str) -> Block | None:
    """A list whose items have one line each; None where it may be something else, or goes on behind it."""
    items = [ITEM.match(line) for line in lines[first:end]]
    if behind[:1] in _MAY_GO_ON_A_LIST or len({item and item[1] for item in items}) > 1:
        return None
    texts = [line[item.end() :] for item, line in zip(items, lines[first:end], strict=True) if item]
    if not texts or any(text != text.rstrip() for text in texts):
        return None
    return Block("ul", first, end, texts)


class _Body:
    """A body on its way through its blocks, whose ids and levels depend on those before."""

    def __init__(self, text: str, source: str, rules: Rules) -> None:
        self._written = lines_of(text)
        self._sources = lines_of(source)
        self._rules = rules
        self._signs = [sign for sign in SIGNS if sign in text]
        self._passages = Passages(rules.words)
        self._levels: list[int] = []

    def blocks(self) -> Iterator[str]:
        """The HTML of each block."""
        for block in blocks_of([line.rstrip(" \t") for line in self._written]):
            if block.kind == "":
                yield self._parsed(block.first, block.end)
            elif block.kind == "ul":
                yield self._list(block)
            elif block.kind == "table":
                yield self._table(block)
            else:
                yield self._line(block)

    def _line(self, block: Block) -> str:
        key = self._passages.fragment(self._sources[block.first])
        (text,) = block.texts
        attributes, inner = self._said(text)
        if block.kind == "h":
            tag = f"h{demoted(block.level, self._levels)}"
            return f'<{tag} id="{key}"{attributes}>{inner}</{tag}>\n'
        link = self._passages.link(key)
        if block.kind == "p":
            return f'<p id="{key}"{attributes}>{inner}{link}</p>\n'
        return f'<blockquote id="{key}">\n<p{attributes}>{inner}{link}</p>\n</blockquote>\n'

    def _list(self, block: Block) -> str:
        sources = self._sources[block.first : block.end]
        key = self._passages.fragment("\n".join(sources))
        link = self._passages.link(key)
        parts = [f'<ul id="{key}">\n']
        for text, source in zip(block.texts, sources, strict=True):
            item = self._passages.fragment(source, inside=True)
            attributes, inner = self._said(text)
            parts.append(f'<li id="{item}"{attributes}>' if item else f"<li{attributes}>")
            parts.append(f"{inner}{link}</li>\n")
            link = ""
        return "".join((*parts, "</ul>\n"))

    def _table(self, block: Block) -> str:
        key = self._passages.fragment("\n".join(self._sources[block.first : block.end]))
        link, label = self._passages.link(key), sanitized_label(self._rules.words.table)
        head, aligned, *rows = map(cells_of, block.texts)
        below = [("td", _CLASSES[cell[0] == ":", cell[-1] == ":"]) for cell in aligned]
        # An empty cell heads nothing.
        heading = zip(head, below, strict=True)
        above = [("th", f'{shape} scope="col"') if cell else ("td", shape) for cell, (_, shape) in heading]
        parts = [f'<div class="passage">{link}<div class="table" role="region" tabindex="0" aria-label="{label}">']
        parts += [f'<table id="{key}">\n<thead>\n', self._row(above, head), "</thead>\n<tbody>\n"]
        parts += [self._row(below, row) for row in rows]
        return "".join((*parts, "</tbody>\n</table>\n</div></div>"))

    def _row(self, shapes: Iterable[tuple[str, str]], cells: Iterable[str]) -> str:
        parts = []
        for (tag, shape), cell in zip(shapes, cells, strict=True):
            attributes, inner = self._said(cell)
            parts.append(f"<{tag}{shape}{attributes}>{inner}</{tag}>\n")
        return "".join(("<tr>\n", *parts, "</tr>\n"))

    def _said(self, text: str) -> tuple[str, str]:
        """The attributes of an element that holds a text, but for its id, and the HTML of the text."""
        language = self._rules.language
        attributes = ""
        if spoken := passage_language(text, language):
            turned = f' dir="{direction(spoken)}"' if direction(spoken) != direction(language) else ""
            attributes = f' lang="{spoken}"{turned}'
        for sign in self._signs:
            if sign in text:
                return attributes, line_html(text, self._rules, spoken or language)
        return attributes, text

    def _parsed(self, first: int, end: int) -> str:
        from builder.render.elements import elements  # noqa: PLC0415 - as in `phrases`
        from builder.render.parsing import parser  # noqa: PLC0415

        tokens = parser().parse("\n".join(self._written[first:end]))
        self._passages.identify(tokens, self._sources[first:end])
        return sanitized(elements(tokens, self._rules, self._levels))


def _chunks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where lines that are not empty begin and end."""
    empty = [-1, *(at for at, line in enumerate(lines) if not line), len(lines)]
    return [(before + 1, at) for before, at in pairwise(empty) if at > before + 1]


def _ends(lines: Sequence[str], behind: str) -> bool:
    """Whether these lines can be parsed by themselves: no block of theirs takes in what stands `behind`."""
    firsts = {line[0] for line in lines}
    if firsts & _INDENTED or any(fence in line for line in lines for fence in _FENCES):
        return False
    return not (firsts & _MAY_OPEN_A_LIST and behind[:1] in _MAY_GO_ON_A_LIST)
