"""Blocks → Markdown that parses back into the same blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from builder.normalize.blocks import Block, is_markup
from builder.normalize.page import Mark

_ALWAYS: Final = re.compile(r"([\\`*\[\]])")
_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY: Final = re.compile(r"&(?=#?\w{1,32};)")
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_LINE_START: Final = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|={1,}\s*$|(?:-\s*){2,}$|~{3,}|\|)")
_NUMBER_START: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_SPACES: Final = re.compile(r"\s+")
_BACKTICKS: Final = re.compile(r"`+")
_EMPHASES: Final = ("strong", "emphasis")


def markdown_of(blocks: Sequence[Block]) -> str:
    """The body as Markdown, blocks parted by blank lines, ending in a line feed."""
    parts: list[str] = []
    position = 0
    while position < len(blocks):
        end = position + 1
        kind = blocks[position].kind
        while end < len(blocks) and blocks[end].kind == kind and kind in _TOGETHER:
            end += 1
        parts.append(_TOGETHER.get(kind, _first)(blocks[position:end]))
        position = end
    return "\n\n".join(parts) + "\n" if parts else ""


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    # Most texts hold none of these signs, which takes a moment to see; four patterns look at each letter.
    if any(sign in text for sign in "\\`*[]"):
        text = _ALWAYS.sub(r"\\\1", text)
    if "_" in text:
        text = _UNDERSCORE.sub(r"\\_", text)
    if "&" in text:
        text = _ENTITY.sub(r"\\&", text)
    return _TAG.sub(r"\\<", text) if "<" in text else text


def _list(items: Sequence[Block]) -> str:
    """Items one below the other, another list after a blank line; none is deeper than one step below the one above.

    An item further in would be read as code.
    """
    text = ""
    depth = 0
    for at, item in enumerate(items):
        if at:
            above = items[at - 1]
            text += "\n" if item.group == above.group and item.ordered == above.ordered else "\n\n"
        depth = min(item.level, depth + 1)
        text += "   " * (depth - 1) + ("1. " if item.ordered else "- ") + _paragraph(item)
    return text


def _code(lines: Sequence[Block]) -> str:
    """Between fences longer than any inside: indented code right under a list would be taken for the item's text."""
    inner = max((len(run) for line in lines for run in _BACKTICKS.findall(line.text)), default=0)
    fence = "`" * max(3, inner + 1)
    return "\n".join([fence, *(line.text for line in lines), fence])


def _quote(paragraphs: Sequence[Block]) -> str:
    return "\n>\n".join("> " + _paragraph(block).replace("\n", "\n> ") for block in paragraphs)


def _first(blocks: Sequence[Block]) -> str:
    return _block(blocks[0])


_TOGETHER: Final[Mapping[str, Callable[[Sequence[Block]], str]]] = MappingProxyType(
    {"item": _list, "code": _code, "quote": _quote}
)
"""Blocks that stand together, and how."""


def _block(block: Block) -> str:
    if block.kind == "table":
        return _table(block.rows)
    if block.kind == "heading":
        inline = _folded(block)
        closing = inline.rstrip("#")
        return (
            "#" * block.level
            + " "
            + (inline if closing == inline else closing + inline[len(closing) :].replace("#", "\\#"))
        )
    if block.kind == "note":
        return f"[^{block.label}]: {_paragraph(block)}"
    return _paragraph(block)


def _paragraph(block: Block) -> str:
    lines = [_single_spaced(line) for line in _inline(block.text, block.marks).split("\n")]
    return "\\\n".join(_shielded(line) for line in lines if line)


def _shielded(line: str) -> str:
    """A line that opens no heading, list, quote, rule, fence or table."""
    if _LINE_START.match(line):
        return f"\\{line}"
    number = _NUMBER_START.match(line)
    return f"{number[1]}\\{line[number.end(1) :]}" if number else line


def _single_spaced(text: str) -> str:
    return (text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)).strip()


def _folded(block: Block) -> str:
    return _single_spaced(_inline(block.text, block.marks))


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    return escaped(_SPACES.sub(" ", text).strip()).replace("|", "\\|")


def _inline(text: str, marks: Sequence[Mark]) -> str:
    """Text with its links and emphasis; a mark that Markdown could not read back is left out."""
    if is_markup(marks):
        return _TAG.sub(r"\\<", text)
    fitting: list[Mark] = []
    trimmed = _joined([_trimmed(text, mark) for mark in marks])
    links = [mark for mark in trimmed if mark.kind == "link"]
    bounds = {link.start for link in links}, {link.end for link in links}
    near: list[Mark] = []
    for mark in sorted(trimmed, key=lambda one: (one.start, -one.end)):
        near = [other for other in near if other.end >= mark.start]  # of each kind one at most
        if _readable(text, mark, *bounds) and not any(_clash(mark, other) for other in near):
            fitting.append(mark)
            near.append(mark)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    notes: dict[int, str] = {}
    for mark in marks:
        if mark.kind == "note" and mark.start == mark.end:
            notes[mark.start] = f"{notes.get(mark.start, '')}[^{mark.target}]"
    for mark in fitting:
        before, after = _signs(mark)
        opens.setdefault(mark.start, []).append(before)
        closes.setdefault(mark.end, []).insert(0, after)
    parts: list[str] = []
    last = 0
    for position in sorted({*opens, *closes, *notes}):
        before = escaped(text[last:position])
        if before.endswith("!") and "[" in opens.get(position, ()):
            before = before[:-1] + "\\!"  # a link behind an exclamation mark would be a picture
        parts += [before, *closes.get(position, ()), notes.get(position, ""), *opens.get(position, ())]
        last = position
    return "".join([*parts, escaped(text[last:])])


def _signs(mark: Mark) -> tuple[str, str]:
    if mark.kind == "link":
        return "[", f"](<{mark.target}>)" if re.search(r"[()\s]", mark.target) else f"]({mark.target})"
    return ("**", "**") if mark.kind == "strong" else ("*", "*")


def _trimmed(text: str, mark: Mark) -> Mark:
    start, end = mark.start, mark.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Mark(start, end, mark.kind, mark.target)


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks with those of one kind of emphasis that touch made one: `**a****b**` could not be read back."""
    joined: list[Mark] = []
    last: dict[str, int] = {}
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        before = last.get(mark.kind)
        if before is not None and mark.kind in _EMPHASES and joined[before].end == mark.start < mark.end:
            joined[before] = replace(joined[before], end=mark.end)
        else:
            last[mark.kind] = len(joined)
            joined.append(mark)
    return joined


def _readable(text: str, mark: Mark, link_starts: Set[int], link_ends: Set[int]) -> bool:
    """Whether Markdown's flanking rules see the marks: inside a letter, or outside nothing, space or punctuation.

    A link's bracket at the mark's edge stands in the letter's place.
    """
    if mark.end <= mark.start:
        return False
    if mark.kind == "link":
        return bool(mark.target) and not mark.target.startswith("#") and not re.search(r"[<>\n]", mark.target)
    if mark.kind not in _EMPHASES:
        return False
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    opens = _is_letter(text[mark.start]) and mark.start not in link_starts
    closes = _is_letter(text[mark.end - 1]) and mark.end not in link_ends
    return (opens or not _is_letter(before)) and (closes or not _is_letter(after))


def _is_letter(sign: str) -> bool:
    """Neither space nor punctuation nor symbol, as the rules have it: a combining accent is one."""
    return not sign.isspace() and unicodedata.category(sign)[0] not in "PS"


def _clash(mark: Mark, other: Mark) -> bool:
    """Marks that cross, links in links, emphasis of one kind in itself, and marks that begin, end or meet together."""
    if mark.kind in _EMPHASES and other.kind in _EMPHASES and (mark.start == other.end or other.start == mark.end):
        return True
    if mark.start >= other.end or other.start >= mark.end:
        return False
    crossing = mark.start < other.start or mark.end > other.end
    together = mark.start == other.start or mark.end == other.end
    return crossing or mark.kind == other.kind or (together and "link" not in (mark.kind, other.kind))
