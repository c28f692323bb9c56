"""People whom a piece names with their office and of whom nothing is known: who may be worth a record."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from builder.annotate.either import either
from builder.model import Affixes, Article, Knowledge
from builder.model.values import value

_HANGUL: Final = "\uac00-\ud7a3"
_HAN: Final = "\u3005\u3400-\u9fff"
_KATAKANA: Final = "\u30a1-\u30fa\u30fc"
_WORD: Final = re.compile(r"[^\W\d_](?:[\w'\u2019-]*\w)?\.?")
_MOST_WORDS: Final = 4
_BESIDE: Final = 0.4
"""Share of a word's places that are beside an office. Names come near one half; days, places and adverbs stay below."""


@value(frozen=True, slots=True)
class Stranger:
    """A name that nobody in the authority file has, and the office that stands beside it."""

    name: str
    office: str
    """As it stands in the text."""
    language: str
    count: int
    """How often the name stands beside an office."""
    offset: int
    """Of its first place in the body; code points."""


def strangers(article: Article, knowledge: Knowledge) -> tuple[Stranger, ...]:
    """Names beside an office that no record has, in the order in which they first stand in the body."""
    code = article.language.partition("-")[0]
    words = _words(knowledge, code)
    if words is None:
        return ()
    places: dict[str, list[tuple[int, str]]] = {}
    for name, office, at in _behind_letters(article.body, words) if words.spaced else _beside(article.body, words):
        if name not in words.common and not name.endswith(words.offices) and not _is_known(name, knowledge):
            places.setdefault(name, []).append((at, office))
    return tuple(
        Stranger(name, found[0][1], article.language, len(found), found[0][0])
        for name, found in places.items()
        if words.spaced or len(found) >= _BESIDE * article.body.count(name)
    )


@value(frozen=True, slots=True)
class Seeking:
    """Looking for strangers as a stage to be mapped over an archive."""

    knowledge: Knowledge
    name: str = "strangers"

    @property
    def fingerprint(self) -> str:
        """Digest of all that is known of people, topics and languages."""
        return self.knowledge.fingerprint

    def __call__(self, article: Article, /) -> tuple[Stranger, ...]:
        """The people in the article of whom nothing is known."""
        return strangers(article, self.knowledge)

    def failed(self, article: Article, trace: str, /) -> tuple[Stranger, ...]:
        """Nobody."""
        return ()


@value(frozen=True, slots=True, eq=False)
class _Words:
    """One language's words for posts, made ready."""

    pattern: re.Pattern[str]
    """An office, with the name beside it where the script says where that ends."""
    spaced: bool
    offices: tuple[str, ...]
    small: frozenset[str]
    """Parts of family names that keep their small letter."""
    possessive: re.Pattern[str]
    """The ending of a name that owns what follows."""
    common: frozenset[str]
    """What stands beside offices without being a name: countries, ministries, titles, days."""


@lru_cache(maxsize=16)
def _words(knowledge: Knowledge, code: str) -> _Words | None:
    affixes = next((each for each in knowledge.affixes if each.language == code), None)
    if affixes is None:
        return None
    offices = tuple(word for words in affixes.offices.values() for word in words)
    patterns = {"ko": _hangul_pattern, "ja": _japanese_pattern, "zh": _chinese_pattern}
    pattern = patterns.get(code, _spaced_pattern)(affixes, either(offices))
    common = frozenset({*offices, *affixes.modifiers, *affixes.honorifics, *affixes.before})
    spaced = code not in patterns
    return _Words(re.compile(pattern), spaced, offices, _small_parts(knowledge), _possessive(knowledge), common)


def _spaced_pattern(affixes: Affixes, offices: str) -> str:
    return rf"(?<![\w-])(?P<office>{offices})\.? (?=\S)"


def _hangul_pattern(affixes: Affixes, offices: str) -> str:
    """A name of one or two words, countries or ministries, and an office with its particles."""
    name = rf"(?P<name>[{_HANGUL}]{{2,5}}(?:\u00b7[{_HANGUL}]{{2,5}})?)"
    between = rf"(?:(?:{either(affixes.modifiers)})[ \u00b7]?){{0,3}}"
    particles = rf"(?:{either(affixes.particles)}){{0,2}}(?![{_HANGUL}])"
    return rf"(?<![{_HANGUL}]){name} {between}(?P<office>{offices}){particles}"


def _japanese_pattern(affixes: Affixes, offices: str) -> str:
    """A name in katakana or Han right before an office."""
    names = rf"[{_KATAKANA}\u30fb]{{3,16}}|(?<![{_HAN}])[{_HAN}]{{2,4}}?"
    return rf"(?P<name>{names})(?P<office>{offices})"


def _chinese_pattern(affixes: Affixes, offices: str) -> str:
    """An office, a name, and a verb of saying or a sign behind it."""
    foreign = rf"[{_HAN}]{{1,6}}(?:\u00b7[{_HAN}]{{1,6}}?){{1,2}}?"
    ends = rf"(?=(?:{either(affixes.verbs)})|[^\w\u00b7]|$)"
    return rf"(?P<office>{offices})(?P<name>{foreign}|[{_HAN}]{{2,3}}?){ends}"


def _beside(text: str, words: _Words) -> Iterator[tuple[str, str, int]]:
    for found in words.pattern.finditer(text):
        yield found["name"].strip("\u30fb"), found["office"], found.start("name")


def _behind_letters(text: str, words: _Words) -> Iterator[tuple[str, str, int]]:
    """Prime Minister Jane van Doe: an office, then words with capitals."""
    for office in words.pattern.finditer(text):
        taken: list[re.Match[str]] = []
        at = office.end()
        while len(taken) < _MOST_WORDS and (word := _WORD.match(text, at)):
            plain = word[0].rstrip(".")
            if plain in words.common or not (plain[0].isupper() or (taken and plain in words.small)):
                break
            taken.append(word)
            if not text.startswith(" ", word.end()) or (word[0].endswith(".") and len(plain) > 2):
                break
            at = word.end() + 1
        while taken and taken[-1][0] in words.small:
            taken.pop()
        if len(taken) >= 2:
            name = text[taken[0].start() : taken[-1].end()].removesuffix(".")
            yield words.possessive.sub("", name), office["office"], taken[0].start()


@lru_cache(maxsize=2)
def _small_parts(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(word for each in knowledge.affixes for word in each.small_parts)


def _possessive(knowledge: Knowledge) -> re.Pattern[str]:
    listed = [word for each in knowledge.affixes for word in each.possessives]
    forms = [re.escape(form) for word in listed for form in (word, word.replace("'", "\u2019"))]
    return re.compile(rf"(?:{'|'.join(forms) or '(?!)'})$")


@lru_cache(maxsize=2)
def _known(knowledge: Knowledge) -> str:
    """All that is known, a name a line, without what parts names."""
    names: Counter[str] = Counter()
    for authority in knowledge.authorities:
        names.update(_bare(name) for name in authority.names.values())
        for words in (*authority.aliases.values(), *authority.weak.values()):
            names.update(_bare(word) for word in words)
    return "\n".join(sorted(names))


def _is_known(name: str, knowledge: Knowledge) -> bool:
    known = _known(knowledge)
    words = [word for word in re.split(r"[ \u00b7\u30fb]", name) if word not in _small_parts(knowledge)]
    pairs = [_bare("".join(words[at : at + 2])) for at in range(max(1, len(words) - 1))]
    return any(pair in known for pair in (_bare(name), *pairs))


def _bare(name: str) -> str:
    """Letters alone, small and without accents: António Guterres is Antonio Guterres."""
    apart = unicodedata.normalize("NFKD", name)
    plain = unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))
    return re.sub(r"[\W_]", "", plain).casefold()
