"""`add`: pages come in whole, under names of their own, with their origin beside them; nothing is overwritten."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.add import Added, add
from builder.cache import NoCache
from builder.normalizing import normalize
from builder.parallel import InlineExecutor
from builder.publish.accession import free_name, portable_name
from builder.read.captures import read_captures

DAY = "2026-11-20"
TEXT = "Harbour talks end with a timetable\n\n" + "The plan names a person for every line of it, and a day. " * 5


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "site.yaml").write_text("title: Shelf\n", "utf-8")
    return tmp_path / "archive"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the pages lie before they are added."""
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def added(site: Path, *files: Path, url: str | None = None, retrieved: str = DAY) -> Added:
    return add(site, files, url=url, retrieved=retrieved)


def contents(site: Path) -> dict[str, bytes]:
    folder = site / "content" / "captures"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def messages(report: Added) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_a_page_is_copied_byte_for_byte_with_a_note_of_its_origin(site: Path, desk: Path) -> None:
    page = put(desk / "talks.txt", TEXT + "\r\n\0")
    report = added(site, page, url="https://quay.example/talks")
    assert report.added == ((page.as_posix(), "content/captures/2026-11/talks.txt"),)
    note = b"url: https://quay.example/talks\nretrieved: '2026-11-20'\nfrom: talks.txt\n"
    assert contents(site) == {"2026-11/talks.txt": page.read_bytes(), "2026-11/talks.txt.origin.yaml": note}


def test_the_origin_is_read_with_the_capture_and_reaches_the_article(site: Path, desk: Path) -> None:
    added(site, put(desk / "talks.txt"), url="https://quay.example/talks")
    (capture,), problems = read_captures(site)
    assert problems == ()
    assert (capture.origin.url, capture.origin.retrieved) == ("https://quay.example/talks", DAY)
    normalize(site, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
    (article,) = (site / "content" / "articles").iterdir()
    text = article.read_text("utf-8")
    assert "retrieved: '2026-11-20'\n" in text
    assert "https://quay.example/talks" in text


def test_no_path_of_the_machine_is_noted(site: Path, desk: Path) -> None:
    added(site, put(desk / "deep" / "down" / "talks.txt"))
    assert all(b"deep" not in data and b"desk" not in data for data in contents(site).values())


def test_the_same_bytes_are_not_taken_twice(site: Path, desk: Path) -> None:
    first, second = put(desk / "talks.txt"), put(desk / "copy.txt")
    report = added(site, first, second)
    assert report.present == ((second.as_posix(), "content/captures/2026-11/talks.txt"),)
    before = contents(site)
    again = added(site, first, retrieved="2027-01-05")
    assert (again.added, again.problems) == ((), ())
    assert again.present == ((first.as_posix(), "content/captures/2026-11/talks.txt"),)
    assert contents(site) == before


def test_a_name_that_is_taken_gets_a_number(site: Path, desk: Path) -> None:
    pages = [
        put(desk / "a" / "Talks.txt", TEXT),
        put(desk / "b" / "talks.txt", TEXT + "b"),
        put(desk / "c" / "talks.txt", TEXT + "c"),
    ]
    added(site, *pages)
    captures = {name: data for name, data in contents(site).items() if not name.endswith(".yaml")}
    assert captures == {
        "2026-11/Talks.txt": pages[0].read_bytes(),
        "2026-11/talks-2.txt": pages[1].read_bytes(),
        "2026-11/talks-3.txt": pages[2].read_bytes(),
    }


def test_a_folder_is_searched_for_pages_and_the_rest_is_counted(site: Path, desk: Path) -> None:
    put(desk / "one.txt", TEXT + "1")
    put(desk / "below" / "two.HTML", TEXT + "2")
    put(desk / "map.png")
    put(desk / "chart.png")
    put(desk / "saved.html", TEXT + "3")
    put(desk / "saved_files" / "frame.html", TEXT + "4")
    put(desk / "saved_files" / "style.css")
    put(desk / "case_files" / "five.txt", TEXT + "5")
    report = added(site, desk)
    assert sorted(path for _, path in report.added) == [
        "content/captures/2026-11/five.txt",
        "content/captures/2026-11/one.txt",
        "content/captures/2026-11/saved.html",
        "content/captures/2026-11/two.html",
    ]
    assert messages(report) == [
        f"{desk.as_posix()}:1:1: warning: holds files of kinds that are not read: 2 .png "
        "(pages come as .atom, .eml, .htm, .html, .md, .mht, .mhtml, .pdf, .rss, .txt, .wacz, .warc, .warc.gz, "
        ".webarchive, .xhtml, .xml, .zip files)"
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("talks.docx", TEXT, "is not of a kind that is read"),
        ("empty.txt", "", "is empty"),
        ("missing.txt", None, "is not there"),
    ],
)
def test_a_file_that_cannot_be_taken_is_an_error_and_stops_no_other(
    site: Path, desk: Path, name: str, text: str | None, message: str
) -> None:
    if text is not None:
        put(desk / name, text)
    report = added(site, desk / name, put(desk / "good.txt"))
    (told,) = messages(report)
    assert told.startswith(f"{(desk / name).as_posix()}:1:1: error: {message}")
    assert [path for _, path in report.added] == ["content/captures/2026-11/good.txt"]


def test_a_pipe_is_never_opened(site: Path, desk: Path) -> None:
    os.mkfifo(desk / "pipe.txt")
    (told,) = messages(added(site, desk / "pipe.txt"))
    assert "is not a regular file" in told


def test_nothing_is_added_to_a_folder_that_is_no_archive(tmp_path: Path, desk: Path) -> None:
    (told,) = messages(added(tmp_path / "nowhere", put(desk / "talks.txt")))
    assert "there is no site.yaml" in told
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("talks.txt", "talks.txt"),
        ("정상회담 기사.HTML", "정상회담 기사.html"),
        (unicodedata.normalize("NFD", "회담.txt"), "회담.txt"),
        ("What now? | The: Post.html", "What now- - The- Post.html"),
        ("con.txt", "page-con.txt"),
        ("Con Man.txt", "Con Man.txt"),
        ("..txt", "page.txt"),
        (" .hidden.txt", "hidden.txt"),
        ("right\u202eleft\n.md", "right-left-.md"),
        ("가" * 100 + ".txt", "가" * 40 + ".txt"),
    ],
)
def test_names_that_every_system_can_write(name: str, portable: str) -> None:
    assert portable_name(name) == portable


def test_numbers_count_on_until_a_name_is_free() -> None:
    assert free_name("a.txt", {"a.txt", "a-2.txt", "a-4.txt"}) == "a-3.txt"
    assert free_name("B.txt", {"b.txt"}) == "B-2.txt"


def test_a_note_without_a_capture_is_told_and_serves_the_next_of_its_name(site: Path, desk: Path) -> None:
    note = put(site / "content" / "captures" / "2026-11" / "talks.txt.origin.yaml", "retrieved: 2020-01-01\n")
    _, problems = read_captures(site)
    assert [str(problem) for problem in problems] == [
        "content/captures/2026-11/talks.txt.origin.yaml:1:1: warning: belongs to no capture "
        "(remove it, or put the capture back)"
    ]
    added(site, put(desk / "talks.txt"))
    assert "2026-11-20" in note.read_text("utf-8")


@pytest.mark.parametrize(
    ("note", "place"),
    [
        (b"url: [", "2:1"),
        (b"urll: https://a.example\n", "1:1"),
        (b"retrieved: 2026-13-45\n", "1:12"),
        (b"from: a.txt\nurl: ftp://a.example\n", "2:6"),
        (b"\xff\xfe", "1:1"),
        (b"", "1:1"),
    ],
)
def test_a_note_that_cannot_be_read_costs_a_warning_and_not_the_capture(site: Path, note: bytes, place: str) -> None:
    put(site / "content" / "captures" / "talks.txt")
    path = site / "content" / "captures" / "talks.txt.origin.yaml"
    path.write_bytes(note)
    (capture,), problems = read_captures(site)
    assert (capture.origin.url, capture.origin.retrieved) == (None, None)
    assert {problem.severity for problem in problems} == {"warning"}
    assert str(problems[0].place) == f"content/captures/talks.txt.origin.yaml:{place}"


def test_the_command_says_what_became_of_each_file(
    site: Path, desk: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    page = put(desk / "talks.txt")
    done = pressmark_here("add", page, "--site", site, "--date", DAY, "--url", "https://quay.example/talks")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{page} → content/captures/2026-11/talks.txt\n1 capture added, 0 there already\n"
    again = pressmark_here("add", page, desk / "no.txt", "--site", site)
    assert again.returncode == 1
    assert f"{page}: its bytes are there already, as content/captures/2026-11/talks.txt" in again.stdout
    assert "no.txt:1:1: error: is not there" in again.stderr


@pytest.mark.parametrize(
    "options", [("--url", "ftp://a.example"), ("--date", "yesterday"), ("--url", "https://a.example", "second.txt")]
)
def test_wrong_usage_is_exit_2_and_adds_nothing(
    site: Path, desk: Path, pressmark_here: Callable[..., subprocess.CompletedProcess[str]], options: tuple[str, ...]
) -> None:
    done = pressmark_here("add", put(desk / "talks.txt"), "--site", site, *options)
    assert done.returncode == 2
    assert not (site / "content").exists()


@pytest.mark.parametrize("folder", ["content/captures", "content/captures/2026-11", "content"])
def test_nothing_is_copied_where_a_link_leads_out_of_the_archive(site: Path, desk: Path, folder: str) -> None:
    elsewhere = desk / "elsewhere"
    elsewhere.mkdir()
    (site / folder).parent.mkdir(parents=True, exist_ok=True)
    (site / folder).symlink_to(elsewhere)
    report = added(site, put(desk / "talks.txt"))
    (told,) = messages(report)
    assert told.startswith("content/captures/2026-11:1:1: error: leads out of the site, where nothing is written")
    assert report.added == ()
    assert list(elsewhere.iterdir()) == []
