"""The short way of a build gives what a whole build gives, or says that it cannot be taken."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from remembered_builds import whole

from builder.build import build
from builder.cache import Cache, NoCache
from builder.parallel import InlineExecutor
from builder.report import Options, Report
from builder.revise import revise

HARBOUR = """\
The harbour of Busan is open again, the mayor said on Monday.

President Lee Jae-myung thanked the engineers: “You have worked through four nights,” he told them at the quay.

Prime Minister Ishiba Shigeru sent a telegram from Tokyo. Ferries to Shimonoseki sail from Wednesday.
"""
TALKS = """\
President Lee Jae-myung and Prime Minister Ishiba Shigeru talked about ferries and fish for two hours in Busan.

They will meet again in the autumn, a spokesman said after the talks.
"""
FISH = """\
Mackerel is cheap at the market of Jagalchi this week. The boats came home early, a monger said, and full to the brim.
"""
FRONT = "---\nid: {name}\ntitle: {title}\nlanguage: en\npublished: 2025-09-0{day}\n---\n\n{body}"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    site = tmp_path / "site"
    (site / "content" / "articles").mkdir(parents=True)
    (site / "content" / "dossiers").mkdir()
    (site / "site.yaml").write_text("title: Quay\nurl: https://quay.example/\n", "utf-8")
    (site / "content" / "dossiers" / "strait.md").write_text("The strait: [[talks]].\n", "utf-8")
    pieces = (("harbour", "The harbour is open", HARBOUR), ("talks", "Talks in Busan", TALKS), ("fish", "Fish", FISH))
    for day, (name, title, body) in enumerate(pieces, 1):
        text = FRONT.format(name=name, title=title, day=day, body=body)
        (site / "content" / "articles" / f"{name}.md").write_text(text, "utf-8")
    return Options(site, tmp_path / "out", search=False)


def short(options: Options, cache: Cache, *names: str) -> Report | None:
    paths = [f"content/articles/{name}.md" for name in names]
    return revise(options, paths, cache=cache)


def edit(options: Options, name: str, old: str, new: str) -> None:
    path = options.site / "content" / "articles" / f"{name}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cold(options: Options, tmp_path: Path) -> tuple[str, dict[str, bytes]]:
    afresh = replace(options, out=tmp_path / "cold")
    report = build(afresh, executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    return report.digest, tree(afresh.out)


def test_a_new_text_that_only_its_own_page_shows_takes_the_short_way(
    options: Options, cache: Cache, tmp_path: Path
) -> None:
    whole(options, cache)
    before = {path: path.stat().st_mtime_ns for path in options.out.rglob("*.html")}
    time.sleep(0.02)
    edit(options, "harbour", "Ferries to Shimonoseki sail from Wednesday.", "The ferries sail again from Wednesday on.")
    first = short(options, cache, "harbour")
    assert first is not None
    assert first.published
    assert (first.digest, tree(options.out)) == cold(options, tmp_path)
    touched = [path.name for path, stamp in before.items() if path.stat().st_mtime_ns != stamp]
    assert touched == ["harbour.html"]


def test_a_page_of_the_archivists_own_templates_is_made_by_them(options: Options, cache: Cache, tmp_path: Path) -> None:
    template = options.site / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text('{% extends "shipped/article.html" %}{% block slip %}{{ view.body }}{% endblock %}', "utf-8")
    whole(options, cache)
    edit(options, "harbour", "Ferries to Shimonoseki sail from Wednesday.", "The ferries sail again from Wednesday on.")
    report = short(options, cache, "harbour")
    assert report is not None
    assert (report.digest, tree(options.out)) == cold(options, tmp_path)
    assert (options.out / "articles" / "harbour.html").read_text("utf-8").count("sail again from Wednesday on") > 1


def test_one_short_way_after_another_ends_where_a_whole_build_does(
    options: Options, cache: Cache, tmp_path: Path
) -> None:
    whole(options, cache)
    for ferries, fish in (("They sail again.", "cod"), ("They sail, wind permitting.", "hake"), ("", "mackerel")):
        text = FRONT.format(name="harbour", title="The harbour is open", day=1, body=HARBOUR + f"\n{ferries}\n")
        (options.site / "content" / "articles" / "harbour.md").write_text(text, "utf-8")
        (options.site / "content" / "articles" / "fish.md").write_text(
            FRONT.format(name="fish", title="Fish", day=3, body=f"{FISH}\nNext week it is {fish}.\n"), "utf-8"
        )
        report = short(options, cache, "harbour", "fish")
        assert report is not None
        assert (report.digest, tree(options.out)) == cold(options, tmp_path)


def test_the_search_is_amended_on_the_short_way(options: Options, cache: Cache, tmp_path: Path) -> None:
    options = replace(options, search=True)
    whole(options, cache)
    for old, new in (("sail from Wednesday", "sail again, 釜山 has it"), ("again, 釜山 has it", "wind permitting")):
        edit(options, "harbour", old, new)
        report = short(options, cache, "harbour")
        assert report is not None
        assert (report.digest, tree(options.out)) == cold(options, tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("harbour", "title: The harbour", "title: One harbour"),
        ("harbour", "published: 2025-09-01", "published: 2025-09-04"),
        ("harbour", "id: harbour", "id: haven"),
        ("harbour", "---\n\nThe", "draft: yes\n---\n\nThe"),
        ("harbour", "The harbour of Busan is open", "The port of Busan is open"),
        ("harbour", "worked through four nights", "worked through five nights"),
        ("harbour", "Prime Minister Ishiba Shigeru", "The prime minister"),
        ("harbour", "sent a telegram", "and Xi Jinping sent a telegram"),
        ("talks", "They will meet", "They shall meet"),
        ("harbour", "title: The harbour is open", "tilte: The harbour is open"),
    ],
)
def test_what_other_pages_show_takes_a_whole_build(
    options: Options, cache: Cache, name: str, old: str, new: str
) -> None:
    whole(options, cache)
    standing = tree(options.out)
    edit(options, name, old, new)
    assert short(options, cache, name) is None
    assert tree(options.out) == standing


def test_without_a_build_before_there_is_no_short_way(options: Options, cache: Cache) -> None:
    assert short(options, cache, "harbour") is None
    whole(options, cache)
    assert short(replace(options, search=True), cache, "harbour") is None
    assert short(replace(options, out=options.out.with_name("other")), cache, "harbour") is None
    assert revise(options, ["site.yaml"], cache=cache) is None
    assert revise(options, [], cache=cache) is None


def test_what_another_build_left_since_is_seen(options: Options, cache: Cache) -> None:
    whole(options, cache)
    edit(options, "talks", "title: Talks in Busan", "title: Talks about fish")
    build(options, executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    edit(options, "harbour", "sail from Wednesday", "sail on Wednesday")
    assert short(options, cache, "harbour") is None


def test_the_search_may_be_left_as_it_is(options: Options, cache: Cache) -> None:
    options = replace(options, search=True)
    whole(options, cache)
    index = tree(options.out / "search")
    edit(options, "harbour", "sail from Wednesday", "sail on Wednesday")
    found = revise(options, ["content/articles/harbour.md"], cache=cache, search_later=True)
    assert found is not None
    assert "sail on Wednesday" in (options.out / "articles" / "harbour.html").read_text("utf-8")
    assert tree(options.out / "search") == index
    whole(options, cache)
    assert tree(options.out / "search") != index


def test_a_search_that_was_left_is_renewed_by_the_short_way(options: Options, cache: Cache, tmp_path: Path) -> None:
    options = replace(options, search=True)
    whole(options, cache)
    edits = (("harbour", "sail from Wednesday", "sail on Wednesday"), ("fish", "brim.\n", "brim.\n\nCod is next.\n"))
    for name, old, new in edits:
        edit(options, name, old, new)
        path = f"content/articles/{name}.md"
        assert revise(options, [path], cache=cache, search_later=True) is not None
    behind = tree(options.out / "search")
    renewed = revise(options, [], cache=cache, search_behind=True)
    assert renewed is not None
    assert (renewed.digest, tree(options.out)) == cold(options, tmp_path)
    assert tree(options.out / "search") != behind


def test_what_a_step_fails_at_is_left_to_a_whole_build(
    options: Options, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which publishes the piece as well as it can, and says so."""
    whole(options, cache)
    edit(options, "harbour", "sail from Wednesday", "sail on Wednesday")

    def fails(*_: object, **__: object) -> str:
        raise ValueError("no")

    for module in ("environment", "standing"):
        monkeypatch.setattr(f"builder.render.{module}.article_html", fails)
    assert short(options, cache, "harbour") is None
    assert [problem.message for problem in whole(options, cache).problems if "render failed" in problem.message]
