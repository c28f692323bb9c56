"""Lines and phrases that say who wrote a piece: bylines, datelines, sign-offs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.author_names import author_names, east_asian_labels, is_agency, is_day, is_person
from builder.normalize.judge import Judged, Run
from builder.normalize.text_measures import weighted_length, wide_share

_NAME: Final = re.compile(r"^[^\d@#|:<>()\[\]{}\"“”?!]{2,50}$")
_EMAIL: Final = re.compile(r"\(?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*\)?")
_CAPITAL_NAME: Final = re.compile(r"^[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]*){1,3}$")
_PLACED_NAME: Final = re.compile(r"^[^\s=＝,.]{2,14}\s*[=＝]\s*(?P<name>[^\s=＝,.\d]{2,8})$")
# A broadcast report closes with the reporter's name and the station's: "Jane Doe, Channel Nine News."
_SIGN_OFF: Final = re.compile(
    r"(?:^|[.!?”\"’]\s+)(?P<author>[A-Z][\w'’-]+(?: [A-Z]?[\w'’-]+){1,3}|[A-Z][\w'’]+-[A-Z][\w'’-]+),"
    r" (?P<outlet>[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,3})\.\s*$"
)
_LONGEST: Final = 120
"""Letters of a list of names."""
_LONGEST_WIDE: Final = 130.0
"""Weighted letters of a byline in a script without capitals."""
_WIDE: Final = 0.3
_FULL_STOPS: Final = (".", "\u3002", "!", "?", "\uff1f")
_LONGEST_SIGN_OFF: Final = 200
"""Letters."""
# An agency's dateline: "BEIJING (Channel Nine) - ".
_AGENCY: Final = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}\((?P<outlet>[A-Z][^()]{2,30})\)\s*[-–—]")


@value(frozen=True, slots=True)
class Signature:
    """Who a text says it is by, in its first or its last sentence."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None


@lru_cache(maxsize=1024)
def byline(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names in a line that says who wrote the piece; none for any other line."""
    patterns = _patterns(rules)
    text = _EMAIL.sub("", text).replace("*", "").strip(" ·|-–—\t")
    if wide_share(text) >= _WIDE:
        return _east_asian(text, patterns, rules)
    if (found := patterns.labelled.search(text)) and (names := author_names(found["name"], rules)):
        return names
    for pattern in (patterns.before, patterns.by, patterns.phrase, patterns.after):
        found = pattern.match(text)
        names = author_names(found["name"], rules) if found else ()
        # "Ein Redakteur", "Von Seoul nach Berlin": these words open headings as often as bylines.
        if names and all(is_person(name, rules) or is_agency(name, rules) for name in names):
            return names
    return ()


def _east_asian(text: str, patterns: _Patterns, rules: CleaningRules) -> tuple[str, ...]:
    if weighted_length(text) > _LONGEST_WIDE or text.endswith(_FULL_STOPS):
        return ()
    text = text.strip("[]()【】（） 　")
    if (named := patterns.labelled.search(text)) and (names := author_names(named["name"], rules)):
        return names
    if labelled := patterns.label.match(text):
        return author_names(text[labelled.end() :], rules, known=not labelled["mark"].isspace())
    if any(pattern.match(text) for pattern in (patterns.title, patterns.post, patterns.glued)):
        return author_names(text, rules, known=False)
    placed = _PLACED_NAME.search(text)
    return author_names(placed["name"], rules) if placed else ()


def bare_names(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names of a line that holds nothing but names with capitals, and perhaps a place or a post behind them."""
    names = split_names(text, rules)
    people = [
        name for name in names if _CAPITAL_NAME.match(name) and is_person(name, rules) and not is_day(name, rules)
    ]
    others = names[len(people) :]
    alone = people == names[: len(people)] and len(others) <= 1 and all(other[0].isupper() for other in others)
    return tuple(people) if people and alone else ()


def sourced_names(text: str, rules: CleaningRules) -> tuple[str, ...]:
    """The names before a bracket that says which papers a piece is drawn from."""
    found = _patterns(rules).sources.search(text)
    return bare_names(text[: found.start()], rules) if found else ()


def split_names(text: str, rules: CleaningRules) -> list[str]:
    """The names in a list of them; whatever cannot be one is left out."""
    return [name.strip() for name in _patterns(rules).between.split(text) if _NAME.match(name.strip())]


def signature(judged: Sequence[Judged], run: Run, rules: CleaningRules) -> Signature:
    """The dateline that opens the text, or the sign-off that closes it."""
    prose = [one.line.words for one in judged[run.start : run.end] if one.prose]
    patterns = _patterns(rules)
    for text in prose[:1]:
        if found := _AGENCY.match(text):
            return Signature((), found["outlet"].strip())
        if found := patterns.dateline.match(text):
            return Signature(tuple(split_names(found["name"], rules)), found["outlet"].strip())
    for text in reversed(prose[-3:]):
        spoken = text.split(" #", maxsplit=1)[0].rstrip()
        since = max(0, len(spoken) - _LONGEST_SIGN_OFF)
        if found := _SIGN_OFF.search(spoken, since):
            return Signature((found["author"],), found["outlet"])
        if found := patterns.spoken.search(spoken, since):
            return Signature((found["author"],), found["outlet"])
    return Signature()


@value(frozen=True, slots=True)
class _Patterns:
    between: re.Pattern[str]
    """Two names of a list."""
    sources: re.Pattern[str]
    """The papers that a piece is drawn from, in brackets behind the name."""
    by: re.Pattern[str]
    phrase: re.Pattern[str]
    labelled: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    label: re.Pattern[str]
    """Of scripts without capitals: a label that opens the line."""
    glued: re.Pattern[str]
    """The label with the name right behind it."""
    title: re.Pattern[str]
    """A title behind a name."""
    post: re.Pattern[str]
    """A title before one."""
    dateline: re.Pattern[str]
    spoken: re.Pattern[str]


@lru_cache(maxsize=2)
def _patterns(rules: CleaningRules) -> _Patterns:
    before = sorted({word.rstrip(":") for kind, word in rules.bylines if kind == "before"}, key=lambda w: (-len(w), w))
    # "by" needs no colon; "text", "author" and the like would catch ordinary sentences without one.
    plain = {word for kind, word in rules.author_words if kind == "by"}
    spoken = [word for word in before if word.split()[-1] in plain]
    phrases = [word for word in before if " " in word and word not in spoken]
    after = _any(word for kind, word in rules.bylines if kind == "after")
    closing = _any(word for kind, word in rules.bylines if kind == "sign_off")
    behind = r"(?:\s*[|/].*|\s{2,}.*)?$"
    # "Von", "por", "di" open headings as often as bylines: only names may follow these.
    by = _any(word for kind, word in rules.bylines if kind == "by")
    name = rf"(?P<name>\S.{{1,{_LONGEST}}}?)"
    wide = east_asian_labels(rules)
    sources = [word for kind, word in rules.bylines if kind == "source"]
    joins = [word for kind, word in rules.author_words if kind == "between"]
    return _Patterns(
        between=re.compile(rf"\s*(?:,|;|/|&|·|、|，|\b{_any(joins)}\b)\s*"),
        sources=re.compile(rf"\s*\({_any(sources)}\s[^()]*\)$", re.IGNORECASE),
        by=re.compile(rf"^{by}\s?:?\s+{name}{behind}", re.IGNORECASE),
        phrase=re.compile(rf"^{_any(phrases)}\s?:?\s+{name}{behind}", re.IGNORECASE),
        labelled=re.compile(
            rf"(?:^|\s{{2,}}|[|(（　]\s*){_any(before)}\s*[:：]\s*"
            rf"(?P<name>[^\s:：|　][^:：|　(（]{{1,{_LONGEST}}}?)(?=\s{{2,}}|[|　(（)）]|$)",
            re.IGNORECASE,
        ),
        before=re.compile(rf"^{_any(spoken)}:?\s+{name}{behind}", re.IGNORECASE),
        after=re.compile(rf"^(?P<name>\S.{{1,60}}?)[\s,]+(?:\w+\s)?{after}(?:\s*[|/(（·=,].*|\s.*)?$", re.IGNORECASE),
        label=re.compile(rf"{_any(wide[0])}(?P<mark>\s*[:：=＝\u30fb/／｜|]\s*|[\s　]+)(?=\S)"),
        glued=re.compile(rf"{_any(wide[0])}(?=[\u3400-\u9fff]{{2,4}}(?:[、，/／\s]|$))"),
        title=re.compile(rf".*?\S\s?{_any(wide[1])}(?=$|[\s,/|\u00b7=()\u3001\uff0c\uff0f\uff5c\uff1d\uff08\uff09])"),
        post=re.compile(rf"{_any(wide[1])}[\s\u3000]+(?=\S)"),
        dateline=re.compile(
            rf"^[(（【\[](?P<place>[^=＝()（）]{{1,14}})[=＝](?P<outlet>[^()（）】\]]{{2,20}})[)）】\]]\s*"
            rf"(?P<name>[^=＝.]{{2,24}}?)\s*{after}\s*[=＝]"
        ),
        spoken=re.compile(
            rf"(?:^|[.!?]\s+)(?:\S{{2,8}}\s)??(?P<outlet>\S{{2,14}})(?:\s\S{{2,3}})?\s(?P<author>\S{{2,5}}?){closing}\.?\s*$"
        ),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")" if ordered else r"(?!)"
