"""The kept pieces as the blocks of a text: headings, paragraphs, lists, tables, quotes, code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.page import Line, Mark
from builder.normalize.pieces import Piece
from builder.normalize.tables import find_tables
from builder.normalize.text_measures import ends_sentence, ends_statement, sentences, weighted_length, wide_share
from builder.normalize.vocabulary import Vocabulary

BlockKind = Literal["paragraph", "heading", "item", "table", "quote", "code", "note"]
_LINK: Final = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_EMPHASIS: Final = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(\S(?:[^*_\n]{0,400}\S)?)\1")
_FEWEST_VERSES: Final = 3
_LONGEST_VERSE: Final = 80.0
_LONGEST_LEAD_IN: Final = 40.0
"""Weighted letters; a longer line with a colon opens what follows, it does not head it."""
LONGEST_HEADING: Final = 130.0
"""Weighted letters; longer lines without a full stop are standfirsts or torn paragraphs."""


@value(frozen=True, slots=True)
class Block:
    """One block of the body."""

    kind: BlockKind
    text: str
    """Lines of verse are parted by line feeds."""
    level: int = 0
    """Of a heading 2 to 6; of a list item its depth from 1."""
    ordered: bool = False
    group: int = 0
    marks: tuple[Mark, ...] = ()
    """In code points of `text`."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table; the first is its header."""
    label: str = ""
    """Of a note."""


def blocks_of(pieces: Sequence[Piece], words: Vocabulary, rules: CleaningRules) -> tuple[Block, ...]:
    """The body's blocks in order."""
    tables = _recovered_tables(pieces, rules)
    blocks: list[Block] = []
    position = 0
    while position < len(pieces):
        if position in tables:
            rows, end = tables[position]
            blocks.append(Block("table", "", rows=rows))
            position = end
        elif pieces[position].line.kind == "row":
            end = position + 1
            while end < len(pieces) and _same_table(pieces[end - 1].line, pieces[end].line):
                end += 1
            blocks.append(_marked_table(pieces[position:end]))
            position = end
        elif (end := _verse_end(pieces, position)) > position:
            blocks.append(_verse(pieces[position:end]))
            position = end
        elif pieces[position].continues and blocks:
            gap = _gap(pieces[position - 1], pieces[position])
            blocks[-1] = _continued(blocks[-1], _plain(pieces[position]), gap)
            position += 1
        else:
            blocks.append(_plain(pieces[position]))
            position += 1
    return _with_headings(blocks, words)


def plain_text(blocks: Sequence[Block]) -> str:
    """The body verbatim, a block a line, the cells of a row joined by a space, without Markdown marks."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "table":
            lines += [" ".join(cell for cell in row if cell) for row in block.rows]
        else:
            lines.append(_without_markup(block.text) if is_markup(block.marks) else block.text)
    return "\n".join(lines)


def is_markup(marks: Sequence[Mark]) -> bool:
    """Whether a block's text came as Markdown."""
    return any(mark.kind == "markup" for mark in marks)


def _without_markup(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))


def _recovered_tables(
    pieces: Sequence[Piece], rules: CleaningRules
) -> dict[int, tuple[tuple[tuple[str, ...], ...], int]]:
    """Flattened tables by the position of their first piece, with the position after their last."""
    lines = [piece.line for piece in pieces]
    article = "\n".join(piece.words for piece in pieces if ends_sentence(piece.words))
    found = find_tables(lines, [piece.words for piece in pieces], article, rules)
    return {start: (rows, end) for start, end, rows in found}


def _same_table(first: Line, second: Line) -> bool:
    adjacent = second.number == first.number + 1
    return second.kind == "row" and (first.group == second.group if first.group else adjacent)


def _marked_table(pieces: Sequence[Piece]) -> Block:
    rows = []
    for piece in pieces:
        cells = [mark for mark in piece.line.marks if mark.kind in ("cell", "head")]
        rows.append(tuple(piece.line.text[mark.start : mark.end] for mark in cells))
    width = max(len(row) for row in rows)
    return Block("table", "", rows=tuple((*row, *[""] * (width - len(row))) for row in rows))


def _plain(piece: Piece) -> Block:
    line = piece.line
    marks = tuple(
        replace(mark, start=max(mark.start, piece.start) - piece.start, end=min(mark.end, piece.end) - piece.start)
        for mark in line.marks
        if mark.start < piece.end and mark.end > piece.start
    )
    text = piece.words.rstrip() if line.kind == "code" else piece.words.strip()
    marks = (*marks, *(Mark(len(text), len(text), "note", label) for label in piece.references))
    if piece.label:
        return Block("note", text, marks=marks, label=piece.label)
    if line.kind == "heading":
        notes = tuple(mark for mark in marks if mark.kind == "note")
        return Block("heading", text, level=min(6, max(2, line.level)), marks=notes)
    if line.kind == "item":
        return Block("item", text, level=max(1, line.level), ordered=line.ordered, group=line.group, marks=marks)
    if line.kind in ("quote", "code"):
        return Block("quote" if line.kind == "quote" else "code", text, marks=marks)
    return Block("paragraph", text, marks=marks)


def _verse_end(pieces: Sequence[Piece], start: int) -> int:
    """Where the short lines of one paragraph of a saved page end that line breaks part; `start` where there are none.

    Long ones are paragraphs of a page that parts them by breaks alone.
    """
    first = pieces[start].line
    end = start
    while end < len(pieces) and _in_verse(pieces[end], first, end - start):
        end += 1
    lines = [piece.words for piece in pieces[start:end]]
    return end if len(lines) >= _FEWEST_VERSES and not all(map(ends_statement, lines)) else start


def _in_verse(piece: Piece, first: Line, place: int) -> bool:
    line = piece.line
    same = line.box == first.box and line.number == first.number + place
    plain = line.kind == "text" and line.paragraph and line.box > 0 and piece.words.strip() == line.words.strip()
    return same and plain and weighted_length(piece.words) <= _LONGEST_VERSE


def _verse(pieces: Sequence[Piece]) -> Block:
    block = _plain(pieces[0])
    for piece in pieces[1:]:
        more = _plain(piece)
        shift = len(block.text) + 1
        marks = tuple(replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in more.marks)
        block = replace(block, text=f"{block.text}\n{more.text}", marks=(*block.marks, *marks))
    return block


def _gap(piece: Piece, more: Piece) -> str:
    """What parts two pieces of a line: around a mark what stood there, around other words a space where one is due."""
    if piece.references:
        return " " if any(map(str.isspace, piece.line.text[piece.end : more.start])) else ""
    wide = wide_share(piece.words[-1:] + more.words[:1]) > 0
    return "" if wide or not more.words[:1].isalnum() else " "


def _continued(block: Block, more: Block, gap: str) -> Block:
    """A block with what stands behind the words that were cut out of it."""
    shift = len(block.text) + len(gap)
    marks = tuple(replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in more.marks)
    return replace(block, text=f"{block.text}{gap}{more.text}", marks=(*block.marks, *marks))


def _with_headings(blocks: list[Block], words: Vocabulary) -> tuple[Block, ...]:
    """Short paragraphs without a full stop that stand over text are headings; so are the questions of an FAQ."""
    result: list[Block] = []
    in_faq = False
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind == "heading":
            in_faq = words.section_of(block.text) == "faq" or (in_faq and block.level > 2)
        elif following is not None and _may_head(blocks, position) and _heads(block, following):
            question = ends_sentence(block.text)
            if not question:
                in_faq = words.section_of(block.text) == "faq"
            result.append(Block("heading", block.text, level=3 if in_faq and question else 2))
            continue
        result.append(block)
    return tuple(result)


def _may_head(blocks: Sequence[Block], position: int) -> bool:
    """A paragraph, or a lone item: dumps mark headings, too, with a square or a triangle."""
    block = blocks[position]
    if block.kind != "item":
        return block.kind == "paragraph"
    beside = blocks[max(0, position - 1) : position + 2]
    return not block.ordered and block.group == 0 and sum(one.kind == "item" for one in beside) == 1


def _heads(block: Block, following: Block) -> bool:
    if ends_statement(block.text) or weighted_length(block.text) > LONGEST_HEADING:
        return False
    if "\n" in block.text:
        return False
    if block.text.endswith((":", "\uff1a")) and weighted_length(block.text) > _LONGEST_LEAD_IN:
        return False
    if sentences(block.text) > ends_sentence(block.text):
        return False  # "It speaks of two things. They are": the beginning of a list, not its heading
    return following.kind in ("item", "table", "heading") or weighted_length(following.text) >= 25 or _short(following)


def _short(block: Block) -> bool:
    return block.kind == "paragraph" and not ends_statement(block.text)
