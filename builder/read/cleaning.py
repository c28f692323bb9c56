"""builder/data/cleaning/*.yaml and learnt weights → CleaningRules: the vocabularies of all languages as one union."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final, Literal

from builder.model import Calendar, CleaningRules, LineWeights, Phrase, WrittenLanguage
from builder.model.values import value
from builder.read.plain_yaml import plain
from builder.read.steps import Through

_HOME: Final = Path(__file__).parent.parent / "data" / "cleaning"
_WEIGHTS: Final = _HOME.parent / "cleaning_weights.json"
_PLACES: Final[tuple[Literal["line", "start", "has"], ...]] = ("line", "start", "has")


@value(frozen=True, slots=True)
class CleaningFiles:
    """The bytes of all files that the shipped rules are made of."""

    texts: tuple[tuple[str, bytes], ...]
    """Each vocabulary with its name."""
    weights: bytes


@value(frozen=True, slots=True)
class Wording:
    """Parsing them, as a step of the build that a cache can spare: it takes 0.3 s."""

    name: ClassVar[str] = "vocabularies"
    fingerprint: ClassVar[str] = "5"

    def __call__(self, files: CleaningFiles) -> CleaningRules:
        """The rules; the files are part of the program, so a mistake in them is a bug and raises."""
        return _rules(files)

    def failed(self, files: CleaningFiles, trace: str) -> CleaningRules:
        """Nothing can stand for them."""
        raise RuntimeError(trace)


@lru_cache(maxsize=1)
def read_cleaning_rules() -> CleaningRules:
    """The shipped vocabularies."""
    return Wording()(_gathered())


def cleaning_rules(through: Through) -> CleaningRules:
    """The same, parsed on the way that is given."""
    (rules,) = through(Wording(), [_gathered()])
    return rules


def _gathered() -> CleaningFiles:
    texts = tuple((path.stem, path.read_bytes()) for path in sorted(_HOME.glob("*.yaml")))
    return CleaningFiles(texts, _WEIGHTS.read_bytes())


# `serve`, and whoever calls for one build after another, parse them once a process.
@lru_cache(maxsize=1)
def _rules(of: CleaningFiles) -> CleaningRules:
    files = {name: plain(text) for name, text in of.texts}
    digest = hashlib.blake2b(b"\0".join((*(text for _, text in of.texts), of.weights)), digest_size=8).hexdigest()
    every = tuple(files.values())
    common = files["common"]
    variants = files["zh"]["variants"]
    simplified, traditional = set(variants["simplified"]), set(variants["traditional"])
    return CleaningRules(
        phrases=tuple(dict.fromkeys(phrase for file in every for phrase in _phrases(file))),
        sections=_pairs(every, "sections"),
        date_labels=_pairs(every, "dates"),
        bylines=_pairs(every, "bylines"),
        labels=_pairs((common,), "labels"),
        author_words=_pairs((common,), "authors"),
        name_particles=tuple(common["name_particles"]),
        legal_forms=tuple(common["legal_forms"]),
        addressing=tuple(common["addressing"]),
        languages=tuple(_language(file) for file in every if file["language"] != "und"),
        zones=tuple(common["zones"].items()),
        table_words=_pairs(every, "table"),
        boxes_bad=tuple(common["boxes"]["bad"]),
        boxes_lead=tuple(common["boxes"]["lead"]),
        boxes_good=tuple(common["boxes"]["good"]),
        simplified="".join(sorted(simplified - traditional)),
        traditional="".join(sorted(traditional - simplified)),
        everyday=tuple(common["everyday"].items()),
        fingerprint=digest,
        weights={form: LineWeights(**learnt) for form, learnt in json.loads(of.weights).items()},
    )


def _phrases(file: dict[str, Any]) -> list[Phrase]:
    rules = file.get("boilerplate") or {}
    return [
        Phrase(rule, where, text.casefold())
        for rule, places in rules.items()
        for where in _PLACES
        for text in places.get(where, ())
    ]


def _pairs(files: tuple[dict[str, Any], ...], section: str) -> tuple[tuple[str, str], ...]:
    pairs = [
        (kind, word.casefold()) for file in files for kind, words in (file.get(section) or {}).items() for word in words
    ]
    return tuple(dict.fromkeys(pairs))


def _language(file: dict[str, Any]) -> WrittenLanguage:
    months = tuple(tuple(name.lower() for name in group) for group in file.get("months") or ())
    return WrittenLanguage(file["language"], tuple(file.get("stop_words") or ()), months, _calendar(file))


def _calendar(file: dict[str, Any]) -> Calendar:
    words = file.get("calendar") or {}
    return Calendar(
        units=_flat(words, "units"),
        meridiem=_flat(words, "meridiem"),
        eras=tuple((name, int(year)) for name, year in (words.get("eras") or {}).items()),
        first_year=tuple(words.get("first_year") or ()),
        weekdays=tuple(word.lower() for word in words.get("weekdays") or ()),
        words=tuple(word.lower() for word in words.get("words") or ()),
        ordinals=tuple(words.get("ordinals") or ()),
        zones=tuple((name.casefold(), offset) for name, offset in (words.get("zones") or {}).items()),
        sentence_endings=tuple(words.get("sentence_endings") or ()),
        years_ahead=int(words.get("years_ahead", 0)),
        solar_months=tuple(tuple(group) for group in words.get("solar_months") or ()),
        day_first=words.get("day_first") == "true",
    )


def _flat(words: dict[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((kind, word.casefold()) for kind, spellings in (words.get(key) or {}).items() for word in spellings)
