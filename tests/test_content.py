from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from builder.model import TextPage, WrittenFile
from builder.model.stages import Stage
from builder.publish import content as content_module
from builder.publish.content import replace_file, write_new
from builder.read.content import parse_text_page, read_articles, read_text_pages
from builder.read.settings import parse_settings

I = TypeVar("I")  # noqa: E741 - the usual name of an item's type
O = TypeVar("O")  # noqa: E741
SETTINGS, _ = parse_settings("site.yaml", "title: X\nlanguage: ko\n")
assert SETTINGS is not None
LEAST = "---\nid: {}\ntitle: T\nlanguage: en\n---\n"


def put(site: Path, name: str, text: str) -> None:
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def articles(site: Path) -> tuple[list[str], list[str]]:
    assert SETTINGS is not None
    found, problems = read_articles(site, SETTINGS)
    return [article.id for article in found], [str(problem) for problem in problems]


def test_articles_of_any_depth_and_name_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    put(tmp_path, "articles/b.md", LEAST.format("one"))
    put(tmp_path, "articles/a/b.md", LEAST.format("two"))
    put(tmp_path, "articles/제목.md", LEAST.format("three"))
    assert articles(tmp_path) == (["two", "one", "three"], [])


def test_bodies_do_not_go_through_the_step_that_parses_unless_they_are_long(tmp_path: Path) -> None:
    """What is parsed is kept in the cache; and as many items are taken at once as are held well, by what they weigh."""
    bodies = ["short\n", "long " * 10_000, ""]
    for name, body in zip("abc", bodies, strict=True):
        put(tmp_path, f"articles/{name}.md", LEAST.format(name) + body)
    heads, made = [], []

    def through(step: Stage[I, O], items: Iterable[I], /) -> Iterable[O]:
        for head in list(items):
            heads.append(str(head))
            made.append(step(head))
            yield made[-1]

    assert SETTINGS is not None
    found, problems = read_articles(tmp_path, SETTINGS, through)
    assert ([article.body for article in found], problems) == (bodies, ())
    assert [len(head) > 50_000 for head in heads] == [False, True, False]
    assert "short" not in heads[0]
    assert not any("short" in str(each) or "long" in str(each) for each in made)


def test_no_folder_of_articles_is_no_mistake(tmp_path: Path) -> None:
    assert articles(tmp_path) == ([], [])


def test_two_articles_with_one_id_are_both_named_at_their_ids(tmp_path: Path) -> None:
    put(tmp_path, "articles/a.md", LEAST.format("same"))
    put(tmp_path, "articles/b.md", "---\ntitle: T\nlanguage: en\nid: same\n---\n")
    hint = "give one of them another id"
    assert articles(tmp_path) == (
        ["same", "same"],
        [
            f'content/articles/b.md:4:1: error: the id "same" stands already at content/articles/a.md:2:1 ({hint})',
        ],
    )


def test_what_is_no_article_is_named_and_costs_nothing(tmp_path: Path) -> None:
    put(tmp_path, "articles/a.md", LEAST.format("a"))
    put(tmp_path, "articles/notes.txt", "x")
    put(tmp_path, "secret.md", LEAST.format("secret"))
    os.mkfifo(tmp_path / "content/articles/pipe.md")
    (tmp_path / "content/articles/leak.md").symlink_to("../secret.md")
    (tmp_path / "content/articles/gone.md").symlink_to("nowhere.md")
    assert articles(tmp_path) == (
        ["a"],
        [
            "content/articles/gone.md:1:1: warning: cannot be read: No such file or directory (it is not published)",
            "content/articles/leak.md:1:1: warning: is a link that leads out of its folder (it is not published)",
            "content/articles/notes.txt:1:1: warning: is not an article (articles are .md files)",
            "content/articles/pipe.md:1:1: warning: is not a regular file (it is not published)",
        ],
    )


def test_articles_that_cannot_be_read_stop_the_build(tmp_path: Path) -> None:
    # A site without its articles must not take the place of one with them. A file where the folder should be
    # cannot be opened by root either.
    put(tmp_path, "articles", "no folder")
    hint = "let Pressmark read it, or move it away"
    assert articles(tmp_path) == (
        [],
        [f"content/articles:1:1: error: cannot be opened: Not a directory ({hint})"],
    )


def page(text: str) -> tuple[TextPage | None, list[str]]:
    assert SETTINGS is not None
    found, problems = parse_text_page("content/pages/how-to.md", text.encode(), SETTINGS)
    return found, [str(problem).removeprefix("content/pages/how-to.md") for problem in problems]


def test_a_page_written_by_hand_needs_nothing_but_text() -> None:
    assert page("Text.\n") == (TextPage("content/pages/how-to.md", "how-to", "How to", "ko", "Text.\n"), [])


def test_a_page_may_say_its_title_and_language() -> None:
    text = "---\ntitle: 'Why: this'\nlanguage: en\n---\nText.\n"
    assert page(text) == (TextPage("content/pages/how-to.md", "how-to", "Why: this", "en", "Text.\n"), [])


def test_a_line_of_hyphens_without_a_second_one_is_text() -> None:
    assert page("---\nText.\n")[1] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitel: x\n---\n", ':2:1: error: unknown field "titel" (did you mean "title"?)'),
        ("---\ntitle: x\nlanguage: '\"><script>'\n---\n", ':3:11: error: language is ""><script>" '),
        ("---\n---\nText\n", ":1:1: error: has empty front matter (write title: …, or leave out the lines ---)"),
        ("---\ntitle: a: b\n---\n", ":2:9: error: broken YAML: mapping values are not allowed in this context"),
    ],
)
def test_mistakes_in_pages_have_places(text: str, problem: str) -> None:
    found, problems = page(text)
    assert found is None
    assert problems[0].startswith(problem)


def test_pages_stand_one_folder_deep_at_most(tmp_path: Path) -> None:
    assert SETTINGS is not None
    put(tmp_path, "pages/about.md", "Text.\n")
    put(tmp_path, "pages/deep/more.md", "Text.\n")
    put(tmp_path, "pages/deep/down/more.md", "Text.\n")
    put(tmp_path, "pages/pages/more.MD", "Text.\n")
    put(tmp_path, "pages/photo.jpg", "x")
    found, problems = read_text_pages(tmp_path, SETTINGS)
    assert [one.name for one in found] == ["about", "deep/more", "pages/more"]
    assert [str(one) for one in problems] == [
        "content/pages/deep/down/more.md:1:1: warning: is not published "
        "(hand-written pages stand in content/pages/ or in a folder of it)"
    ]


def draft(name: str, text: str = "new") -> tuple[WrittenFile, WrittenFile]:
    return WrittenFile(f"content/ledger/{name}.json", f"{text} ledger"), WrittenFile(
        f"content/articles/{name}.md", f"{text} article"
    )


def tree(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_article_and_ledger_are_written_together(tmp_path: Path) -> None:
    assert write_new(tmp_path, [draft("a"), draft("b")]) == (2, ())
    assert tree(tmp_path) == {
        "content/articles/a.md": "new article",
        "content/articles/b.md": "new article",
        "content/ledger/a.json": "new ledger",
        "content/ledger/b.json": "new ledger",
    }


def test_an_article_that_stands_there_is_left_alone_with_its_ledger(tmp_path: Path) -> None:
    write_new(tmp_path, [draft("a", "old")])
    before = tree(tmp_path)
    written, problems = write_new(tmp_path, [draft("a")])
    assert written == 0
    hint = "write the capture into its front matter, or move it away"
    assert [str(problem) for problem in problems] == [
        f"content/articles/a.md:1:1: warning: stands already and names another capture, or none ({hint})"
    ]
    assert tree(tmp_path) == before


def test_an_article_made_anew_gets_the_ledger_it_was_made_with(tmp_path: Path) -> None:
    # The archivist removed the article to have it made again: the old ledger tells of another cleaning.
    write_new(tmp_path, [draft("a", "old")])
    (tmp_path / "content/articles/a.md").unlink()
    assert write_new(tmp_path, [draft("a")]) == (1, ())
    assert tree(tmp_path) == {"content/articles/a.md": "new article", "content/ledger/a.json": "new ledger"}


def test_what_cannot_be_written_is_named_and_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "content/articles/a.md").mkdir(parents=True)
    written, problems = write_new(tmp_path, [draft("a"), draft("b")])
    assert written == 1
    hint = "make room, or let Pressmark write into content/"
    assert [str(problem) for problem in problems] == [
        f"content/articles/a.md:1:1: error: cannot be written: Is a directory ({hint})"
    ]
    assert tree(tmp_path)["content/articles/b.md"] == "new article"


def test_a_killed_write_leaves_the_old_text_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    replace_file(path, "old")

    def fails(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(content_module.os, "fsync", fails)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, "new")
    assert tree(tmp_path) == {"a.md": "old"}


def test_what_a_killed_build_left_half_written_is_removed(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    put(tmp_path, f"articles/.pressmark-{dead.pid}.part", "half")
    put(tmp_path, f"articles/.pressmark-{os.getpid()}1.partial", "somebody's")
    put(tmp_path, f"articles/.pressmark-{os.getppid()}.part", "still being written")
    write_new(tmp_path, [draft("a")])
    assert sorted(os.listdir(tmp_path / "content/articles")) == sorted(
        [f".pressmark-{os.getpid()}1.partial", f".pressmark-{os.getppid()}.part", "a.md"]
    )


def test_the_longest_name_a_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("가" * 84 + ".md")
    replace_file(path, "text \ud800")
    assert tree(tmp_path) == {path.name: "text ?"}
