"""Property of a build that follows another: after any edit, what it publishes is what a cold build publishes."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli.commands import main

NAMES = ("Xi Jinping", "Vladimir Putin", "Emmanuel Macron", "Kim Jong Un", "Lula", "Mina Example")
WORDS = ("met", "spoke", "of trade", "of borders", "in Beijing", "in Kazan", "on Monday", "about grain", "and left")

Edit = Callable[[Path, random.Random], None]


def prose(chance: random.Random) -> str:
    parts = [f"{chance.choice(NAMES)} {' '.join(chance.choices(WORDS, k=9))}." for _ in range(chance.randint(2, 6))]
    return "\n\n".join(parts) + "\n"


def article(chance: random.Random, key: str) -> str:
    day = f"20{chance.randint(20, 26)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return (
        f"---\nid: {key}\ntitle: Piece {key} {chance.choice(WORDS)}\nlanguage: en\npublished: {day}\n"
        f"source: {{name: {chance.choice(('Gazette', 'Courier'))}}}\n---\n{prose(chance)}"
    )


def any_article(site: Path, chance: random.Random) -> Path:
    return chance.choice(sorted((site / "content/articles").glob("*.md")))


def body(site: Path, chance: random.Random) -> None:
    path = any_article(site, chance)
    path.write_text(path.read_text("utf-8") + f"\n{prose(chance)}", "utf-8")


def wording(site: Path, chance: random.Random) -> None:
    """What no page but the article's own shows."""
    path = any_article(site, chance)
    words = " ".join("".join(chance.choices("bdfgklmnprst", k=7)) for _ in range(5))
    path.write_text(path.read_text("utf-8") + f"\n{words}.\n", "utf-8")


def title(site: Path, chance: random.Random) -> None:
    path = any_article(site, chance)
    path.write_text(path.read_text("utf-8").replace("title: ", f"title: E{chance.randrange(100)} ", 1), "utf-8")


def letter_with_the_old_time_stamp(site: Path, chance: random.Random) -> None:
    path = any_article(site, chance)
    status = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text[:-3] + chance.choice("aeiou") + text[-2:], "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def headline(site: Path, chance: random.Random) -> None:
    """A title that may begin with another letter and name somebody."""
    front(site, chance, "title", f"{chance.choice('ABCDEFGH')}ll {chance.choice((*NAMES, *WORDS))}")


def day(site: Path, chance: random.Random) -> None:
    front(site, chance, "published", f"20{chance.randint(20, 26)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}")


def source(site: Path, chance: random.Random) -> None:
    front(site, chance, "source", f"{{name: {chance.choice(('Gazette', 'Courier', 'Herald'))}}}")


def authors(site: Path, chance: random.Random) -> None:
    front(site, chance, "authors", f"[{chance.choice(('Ann Lee', 'Bo Kim'))}]")


def person(site: Path, chance: random.Random) -> None:
    """Whom a piece names: somebody else stands in most of its text."""
    path = any_article(site, chance)
    old, new = chance.sample(NAMES, 2)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def front(site: Path, chance: random.Random, field: str, written: str) -> None:
    """A field of some article written anew."""
    path = any_article(site, chance)
    before, fence, text = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    fields = [line for line in before.split("\n") if not line.startswith(f"{field}:")]
    path.write_text("\n".join(("---", *fields, f"{field}: {written}")) + fence + text, "utf-8")


def new_article(site: Path, chance: random.Random) -> None:
    key = f"new-{chance.randrange(10**6)}"
    (site / f"content/articles/{key}.md").write_text(article(chance, key), "utf-8")


def new_capture(site: Path, chance: random.Random) -> None:
    number = chance.randrange(10**6)
    text = f"Report {number} of the day\n\nGazette, 3 May 2024\n\n{prose(chance)}\n{prose(chance)}"
    (site / f"content/captures/c{number}.txt").write_text(text, "utf-8")


def one_article_less(site: Path, chance: random.Random) -> None:
    if len(list((site / "content/articles").iterdir())) > 4:
        any_article(site, chance).unlink()


def hidden(site: Path, chance: random.Random) -> None:
    path = any_article(site, chance)
    text = path.read_text("utf-8")
    field = "access: private\n"
    path.write_text(text.replace(field, "") if field in text else text.replace("id: ", f"{field}id: ", 1), "utf-8")


def settings(site: Path, chance: random.Random) -> None:
    (site / "site.yaml").write_text(f"title: Archive {chance.randrange(5)}\nlanguage: en\n", "utf-8")


def people(site: Path, chance: random.Random) -> None:
    record = f"- id: mina-example\n  names: {{en: Mina Example}}\n  country: {chance.choice(('FR', 'KR'))}\n"
    (site / "content/leaders.yaml").write_text(record, "utf-8")


def template(site: Path, chance: random.Random) -> None:
    path = site / "templates/parts/nav.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<p>{chance.randrange(3)}</p>\n", "utf-8")


def nothing(site: Path, chance: random.Random) -> None:
    pass


SEEN_IN_LISTS: tuple[Edit, ...] = (headline, title, day, source, authors, person, body)
EDITS: tuple[Edit, ...] = (
    *(
        body,
        wording,
        wording,
        title,
        letter_with_the_old_time_stamp,
        new_article,
        new_capture,
        one_article_less,
        hidden,
    ),
    *(one_article_less, hidden, settings, people, template, nothing),
)


def begun(site: Path, chance: random.Random) -> Path:
    for folder in ("articles", "captures"):
        (site / "content" / folder).mkdir(parents=True)
    (site / "site.yaml").write_text("title: Archive\n", "utf-8")
    for number in range(8):
        (site / f"content/articles/p{number}.md").write_text(article(chance, f"p{number}"), "utf-8")
    return site


def cold_digest(site: Path, *options: str) -> str:
    """What a build prints of the same files elsewhere: beside a site it would touch what the next build looks at."""
    cold = site.with_name("cold")
    for name in ("content", "templates"):
        shutil.rmtree(cold / name, ignore_errors=True)
        if (site / name).is_dir():
            shutil.copytree(site / name, cold / name)
    shutil.copy(site / "site.yaml", cold / "site.yaml")
    return digest(cold, "--no-cache", *options)


def digest(site: Path, *options: str) -> str:
    """What a build prints of the site it published."""
    given = ["build", "--site", str(site), "--jobs", "1", *options]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return next(line for line in done.output.splitlines() if line.startswith("digest "))


def is_short(site: Path, *options: str) -> bool:
    """Whether the build that comes now takes the short way; the files have to be older than a stamp is exact."""
    time.sleep(0.06)
    given = ["build", "--site", str(site), "--jobs", "1", "--timings", *options]
    done = CliRunner().invoke(main, given, catch_exceptions=False)
    stages = {line.split()[0] for line in done.stderr.splitlines() if line}
    return "revise" in stages and "plan" not in stages


def warm_is_cold(site: Path, *, edits: int, seed: int, at_once: int = 1, options: tuple[str, ...] = ()) -> int:
    """How many of the builds took the short way."""
    chance = random.Random(seed)
    begun(site, chance)
    digest(site, *options)
    short = 0
    for turn in range(0, edits, at_once):
        chosen = EDITS[turn : turn + at_once] or chance.choices((*EDITS, *SEEN_IN_LISTS), k=at_once)
        for edit in chosen:
            edit(site, chance)
        short += is_short(site, *options)
        warm = digest(site, *options)
        cold = cold_digest(site, *options)
        assert warm == cold, f"edit {turn}, {[edit.__name__ for edit in chosen]}"
    return short


def test_each_kind_of_edit_gives_what_a_cold_build_gives(tmp_path: Path) -> None:
    warm_is_cold(tmp_path / "site", edits=len(EDITS), seed=1, at_once=3, options=("--no-search",))


@pytest.mark.parametrize("options", [("--no-search",), ()], ids=["pages", "search"])
def test_edits_of_words_take_the_short_way_to_what_a_cold_build_gives(tmp_path: Path, options: tuple[str, ...]) -> None:
    site, chance = begun(tmp_path / "site", random.Random(4)), random.Random(4)
    time.sleep(0.06)
    digest(site, *options)
    short = 0
    for _ in range(4 if options else 3):
        wording(site, chance)
        short += is_short(site, *options)
        assert digest(site, *options) == cold_digest(site, *options)
    assert short > 1


def test_edits_seen_in_lists_give_what_a_cold_build_gives_by_a_shorter_way(tmp_path: Path) -> None:
    site, chance = begun(tmp_path / "site", random.Random(6)), random.Random(6)
    new_capture(site, chance)
    digest(site, "--no-search")
    digest(site, "--no-search")
    shorter = 0
    for edit in SEEN_IN_LISTS:
        edit(site, chance)
        shorter += is_short(site, "--no-search")
    assert digest(site, "--no-search") == cold_digest(site, "--no-search")
    assert shorter > 3


@pytest.mark.slow
def test_two_hundred_edits_give_what_cold_builds_give(tmp_path: Path) -> None:
    # Few builds can be short where pieces come, go and are hidden; the edits of words above are.
    assert warm_is_cold(tmp_path / "site", edits=200, seed=2, options=("--no-search",)) > 20


@pytest.mark.slow
def test_edits_give_what_cold_builds_give_with_search_too(tmp_path: Path) -> None:
    assert warm_is_cold(tmp_path / "site", edits=40, seed=3) > 1
