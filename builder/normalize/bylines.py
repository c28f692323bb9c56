"""Lines and phrases that say who wrote a piece: bylines, datelines, sign-offs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.normalize.judge import Judged, Run

_LIST: Final = re.compile(r"\s*(?:,|;|/|&|·|、|，|\band\b|\bund\b|\bet\b|\by\b)\s*")
_NAME: Final = re.compile(r"^[^\d@#|:<>()\[\]{}\"“”?!]{2,50}$")
_EMAIL: Final = re.compile(r"\(?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*\)?")
_LATIN_NAME: Final = re.compile(r"^[A-Z][\w'’.-]+(?: (?:[A-Z][\w'’.-]*|de|da|del|van|von|bin|al|el|la)){1,3}$")
_PLACED_NAME: Final = re.compile(r"^[^\s=＝,.]{2,14}\s*[=＝]\s*(?P<name>[^\s=＝,.\d]{2,8})$")
# A broadcast report closes with the reporter's name and the station's: "Jane Doe, Channel Nine News."
_SIGN_OFF: Final = re.compile(
    r"(?:^|[.!?”\"’]\s+)(?P<author>[A-Z][\w'’-]+(?: [A-Z]?[\w'’-]+){1,3}|[A-Z][\w'’]+-[A-Z][\w'’-]+),"
    r" (?P<outlet>[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,3})\.\s*$"
)
_LONGEST_SIGN_OFF: Final = 200
"""Letters."""
# An agency's dateline: "BEIJING (Channel Nine) - ".
_AGENCY: Final = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}\((?P<outlet>[A-Z][^()]{2,30})\)\s*[-–—]")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who a text says it is by, in its first or its last sentence."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None


def byline(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names in a line that says who wrote the piece; none for any other line."""
    patterns = _patterns(rules)
    text = _EMAIL.sub("", text).replace("*", "").strip(" ·|-–—\t")
    if (found := patterns.by.match(text)) and (names := split_names(found["name"])) and all(map(_is_person, names)):
        return tuple(names)
    for pattern in (patterns.labelled, patterns.before, patterns.after, _PLACED_NAME):
        if found := pattern.search(text):
            # "Ein Redakteur", "Le journaliste": before such a word a single Latin one is an article.
            least = 2 if pattern is patterns.after else 1
            names = [name for name in split_names(found["name"]) if not _is_phrase(name, least)]
            if names:
                return tuple(names)
    return ()


def bare_names(text: str) -> tuple[str, ...]:
    """The names of a line that holds nothing but Latin names, and perhaps a place behind them."""
    names = split_names(text)
    people = [name for name in names if _LATIN_NAME.match(name)]
    return tuple(people) if people and len(people) >= len(names) - 1 and people == names[: len(people)] else ()


def split_names(text: str) -> list[str]:
    """The names in a list of them; whatever cannot be one is left out."""
    return [name.strip() for name in _LIST.split(text) if _NAME.match(name.strip())]


def _is_person(name: str) -> bool:
    """Whether each word is a name's: a capitalized one, or a particle such as "de", "van" and "bin"."""
    words = name.split()
    return not _is_phrase(name, 2) and sum(word[0].isupper() for word in words) in range(2, 5) and len(words) <= 5


def _is_phrase(name: str, least: int) -> bool:
    """Whether a small word in it is no name's particle ("train to Beijing"), or it has fewer words than a name."""
    words = name.split()
    if not (name[0].isupper() or name[0].islower()):
        return False
    return any(word[0].islower() and len(word) > 3 for word in words) or len(words) < least


def signature(judged: Sequence[Judged], run: Run, rules: CleaningRules) -> Signature:
    """The dateline that opens the text, or the sign-off that closes it."""
    prose = [one.line.words for one in judged[run.start : run.end] if one.prose]
    patterns = _patterns(rules)
    for text in prose[:1]:
        if found := _AGENCY.match(text):
            return Signature((), found["outlet"].strip())
        if found := patterns.dateline.match(text):
            return Signature(tuple(split_names(found["name"])), found["outlet"].strip())
    for text in reversed(prose[-3:]):
        spoken = text.split(" #", maxsplit=1)[0].rstrip()
        since = max(0, len(spoken) - _LONGEST_SIGN_OFF)
        if found := _SIGN_OFF.search(spoken, since):
            return Signature((found["author"],), found["outlet"])
        if found := patterns.spoken.search(spoken, since):
            return Signature((found["author"],), found["outlet"])
    return Signature()


@dataclass(frozen=True, slots=True)
class _Patterns:
    by: re.Pattern[str]
    labelled: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    dateline: re.Pattern[str]
    spoken: re.Pattern[str]


@lru_cache(maxsize=2)
def _patterns(rules: CleaningRules) -> _Patterns:
    before = sorted({word.rstrip(":") for kind, word in rules.bylines if kind == "before"}, key=lambda w: (-len(w), w))
    # "by" and its like need no colon; "text", "author" and the like would catch ordinary sentences without one.
    spoken = [word for word in before if word == "by" or word.endswith(" by")]
    after = _any(word for kind, word in rules.bylines if kind == "after")
    closing = _any(word for kind, word in rules.bylines if kind == "sign_off")
    behind = r"(?:\s*[|/(（·].*|\s{2,}.*)?$"
    # "Von", "por", "di" open headings as often as bylines: only names may follow these.
    by = _any(word for kind, word in rules.bylines if kind == "by")
    return _Patterns(
        by=re.compile(rf"^{by}\s?:?\s+(?P<name>\S.{{1,70}}?){behind}", re.IGNORECASE),
        labelled=re.compile(
            rf"(?:^|\s{{2,}}|[|(（　]\s*){_any(before)}\s*[:：]\s*"
            rf"(?P<name>[^\s:：|　][^:：|　(（]{{1,60}}?)(?=\s{{2,}}|[|　(（)）]|$)",
            re.IGNORECASE,
        ),
        before=re.compile(rf"^{_any(spoken)}\s+(?P<name>\S.{{1,70}}?){behind}", re.IGNORECASE),
        after=re.compile(rf"^(?P<name>\S.{{0,20}}?)\s*{after}(?:\s*[|/(（·=].*|\s.*)?$", re.IGNORECASE),
        dateline=re.compile(
            rf"^[(（【\[](?P<place>[^=＝()（）]{{1,14}})[=＝](?P<outlet>[^()（）】\]]{{2,20}})[)）】\]]\s*"
            rf"(?P<name>[^=＝.]{{2,24}}?)\s*{after}\s*[=＝]"
        ),
        spoken=re.compile(
            rf"(?:^|[.!?]\s+)(?P<outlet>\S{{2,14}})(?:\s\S{{2,3}})?\s(?P<author>\S{{2,5}}?){closing}\.?\s*$"
        ),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")" if ordered else r"(?!)"
