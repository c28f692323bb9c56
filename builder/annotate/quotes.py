"""Words in quotation marks and the leader who said them: precision before recall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from builder.annotate.hits import Hit
from builder.annotate.kinds import CYRILLIC, HAN, HANGUL, KANA
from builder.annotate.lexicon import Lexicon
from builder.annotate.marks import Quoted, hidden, quoted
from builder.annotate.paragraph import Named, Paragraph, Reading, Said
from builder.annotate.sheet import Sheet
from builder.annotate.speech import LATIN
from builder.model import Quote, passage_id

_BLOCK: Final = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) ")
_SIGNS: Final = ('"', "\u201c", "\u300c", "\u00ab", "\u201e", "\u2018", "'", "\uff02", "\ufe41")
_LONGEST: Final = 8000
"""Letters; nobody writes longer paragraphs, and their quotations cost the square of their length."""
_OPENING: Final = ('"', "\u201c")
_FEWEST_OPEN: Final = 12
_BEFORE: Final = 2
"""Paragraphs before one with quotations that are read for the one whom its pronouns mean."""
_HANGUL: Final = "[\uac00-\ud7a3]"
_KANA: Final = "[\u3041-\u3096]"
_HAN: Final = "[\u4e00-\u9fff]"
_MARKUP: Final = re.compile(r"[\[\]*_]")


def quotations(sheet: Sheet, lexicon: Lexicon, hits: Sequence[Hit]) -> list[Quote]:
    """The quotations of the body whose speaker is a leader beyond doubt, in the order of the text."""
    if not hits or not any(sign in sheet.markdown for sign in _SIGNS):
        return []
    found: list[Quote] = []
    spaced = "" if CYRILLIC in sheet.kinds else LATIN
    reading = Reading(lexicon, lexicon.speech[spaced], hits, sheet.folded)
    for paragraph in _paragraphs(sheet, hits):
        if paragraph is None or paragraph.language != reading.language:
            reading.forget(paragraph.language if paragraph else "")
        if paragraph:
            reading.speech = lexicon.speech[paragraph.language or spaced]
            said = _said(paragraph.language)(paragraph, reading)
            found += [_quote(each, paragraph, sheet, lexicon) for each in said]
    return [quote for quote in found if quote.text]


@cache
def _said(language: str) -> Callable[[Paragraph, Reading], list[Said]]:
    """How a language says who spoke: loaded when a paragraph in it is read."""
    if language in ("ko", "ja"):
        from builder.annotate.said_marked import said_marked  # noqa: PLC0415 - an archive has one language or two

        return said_marked
    if language == "zh":
        from builder.annotate.said_chinese import said_chinese  # noqa: PLC0415 - as above

        return said_chinese
    from builder.annotate.said_spaced import said_spaced  # noqa: PLC0415 - as above

    return said_spaced


def _paragraphs(sheet: Sheet, hits: Sequence[Hit]) -> Iterator[Paragraph | None]:
    """The paragraphs with quotations and the two before each; None where others are left out."""
    blocks = [
        (*block.span(), quoted(block[0]) if len(block[0]) <= _LONGEST else [])
        for block in _BLOCK.finditer(sheet.text, sheet.body)
    ]
    goes_on = {number + 1 for number, (start, end, _) in enumerate(blocks) if _stays_open(sheet.text, blocks, number)}
    wanted = {
        near for number, (*_, marked) in enumerate(blocks) if marked for near in range(number - _BEFORE, number + 1)
    }
    if not wanted:
        return
    at, left_out = 0, False
    for number, (start, end, marked) in enumerate(blocks):
        first = at
        while at < len(hits) and hits[at].start < end:
            at += 1
        if number not in wanted:
            left_out = True
            continue
        if left_out:
            yield None
            left_out = False
        outside = hidden(sheet.folded[start:end], marked) if marked else sheet.folded[start:end]
        inside = [(each.start + start, each.end + start) for each in marked]
        named = [
            Named(hit.start - start, hit.end - start, hit.subject)
            for hit in hits[first:at]
            if hit.start >= start and not any(opens < hit.start < ends for opens, ends in inside)
        ]
        yield Paragraph(
            start, sheet.text[start:end], outside, marked, named, _language(outside, sheet.kinds), number in goes_on
        )


def _stays_open(text: str, blocks: list[tuple[int, int, list[Quoted]]], number: int) -> bool:
    """Whether a paragraph's last quotation is not closed, as English leaves it before another that goes on.

    Its words then count to the end of the paragraph.
    """
    if number + 1 >= len(blocks) or text[blocks[number + 1][0]] not in _OPENING:
        return False
    start, end, marked = blocks[number]
    block = text[start:end].rstrip()
    behind = marked[-1].end if marked else 0
    opened = max(block.rfind(sign, behind) for sign in _OPENING)
    if opened < behind or block[opened + 1 : opened + 2].isspace() or len(block) - opened < _FEWEST_OPEN:
        return False
    marked.append(Quoted(opened, len(block) + 1))
    return True


def _language(outside: str, found: bytes) -> str:
    if outside.isascii():
        return ""
    if HANGUL in found and re.search(_HANGUL, outside):
        return "ko"
    if KANA in found and re.search(_KANA, outside):
        return "ja"
    return "zh" if HAN in found and re.search(_HAN, outside) else ""


def _quote(said: Said, paragraph: Paragraph, sheet: Sheet, lexicon: Lexicon) -> Quote:
    *before, last = (_words(paragraph.text[each.start + 1 : each.end - 1]) for each in said.parts)
    words = " ".join((*(part.rstrip(",") for part in before), last))
    who = lexicon.authorities[said.subject].id
    return Quote(who, words.rstrip(",\uff0c\u3001 "), _passage(sheet, paragraph, said.parts[0].start))


def _words(inside: str) -> str:
    return _MARKUP.sub("", " ".join(inside.split())).strip()


def _passage(sheet: Sheet, paragraph: Paragraph, at: int) -> str:
    """The id of the paragraph, or of the list's item, that a place of it is in, from the article's own text."""
    start, end = sheet.in_body(paragraph.start, paragraph.start + len(paragraph.text))
    block = sheet.markdown[start:end].rstrip("\n")
    lines = block.split("\n")
    if any(_ITEM.match(line) for line in lines):
        place = sheet.in_body(paragraph.start + at, paragraph.start + at)[0] - start
        return passage_id(lines[block.count("\n", 0, place)])
    return passage_id(block)
