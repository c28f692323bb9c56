"""Words in quotation marks and the leader who said them: precision before recall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from builder.annotate.lexicon import Lexicon
from builder.annotate.marks import hidden, quoted
from builder.annotate.names import Hit
from builder.annotate.paragraph import Named, Paragraph, Reading, Said
from builder.annotate.said_chinese import said_chinese
from builder.annotate.said_marked import said_marked
from builder.annotate.said_spaced import said_spaced
from builder.annotate.sheet import Sheet
from builder.model import Quote, passage_id

_BLOCK: Final = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) ")
_QUOTE_SIGNS: Final = re.compile("[\"\u201c\u201d\u201e\u300c\u00ab\u2018'\uff02\ufe41]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_KANA: Final = re.compile("[\u3041-\u3096]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_MARKUP: Final = re.compile(r"[\[\]*_]|\s+")
_SAID: Final = {"ko": said_marked, "ja": said_marked, "zh": said_chinese, "": said_spaced}


def quotations(sheet: Sheet, lexicon: Lexicon, hits: Sequence[Hit]) -> list[Quote]:
    """The quotations of the body whose speaker is a leader beyond doubt, in the order of the text."""
    if not hits or not _QUOTE_SIGNS.search(sheet.text, sheet.body):
        return []
    found: list[Quote] = []
    reading = Reading(lexicon, lexicon.speech[""], hits, sheet.folded)
    for paragraph in _paragraphs(sheet, hits):
        reading.speech = lexicon.speech[paragraph.language]
        if paragraph.language != reading.language:
            reading.forget(paragraph.language)
        said = _SAID[paragraph.language](paragraph, reading)
        found += [_quote(each, paragraph, sheet, lexicon) for each in said]
    return [quote for quote in found if quote.text]


def _paragraphs(sheet: Sheet, hits: Sequence[Hit]) -> Iterator[Paragraph]:
    at = 0
    for block in _BLOCK.finditer(sheet.text, sheet.body):
        start, end = block.span()
        text = block[0]
        marked = quoted(text) if _QUOTE_SIGNS.search(text) else []
        outside = hidden(sheet.folded[start:end], marked) if marked else sheet.folded[start:end]
        inside = [(each.start + start, each.end + start) for each in marked]
        named = []
        while at < len(hits) and hits[at].start < end:
            hit = hits[at]
            if hit.start >= start and not any(first < hit.start < last for first, last in inside):
                named.append(Named(hit.start - start, hit.end - start, hit.subject))
            at += 1
        yield Paragraph(start, text, outside, marked, named, _language(outside))


def _language(outside: str) -> str:
    if _HANGUL.search(outside):
        return "ko"
    if _KANA.search(outside):
        return "ja"
    return "zh" if _HAN.search(outside) else ""


def _quote(said: Said, paragraph: Paragraph, sheet: Sheet, lexicon: Lexicon) -> Quote:
    words = " ".join(_words(paragraph.text[each.start + 1 : each.end - 1]) for each in said.parts)
    first = paragraph.start + said.parts[0].start
    return Quote(lexicon.authorities[said.subject].id, words.rstrip(",\uff0c\u3001 "), _passage(sheet, first))


def _words(inside: str) -> str:
    return _MARKUP.sub(lambda found: " " if found[0].isspace() else "", inside).strip()


def _passage(sheet: Sheet, at: int) -> str:
    """The id of the paragraph, or of the list's item, that a place of the sheet is in, from the article's own text."""
    place, _ = sheet.in_body(at, at)
    text = sheet.markdown
    start = next((block.start() for block in _BLOCK.finditer(text) if block.start() <= place < block.end()), 0)
    end = next((block.end() for block in _BLOCK.finditer(text) if block.start() <= place < block.end()), len(text))
    lines = text[start:end].rstrip("\n").split("\n")
    if any(_ITEM.match(line) for line in lines):
        line_start, line_end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        return passage_id(text[line_start : line_end if line_end >= 0 else len(text)])
    return passage_id("\n".join(lines))
