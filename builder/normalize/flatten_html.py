"""A saved page as numbered lines: a line for each block that a browser would show, in the page's order.

Flattening is deterministic and has a version: the ledger counts these lines. What a browser never shows (scripts,
styles, templates, hidden elements) is no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.normalize.html_context import Context
from builder.normalize.html_depth import as_deep_as_browsers
from builder.normalize.html_elements import (
    BLOCKS,
    HEADINGS,
    INLINE,
    KINDS,
    SKIPPED,
    absolute_address,
    box_words,
    folded,
    is_data_table,
    is_hidden,
    stands_apart,
)
from builder.normalize.html_head import body_of, read_head
from builder.normalize.html_notes import NoteMarks, note_targets
from builder.normalize.html_rows import row_of
from builder.normalize.page import Head, Line, Mark, MarkKind, Page, Picked
from builder.normalize.text_measures import skeleton

_SHOWN: Final = 80
"""Letters of a paragraph by which it is looked for on the page."""
_Inline = tuple[int, MarkKind, str]
"""Where in the block an inline element begins, its kind, and where a link leads."""
_Leaving = tuple[Context, _Inline | None]
"""What holds inside an element, and of an inline one where it began."""
Pick = Callable[[LexborHTMLParser, Head], Picked]
"""What own rules select in a parsed page."""


def flatten_html(
    text: str,
    encoding: str,
    boxes: tuple[tuple[str, ...], tuple[str, ...]],
    address: str | None = None,
    *,
    pick: Pick | None = None,
) -> Page:
    """The lines of a saved page and what its head says.

    `boxes` are the words of good and of bad boxes; `address` is where the archivist says that the page came from.
    """
    tree = LexborHTMLParser(as_deep_as_browsers(text))
    head = read_head(tree, text, address)
    root = tree.body or tree.root
    picked = pick(tree, head) if pick else Picked()
    notes = NoteMarks(note_targets(tree))
    flattener = _Flattener(head.canonical or "", *boxes, picked=picked.elements, notes=notes)
    if root is not None:
        flattener.run(root)
    embedded = flattener.embed(body_of(head))
    page = Page(tuple(flattener.lines), head, encoding, "html", tuple(flattener.parents), embedded, picked.values)
    return replace(page, notes=flattener.notes.lines()) if flattener.notes else page


class _Flattener:
    """Walks the tree without recursion, gathering inline text until a block ends."""

    def __init__(
        self, base: str, good: tuple[str, ...], bad: tuple[str, ...], *, picked: Mapping[int, int], notes: NoteMarks
    ) -> None:
        self._picked = picked
        self.notes = notes
        self._noting = bool(notes)
        self.lines: list[Line] = []
        self.parents: list[int] = [0]
        self._base = base
        self._good = frozenset(good)
        self._bad = frozenset(bad)
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._groups = 0
        self._context = Context()
        self._unions: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._named: dict[tuple[str | None, ...] | str, tuple[int, int, frozenset[str]]] = {}

    def run(self, root: LexborNode) -> None:
        """Visit every node once; a stack entry is where to go on behind an element, and what to do on leaving it."""
        stack: list[tuple[LexborNode | None, Context, _Leaving | None]] = []
        node: LexborNode | None = root
        context = Context()
        while node is not None or stack:
            if node is None:
                node, context, leaving = stack.pop()
                if leaving is not None:
                    self._leave(*leaving)
            elif node.is_text_node:
                text = node.text_content or ""
                # Between blocks stands white space, which is every other text of most pages.
                if self._parts or context.verbatim or not text.isspace():
                    self._text(text, context)
                node = node.next
            else:
                following = node.next if stack else None
                entered = self._entered(node, context)
                if entered is None:
                    node = following
                else:
                    stack.append((following, context, entered[1]))
                    node, context = node.first_child, entered[0]
        self._flush()

    def _entered(self, node: LexborNode, context: Context) -> tuple[Context, _Leaving | None] | None:
        """What holds inside an element, and what is left where it ends; None for one whose content is not visited."""
        tag = node.tag or ""
        if tag in SKIPPED:
            return None
        attributes = node.attributes
        if attributes and ("hidden" in attributes or "style" in attributes) and is_hidden(attributes):
            return None
        if self._picked and node.mem_id in self._picked:
            context = replace(context, picked=self._picked[node.mem_id])
        if tag in BLOCKS:
            if tag == "table" and is_data_table(node):
                self._table(node, context)
                return None
            context = self._enter(tag, attributes, context)
            if self._noting:
                self.notes.begins(attributes, len(self.lines) + 1)
            return context, (context, None)
        if self._noting:
            self.notes.begins(attributes, len(self.lines) + 1)
        if tag in INLINE:
            kind, target = INLINE[tag], ""
            if tag == "a":
                kind, target = self.notes.kind_of(attributes, _target(attributes, self._base))
            return context, (context, (self._length, kind, target))
        if tag == "br":
            self._leave(context, None)
            return None
        if tag.startswith(("!", "-")):
            return None
        apart = context.kind == "text" and not context.paragraph and stands_apart(node)
        return context, (context, None) if apart else None

    def embed(self, paragraphs: tuple[str, ...]) -> int:
        """Add the text of the page's data unless its elements show most of it; the number of its first line, or 0."""
        if not paragraphs:
            return 0
        shown = "".join(skeleton(line.text) for line in self.lines)
        if sum(len(text) for text in paragraphs if skeleton(text[:_SHOWN]) in shown) * 2 > sum(map(len, paragraphs)):
            return 0
        first = len(self.lines) + 1
        self._context = Context(paragraph=True, own=frozenset({"<p"}))
        for text in paragraphs:
            self._add(text, ())
        return first

    def _enter(self, tag: str, attributes: dict[str, str | None], context: Context) -> Context:
        """What holds inside a block; lists count their depth, other blocks pass on what holds around them."""
        if self._parts:
            self._flush()
        good, bad, own = self._boxes(attributes, tag)
        kind, level, ordered, group = context.kind, context.level, context.ordered, context.group
        self.parents.append(context.box)
        if tag in HEADINGS:
            kind, level = "heading", HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self._groups += 1
            inner = kind == "item"
            kind, level, ordered, group = (
                "item",
                level + 1 if inner else 1,
                tag == "ol",
                group if inner else self._groups,
            )
        elif tag in KINDS:
            kind = KINDS[tag]
        # By place: by name it takes half as long again, and a page has hundreds.
        return Context(
            *(kind, level, ordered, group, context.good + good, context.bad + bad),
            *(tag == "p", context.verbatim or tag == "pre"),
            *(self._around(context.boxes, own) if tag not in ("body", "html") else context.boxes, own),
            *(len(self.parents) - 1, context.picked),
        )

    def _around(self, boxes: frozenset[str], own: frozenset[str]) -> frozenset[str]:
        """The words of all boxes around a line; siblings share them."""
        around = self._unions.get((boxes, own))
        if around is None:
            around = self._unions[boxes, own] = boxes | own
        return around

    def _leave(self, context: Context, inline: _Inline | None) -> None:
        if inline is None:
            self._context = context
            if self._parts:
                self._flush()
        elif self._length > inline[0]:
            self._marks.append(Mark(inline[0], self._length, inline[1], inline[2]))

    def _boxes(self, attributes: dict[str, str | None], tag: str) -> tuple[int, int, frozenset[str]]:
        get = attributes.get
        key = (get("class"), get("id"), get("role"), tag) if attributes else tag
        told = self._named.get(key)
        if told is None:
            named = f"{key[0] or ''} {key[1] or ''} {key[2] or ''}" if attributes else ""
            told = self._named[key] = box_words(named, tag, self._good, self._bad)
        return told

    def _text(self, text: str, context: Context) -> None:
        self._context = context
        if not context.verbatim:
            text = folded(text)
            if text.startswith(" ") and (not self._parts or self._parts[-1].endswith(" ")):
                text = text[1:]
        if text:
            self._parts.append(text)
            if context.picked >= 0:
                self._marks.append(_picked_mark(self._length, self._length + len(text), context))
            self._length += len(text)

    def _flush(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        marks = self._marks
        if len(marks) > 1:
            marks.sort(key=lambda mark: (mark.start, -mark.end))
        self._parts, self._marks, self._length = [], [], 0
        for part in text.split("\n") if self._context.verbatim else (text.rstrip(),):
            if part.strip():
                whole = [_picked_mark(0, len(part), self._context)] if self._context.picked >= 0 else []
                self._add(part, whole if self._context.verbatim else marks)

    def _add(self, text: str, marks: Sequence[Mark]) -> None:
        length = len(text)
        fitting = marks and [
            mark if mark.end <= length else Mark(mark.start, length, mark.kind, mark.target)
            for mark in marks
            if mark.start < length
        ]
        context = self._context
        self.lines.append(
            Line(
                *(len(self.lines) + 1, text, context.kind, 0, length, context.level, context.ordered, context.group),
                *(tuple(fitting), context.good, context.bad, context.paragraph, context.boxes, context.own),
                context.box,
            )
        )

    def _table(self, node: LexborNode, context: Context) -> None:
        self._flush()
        self._groups += 1
        good, bad, own = self._boxes(node.attributes, "table")
        self.parents.append(context.box)
        self._context = replace(
            context,
            kind="row",
            group=self._groups,
            good=context.good + good,
            bad=context.bad + bad,
            paragraph=False,
            boxes=self._around(context.boxes, own),
            own=own,
            box=len(self.parents) - 1,
        )
        within = self._context
        if (caption := node.css_first("caption")) and (text := folded(caption.text(deep=True, separator=" "))):
            self._context = replace(within, kind="text")
            self._add(text.strip(), ())
            self._context = within
        reaching: dict[int, int] = {}
        for row in node.css("tr"):
            line, marks = row_of(row, reaching)
            if line.strip():
                picking = replace(context, picked=self._picked.get(row.mem_id, context.picked))
                picked = (_picked_mark(0, len(line), picking),) if picking.picked >= 0 else ()
                self._add(line, (*marks, *picked))


def _picked_mark(start: int, end: int, context: Context) -> Mark:
    return Mark(start, end, "picked", str(context.picked))


def _target(attributes: dict[str, str | None], base: str) -> str:
    return absolute_address((attributes.get("href") or "").strip(), base)
