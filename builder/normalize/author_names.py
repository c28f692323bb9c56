"""The people in the words behind "by": posts, departments, agencies, places, addresses and dates are not among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.normalize.text_measures import wide_share
from builder.normalize.uncased_names import uncased_names

_ADDRESS: Final = re.compile(r"\(?\s*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|(?<!\w)@\w+)\s*\)?")
_BRACKETS: Final = re.compile("[(\uff08]([^()\uff08\uff09]*)[)\uff09]")
_BREAK: Final = re.compile("\\s[|\u2022\u00b7\uff5c\u2013\u2014-]\\s|[|\uff5c]|\\s{2,}|\\s*[\u2022\u00b7](?=\\s*\\d)")
_LIST: Final = re.compile("\\s*[,;/&\u060c]\\s*")
_WIDE_LIST: Final = re.compile(
    "[,;/&\u3001\uff0c\u00b7\u30fb\uff0f\uff1b|\uff5c\uff1a:=\uff1d()\uff08\uff09\\[\\]\u3010\u3011]+"
)
_FOREIGN: Final = re.compile("(?<=[\u30a1-\u30fe])[\u30fb\u00b7](?=[\u30a1-\u30fe])")
"""The dot inside a foreign name in kana."""
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_EAST_ASIAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u3005\u30fc]+")
_BETWEEN_HAN: Final = re.compile("[\u3400-\u9fff][\u306e\u3092\u306f\u304c\u3067\u306b\u7684][\u3400-\u9fff]")
"""A particle between two words: a phrase, not a name."""
_PLACE_IN_HAN: Final = re.compile("[\u3400-\u9fff]\u3067$")
"""Where something was: at the city hall."""
_NAME: Final = re.compile(r"^[^\d@#|:<>()\[\]{}\"\u201c\u201d?!]{2,50}$")
_MOST_WORDS: Final = 5
_JOINT: Final = "\ufffc"
"""Stands for the dot inside a foreign name while the list is taken apart."""


class AuthorWords:
    """The words beside names, made ready."""

    def __init__(self, rules: CleaningRules) -> None:
        words: dict[str, set[str]] = {}
        for kind, word in rules.author_words:
            words.setdefault(kind, set()).add(word)
        of = {kind: frozenset(found) for kind, found in words.items()}
        self.inner_join, self.at, self.post = of["inner_join"], of["at"], of["post"]
        self.beside_post, self.other_work, self.agency = of["beside_post"], of["other_work"], of["agency"]
        self.nobody, self.suffix, self.degree, self.town = of["nobody"], of["suffix"], of["degree"], of["town"]
        self.not_a_name, self.family = of["not_a_name"], of["family"]
        self.dated, self.revised = of["dated"], of["revised"]
        by = "|".join(sorted(map(re.escape, of["by"])))
        self.by = re.compile(rf"(?:{by})\s+", re.IGNORECASE)
        self.department = tuple(sorted(of["department"]))
        self.months = frozenset(name for language in rules.languages for group in language.months for name in group)
        self.weekdays = frozenset(day for language in rules.languages for day in language.calendar.weekdays)
        self.particles = frozenset(rules.name_particles)
        labels = {word.rstrip(": \uff1a") for kind, word in rules.bylines if kind == "before"}
        titles = {word for kind, word in rules.bylines if kind == "after"}
        self.labels = tuple(
            sorted((word for word in labels if wide_share(word) > 0), key=lambda word: (-len(word), word))
        )
        self.titles = tuple(
            sorted((word for word in titles if wide_share(word) > 0), key=lambda word: (-len(word), word))
        )
        join = "|".join(sorted(map(re.escape, of["join"]), key=lambda word: (-len(word), word)))
        self.join = re.compile(rf"\s+({join})\s+", re.IGNORECASE)


@lru_cache(maxsize=2)
def author_words(rules: CleaningRules) -> AuthorWords:
    """The words of some rules, made ready once."""
    return AuthorWords(rules)


def author_names(text: str, rules: CleaningRules, *, known: bool = True) -> tuple[str, ...]:
    """The people that a stretch of text names, in order, each once.

    `known`: whether something else says that names stand there. Where nothing does, names without capitals must begin
    with a family name.
    """
    words = author_words(rules)
    text = _ADDRESS.sub(" ", text).replace("*", "").strip(" ,;\t")
    if wide_share(text) >= 0.3:
        return tuple(dict.fromkeys(_wide_names(text, words, known=known)))
    names = list(dict.fromkeys(_names(text, words)))
    people = [name for name in names if name.casefold() not in words.agency]
    # An agency beside people is whom they write for; alone it is all that the page says.
    return tuple(people or names) or uncased_names(text, rules)


def is_person(name: str, rules: CleaningRules) -> bool:
    """Whether each word is a name's: two to five, capitalized but for particles such as "de", "van" and "bin"."""
    return _is_person(name, author_words(rules)) or bool(uncased_names(name, rules))


def is_day(name: str, rules: CleaningRules) -> bool:
    """Whether what is written like a name is a weekday or a month."""
    return all(part.casefold().strip(".") in author_words(rules).months for part in name.split()) or (
        name.casefold() in author_words(rules).weekdays
    )


def is_agency(name: str, rules: CleaningRules) -> bool:
    """Whether a name is that of a news agency."""
    return name.casefold() in author_words(rules).agency


def without_by(text: str, rules: CleaningRules) -> str:
    """What stands behind a "by" that opens a text, or the whole of it."""
    found = author_words(rules).by.match(text)
    return text[found.end() :] if found else text


def is_nobody(text: str, rules: CleaningRules) -> bool:
    """Whether a text names nobody: an account's name, a post or a department."""
    words = author_words(rules)
    folded = [word.strip(".,") for word in text.casefold().split()]
    return text.casefold().strip() in words.nobody or any(word in words.post for word in folded)


def _is_person(name: str, words: AuthorWords) -> bool:
    parts = name.split()
    capitals = [part for part in parts if part[0].isupper()]
    small = [part for part in parts if not part[0].isupper()]
    fits = 2 <= len(capitals) <= len(parts) <= _MOST_WORDS and name.casefold() not in words.town
    plain = all(part.casefold() in words.particles or len(part) <= 3 or not part[0].isalpha() for part in small)
    return fits and plain and not any(part.casefold().strip(".") in words.post for part in parts)


def _names(text: str, words: AuthorWords) -> Iterator[str]:
    """Names written with capitals and spaces."""
    text = _BREAK.split(text, maxsplit=1)[0]
    text = _BRACKETS.sub(lambda found: " ; \0 " if _is_other_work(found[1], words) else " ", text)
    said: list[str] = []
    for part in _parts(text, words):
        if part.strip() == "\0":
            said = said[:-1]  # the brackets behind a name say that its bearer took the pictures
            continue
        bare = part.casefold().strip(". ")
        if bare.replace(".", "") in words.suffix and said:
            said[-1] = f"{said[-1]} {part.strip()}"
        elif bare.replace(".", "") in words.degree:
            continue
        elif _is_other_work(part, words):
            break
        elif name := _name(part, words, first=not said):
            said.append(name)
    yield from said


def _parts(text: str, words: AuthorWords) -> Iterator[str]:
    for part in _LIST.split(text):
        pieces = words.join.split(part)
        name = pieces[0]
        for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            if (
                joint.casefold() in words.inner_join
                and len(piece.split()) == 1
                and piece.casefold() not in words.agency
            ):
                name = f"{name} {joint} {piece}"
            else:
                yield name
                name = piece
        yield name


def _name(part: str, words: AuthorWords, *, first: bool) -> str:
    """The name in one part of a list; empty when it is a post, a place, an outlet or a time."""
    tokens = part.strip(" .,:").split()
    for at, token in enumerate(tokens):
        begins = token.casefold() in words.at and (token[0].islower() or token.casefold() in words.dated)
        if token[0].isdigit() or (at and begins) or token.casefold() in words.revised:
            dated = token[0].isdigit() and at > 1 and tokens[at - 1].casefold().strip(".") in words.months
            tokens = tokens[: at - dated]
            break
    tokens = _without_post(tokens, words)
    while tokens and tokens[-1][0].islower():
        tokens = tokens[:-1]
    shortened = tokens and tokens[-1].endswith(".") and tokens[-1][:-1].casefold() in words.suffix
    name = " ".join(tokens).strip(" .,:") + ("." if shortened else "")
    if name.casefold() in words.agency:
        return name
    if (
        not _NAME.match(name)
        or not name[0].isalpha()
        or name.casefold() in words.nobody
        or not any(map(str.isupper, name))
    ):
        return ""
    if len(tokens) == 1:
        return name if first and len(part.split()) == 1 and tokens[0].casefold() not in words.post else ""
    return name if _is_person(name, words) else ""


def _without_post(tokens: Sequence[str], words: AuthorWords) -> list[str]:
    """What stands behind a post ("Political Editor Jane Doe") or before one ("Jane Doe, staff writer")."""
    folded = [token.casefold().strip(".,") for token in tokens]
    posts = [at for at, word in enumerate(folded) if word in words.post]
    if not posts:
        return list(tokens)
    behind = list(tokens[posts[-1] + 1 :])
    if len(behind) >= 2:
        return behind
    end = posts[0]
    while end and folded[end - 1] in words.beside_post:
        end -= 1
    return list(tokens[:end]) if end >= 2 else []


def _is_other_work(text: str, words: AuthorWords) -> bool:
    return any(word.casefold().strip(".:") in words.other_work for word in text.split()[:3])


def _wide_names(text: str, words: AuthorWords, *, known: bool) -> Iterator[str]:
    """Names in scripts without capitals: what is left when labels, titles, departments and outlets are taken away."""
    for part in _WIDE_LIST.split(_FOREIGN.sub(_JOINT, text)):
        tokens: list[str] = []
        sure = known
        for token in part.replace("\u3000", " ").split():
            bare, titled = _without_titles(token, words)
            if (
                token.endswith(words.department)
                and titled
                and not _is_chinese_name(bare, words)
                and not _HANGUL.search(bare)
            ):
                continue  # "reports from Beijing"
            if bare in words.other_work or token in words.other_work:
                yield from _joined(tokens, words, known=sure)
                return
            if titled and not bare and (tokens or not _HANGUL.match(token)):
                sure = True
            if bare and _may_be_name(bare, words):
                tokens.append(bare.replace(_JOINT, "\u30fb"))
                sure = sure or titled
        yield from _joined(tokens, words, known=sure)


def _without_titles(token: str, words: AuthorWords) -> tuple[str, bool]:
    """A word without the label before the name and the title behind it, and whether there was any."""
    bare, titled = token, False
    for title in words.titles:
        if bare.endswith(title):
            bare, titled = bare[: -len(title)], True
            break
    for label in words.labels:
        rest = bare[len(label) :]
        if bare.startswith(label) and (not rest or _begins_with_family(rest, words)):
            return rest, True
    return bare, titled


def _may_be_name(token: str, words: AuthorWords) -> bool:
    if token in words.not_a_name or token in words.nobody:
        return False
    if _BETWEEN_HAN.search(token) or _PLACE_IN_HAN.search(token):
        return False
    if _HANGUL.fullmatch(token):
        return 2 <= len(token) <= 4 and (_is_korean_name(token, words) or not token.endswith(words.department))
    fits = _EAST_ASIAN.fullmatch(token.replace(_JOINT, "")) is not None and len(token) <= 12
    return fits and not (len(token) > 1 and token.endswith(words.department))


def _joined(tokens: Sequence[str], words: AuthorWords, *, known: bool) -> Iterator[str]:
    """Tokens as names: each its own, or family and given name of one person."""
    if not tokens:
        return
    if _HANGUL.fullmatch(tokens[-1]):
        names = [token for token in tokens if _is_korean_name(token, words)]
        yield from names or ([tokens[-1]] if known else [])
    elif len(tokens) > 1 and all(_is_chinese_name(token, words) for token in tokens):
        yield from tokens
    elif len(tokens) == 2 and max(map(len, tokens)) <= 5:
        yield " ".join(tokens)
    elif known or _begins_with_family(tokens[-1], words):
        yield from (token for token in tokens[-1:] if len(token) > 1)


def _is_korean_name(token: str, words: AuthorWords) -> bool:
    return (len(token) == 3 and token[0] in words.family) or (len(token) == 4 and token[:2] in words.family)


def _is_chinese_name(token: str, words: AuthorWords) -> bool:
    return 2 <= len(token) <= 4 and _begins_with_family(token, words)


def _begins_with_family(token: str, words: AuthorWords) -> bool:
    return len(token) > 1 and (token[0] in words.family or token[:2] in words.family)


def east_asian_labels(rules: CleaningRules) -> tuple[Iterable[str], Iterable[str]]:
    """Labels before a name and titles behind one, of scripts without capitals."""
    words = author_words(rules)
    return words.labels, words.titles
