"""Names in a text: found by one pass, bounded by the rules of their script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from builder.annotate.lexicon import Key, Lexicon
from builder.annotate.sheet import Sheet
from builder.model import AuthorityKind

_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?)(\.?)[ -]$")
_WORD_AFTER: Final = re.compile(r"[ -]([^\W\d_]\w*)")
_JUNIOR: Final = re.compile(r",? (?:Jr|Sr)\b")
_GOES_ON: Final = re.compile(r"-[A-Za-z]")
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]")
_KATAKANA_BEFORE: Final = re.compile("([\u30a1-\u30fa\u30fc]+)\u00b7$")
_KATAKANA_AFTER: Final = re.compile("\u00b7[\u30a1-\u30fa\u30fc]")
_LOOK: Final = 32


@dataclass(slots=True, eq=False)
class Hit:
    """A spelling that stands where a name can stand."""

    start: int
    end: int
    """Without particles; with the given names that stand before a family name."""
    key: Key
    office: str | None = None
    """The kind of post named beside it; looked for where the name is weak."""
    subject: int = -1
    """Whom it names, once that is known."""


def find(sheet: Sheet, lexicon: Lexicon) -> tuple[list[Hit], list[Hit]]:
    """The names in a sheet, in order, none inside another of its kind; and words that name somebody unknown.

    The second are family names that stand in a stranger's name (Kim in Kim Mi-ra).
    """
    hits: list[Hit] = []
    strangers: list[Hit] = []
    blocked: list[tuple[int, int]] = []
    bounds = {"letters": _letters, "hangul": _hangul, "han": _han, "kana": _kana}
    for last, key in lexicon.automaton.iter(sheet.folded):
        hit = Hit(last + 1 - key.length, last + 1, key)
        if key.blocks:
            if key.writing != "letters" or _free(sheet.folded, hit.start, hit.end, plural=False):
                blocked.append((hit.start, hit.end))
            continue
        fits = bounds[key.writing](hit, sheet, lexicon)
        if fits:
            hits.append(hit)
        elif fits is None:
            strangers.append(hit)
    if blocked:
        hits = [hit for hit in hits if not any(_cuts(span, hit) for span in blocked)]
    return [*_longest(hits, lexicon, "leader"), *_longest(hits, lexicon, "topic")], strangers


def _longest(hits: Iterable[Hit], lexicon: Lexicon, kind: AuthorityKind) -> Iterator[Hit]:
    """Of hits that overlap, the one that starts first, and of those the longest."""
    chosen = [hit for hit in hits if any(lexicon.authorities[label.subject].kind == kind for label in hit.key.labels)]
    end = 0
    for hit in sorted(chosen, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            end = hit.end
            yield hit


def _cuts(span: tuple[int, int], hit: Hit) -> bool:
    """Whether a longer word takes a part of a name away; a name that holds the whole word stays."""
    start, end = span
    return (
        start < hit.end
        and hit.start < end
        and not (hit.start <= start and end <= hit.end and (start, end) != (hit.start, hit.end))
    )


def _letters(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Latin and Cyrillic: whole words with their capitals; None for a family name in a stranger's name."""
    folded, start, end = sheet.folded, hit.start, hit.end
    tagged = sheet.in_tag(start)
    if hit.key.tag and not tagged:
        return False
    topic = not hit.key.short and lexicon.authorities[hit.key.labels[0].subject].kind == "topic"
    if not _free(folded, start, end, plural=topic):
        return False
    if topic or tagged:
        return True
    if _JUNIOR.match(folded, end):
        return False
    if not hit.key.short:
        return not (_GOES_ON.match(sheet.text, end) and " " in folded[start:end])
    return _family_name(hit, sheet, lexicon)


def _free(folded: str, start: int, end: int, *, plural: bool) -> bool:
    """Whether no letter of an alphabet goes on before or after; Hangul and Han may, as particles and neighbours."""
    before = folded[start - 1] if start else " "
    if before.isalnum() and before < "\u1100":
        return False
    after = folded[end : end + 3]
    if plural and after[:1] == "s":
        after = after[1:]
    if not after:
        return True
    if after[0] == "'":
        return not after[1:2].isalpha() or after[1] in "sS" or not folded[end - 1].isalpha()
    return not (after[0].isalnum() and after[0] < "\u1100")


def _family_name(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """A name of one word: is the word before it this person's given name, a title, or a stranger's name?"""
    folded = sheet.folded
    found = _WORD_BEFORE.search(folded[max(0, hit.start - _LOOK) : hit.start])
    while found and found[1][0].isupper():
        word = found[1]
        if any(_is_given(word, lexicon.given[label.subject]) for label in hit.key.labels):
            hit.start -= len(found[0])
            found = _WORD_BEFORE.search(folded[max(0, hit.start - _LOOK) : hit.start])
            continue
        if hit.start + hit.key.length == hit.end and not _may_precede(word, found[2], hit, sheet, lexicon):
            return None
        break
    if hit.start + hit.key.length < hit.end:
        return not _GOES_ON.match(sheet.text, hit.end)
    after = _WORD_AFTER.match(folded, hit.end)
    if after and after[1][0].isupper() and not any(label.strong for label in hit.key.labels):
        alone = hit.start + hit.key.length == hit.end
        if alone and sheet.text[hit.end] != "-" and not sheet.is_headline(hit.start):
            return None
    return True


def _is_given(word: str, given: frozenset[str]) -> bool:
    """Whether a word is one of the person's names, in whatever case a language declines it to."""
    if word in given or word.title() in given:
        return True
    if word.isascii():
        return False
    stem = word[: max(3, len(word) - 2)]
    return any(name.startswith(stem) and abs(len(name) - len(word)) < 3 for name in given)


def _may_precede(word: str, dot: str, hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool:
    """Whether a capitalized word before a family name leaves it that family name and no stranger's."""
    before = lexicon.surroundings.before
    if word in before or word.title() in before or word.endswith("'s") or len(word) == 1:
        return True
    shouted = sheet.folded[hit.start : hit.end].isupper()
    if word.isupper() and not shouted:
        return True
    if dot:
        return len(word) > 3  # the end of a sentence, and not Sen. or Gov.
    # A word that the piece writes small elsewhere is no name: it has its capital from a headline or a sentence's start.
    return f" {word.lower()} " in sheet.folded or (word.endswith("s") and sheet.is_headline(hit.start))


def _hangul(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Korean: no syllable before, and after it only titles and particles."""
    folded, start, end = sheet.folded, hit.start, hit.end
    topic = lexicon.authorities[hit.key.labels[0].subject].kind == "topic"
    before = folded[start - 1] if start else " "
    long_enough = hit.key.length > 2
    if "\uac00" <= before <= "\ud7a3":
        earlier = folded[start - 2] if start > 1 else " "
        prefixed = before in lexicon.surroundings.prefixes and not "\uac00" <= earlier <= "\ud7a3"
        if not (prefixed or (topic and long_enough)):
            return False
    if (topic and long_enough) or lexicon.surroundings.hangul_tail.match(folded, end):
        return True
    return hit.key.labels[0].strong and sheet.in_tag(start)


def _han(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Chinese and Japanese: a short foreign name must not go on in letters that write sounds."""
    folded, end = sheet.folded, hit.end
    foreign = hit.key.length == 2 and hit.key.short and folded[end - 1] in lexicon.surroundings.sound_letters
    if foreign and end < len(folded) and folded[end] in lexicon.surroundings.sound_letters:
        return lexicon.surroundings.office_beside(folded, hit.start, end, "han") is not None
    return True


def _kana(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Katakana: no such letter before or after; a middle dot only before or after the person's own names."""
    folded, start, end = sheet.folded, hit.start, hit.end
    if _KATAKANA.match(folded, start - 1) if start else False:
        return False
    if _KATAKANA.match(folded, end):
        return False
    if not hit.key.short:
        return True
    found = _KATAKANA_BEFORE.search(folded[max(0, start - _LOOK) : start])
    if found:
        if any(found[1] in lexicon.given[label.subject] for label in hit.key.labels):
            hit.start -= len(found[0])
            return True
        return None
    weak = not any(label.strong for label in hit.key.labels)
    return None if weak and _KATAKANA_AFTER.match(folded, end) else True
