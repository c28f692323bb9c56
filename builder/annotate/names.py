"""Names in a text: found by one pass, bounded by the rules of their script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from builder.annotate.finder import Standing
from builder.annotate.given import has_middle_name, is_near, is_own
from builder.annotate.hits import Hit, left_by, longest
from builder.annotate.keys import Key
from builder.annotate.lexicon import Lexicon
from builder.annotate.sheet import Sheet
from builder.annotate.surroundings import HONORIFIC
from builder.model.values import value

_WORD_AFTER: Final = re.compile(r"[ -]([^\W\d_]\w*)")
_GOES_ON: Final = re.compile(r"-[A-Za-z]")
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]")
_KATAKANA_BEFORE: Final = re.compile("([\u30a1-\u30fa\u30fc]+)\u00b7$")
_HAN_BEFORE: Final = "([\u4e00-\u9fff]{1,12})\u00b7$"
_KATAKANA_AFTER: Final = re.compile("\u00b7[\u30a1-\u30fa\u30fc]")
_LOOK: Final = 32
_MOST_GIVEN: Final = 4
_ORDINAL: Final = re.compile(
    "(?:[12]?\\d|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})\u4e16| ?[12]?\\d\uc138"
)
"""Behind a name it makes a monarch or a pope of it."""


@value(frozen=True, slots=True)
class Found:
    """The names in a sheet, in order, none inside another of its kind."""

    leaders: list[Hit]
    topics: list[Hit]
    strangers: list[Hit]
    """Family names that stand in a stranger's name (Kim in Kim Mi-ra)."""


def find(sheet: Sheet, lexicon: Lexicon, standing: Iterable[Standing]) -> Found:
    """All names in a sheet, of the spellings that stand there."""
    leaders: list[Hit] = []
    topics: list[Hit] = []
    strangers: list[Hit] = []
    blocked: list[tuple[int, int]] = []
    keys = lexicon.vocabulary.keys
    whole: Hit | None = None
    for end, start, spelling in standing:
        key = keys[spelling]
        if key is None:
            continue
        if key.blocks:
            if key.writing != "letters" or _free(sheet.folded, start, end, plural=False):
                blocked.append((start, end))
            continue
        if whole and end == whole.end and _is_part(start, key, whole, sheet=sheet, lexicon=lexicon):
            continue
        hit = Hit(start, end, key)
        fits = _BOUNDS[key.writing](hit, sheet, lexicon)
        if fits and key.short and _is_hers(hit, sheet, lexicon):
            fits = None
        if fits and not key.topic and lexicon.surroundings.is_named_after(sheet.folded, hit.start, end, key.writing):
            fits = None
        if fits:
            (topics if key.topic else leaders).append(hit)
            if not (key.topic or key.short or (whole and whole.end == end)):
                whole = hit
        elif fits is None:
            strangers.append(hit)
    leaders, topics = longest(leaders), longest(topics)
    return Found(left_by(blocked, leaders), left_by(blocked, topics), strangers)


def _is_part(start: int, key: Key, whole: Hit, *, sheet: Sheet, lexicon: Lexicon) -> bool:
    """Whether a family name stands in the full name of whoever bears it, behind given names and nothing else.

    It would be given these names, and then give way to the full one that stands at the same place: nearly every full
    name is met twice, and to find that out the long way took half the time.
    """
    if not key.short or key.writing != "letters" or whole.key.writing != "letters" or sheet.tagged:
        return False
    given = sheet.folded[whole.start : start]
    if given != sheet.text[whole.start : start] or not _are_own(given, key, lexicon):
        return False
    word, _ = sheet.word_before(whole.start)
    return not word[:1].isupper() and word not in lexicon.surroundings.women_before


@lru_cache(maxsize=1024)
def _are_own(given: str, key: Key, lexicon: Lexicon) -> bool:
    """Whether all words before a family name are given names of those who bear it, each a plain word and a space."""
    words = given.split(" ")[:-1]
    return 0 < len(words) < _MOST_GIVEN and all(
        word.isalpha() and word[0].isupper() and is_own(word, key.labels, lexicon) for word in words
    )


def _is_hers(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool:
    """Whether a title that only women bear makes a man's family name his wife's."""
    if hit.key.writing == "letters":
        # Her titles end in few letters: asking for the last alone spares the search for the word.
        last = sheet.folded[hit.start - 2 : hit.start - 1]
        hers = last in lexicon.surroundings.women_last
        hers = hers and sheet.word_before(hit.start)[0] in lexicon.surroundings.women_before
    else:
        hers = lexicon.surroundings.woman_after.match(sheet.folded, hit.end) is not None
    return hers and all(lexicon.authorities[label.subject].pronoun != "she" for label in hit.key.labels)


def _letters(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Latin and Cyrillic: whole words with their capitals; None for a family name in a stranger's name."""
    folded, start, end = sheet.folded, hit.start, hit.end
    tagged = sheet.tagged and sheet.in_tag(start)
    if hit.key.tag and not tagged:
        return False
    if not _free(folded, start, end, plural=hit.key.topic):
        return False
    if hit.key.topic or tagged:
        return True
    if lexicon.surroundings.generation.match(folded, end):
        return False
    if not hit.key.short:
        return not (sheet.text.startswith("-", end) and _GOES_ON.match(sheet.text, end) and " " in folded[start:end])
    return _family_name(hit, sheet, lexicon)


def _free(folded: str, start: int, end: int, *, plural: bool) -> bool:
    """Whether no letter of an alphabet goes on before or after; Hangul and Han may, as particles and neighbours."""
    before = folded[start - 1] if start else " "
    if before.isalnum() and before < "\u1100":
        return False
    after = folded[end : end + 1]
    if after != "'" and not after.isalnum():
        return True
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
    word = ""
    for _ in range(_MOST_GIVEN):
        word, dot = sheet.word_before(hit.start)
        if not word[:1].isupper():
            break
        if is_own(word, hit.key.labels, lexicon):
            hit.start -= len(word) + len(dot) + 1
            continue
        first, _ = sheet.word_before(hit.start - len(word) - len(dot) - 1)
        if word not in lexicon.surroundings.before and has_middle_name(first, word, hit.key.labels, lexicon):
            hit.start -= len(word) + len(dot) + len(first) + 2
            continue
        if hit.start + hit.key.length == hit.end and not _may_precede(hit, sheet, lexicon, before=(word, dot)):
            return None
        break
    if hit.start + hit.key.length < hit.end:
        return not _GOES_ON.match(sheet.text, hit.end)
    # Strangers share a weak name, and a Chinese or Korean one although it is enough: Xi Hua, Professor Xi.
    if not hit.key.shared:
        return True
    if word in lexicon.surroundings.honorifics and word not in lexicon.surroundings.before:
        return None
    after = _WORD_AFTER.match(folded, hit.end)
    if after and after[1][0].isupper() and sheet.text[hit.end] != "-" and not sheet.is_headline(hit.start):
        return None
    return True


def _may_precede(hit: Hit, sheet: Sheet, lexicon: Lexicon, *, before: tuple[str, str]) -> bool:
    """Whether a capitalized word before a family name, and its full stop, leave it no stranger's."""
    word, dot = before
    known = lexicon.surroundings.before
    titles = lexicon.surroundings.honorifics
    if (
        word in known
        or word.title() in known
        or word in titles
        or word.endswith(lexicon.surroundings.possessives)
        or len(word) == 1
    ):
        return True
    shouted = sheet.folded[hit.start : hit.end].isupper()
    if word.isupper() and not shouted:
        return True
    if not word.isascii() and lexicon.surroundings.is_office(sheet.word_before(hit.start - len(word) - 1)[0]):
        return True  # an office and its country, as Russian puts them
    if dot:
        return len(word) > 3  # the end of a sentence, and not Sen. or Gov.
    # A word that the piece writes small elsewhere is no name: it has its capital from a headline or a sentence's start.
    small = word.lower()
    return _stands(small, sheet.folded) or (
        small.endswith(lexicon.surroundings.verb_endings) and sheet.is_headline(hit.start)
    )


def _stands(word: str, folded: str) -> bool:
    """Whether a word stands between spaces somewhere."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if (at == 0 or folded[at - 1].isspace()) and (end == len(folded) or folded[end].isspace()):
            return True
        at = folded.find(word, at + 1)
    return False


def _hangul(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Korean: no syllable before, and after it only titles and particles."""
    folded, start, end = sheet.folded, hit.start, hit.end
    topic = hit.key.topic
    before = folded[start - 1] if start else " "
    long_enough = hit.key.length > 2
    if "\uac00" <= before <= "\ud7a3":
        earlier = folded[start - 2] if start > 1 else " "
        prefixed = before in lexicon.surroundings.prefixes and not "\uac00" <= earlier <= "\ud7a3"
        if not (prefixed or (topic and long_enough)):
            return False
    if hit.key.short and _ORDINAL.match(folded, end):
        return False
    if (topic and long_enough) or lexicon.surroundings.hangul_tail.match(folded, end):
        if hit.key.short and before == " ":
            word = folded[max(0, start - _LOOK) : start - 1].rpartition(" ")[2]
            hit.start -= len(word) + 1 if word[:1] >= "\uac00" and is_own(word, hit.key.labels, lexicon) else 0
        return True
    return hit.key.labels[0].strong and sheet.in_tag(start)


def _han(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Chinese and Japanese: a short foreign name must not go on in letters that write sounds."""
    folded, end = sheet.folded, hit.end
    if hit.key.short and hit.start and folded[hit.start - 1] == "\u00b7":
        before = folded[max(0, hit.start - _LOOK) : hit.start]
        return _own_given_name(hit, sheet, lexicon, re.search(_HAN_BEFORE, before))
    if not hit.key.short:
        return True
    if _ORDINAL.match(folded, end):
        return False
    if folded.startswith("\u00b7", end) and not any(label.strong for label in hit.key.labels):
        return None
    return not lexicon.surroundings.goes_on_in_sounds(folded, hit.start, end)


def _kana(hit: Hit, sheet: Sheet, lexicon: Lexicon) -> bool | None:
    """Katakana: no such letter before or after; a middle dot only before or after the person's own names."""
    folded, start, end = sheet.folded, hit.start, hit.end
    if _KATAKANA.match(folded, start - 1) if start else False:
        return False
    if _KATAKANA.match(folded, end):
        return False
    if not hit.key.short:
        return True
    if found := _KATAKANA_BEFORE.search(folded[max(0, start - _LOOK) : start]):
        return _own_given_name(hit, sheet, lexicon, found)
    weak = not any(label.strong for label in hit.key.labels)
    return None if weak and _KATAKANA_AFTER.match(folded, end) else True


def _own_given_name(hit: Hit, sheet: Sheet, lexicon: Lexicon, found: re.Match[str] | None) -> bool | None:
    """Whether the name before a middle dot is the person's own; one spelled otherwise needs an office beside it."""
    before = found[1] if found else ""
    for label in hit.key.labels:
        given = max((name for name in lexicon.given[label.subject] if before.endswith(name)), key=len, default="")
        if not given and label.strong and not label.common and is_near(before, lexicon.given[label.subject]):
            given = before
        if given:
            hit.start -= len(given) + 1
            return True
    if lexicon.surroundings.woman_after.search(before):
        return None
    office = lexicon.surroundings.office_beside(sheet.folded, hit.start, hit.end, "han")
    return True if office not in (None, HONORIFIC) or lexicon.surroundings.has_office(before) else None


_BOUNDS: Final[Mapping[str, Callable[[Hit, Sheet, Lexicon], bool | None]]] = {
    "letters": _letters,
    "hangul": _hangul,
    "han": _han,
    "kana": _kana,
}
