from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import __version__
from builder.cli.commands import main
from builder.cli.terminal import cores, share_of_container

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(main.commands)
PAGE = (
    "Home | Politics | Log in\n"
    "Ministers meet in the old town hall\n\n"
    "The ministers of both countries met in the old town hall on Monday and talked about grain for two hours.\n"
    "They agreed to send experts to the harbour before the end of the month, a spokeswoman said after the talks.\n"
    "We use cookies to improve your experience.\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def python_m_builder(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_version_is_told() -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"pressmark, version {__version__}\n")


@pytest.mark.parametrize(
    ("files", "share"),
    [
        ({"cpu.max": "150000 100000\n"}, 1.5),
        ({"cpu.max": "max 100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "200000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 2.0),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ({"cpu.max": "\n"}, None),
        ({}, None),
    ],
)
def test_a_container_has_no_more_workers_than_processors(
    files: dict[str, str], share: float | None, tmp_path: Path
) -> None:
    for name, text in files.items():
        put(tmp_path, name, text)
    assert share_of_container(tmp_path) == share
    assert cores() >= 1


def test_the_commands_of_this_stage_are_there() -> None:
    assert {"build", "normalize", "clean", "explain", "serve"} <= set(COMMANDS)


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command_with_what_it_does(option: str) -> None:
    done = run(option)
    assert done.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name}" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_every_option(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: main {command}")
    options = [parameter for parameter in main.commands[command].params if parameter.param_type_name == "option"]
    assert [option.name for option in options if option.name != "port" and not getattr(option, "help", None)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["build", "--unknown"],
        ["build", "extra"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["clean"],
        ["clean", "no-such-folder", "out"],
        ["explain"],
        ["serve", "--port", "70000"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_two(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Usage: " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_for_a_folder_is_wrong_usage(tmp_path: Path) -> None:
    file = put(tmp_path, "site.yaml", "title: X\n")
    assert run("build", "--site", file).exit_code == 2
    assert run("clean", file, tmp_path / "out").exit_code == 2


def test_python_m_builder_is_the_same_command_and_help_needs_no_heavy_import() -> None:
    code = (
        "import sys; sys.argv = ['pressmark', '--help']\n"
        "from builder.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'jinja2', 'yaml', 'selectolax', 'markdown_it', 'nh3', 'rich', 'babel', 'sqlite3', 'pickle'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode().strip() == "[]"
    assert b"Usage: pressmark" in done.stdout
    # What `-m` prints differs in the name of the program alone.
    other = python_m_builder("--help", COLUMNS="100").stdout
    assert other.split(b"\n", 1)[1] == done.stdout.split(b"\n", 1)[1]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", "title: X\n")
    put(tmp_path, "content/captures/a.txt", PAGE)
    put(tmp_path, "content/captures/b.txt", PAGE.replace("Monday", "Tuesday"))
    put(tmp_path, "content/captures/empty.txt", "")
    return tmp_path


def articles(site: Path) -> list[Path]:
    return sorted((site / "content/articles").iterdir())


def test_normalize_makes_articles_and_publishes_nothing(site: Path) -> None:
    done = run("normalize", "--site", site, "--jobs", "1")
    assert done.exit_code == 0
    assert "2 articles written, 1 capture refused" in done.stdout
    assert done.stderr == "content/captures/empty.txt:1:1: warning: holds no text (it was left out)\n"
    assert len(articles(site)) == len(list((site / "content/ledger").iterdir())) == 2
    assert not (site / "_site").exists()
    again = run("normalize", "--site", site, "--jobs", "1")
    assert "0 articles written, 1 capture refused" in again.stdout


def test_normalize_takes_the_captures_it_is_given(site: Path) -> None:
    done = run("normalize", "--site", site, "--jobs", "1", site / "content/captures/b.txt")
    assert done.exit_code == 0
    assert "1 article written, 0 captures refused" in done.stdout
    (article,) = articles(site)
    assert "file: captures/b.txt" in article.read_text("utf-8")


def test_normalize_names_a_capture_that_is_not_there(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    done = run("normalize", "--jobs", "1", "content/captures/c.txt")
    assert done.exit_code == 1
    message = 'content/captures/c.txt:1:1: error: is no capture of this archive (did you mean "content/captures/'
    assert done.stderr.startswith(message)
    assert not (site / "content/articles").exists()


def test_build_says_what_it_did_in_plain_lines(site: Path) -> None:
    done = run("build", "--site", site, "--jobs", "1", "--no-search")
    assert done.exit_code == 0
    *_, summary, digest = done.stdout.splitlines()
    assert summary == f"published in {site}/_site: 2 articles, 2 new; 0 with warnings, 1 file refused"
    assert len(digest) == len("digest ") + 64
    assert "\x1b" not in done.stdout
    again = run("build", "--site", site, "--jobs", "1", "--no-search", "--no-cache")
    assert again.stdout.splitlines()[-2].startswith(f"nothing changed in {site}/_site: 2 articles, 0 new")
    assert again.stdout.splitlines()[-1] == digest


def test_build_puts_the_site_where_it_is_told(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "public"
    assert run("build", "--site", site, "--out", out, "--jobs", "1", "--no-search").exit_code == 0
    assert (out / "index.html").is_file()
    assert not (site / "_site").exists()


def test_frozen_refuses_new_captures_by_name_and_writes_no_article(site: Path) -> None:
    done = run("build", "--site", site, "--jobs", "1", "--no-search", "--frozen")
    assert done.exit_code == 1
    hint = "run pressmark build without --frozen and commit the article"
    assert done.stderr.splitlines()[:2] == [
        f"content/captures/a.txt:1:1: error: has no article ({hint})",
        f"content/captures/b.txt:1:1: error: has no article ({hint})",
    ]
    assert not (site / "content/articles").exists()
    assert not (site / "_site").exists()
    run("normalize", "--site", site, "--jobs", "1")
    assert run("build", "--site", site, "--jobs", "1", "--no-search", "--frozen").exit_code == 0


def test_explain_prints_every_line_with_its_fate(site: Path) -> None:
    done = run("explain", site / "content/captures/a.txt")
    assert done.exit_code == 0
    assert done.stderr == ""
    everything = done.stdout.splitlines()
    lines = [line for line in everything if not line.lstrip().startswith("(")]
    assert [int(line.split()[0]) for line in lines] == [1, 2, 4, 5, 6]
    assert len(everything) == 2 * len(lines), "each line is followed by what its score is made of"
    fates = [" kept title" in line or " kept body" in line for line in lines]
    assert fates == [False, True, True, True, False]
    assert lines[-1].endswith("We use cookies to improve your experience.")
    assert " cut  cookie-banner " in lines[-1]
    assert "\x1b" not in done.stdout


def test_explain_gives_json_that_puts_the_page_together_again(site: Path) -> None:
    done = run("explain", "--json", site / "content/captures/a.txt")
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert "\n".join("".join(span["text"] for span in line["spans"]) for line in lines) == PAGE
    assert [line["line"] for line in lines] == list(range(1, len(PAGE.split("\n")) + 1))
    assert {frozenset(span) for line in lines for span in line["spans"]} == {frozenset(("text", "kept", "rule"))}


@pytest.mark.parametrize("data", [b"", b" \n\n", bytes(range(256)) * 20], ids=["empty", "blank", "binary"])
def test_explain_of_a_page_without_text_says_so(tmp_path: Path, data: bytes) -> None:
    path = put(tmp_path, "page.txt", data)
    done = run("explain", path)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{path}: holds no text\n")


def test_explain_of_what_is_no_page_says_what_to_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for name, reason in (
        ("gone.txt", "cannot be read: No such file or directory"),
        ("pipe.txt", "is not a regular file"),
        (".", "is a folder"),
    ):
        done = run("explain", tmp_path / name)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == f"{tmp_path / name}: {reason} (name a file of content/captures)\n"


def test_explain_lets_no_page_steer_the_terminal(tmp_path: Path) -> None:
    path = put(tmp_path, "page.txt", PAGE.replace("grain", "\x1b]0;pwned\x07grain \u202eniarg"))
    done = run("explain", path)
    assert "\\x1b]0;pwned\\x07grain \\u202eniarg" in done.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)


def test_letters_that_the_terminal_lacks_are_spelt_out(tmp_path: Path) -> None:
    path = put(tmp_path, "page.txt", PAGE.replace("grain", "곡물"))
    done = python_m_builder("explain", path, PYTHONIOENCODING="latin-1:strict")
    assert done.returncode == 0, done.stderr
    assert b"\\uace1\\ubb3c" in done.stdout


def test_serve_says_what_to_do_where_there_is_no_site(tmp_path: Path) -> None:
    done = run("serve", "--site", tmp_path)
    assert done.exit_code == 1
    assert done.stderr.startswith("site.yaml:1:1: error: there is no site.yaml in this folder")


def test_serve_says_what_to_do_when_the_port_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "site.yaml", "title: Shelf")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--site", tmp_path, "--jobs", "1", "--no-search", "--port", str(port))
    assert done.exit_code == 1
    assert done.stderr == f"port {port}: Address already in use (choose another with --port)\n"
