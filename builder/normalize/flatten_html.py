"""A saved page as numbered lines: a line for each block that a browser would show, in the page's order.

Flattening is deterministic and has a version: the ledger counts these lines. What a browser never shows (scripts,
styles, templates, hidden elements) is no line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.normalize.html_depth import as_deep_as_browsers
from builder.normalize.html_head import read_head
from builder.normalize.page import Kind, Line, Mark, MarkKind, Page

_SKIPPED: Final = frozenset(
    """script style template svg math iframe object embed audio video canvas select datalist noscript head title meta
    link input textarea map area progress meter noframes frame frameset""".split()  # noqa: SIM905 - a list of names
)
_BLOCKS: Final = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol option p pre search
    section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 - a list of names
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_INLINE: Final[dict[str, MarkKind]] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "code": "code",
    "a": "link",
}
_BAD_TAGS: Final = frozenset({"nav", "footer", "aside", "form", "dialog", "menu", "button", "label", "header"})
_GOOD_TAGS: Final = frozenset({"article", "main"})
_SPACE: Final = re.compile(r"[\s\u200b\u2060\ufeff]+")
_WORD: Final = re.compile(r"[a-z]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a piece of text say of it."""

    kind: Kind = "text"
    level: int = 0
    ordered: bool = False
    group: int = 0
    good: int = 0
    bad: int = 0
    paragraph: bool = False
    verbatim: bool = False


def flatten_html(
    text: str, encoding: str, boxes: tuple[tuple[str, ...], tuple[str, ...]], address: str | None = None
) -> Page:
    """The lines of a saved page and what its head says.

    `boxes` are the words of good and of bad boxes; `address` is where the archivist says that the page came from.
    """
    tree = LexborHTMLParser(as_deep_as_browsers(text))
    head = read_head(tree, text, address)
    root = tree.body or tree.root
    flattener = _Flattener(head.canonical or "", *boxes)
    if root is not None:
        flattener.run(root)
    return Page(tuple(flattener.lines), head, encoding, "html")


class _Flattener:
    """Walks the tree without recursion, gathering inline text until a block ends."""

    def __init__(self, base: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
        self.lines: list[Line] = []
        self._base = base
        self._good = frozenset(good)
        self._bad = frozenset(bad)
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._groups = 0
        self._context = _Context()

    def run(self, root: LexborNode) -> None:
        """Visit every node once; a stack entry is a node to enter, or what to do on the way out."""
        stack: list[tuple[LexborNode | None, _Context, Mark | None]] = [(root, _Context(), None)]
        while stack:
            node, context, leaving = stack.pop()
            if node is None:
                self._leave(context, leaving)
                continue
            if node.is_text_node:
                self._context = context
                self._text(node.text_content or "", verbatim=context.verbatim)
                continue
            tag = node.tag or ""
            if tag in _SKIPPED or tag.startswith(("!", "-")) or _is_hidden(node):
                continue
            if tag == "br":
                self._break(context)
                continue
            if tag == "table" and _is_data_table(node):
                self._flush()
                self._table(node, context)
                continue
            inner, way_out = self._enter(node, tag, context)
            stack.append((None, inner if tag in _BLOCKS else context, way_out))
            children = list(node.iter(include_text=True))
            stack.extend((child, inner, None) for child in reversed(children))
        self._flush()

    def _enter(self, node: LexborNode, tag: str, context: _Context) -> tuple[_Context, Mark | None]:
        if tag in _INLINE:
            target = _target(node, self._base) if tag == "a" else ""
            return context, Mark(self._length, -1, _INLINE[tag], target)
        if tag not in _BLOCKS:
            return context, None
        self._flush()
        good, bad = self._boxes(node, tag)
        inner = replace(context, good=context.good + good, bad=context.bad + bad, paragraph=tag == "p")
        if tag in _HEADINGS:
            inner = replace(inner, kind="heading", level=_HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self._groups += 1
            depth = context.level + 1 if context.kind == "item" else 1
            outermost = context.kind != "item"
            group = self._groups if outermost else context.group
            inner = replace(inner, kind="item", level=depth, ordered=tag == "ol", group=group)
        elif tag == "blockquote":
            inner = replace(inner, kind="quote")
        elif tag in ("figcaption", "caption"):
            inner = replace(inner, kind="caption")
        elif tag == "pre":
            inner = replace(inner, kind="code", verbatim=True)
        return inner, None

    def _leave(self, context: _Context, inline: Mark | None) -> None:
        if inline is None:
            self._context = context
            self._flush()
        elif self._length > inline.start:
            self._marks.append(replace(inline, end=self._length))

    def _boxes(self, node: LexborNode, tag: str) -> tuple[int, int]:
        attributes = node.attributes
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
        good, bad = _box_words(named, self._good, self._bad) if named != "  " else (0, 0)
        return good + (tag in _GOOD_TAGS), bad + (tag in _BAD_TAGS)

    def _text(self, text: str, *, verbatim: bool) -> None:
        if not verbatim:
            text = _SPACE.sub(" ", text)
            if text.startswith(" ") and (not self._parts or self._parts[-1].endswith(" ")):
                text = text[1:]
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _break(self, context: _Context) -> None:
        self._context = context
        self._flush()

    def _flush(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        marks = tuple(sorted(self._marks, key=lambda mark: (mark.start, -mark.end)))
        self._parts, self._marks, self._length = [], [], 0
        for part in text.split("\n") if self._context.verbatim else (text.rstrip(),):
            if part.strip():
                self._add(part, () if self._context.verbatim else marks)

    def _add(self, text: str, marks: tuple[Mark, ...]) -> None:
        about = self._context
        fitting = tuple(replace(mark, end=min(mark.end, len(text))) for mark in marks if mark.start < len(text))
        self.lines.append(
            Line(
                number=len(self.lines) + 1,
                text=text,
                kind=about.kind,
                end=len(text),
                level=about.level,
                ordered=about.ordered,
                group=about.group,
                marks=fitting,
                good=about.good,
                bad=about.bad,
                paragraph=about.paragraph,
            )
        )

    def _table(self, node: LexborNode, context: _Context) -> None:
        self._groups += 1
        good, bad = self._boxes(node, "table")
        self._context = replace(
            context, kind="row", group=self._groups, good=context.good + good, bad=context.bad + bad, paragraph=False
        )
        for row in node.css("tr"):
            texts, marks, position = [], [], 0
            for cell in row.iter():
                if cell.tag not in ("td", "th"):
                    continue
                text = _SPACE.sub(" ", cell.text(deep=True, separator=" ")).strip()
                kind: MarkKind = "head" if cell.tag == "th" else "cell"
                marks.append(Mark(position, position + len(text), kind))
                texts.append(text)
                position += len(text) + 1
            line = " ".join(texts)
            if line.strip():
                self._add(line, tuple(marks))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_data_table(node: LexborNode) -> bool:
    """Rows of short cells; tables that lay out a page hold headings, forms, lists or other tables."""
    if node.css_first("td h1, td h2, td h3, td form, td table, td ul, td ol, td iframe, td article") is not None:
        return False
    rows = node.css("tr")
    widths = [sum(1 for cell in row.iter() if cell.tag in ("td", "th")) for row in rows[:50]]
    if len(rows) < 2 or max(widths, default=0) < 2:
        return False
    return max((len(cell.text(deep=True)) for cell in node.css("td")[:200]), default=0) < 500


def _target(node: LexborNode, base: str) -> str:
    address = (node.attributes.get("href") or "").strip()
    try:
        absolute = urljoin(base, address)
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://", "mailto:")) else ""


@lru_cache(maxsize=4096)
def _box_words(named: str, good: frozenset[str], bad: frozenset[str]) -> tuple[int, int]:
    words = set(_WORD.findall(named.lower()))
    return len(words & good), len(words & bad)
