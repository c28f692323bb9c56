"""The middle way of a build gives what a whole build gives, or says that it cannot be taken."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from remembered_builds import whole

from builder.build import build
from builder.cache import Cache, NoCache
from builder.parallel import InlineExecutor
from builder.recatalogue import recatalogue
from builder.report import Options
from builder.revise import revise

PIECES = (
    ("harbour", "The harbour is open", "2025-03-01", "Lee Jae-myung thanked the engineers of Busan."),
    ("talks", "Talks in Busan", "2025-03-05", "Lee Jae-myung and Prime Minister Ishiba Shigeru talked."),
    ("fish", "Fish is cheap", "2025-03-09", "Mackerel is cheap at Jagalchi. “Never better,” Shigeru Ishiba said."),
    ("study", "A bridge is planned", "2025-03-20", "Emmanuel Macron saw the plan of a bridge in Paris."),
)
SOURCES = {"harbour": "Gazette", "talks": "Gazette", "fish": "Courier", "study": "Gazette"}
CAPTURE = "Ferries sail again\n\nQuay News, 14 March 2025\n\nThe ferries to Shimonoseki sail again, a captain said.\n"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Three pieces, and a fourth that a dossier tells of."""
    site = tmp_path / "site"
    for folder in ("articles", "dossiers"):
        (site / "content" / folder).mkdir(parents=True)
    (site / "site.yaml").write_text("title: Quay\n", "utf-8")
    (site / "content" / "dossiers" / "strait.md").write_text("The strait: [[study]].\n", "utf-8")
    for name, title, day, body in PIECES:
        front = f"id: {name}\ntitle: {title}\nlanguage: en\npublished: {day}\nsource: {{name: {SOURCES[name]}}}\n"
        rest = " ".join(f"{name}{number}" for number in range(40))
        (site / "content" / "articles" / f"{name}.md").write_text(f"---\n{front}---\n\n{body}\n\n{rest}\n", "utf-8")
    return Options(site, tmp_path / "out", search=False)


def path_of(options: Options, name: str) -> Path:
    (path,) = (options.site / "content" / "articles").glob(f"{name}*.md")
    return path


def edit(options: Options, name: str, old: str, new: str) -> list[str]:
    """The path of the article that was edited, from the site's root."""
    path = path_of(options, name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return [path.relative_to(options.site).as_posix()]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cold(options: Options, tmp_path: Path) -> dict[str, bytes]:
    afresh = replace(options, out=tmp_path / "cold")
    build(afresh, executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    return tree(afresh.out)


def files_with(folder: Path, words: str) -> set[str]:
    return {path for path, data in tree(folder).items() if words.encode() in data}


def test_a_new_title_stands_wherever_the_former_one_stood(options: Options, cache: Cache, tmp_path: Path) -> None:
    whole(options, cache)
    before = files_with(options.out, "Talks in Busan")
    report = recatalogue(options, edit(options, "talks", "Talks in Busan", "Two hours of talk"), cache=cache)
    assert report is not None
    assert report.published
    assert tree(options.out) == cold(options, tmp_path)
    assert files_with(options.out, "Two hours of talk") == before
    now = hashlib.sha256(path_of(options, "talks").read_bytes()).hexdigest()
    assert f"{now}  content/articles/talks.md\n" in (options.out / "data" / "manifest-sha256.txt").read_text("utf-8")
    assert {"index.html", "articles/talks.html", "articles/fish.html", "data/articles.csv", "feed.xml"} < before


def test_what_lists_and_others_pages_show_is_made_as_a_whole_build_makes_it(
    options: Options, cache: Cache, tmp_path: Path
) -> None:
    whole(options, cache)
    for name, old, new in (
        ("harbour", "name: Gazette", "name: Courier"),
        ("harbour", "source:", "authors: [Ann Lee]\ntags: [ferry]\nsource:"),
        ("harbour", "source:", "summary: The quay has water again.\nsource:"),
        ("talks", "2025-03-05", "2025-03-11"),
        ("talks", "2025-03-11", "2025-03-11T18:00+09:00"),
        ("harbour", "the engineers", "Ishiba Shigeru and the engineers"),
        ("harbour", "engineers of Busan", "fishers of Jagalchi, where mackerel is cheap"),
        ("fish", "“Never better,”", "“Never better, and never more,”"),
    ):
        assert recatalogue(options, edit(options, name, old, new), cache=cache) is not None, new
    assert tree(options.out) == cold(options, tmp_path)


def test_the_page_that_proves_a_piece_is_made_anew_with_it(options: Options, cache: Cache, tmp_path: Path) -> None:
    (options.site / "content" / "captures").mkdir()
    (options.site / "content" / "captures" / "ferries.txt").write_text(CAPTURE, "utf-8")
    build(options, executor=InlineExecutor(), cache=cache, say=lambda _: None)
    whole(options, cache)
    for old, new in (("Ferries sail again", "Ferries to Shimonoseki"), ("a captain said", "captain Ahn said")):
        assert recatalogue(options, edit(options, "ferries", old, new), cache=cache) is not None, new
    assert tree(options.out) == cold(options, tmp_path)
    assert len(files_with(options.out / "provenance", "data-edited")) == 1


def test_what_it_leaves_is_enough_for_all_ways_that_follow(options: Options, cache: Cache, tmp_path: Path) -> None:
    whole(options, cache)
    steps = (
        (recatalogue, "talks", "Talks in Busan", "Talks by the sea"),
        (revise, "talks", "talks39", "talks39 xyzzy"),
        (recatalogue, "harbour", "2025-03-01", "2025-03-10"),
        (revise, "harbour", "harbour39", "harbour39 plugh"),
        (recatalogue, "fish", "Shigeru Ishiba said", "Lee Jae-myung said"),
        (revise, "fish", "fish39", "fish39 frotz"),
        (recatalogue, "talks", "and Prime Minister Ishiba Shigeru", "and Ishiba Shigeru and Lee Jae-myung"),
    )
    for way, name, old, new in steps:
        assert way(options, edit(options, name, old, new), cache=cache) is not None, new
    assert tree(options.out) == cold(options, tmp_path)


def test_what_makes_pages_come_and_go_takes_a_whole_build(options: Options, cache: Cache) -> None:
    whole(options, cache)
    standing = tree(options.out)
    for name, old, new in (
        ("harbour", "id: harbour", "id: haven"),
        ("harbour", "language: en", "language: en\ndraft: yes"),
        ("harbour", "language: en", "language: en\naccess: private"),
        ("harbour", "name: Gazette", "name: Gazette, url: https://gazette.example/1"),
        ("harbour", "name: Gazette", "name: Herald"),
        ("harbour", "2025-03-01", "2025-04-01"),
        ("harbour", "thanked the engineers", "and Xi Jinping thanked the engineers"),
        ("harbour", "title: The", "tilte: The"),
        ("harbour", "language: en", "language: en\ntopics: {add: [nothing-known]}"),
        ("study", "A bridge is planned", "A tunnel is planned"),
        ("study", "Emmanuel Macron", "Somebody"),
    ):
        former = path_of(options, name).read_text("utf-8")
        assert recatalogue(options, edit(options, name, old, new), cache=cache) is None, new
        path_of(options, name).write_text(former, "utf-8")
    assert tree(options.out) == standing


def test_an_article_that_is_gone_or_new_takes_a_whole_build(options: Options, cache: Cache) -> None:
    whole(options, cache)
    new = options.site / "content" / "articles" / "new.md"
    new.write_text("---\nid: new\ntitle: New\nlanguage: en\n---\n\nNew.\n", "utf-8")
    assert recatalogue(options, ["content/articles/new.md"], cache=cache) is None
    path_of(options, "fish").unlink()
    assert recatalogue(options, ["content/articles/fish.md"], cache=cache) is None
    assert recatalogue(options, ["site.yaml"], cache=cache) is None
    assert recatalogue(options, [], cache=cache) is None


def test_what_a_step_fails_at_is_left_to_a_whole_build(
    options: Options, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which publishes the piece as well as it can, and says so."""
    whole(options, cache)
    standing = tree(options.out)

    def fails(*_: object, **__: object) -> str:
        raise ValueError("no")

    monkeypatch.setattr("builder.render.environment.article_html", fails)
    assert recatalogue(options, edit(options, "talks", "Talks in Busan", "Two hours of talk"), cache=cache) is None
    assert tree(options.out) == standing


def test_the_search_finds_a_new_title_at_once_or_later(options: Options, cache: Cache, tmp_path: Path) -> None:
    options = replace(options, search=True)
    whole(options, cache)
    edited = edit(options, "talks", "Talks in Busan", "Two hours of talk, 釜山")
    assert recatalogue(options, edited, cache=cache) is not None
    index = tree(options.out / "search")
    edited = edit(options, "talks", "Two hours of talk, 釜山", "A day of talk with Lee Jae-myung")
    assert recatalogue(options, edited, cache=cache, search_later=True) is not None
    assert "A day of talk with" in (options.out / "index.html").read_text("utf-8")
    assert tree(options.out / "search") == index
    assert revise(options, [], cache=cache, search_behind=True) is not None
    assert tree(options.out) == cold(options, tmp_path)


def test_what_results_are_filtered_by_takes_a_whole_build(options: Options, cache: Cache) -> None:
    edit(options, "talks", "source:", "topics: {add: [un-security-council]}\nsource:")
    whole(replace(options, search=True), cache)
    for old, new in (("source:", "topics: {add: [un-security-council]}\nsource:"), ("name: Gazette", "name: Courier")):
        former = path_of(options, "harbour").read_text("utf-8")
        edited = edit(options, "harbour", old, new)
        assert recatalogue(replace(options, search=True), edited, cache=cache) is None, new
        path_of(options, "harbour").write_text(former, "utf-8")
