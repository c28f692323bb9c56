"""Paragraphs at either end of the text that are the article's: a standfirst, an opening or an end among buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from builder.normalize.judge import Judged, Run, prose_of
from builder.normalize.resuming import is_paragraph, is_plain, outside_quotes
from builder.normalize.text_measures import ends_statement, fold, sentences, stems, wide_share
from builder.normalize.title_lines import is_dated
from builder.normalize.vocabulary import Vocabulary

_ABOVE: Final = 14
"""Lines from the headline to the text."""
_SHARED: Final = 0.25
_SHARED_WIDE: Final = 0.12
"""Share of such a paragraph's words, or pairs of letters, that the headline and the article use."""
_HALF: Final = 0.5
"""The same of a short one that nothing else tells from a label."""
_WIDE: Final = 0.3
_DATED: Final = 3
"""Lines below a standfirst among which the day stands: what parts it from the headline is no caption."""
_SHARED_LAST: Final = 0.2
_BELOW: Final = 8
"""Lines below the text among which its last ones stand."""
_PASSED: Final = frozenset({"navigation", "advertisement", "image-credit", "repeated-label", "read-more"})
_MOST_PASSED: Final = 2
_SHORTEST: Final = 24.0
"""Weighted letters of a last line."""
_UNPOINTED: Final = 50
"""Letters of one in Thai or Lao, which have no full stops."""
_LINKED: Final = 0.4
_TORN: Final = 40.0
"""Weighted letters of a line that is torn off."""
_LEAST: Final = -1.5
"""Learnt weight of such a paragraph."""
_LEAST_PLACED: Final = -3.0
"""The same right below the headline."""
_LINES: Final = 3
"""Lines of a standfirst."""
_SHORTEST_LEAD: Final = 40.0
"""Weighted letters of one of them; in a box that is named for it the shortest last line's."""
_FEWEST_SAID: Final = 5
"""Words."""
_CLOSING: Final = (")", "]", "\uff09", "\u3011")
_PICTURES: Final = ("image-credit", "repeated-label")


def with_lead(judged: Sequence[Judged], run: Run, title: int | None, *, words: Vocabulary, unclosed: bool) -> Run:
    """The run with the paragraphs above it that speak of what headline and article speak of.

    `title` is the headline's position. Captions do so as well: what a credit follows is one. `unclosed`: whether a
    paragraph that holds a sentence, or stands right below the headline, need not close with one.
    """
    if title is None or not title + 1 < run.start <= title + _ABOVE:
        return run
    known = {stem for text in (judged[title].line.words, *prose_of(judged, run)) for stem in stems(text)}
    below = _right_below(judged, title, run.start, words) if unclosed else None
    lead = [at for at in range(title + 1, run.start) if _is_lead(judged, at, known, words, below=below)]
    if not lead:
        return run
    others = {at for at in range(lead[0], run.start) if at not in lead}
    return replace(run, start=lead[0], left_out=run.left_out | others)


def with_last_lines(judged: Sequence[Judged], run: Run, *, addressing: Collection[str], small: Collection[str]) -> Run:
    """The run with the sentences below it that go on in its words: right below, or behind a pointer or two.

    A last sentence is short, and stands beside notices.
    """
    below = judged[run.end : run.end + 1]
    if not below or below[0].section is not None or below[0].rule not in (None, *_PASSED):
        return run  # as nearly all articles end
    known = {stem for text in prose_of(judged, run) for stem in stems(text)}
    end, passed = run.end, 0
    for position in range(run.end, min(len(judged), run.end + _BELOW)):
        one = judged[position]
        if _is_last(one, known, addressing) or (position == end and is_torn(judged, position, small)):
            end, passed = position + 1, 0
        elif one.rule not in _PASSED or one.section is not None or passed == _MOST_PASSED:
            break
        else:
            passed += 1
    passing = (at for at in range(run.end, end) if not _is_last(judged[at], known, addressing))
    others = {at for at in passing if at < end - 1 or not is_torn(judged, at, small)}
    return replace(run, end=end, left_out=run.left_out | others) if end > run.end else run


def is_unpointed(text: str) -> bool:
    """Whether a line is a sentence in Thai or Lao, which have no full stops, by its length."""
    return "\u0e01" <= text[-1:] <= "\u0eff" and len(text) >= _UNPOINTED


def is_torn(judged: Sequence[Judged], position: int, small: Collection[str]) -> bool:
    """Whether a line breaks off in a sentence above the notice that the rest is for subscribers."""
    one, below = judged[position], judged[position + 1 : position + 2]
    text = one.line.words
    if not below or below[0].rule != "newsletter" or one.length < _TORN or not is_open(one):
        return False
    return "\u3041" <= text[-1:] <= "\u309f" or text.rsplit(maxsplit=1)[-1].casefold() in small


def is_open(one: Judged) -> bool:
    """Whether a line is text that neither rule nor section nor box speaks against, and closes with no full stop."""
    plain = one.rule is None and one.section is None and one.line.kind == "text" and one.line.bad == 0
    return plain and one.linked <= _LINKED and not ends_statement(one.line.words)


def _is_last(one: Judged, known: Collection[str], addressing: Collection[str]) -> bool:
    text = one.line.words
    unpointed = is_unpointed(text)
    plain = one.rule is None and one.section is None and one.line.kind == "text" and one.line.bad == 0
    if not plain or one.linked > _LINKED or not (unpointed or ends_statement(text)):
        return False
    if one.length < _SHORTEST or (one.learnt and one.weight < _LEAST):
        return False
    theirs = set(stems(text))
    least = _SHARED_WIDE if unpointed or wide_share(text) >= 0.3 else _SHARED_LAST
    speaks = any(word in addressing for word in fold(outside_quotes(text)).split())
    return not speaks and sum(stem in known for stem in theirs) >= max(1.0, least * len(theirs))


def _is_lead(
    judged: Sequence[Judged],
    position: int,
    known: Collection[str],
    words: Vocabulary,
    *,
    below: Sequence[int] | None,
) -> bool:
    """`below` are positions right below the headline, where lines without a full stop may be such paragraphs."""
    one, following = judged[position], judged[position + 1]
    text = one.line.words
    theirs = set(stems(text))
    shared = sum(stem in known for stem in theirs)
    dated = any(is_dated(near) for near in judged[position + 1 : position + 1 + _DATED])
    named = bool(one.line.own & words.leads)
    first = below is not None and position in below[:1]
    placed = below is not None and position in below and (dated or named or (first and shared >= _HALF * len(theirs)))
    whole = below is not None and is_plain(one) and (first or sentences(text) > 0)
    if not (placed or whole or is_paragraph(one)) or one.line.bad > 1 or following.rule in _PICTURES:
        return False
    if one.learnt and one.weight < (_LEAST_PLACED if placed else _LEAST):
        return False
    told = placed and (named or shared > 0 or _is_said(text, words))
    speaks = any(word in words.addressing for word in fold(outside_quotes(text)).split())
    return not speaks and (told or shared >= (_SHARED_WIDE if wide_share(text) >= _WIDE else _SHARED) * len(theirs))


def _right_below(judged: Sequence[Judged], title: int, end: int, words: Vocabulary) -> Sequence[int]:
    """Positions of the first lines below the headline, down to the first that is shorter than a standfirst."""
    found = []
    for position in range(title + 1, min(end, title + 1 + _LINES)):
        one = judged[position]
        plain = one.rule is None and one.section is None and one.times == 1 and one.linked <= _LINKED
        kind = one.line.kind == "text" or (one.line.kind == "heading" and one.line.level > 1)
        named = bool(one.line.own & words.leads)
        says_when = is_dated(one) and not (named or sentences(one.line.words) or _is_said(one.line.words, words))
        if one.line.words[-1:] in _CLOSING:
            break  # a picture's caption, its maker in brackets
        if not (plain and kind) or says_when or one.length < (_SHORTEST if named else _SHORTEST_LEAD):
            break
        found.append(position)
    return found


def _is_said(text: str, words: Vocabulary) -> bool:
    """Whether a line is said rather than named: small words among others, and few capitals."""
    said = text.split()
    capitals = sum(word[:1].isupper() for word in said)
    small = sum(word.casefold() in words.small for word in said)
    return len(said) >= _FEWEST_SAID and small > 0 and 3 * capitals <= len(said)
