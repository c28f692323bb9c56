"""The vocabularies of cleaning: each file well formed, and each language's function words its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.normalize.dates import date_line
from builder.normalize.language import language_of
from builder.normalize.vocabulary import vocabulary
from builder.read.cleaning import read_cleaning_rules

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "builder" / "data" / "cleaning"
CASES = ROOT / "tests" / "cases"
CODES = sorted(path.stem for path in HOME.glob("*.yaml") if path.stem != "common")
# Settled by their script, and their months by number.
BY_SCRIPT = {"ko", "ja", "zh"}
# Written first; what only tables run together or the calendars of the East need stands in these alone.
MODELS = {"en", *BY_SCRIPT}
SECTIONS = {"language", "stop_words", "months", "dates", "sections", "boilerplate", "bylines", "table", "calendar"}
RULES = {
    *("cookie-banner", "contact-form", "share-links", "newsletter", "sign-in", "copyright", "navigation"),
    *("advertisement", "image-credit", "reading-time", "updated-label", "counter"),
}
KEYS = {
    "dates": {"published", "updated", "retrieved"},
    "sections": {"related", "related_start", "comments", "faq"},
    "bylines": {"before", "by", "after", "role", "rights", "source"},
    "table": {"glue", "never_first", "heads"},
    "calendar": {
        *("units", "meridiem", "weekdays", "words", "zones", "day_first", "years_ahead", "ordinals", "solar_months"),
    },
}
DATES: dict[str, list[str]] = yaml.load((CASES / "written-dates.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
LINES: dict[str, Any] = yaml.load((CASES / "boilerplate.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
WORDS = re.compile(r"[\s'’\-.,;:!?()\"«»„“”।،؛؟]+")
UNSPACED = re.compile("[\u0e00-\u0e7f]")


@pytest.mark.parametrize("code", CODES)
def test_a_file_has_the_keys_that_are_read_and_no_others(code: str) -> None:
    file = read(code)
    assert file["language"] == code
    assert set(file) - {"variants"} == SECTIONS
    assert set(file["boilerplate"]) <= RULES
    assert all(set(places) <= {"line", "start", "has"} for places in file["boilerplate"].values())
    if code not in MODELS:
        for section, keys in KEYS.items():
            assert set(file[section]) <= keys, section


@pytest.mark.parametrize("code", CODES)
def test_a_list_holds_each_phrase_once_in_small_letters_and_composed(code: str) -> None:
    for place, phrases in lists(read(code)):
        twice = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
        assert not twice, f"{place}: twice"
        for phrase in phrases:
            assert phrase == phrase.lower(), f"{place}: {phrase!r} is not in small letters"
            assert phrase == unicodedata.normalize("NFC", phrase), f"{place}: {phrase!r} is not composed"
            assert phrase.lstrip(), f"{place}: an empty phrase"
            assert phrase == phrase.lstrip(), f"{place}: {phrase!r} begins with a space"


@pytest.mark.parametrize("code", CODES)
def test_a_button_has_one_rule(code: str) -> None:
    buttons = [line for places in read(code)["boilerplate"].values() for line in places.get("line", ())]
    assert not sorted({line for line in buttons if buttons.count(line) > 1})


@pytest.mark.parametrize("code", [code for code in CODES if code not in BY_SCRIPT])
def test_months_are_twelve_and_no_spelling_names_two(code: str) -> None:
    months = read(code)["months"]
    assert len(months) == 12
    assert all(months)
    spellings = [name for names in months for name in names]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("code", [code for code in CODES if code not in MODELS])
def test_a_language_writes_the_day_of_publication(code: str) -> None:
    kind, value, text = DATES[code]
    found = date_line(text, read_cleaning_rules(), language=code)
    assert found is not None
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("code", [code for code in CODES if code not in BY_SCRIPT])
def test_stop_words_tell_a_language_from_all_others(code: str) -> None:
    assert 40 <= len(read(code)["stop_words"]) <= 62
    for sentence in samples(code):
        counts = {other: count(sentence, other) for other in CODES if other not in BY_SCRIPT}
        others = max(counts[other] for other in counts if other != code)
        assert counts[code] > others, sorted(counts.items(), key=lambda pair: -pair[1])[:3]


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_is_known_for_its_language(code: str) -> None:
    for sentence in samples(code):
        assert language_of(sentence, read_cleaning_rules()).split("-")[0] == code


@pytest.mark.parametrize("code", CODES)
def test_an_ordinary_sentence_is_no_boilerplate_with_or_without_its_full_stop(code: str) -> None:
    words = vocabulary(read_cleaning_rules())
    for sentence in samples(code):
        for text in (sentence, sentence.rstrip(".。।")):
            assert words.rule_of(text) is None
            assert words.section_of(text) is None


@pytest.mark.parametrize("code", CODES)
def test_the_heading_of_questions_and_answers_is_no_boilerplate(code: str) -> None:
    words = vocabulary(read_cleaning_rules())
    for heading in read(code)["sections"]["faq"]:
        assert (heading, words.rule_of(heading), words.section_of(heading)) == (heading, None, "faq")
    for line in (line for places in read(code)["boilerplate"].values() for line in places.get("line", ())):
        assert words.section_of(line) != "faq", line


@pytest.mark.parametrize("code", LINES)
def test_boilerplate_is_named(code: str) -> None:
    words = vocabulary(read_cleaning_rules())
    expected = {line: rule for rule, lines in LINES[code]["cut"].items() for line in lines}
    assert {line: words.rule_of(line) for line in expected} == expected


@pytest.mark.parametrize("code", LINES)
def test_lines_of_articles_that_look_like_boilerplate_are_none(code: str) -> None:
    words = vocabulary(read_cleaning_rules())
    for line in LINES[code]["kept"]:
        assert (line, words.rule_of(line), words.section_of(line)) == (line, None, None)


@pytest.mark.parametrize("code", CODES)
def test_no_button_is_a_function_word_of_another_language(code: str) -> None:
    # A row of buttons is known by most of its words being buttons: "del", a Dane's "share", is half of all Spanish.
    buttons = {line for places in read(code)["boilerplate"].values() for line in places.get("line", ())}
    for other in CODES:
        if other != code:
            assert not buttons & set(read(other)["stop_words"]), other


@lru_cache(maxsize=64)
def read(code: str) -> dict[str, Any]:
    file: dict[str, Any] = yaml.load((HOME / f"{code}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return file


def samples(code: str) -> list[str]:
    return (CASES / "language" / f"{code}.txt").read_text(encoding="utf-8").splitlines()


def lists(node: Any, place: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of phrases below a node, and the keys that lead to it."""
    if isinstance(node, dict):
        for key, below in node.items():
            yield from lists(below, f"{place}.{key}".lstrip("."))
    elif isinstance(node, list) and any(isinstance(below, list) for below in node):
        for below in node:
            yield from lists(below, place)
    elif isinstance(node, list):
        yield place, node


def count(text: str, code: str) -> int:
    """How many of a text's words are function words of a language; Thai is searched, as it leaves no spaces."""
    if UNSPACED.search(text):
        return sum(text.count(word) for word in read(code)["stop_words"])
    words = WORDS.split(text.lower())
    return sum(words.count(word) for word in read(code)["stop_words"])


@pytest.mark.parametrize("text", ["Log in Menu", "Log in | Menu", "News Sport Weather", "Facebook Twitter Email"])
def test_a_row_of_buttons_is_boilerplate(text: str) -> None:
    assert vocabulary(read_cleaning_rules()).rule_of(text) is not None


@pytest.mark.parametrize("text", ["Sport and travel", "Wirtschaft und Politik", "Weather, sport and what they cost"])
def test_a_phrase_of_button_words_is_a_heading(text: str) -> None:
    assert vocabulary(read_cleaning_rules()).rule_of(text) is None
