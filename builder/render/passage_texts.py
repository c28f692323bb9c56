"""What a body says, passage by passage: blocks of single lines without the parser, as `blocks` makes HTML of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from markdown_it.token import Token

from builder.model import folded
from builder.render.blocks import Block, blocks_of, cells_of, lines_of
from builder.render.marking import Words
from builder.render.parsing import parser
from builder.render.passages import Passages
from builder.render.phrases import line_text, token_text

_SILENT: Final = Words(passage=str, table="", picture="")

_Texts: TypeAlias = tuple[tuple[str, str], ...]
"""Fragment, which may be empty, and plain text."""


def passage_texts(text: str, source: str) -> _Texts:
    """The passages of a body without definitions; `source` is the text as it was before letters were left out."""
    written, sources = lines_of(text), lines_of(source)
    passages = Passages(_SILENT)
    found: list[tuple[str, str]] = []
    for block in blocks_of([line.rstrip(" \t") for line in written]):
        if block.kind:
            found += _lines(block, sources[block.first : block.end], passages)
        else:
            tokens = parser().parse("\n".join(written[block.first : block.end]))
            passages.identify(tokens, sources[block.first : block.end])
            found += _of_tokens(tokens)
    return _joined(found)


def token_texts(tokens: Sequence[Token], lines: Sequence[str]) -> _Texts:
    """The passages of a parsed body; `lines` are those of its source."""
    Passages(_SILENT).identify(tokens, lines)
    return _joined(_of_tokens(tokens))


def _lines(block: Block, sources: Sequence[str], passages: Passages) -> Iterator[tuple[str, str]]:
    if block.kind == "table":
        head, _, *rows = map(cells_of, block.texts)
        yield passages.fragment("\n".join(sources)), ""
        yield from (("", line_text(cell)) for row in (head, *rows) for cell in row)
        return
    if block.kind != "ul":
        yield passages.fragment(sources[0]), line_text(block.texts[0])
        return
    yield passages.fragment("\n".join(sources)), ""
    for text, source in zip(block.texts, sources, strict=True):
        yield passages.fragment(source, inside=True), line_text(text)


def _of_tokens(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.attrGet("id"):
            yield str(token.attrGet("id")), ""
        if token.type in ("inline", "fence", "code_block"):
            yield "", token_text(token) if token.type == "inline" else token.content


def _joined(found: Iterable[tuple[str, str]]) -> _Texts:
    """What has no fragment of its own belongs to the passage before."""
    passages: list[tuple[str, list[str]]] = []
    for fragment, text in found:
        if fragment or not passages:
            passages.append((fragment, []))
        passages[-1][1].append(text)
    return tuple([(fragment, text) for fragment, texts in passages if (text := folded(" ".join(texts)))])
