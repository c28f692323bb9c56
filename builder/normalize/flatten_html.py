"""A saved page as numbered lines: a line for each block that a browser would show, in the page's order.

Flattening is deterministic and has a version: the ledger counts these lines. What a browser never shows (scripts,
styles, templates, hidden elements) is no line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.normalize.html_depth import as_deep_as_browsers
from builder.normalize.html_elements import is_data_table, is_hidden
from builder.normalize.html_head import body_of, read_head
from builder.normalize.page import Kind, Line, Mark, MarkKind, Page
from builder.normalize.text_measures import skeleton

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
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")
"""Names are written `article-body` and `articleBody`."""
_MOST_PARTS: Final = 40
_SHOWN: Final = 80
"""Letters of a paragraph by which it is looked for on the page."""


class _Context(NamedTuple):
    """What the elements around a piece of text say of it."""

    kind: Kind = "text"
    level: int = 0
    ordered: bool = False
    group: int = 0
    good: int = 0
    bad: int = 0
    paragraph: bool = False
    verbatim: bool = False
    boxes: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    box: int = 0


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
    embedded = flattener.embed(body_of(head))
    return Page(tuple(flattener.lines), head, encoding, "html", tuple(flattener.parents), embedded)


class _Flattener:
    """Walks the tree without recursion, gathering inline text until a block ends."""

    def __init__(self, base: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
        self.lines: list[Line] = []
        self.parents: list[int] = [0]
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
            if tag in _SKIPPED or tag.startswith(("!", "-")):
                continue
            attributes = node.attributes
            if attributes and is_hidden(attributes):
                continue
            if tag == "br":
                self._leave(context, None)
                continue
            if tag == "table" and is_data_table(node):
                self._flush()
                self._table(node, context)
                continue
            inner, way_out = self._enter(tag, attributes, context)
            if way_out or tag in _BLOCKS or _stands_apart(node, inner):
                stack.append((None, inner, way_out))
            children = list(node.iter(include_text=True))
            stack.extend((child, inner, None) for child in reversed(children))
        self._flush()

    def embed(self, paragraphs: tuple[str, ...]) -> int:
        """Add the text of the page's data unless its elements show most of it; the number of its first line, or 0."""
        shown = "".join(skeleton(line.text) for line in self.lines)
        if not paragraphs or sum(len(text) for text in paragraphs if skeleton(text[:_SHOWN]) in shown) * 2 > sum(
            map(len, paragraphs)
        ):
            return 0
        first = len(self.lines) + 1
        self._context = _Context(paragraph=True, own=frozenset({"<p"}))
        for text in paragraphs:
            self._add(text, ())
        return first

    def _enter(self, tag: str, attributes: dict[str, str | None], context: _Context) -> tuple[_Context, Mark | None]:
        if tag in _INLINE:
            target = _target(attributes, self._base) if tag == "a" else ""
            return context, Mark(self._length, -1, _INLINE[tag], target)
        if tag not in _BLOCKS:
            return context, None
        self._flush()
        good, bad, own = self._boxes(attributes, tag)
        self.parents.append(context.box)
        inner = context._replace(
            good=context.good + good,
            bad=context.bad + bad,
            paragraph=tag == "p",
            boxes=context.boxes | own if tag not in ("body", "html") else context.boxes,
            own=own,
            box=len(self.parents) - 1,
        )
        if tag in _HEADINGS:
            inner = inner._replace(kind="heading", level=_HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self._groups += 1
            depth = context.level + 1 if context.kind == "item" else 1
            outermost = context.kind != "item"
            group = self._groups if outermost else context.group
            inner = inner._replace(kind="item", level=depth, ordered=tag == "ol", group=group)
        elif tag == "blockquote":
            inner = inner._replace(kind="quote")
        elif tag in ("figcaption", "caption"):
            inner = inner._replace(kind="caption")
        elif tag == "pre":
            inner = inner._replace(kind="code", verbatim=True)
        return inner, None

    def _leave(self, context: _Context, inline: Mark | None) -> None:
        if inline is None:
            self._context = context
            self._flush()
        elif self._length > inline.start:
            self._marks.append(replace(inline, end=self._length))

    def _boxes(self, attributes: dict[str, str | None], tag: str) -> tuple[int, int, frozenset[str]]:
        get = attributes.get
        named = f"{get('class') or ''} {get('id') or ''} {get('role') or ''}" if attributes else ""
        return _box_words(named, tag, self._good, self._bad)

    def _text(self, text: str, *, verbatim: bool) -> None:
        if not verbatim:
            text = _SPACE.sub(" ", text)
            if text.startswith(" ") and (not self._parts or self._parts[-1].endswith(" ")):
                text = text[1:]
        if text:
            self._parts.append(text)
            self._length += len(text)

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
                boxes=about.boxes,
                own=about.own,
                box=about.box,
            )
        )

    def _table(self, node: LexborNode, context: _Context) -> None:
        self._groups += 1
        good, bad, own = self._boxes(node.attributes, "table")
        self.parents.append(context.box)
        self._context = context._replace(
            kind="row",
            group=self._groups,
            good=context.good + good,
            bad=context.bad + bad,
            paragraph=False,
            boxes=context.boxes | own,
            own=own,
            box=len(self.parents) - 1,
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


def _stands_apart(node: LexborNode, context: _Context) -> bool:
    """Whether an inline element is laid out as a box: outside paragraphs, with another right behind it."""
    if context.paragraph or context.kind != "text":
        return False
    following = node.next
    if following is not None and following.is_text_node and not (following.text_content or "").strip():
        following = following.next
    return following is not None and not following.is_text_node and following.tag not in _INLINE


def _target(attributes: dict[str, str | None], base: str) -> str:
    return _absolute((attributes.get("href") or "").strip(), base)


@lru_cache(maxsize=4096)
def _absolute(address: str, base: str) -> str:
    if not address:
        return ""
    try:
        absolute = urljoin(base, address)
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://", "mailto:")) else ""


@lru_cache(maxsize=8192)
def _box_words(named: str, tag: str, good: frozenset[str], bad: frozenset[str]) -> tuple[int, int, frozenset[str]]:
    words = set(_WORD.findall(named.lower()))
    parts = {part.lower() for part in _PART.findall(named)[:_MOST_PARTS]}
    own = frozenset({part for part in parts if 2 < len(part) < 20} | {"<" + tag})
    return len(words & good) + (tag in _GOOD_TAGS), len(words & bad) + (tag in _BAD_TAGS), own
