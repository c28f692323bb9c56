"""Pages of our own writing in eighteen languages, labelled line by line: floors for what is found of each.

In `pages/*.yaml` each line of a page begins with a sign: `+` for the article's, `=` for its title, `-` for all else.
What stands in a line of the article and is not of it stands between ⟦ and ⟧.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import yaml

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

HOME = Path(__file__).parent / "pages"
LANGUAGES = ("ar", "es", "id", "ja", "ko", "ru", "vi", "zh")
SHAPES = "shapes"
ARRIVALS = "arrivals"
NEWCOMERS = "newcomers"
"""The files of pages that are one of their kind, in any language: each entry names its own."""
FLOOR_OF_ARRIVALS = 0.96
AUTHORS = 0.93
FLOOR = 0.97
"""F1 of four-grams, over all pages and over those of each language."""
TITLES, DATES, LANGUAGES_RIGHT = 0.96, 0.98, 0.98
"""Shares that must be exact."""
_AROUND = re.compile(r"⟦[^⟧]*⟧")
_TAG = re.compile(r"<[^>]+>")
_TITLE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Page:
    """A labelled page."""

    language: str
    name: str
    source: str
    """As it arrives."""
    path: str
    body: str
    title: str
    date: str | None
    authors: tuple[str, ...] | None
    """None where the entry says nothing of them."""


@dataclass(frozen=True)
class Score:
    """What was found of one page."""

    page: Page
    precision: float
    recall: float
    title: str | None
    date: str | None
    authors: tuple[str, ...]
    language: str
    missing: tuple[str, ...]
    """Lines of the article that are not in the answer as a whole."""
    extra: tuple[str, ...]


def read(path: Path) -> list[Page]:
    pages = []
    for entry in yaml.safe_load(path.read_text("utf-8")):
        lines = entry["page"].splitlines()
        assert all(re.match(r"[-+=] |[-+=]$", line) for line in lines), entry["name"]
        html = entry.get("form") == "html"
        kept = [_AROUND.sub("", line[2:]) for line in lines if line[0] == "+"]
        body = "\n".join(" ".join((unescape(_TAG.sub(" ", line)) if html else line).split()) for line in kept)
        source = "\n".join(line[2:].replace("⟦", "").replace("⟧", "") for line in lines)
        date = str(entry["date"]) if entry["date"] else None
        language = entry.get("language", path.stem)
        capture = f"captures/{path.stem}.{'html' if html else 'txt'}"
        authors = tuple(entry["authors"]) if "authors" in entry else None
        pages.append(Page(language, entry["name"], source, capture, body, entry["title"], date, authors))
    return pages


def grams(text: str, language: str) -> Counter[tuple[str, ...]]:
    """Four-grams of letters in Chinese and Japanese, of words elsewhere."""
    words = [sign for sign in text if sign.isalnum()] if language in ("zh", "ja", "th") else re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def plain(title: str | None) -> str:
    return _TITLE.sub("", (title or "").casefold())


@cache
def scores() -> tuple[Score, ...]:
    return tuple(
        score(page) for name in (*LANGUAGES, SHAPES, ARRIVALS, NEWCOMERS) for page in read(HOME / f"{name}.yaml")
    )


def score(page: Page) -> Score:
    draft = normalize(Capture(page.path, page.source.encode()), read_cleaning_rules()).draft
    text = draft.text if draft else ""
    wanted, found = grams(page.body, page.language), grams(text, page.language)
    same = (wanted & found).total()
    squeezed, whole = " ".join(text.split()), " ".join(page.body.split())
    return Score(
        page,
        same / max(1, found.total()),
        same / max(1, wanted.total()),
        draft.title if draft else None,
        draft.published[:10] if draft and draft.published else None,
        draft.authors if draft else (),
        draft.language if draft else "",
        tuple(line for line in page.body.split("\n") if line not in squeezed),
        tuple(line for line in text.split("\n") if " ".join(line.split()) not in whole),
    )


def f1(some: list[Score]) -> float:
    precision = sum(one.precision for one in some) / len(some)
    recall = sum(one.recall for one in some) / len(some)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def told(some: list[Score]) -> str:
    """What went wrong, for whoever has to mend it."""
    return "\n".join(
        f"{one.page.language} {one.page.name}: P {one.precision:.3f} R {one.recall:.3f}"
        + "".join(f"\n   missing: {line}" for line in one.missing)
        + "".join(f"\n   extra:   {line}" for line in one.extra)
        for one in some
        if one.precision + one.recall < 2
    )


def test_there_are_enough_pages_and_each_is_of_its_own() -> None:
    pages = [one.page for one in scores()]
    assert len(pages) >= 60
    assert min(Counter(page.language for page in pages)[language] for language in LANGUAGES) >= 7
    assert len({(page.language, page.name) for page in pages}) == len(pages)
    assert len({page.body for page in pages}) == len(pages)


def test_text_over_all_pages() -> None:
    found = list(scores())
    assert f1(found) >= FLOOR, told(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in(language: str) -> None:
    found = [one for one in scores() if one.page.language == language]
    assert f1(found) >= FLOOR, told(found)


def test_text_in_shapes_of_their_own() -> None:
    found = [score(page) for page in read(HOME / f"{SHAPES}.yaml")]
    assert len({one.page.language for one in found}) >= 15
    assert f1(found) >= FLOOR, told(found)


@pytest.mark.parametrize(("file", "fewest"), [(ARRIVALS, 50), (NEWCOMERS, 30)])
def test_text_as_it_arrives(file: str, fewest: int) -> None:
    names = {(page.language, page.name) for page in read(HOME / f"{file}.yaml")}
    found = [one for one in scores() if (one.page.language, one.page.name) in names]
    assert len(names) == len(found) > fewest
    assert f1(found) >= FLOOR_OF_ARRIVALS, told(found)


def test_titles() -> None:
    pairs = [(one.page.name, one.page.title, one.title) for one in scores()]
    wrong = [pair for pair in pairs if plain(pair[1]) != plain(pair[2])]
    assert len(wrong) <= (1 - TITLES) * len(scores()), wrong


def test_dates_are_right_and_none_is_made_up() -> None:
    pairs = [(one.page.language, one.page.name, one.page.date, one.date) for one in scores()]
    wrong = [pair for pair in pairs if pair[2] != pair[3]]
    assert len(wrong) <= (1 - DATES) * len(scores()), wrong


def test_authors() -> None:
    labelled = [one for one in scores() if one.page.authors is not None]
    wrong = [(one.page.name, one.page.authors, one.authors) for one in labelled if not has_its_authors(one)]
    assert len(labelled) > 30
    assert len(wrong) <= (1 - AUTHORS) * len(labelled), wrong


def has_its_authors(one: Score) -> bool:
    return [name.casefold() for name in one.authors] == [name.casefold() for name in one.page.authors or ()]


def test_languages() -> None:
    wrong = [(one.page.name, one.language) for one in scores() if one.language.split("-")[0] != one.page.language]
    assert len(wrong) <= (1 - LANGUAGES_RIGHT) * len(scores()), wrong
