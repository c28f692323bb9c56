from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.clean import clean_folder
from builder.cli.commands import main
from builder.parallel import local_executor

PAGE = (
    "Home | Politics | Log in\n"
    "Ministers of {0} meet in the old town hall\n"
    "2024-03-05 14:30\n\n"
    "The ministers of {0} met in the old town hall on Monday and talked about grain for two hours.\n"
    "- The first point was the price of grain.\n"
    "- The second point was the harbour.\n"
    "They agreed to send experts to the harbour before the end of the month, a spokeswoman said. #grain #harbour\n"
    "We use cookies to improve your experience.\n"
)
NOTHING = {
    "title": None,
    "date": None,
    "language": None,
    "body": None,
    "markdown": None,
    "url": None,
    "site_name": None,
    "authors": [],
    "tags": [],
    "teasers": [],
    "dropped": [],
}


def clean(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["clean", str(folder / "in"), str(folder / "out"), "--jobs", "1", *options])


def put(folder: Path, name: str, data: bytes | str) -> None:
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def answers(folder: Path) -> dict[str, dict[str, object]]:
    out = folder / "out"
    return {p.relative_to(out).as_posix(): json.loads(p.read_text("utf-8")) for p in sorted(out.rglob("*.json"))}


def test_a_page_is_answered_by_the_fields_of_the_contract(tmp_path: Path) -> None:
    put(tmp_path, "page.txt", PAGE.format("Oneland"))
    assert clean(tmp_path).exit_code == 0
    (name, answer), *others = answers(tmp_path).items()
    assert (name, others) == ("page.json", [])
    assert list(answer) == list(NOTHING)
    assert answer["title"] == "Ministers of Oneland meet in the old town hall"
    assert (answer["date"], answer["language"]) == ("2024-03-05", "en")
    assert str(answer["body"]).splitlines() == [
        "The ministers of Oneland met in the old town hall on Monday and talked about grain for two hours.",
        "The first point was the price of grain.",
        "The second point was the harbour.",
        "They agreed to send experts to the harbour before the end of the month, a spokeswoman said.",
    ]
    assert "- The first point" in str(answer["markdown"])
    assert answer["tags"] == ["grain", "harbour"]
    assert (answer["url"], answer["site_name"], answer["authors"], answer["teasers"]) == (None, None, [], [])
    dropped = answer["dropped"]
    assert isinstance(dropped, list)
    assert {frozenset(line) for line in dropped} == {frozenset(("line", "text", "rule"))}
    assert (9, "cookie-banner") in [(line["line"], line["rule"]) for line in dropped]


def test_what_a_page_does_not_say_is_null(tmp_path: Path) -> None:
    put(tmp_path, "page.txt", PAGE.format("Oneland").replace("2024-03-05 14:30\n", ""))
    clean(tmp_path)
    assert answers(tmp_path)["page.json"]["date"] is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "两国部长星期一在旧市政厅会面，就粮食贸易谈了两个小时，并同意在月底之前派专家前往港口。\n"),
        ("zh", "兩國部長星期一在舊市政廳會面，就糧食貿易談了兩個小時，並同意在月底之前派專家前往港口。\n"),
        (
            "ko",
            "양국 장관은 월요일 옛 시청에서 만나 곡물 교역을 두 시간 동안 논의하고 전문가를 보내기로 했다고 밝혔다.\n",
        ),
        ("ja", "両国の大臣は月曜日に旧市庁舎で会い、穀物の貿易について二時間話し合い、専門家を送ることで合意した。\n"),
        ("ru", "Министры двух стран встретились в понедельник в старой ратуше и два часа говорили о зерне и портах.\n"),
    ],
)
def test_languages_have_two_letters(tmp_path: Path, language: str, text: str) -> None:
    put(tmp_path, "page.txt", text * 3)
    clean(tmp_path)
    assert answers(tmp_path)["page.json"]["language"] == language


@pytest.mark.parametrize(
    "data",
    [b"", b"\n \n", bytes(range(256)) * 30, b"\xff\xfe", b"\x00" * 100, b"Log in\nMenu\n"],
    ids=["empty", "blank", "binary", "only-a-mark", "zeros", "menu"],
)
def test_what_holds_no_article_is_answered_by_nulls(tmp_path: Path, data: bytes) -> None:
    for kind in ("txt", "html", "htm", "xhtml", "md"):
        put(tmp_path, f"{kind}/page.{kind}", data)
    done = clean(tmp_path)
    assert done.exit_code == 0
    told = [line.removeprefix(f"{tmp_path}/in/").split(":")[0] for line in done.stderr.splitlines()]
    assert told == [f"{kind}/page.{kind}" for kind in ("htm", "html", "md", "txt", "xhtml")]
    assert answers(tmp_path) == dict.fromkeys(
        [f"{kind}/page.json" for kind in ("htm", "html", "md", "txt", "xhtml")], NOTHING
    )


def test_what_cannot_be_read_is_answered_by_nulls_and_named(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", PAGE.format("Oneland"))
    (tmp_path / "secret.txt").write_text(PAGE.format("Secretland"))
    os.mkfifo(tmp_path / "in/pipe.txt")
    (tmp_path / "in/leak.txt").symlink_to("../secret.txt")
    (tmp_path / "in/gone.html").symlink_to("nowhere.html")
    done = clean(tmp_path)
    assert done.exit_code == 0
    found = answers(tmp_path)
    assert [name for name, answer in found.items() if answer == NOTHING] == ["gone.json", "leak.json", "pipe.json"]
    assert sorted(found) == ["gone.json", "good.json", "leak.json", "pipe.json"]
    assert [line.removeprefix(f"{tmp_path}/in/") for line in done.stderr.splitlines()] == [
        "gone.html:1:1: warning: cannot be read: No such file or directory (it is answered by nulls)",
        "leak.txt:1:1: warning: is a link that leads out of its folder (it is answered by nulls)",
        "pipe.txt:1:1: warning: is not a regular file (it is answered by nulls)",
    ]


def test_other_files_are_passed_over_and_folders_kept(tmp_path: Path) -> None:
    put(tmp_path, "a/b/page.HTML", "<h1>Title of the page</h1><p>" + PAGE.format("Oneland"))
    put(tmp_path, "a/picture.png", b"\x89PNG")
    put(tmp_path, ".hidden.txt", PAGE)
    done = clean(tmp_path)
    assert (done.exit_code, done.stderr, list(answers(tmp_path))) == (0, "", ["a/b/page.json"])


def test_two_pages_of_one_stem_have_two_answers(tmp_path: Path) -> None:
    put(tmp_path, "page.html", PAGE.format("Webland").replace("\n", "<p>"))
    put(tmp_path, "page.txt", PAGE.format("Textland"))
    put(tmp_path, "page.txt.md", PAGE.format("Markland"))
    done = clean(tmp_path)
    assert done.exit_code == 0
    found = answers(tmp_path)
    lands = {"page.json": "Webland", "page.txt.json": "Textland", "page.txt.md.json": "Markland"}
    assert {name: land for name, land in lands.items() if land in str(found[name]["body"])} == lands
    assert done.stderr.splitlines()[0] == (
        f"{tmp_path}/in/page.txt:1:1: warning: has the stem of page.html (it is answered by page.txt.json)"
    )


def test_an_answer_that_cannot_be_written_is_an_error_and_the_others_stand(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", PAGE.format("Oneland"))
    put(tmp_path, "b.txt", PAGE.format("Otherland"))
    (tmp_path / "out/a.json/x").mkdir(parents=True)
    done = clean(tmp_path)
    assert done.exit_code == 1
    assert done.stderr == f"{tmp_path}/out/a.json:1:1: error: cannot be written: Is a directory\n"
    assert "Otherland" in str(json.loads((tmp_path / "out/b.json").read_text())["title"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "b.json"]


def test_names_of_every_kind_are_answered(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = [b"two\nlines.txt", b"caf\xe9.txt", b"..\\x.txt", b"-rf.txt", b" .txt", "가".encode() * 83 + b".txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/" + name)).write_text(PAGE.format("Oneland"))
    done = clean(tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    written = sorted(os.listdir(os.fsencode(tmp_path / "out")))
    assert written == sorted(name.rpartition(b".")[0] + b".json" for name in names)


def test_an_answer_is_replaced_and_an_empty_folder_is_answered(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert clean(tmp_path).exit_code == 0
    put(tmp_path, "a.txt", PAGE.format("Oneland"))
    clean(tmp_path)
    put(tmp_path, "a.txt", "")
    clean(tmp_path)
    assert answers(tmp_path) == {"a.json": NOTHING}


def test_two_processes_answer_as_one_does(tmp_path: Path) -> None:
    for number in range(40):
        put(tmp_path, f"{number}.txt", PAGE.format(f"Land{number}"))
    lines: list[str] = []
    found = []
    for jobs in (1, 2):
        with local_executor(jobs) as executor:
            assert clean_folder(tmp_path / "in", tmp_path / "out", executor=executor, say=lines.append) == ()
        found.append(answers(tmp_path))
    assert found[0] == found[1]
    assert lines == ["40 of 40 pages cleaned"] * 2
