"""What the page says of its pictures: captions, and the descriptions that stand above a credit; kept beside the text.

A caption is no part of the article: its names and words are not counted. In dumps a line is one where a picture's
credit ends it or stands right below it.
"""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from typing import Final

from builder.model import Caption
from builder.model.values import value
from builder.normalize.judge import Judged, Run, is_sentence
from builder.normalize.text_measures import ends_sentence, skeleton, weighted_length, wide_share
from builder.normalize.vocabulary import Vocabulary

RULE: Final = "caption"
_CREDIT: Final = "image-credit"
_ABOVE: Final = 3
"""Lines above the headline among which its picture may be described."""
_SHORTEST: Final = 12.0
"""Weighted letters of a caption; labels and agencies are shorter."""
_SENTENCE: Final = 30.0
"""Those of a description that only a credit below it makes known."""
_LONGEST_CREDIT: Final = 90
"""Letters."""
_PICTURE: Final = 2
"""Lines of a credit and what stands below it."""
_LABELLED: Final = 20.0
"""Weighted letters of a caption behind a label; a name is shorter."""
_FIRST: Final = 6
"""Letters that stand for two words where words are not parted."""
_WIDE: Final = 0.3
_PICTURES: Final = frozenset(
    {"cap", "caption", "photo", "pic", "picture", "figure", "fig", "img", "image", "foto", "bild", "thumb", "legend"}
)
"""Words in the names of the innermost boxes around captions; a picture itself says nothing."""
_FRAMES: Final = frozenset({"photo", "pic", "picture", "figure", "fig", "img", "foto", "imgbox", "photobox", "picbox"})
"""Those in the names of any box around them."""
_LONGEST_SHOWN: Final = 160.0
"""Weighted letters."""
_RARE: Final = 4
"""Lines of an article for each line in such a box, at the least."""
_MOST: Final = 100
"""Captions of one page."""
_CUT: Final = frozenset({RULE, _CREDIT, "before-article", "after-article", "surroundings", "repeated-label"})
"""Fates of lines that nothing else is known of."""
_BRACKETS: Final = "[\u3010\uff3b"
_OPENING: Final = "\uff08\u3010"
_PARTING: Final = " |/\uff0f\uff5c\u2013\u2014-"
_LABEL: Final = re.compile(
    "[\u25a0\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c0\u25c1\u25c6]\\s*|[\\[\u3010\uff3b]\\w{1,5}[\\]\u3011\uff3d]\\s*"
)
"""A mark, or a word such as "picture" in brackets, before a caption."""
_CLAIMS: Final = ("\u00a9", "\u24d2")
_ENDS: Final = tuple('.!?"\u3002\uff01\uff1f\u2026\u201d\u300d\u00bb')
_BRACKET: Final = re.compile(f"[(\\[{_OPENING}]([^()\\[\\]{_OPENING}\uff09\u3011]{{2,90}})[)\\]\uff09\u3011]\\s*$")
_BEGINNING: Final = re.compile(
    '(?:(?<=[.!?"\u3002\uff01\uff1f\u2026\u201d\u300d\u00bb])\\s*|\\s+[|/\u2013\u2014-]\\s+|\\s+|[|\uff0f\uff5c])'
    "(?=[^\\s\\d_a-z])|(?=[\u00a9\u24d2])"
)
"""Where a credit may begin: behind a sentence, a bar, or white space before a capital."""


@value(frozen=True, slots=True)
class _Said:
    """What one line says: a caption, a credit, or both."""

    text: str
    credit: str
    labelled: bool = False
    """Whether a word in brackets before it says that it is of a picture."""


def cut_captions(
    judged: Sequence[Judged], run: Run, title: int | None, fates: MutableSequence[str], *, words: Vocabulary
) -> tuple[Caption, ...]:
    """The captions of a page in order, each once; their lines are cut by a rule of that name.

    `title` is the headline's position.
    """
    captions: dict[str, Caption] = {}
    pictured = _in_picture_boxes(judged, run, fates)
    first = min(run.start, run.start if title is None else title)
    text = next((at for at in range(run.start, run.end) if is_sentence(judged[at])), run.start)
    last = ""
    for position in range(max(0, first - _ABOVE), run.end):
        one = judged[position]
        shown = one.line.kind == "caption" or position in pictured
        if (fates[position] not in _CUT and position not in pictured) or not (shown or one.rule == _CREDIT):
            last = ""
            continue
        said = _said(" ".join(one.line.words.split()), words, credited=one.rule == _CREDIT)
        if not said.text and said.credit:
            last = last or _described(judged, position, fates, captions)
            last = last or (_beneath(judged[position:text], fates, position, captions) if position < text else "")
            if last in captions and not captions[last].credit:
                captions[last] = Caption(captions[last].text, said.credit)
        elif weighted_length(said.text) >= _SHORTEST and (shown or said.credit or said.labelled):
            fates[position] = RULE
            last = skeleton(said.text)
            if last not in captions or not captions[last].credit:
                captions[last] = Caption(said.text, said.credit)
    titles = {judged[title].bare} if title is not None else set()
    return tuple(caption for bare, caption in captions.items() if bare not in titles)[:_MOST]


def _in_picture_boxes(judged: Sequence[Judged], run: Run, fates: Sequence[str]) -> frozenset[int]:
    """Positions of the article's short lines that stand in a box named for its picture, and close like no sentence.

    Where much of an article stands in such boxes it is one in pictures.
    """
    inside = [at for at in range(run.start, run.end) if fates[at] == "body"]
    named = [at for at in inside if _PICTURES & judged[at].line.own or _FRAMES & judged[at].line.boxes]
    short = [at for at in named if judged[at].line.kind == "text" and judged[at].length <= _LONGEST_SHOWN]
    if len(named) * _RARE > len(inside):
        return frozenset()
    return frozenset(at for at in short if not ends_sentence(judged[at].line.words))


def _described(
    judged: Sequence[Judged], position: int, fates: MutableSequence[str], captions: dict[str, Caption]
) -> str:
    """The description right above a credit, made a caption; its letters, or nothing where there is none."""
    above = judged[position - 1] if position else None
    if above is None or above.line.number != judged[position].line.number - 1 or above.rule is not None:
        return ""
    if fates[position - 1] not in _CUT or above.length < _SENTENCE or above.line.kind != "text":
        return ""
    fates[position - 1] = RULE
    captions.setdefault(above.bare, Caption(" ".join(above.line.words.split())))
    return above.bare


def _beneath(lines: Sequence[Judged], fates: MutableSequence[str], position: int, captions: dict[str, Caption]) -> str:
    """The description right below a credit that stands alone over the text, made a caption; its letters, or nothing.

    `lines` are those from the credit, at `position`, to the first sentence of the text.
    """
    if len(lines) != _PICTURE or fates[position + 1] != "body":
        return ""
    credit, below = lines
    plain = below.rule is None and below.line.kind == "text" and below.length >= _SENTENCE
    if not plain or below.line.number != credit.line.number + 1 or ends_sentence(below.line.words):
        return ""
    fates[position + 1] = RULE
    captions.setdefault(below.bare, Caption(" ".join(below.line.words.split())))
    return below.bare


def _said(text: str, words: Vocabulary, *, credited: bool) -> _Said:
    labelled = _LABEL.match(text)
    if labelled and weighted_length(text) - weighted_length(labelled[0]) >= _LABELLED:
        text = text[labelled.end() :]
    else:
        labelled = None
    if _begins_credit(text, words):
        return _Said("", _bare(text)) if len(text) <= _LONGEST_CREDIT else _Said(text, "")
    for at in _places(text, words):
        before, behind = text[:at].rstrip(f"{_PARTING}([{_OPENING}"), _bare(text[at:].strip(_PARTING))
        if behind[:1] in _CLAIMS or _is_credit(behind, words):
            return _Said(before if weighted_length(before) >= _SHORTEST else "", behind)
    if labelled and labelled[0][0] in _BRACKETS:
        named = _BRACKET.search(text)
        return (
            _Said(text[: named.start()].rstrip(), named[1], labelled=True) if named else _Said(text, "", labelled=True)
        )
    if credited:
        return _Said("", _bare(text) if _is_credit(text, words) else "")
    return _Said(text, "")


def _is_credit(text: str, words: Vocabulary) -> bool:
    """Whether a text speaks of a picture's maker; what does so only as a whole line ("enlarge image") is a button."""
    return bool(text) and words.rule_of(f"{text} 1") == _CREDIT


def _begins_credit(text: str, words: Vocabulary) -> bool:
    first = " ".join(text.split()[:2])
    return _is_credit(first[:_FIRST] if wide_share(first) > _WIDE else first, words)


def _bare(text: str) -> str:
    """A credit without the brackets around it."""
    found = _BRACKET.fullmatch(text.strip())
    return found[1].strip() if found else text.strip()


def _places(text: str, words: Vocabulary) -> list[int]:
    """Places where a credit may begin: brackets at the end, the ends of sentences, then words that begin one."""
    window = max(0, len(text) - _LONGEST_CREDIT - 4)
    found = _BRACKET.search(text, window)
    places = [place.end() for place in _BEGINNING.finditer(text, window) if place.end()]
    ends = [at for at in places if text[:at].rstrip().endswith(_ENDS)]
    others = [at for at in places if at not in ends and _begins_credit(text[at:].strip(_PARTING), words)]
    claims = [at for at in places if text[at] in _CLAIMS]
    return [*([found.start()] if found else ()), *reversed(ends), *others[:1], *claims]
