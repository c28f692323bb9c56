from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.model import Settings
from builder.read.settings import parse_settings, read_settings


def said(text: str) -> list[str]:
    settings, problems = parse_settings("site.yaml", text)
    assert settings is None
    return [str(problem) for problem in problems]


def test_a_title_is_enough() -> None:
    settings, problems = parse_settings("site.yaml", "title: X\n")
    assert problems == ()
    assert settings == Settings(
        title="X",
        subtitle="",
        description="",
        language="en",
        url=None,
        author=None,
        license=None,
        access="full",
        provenance="public",
    )


def test_every_field_is_read() -> None:
    settings, problems = parse_settings(
        "site.yaml",
        "title: 정상 회담\nsubtitle: no\ndescription: >-\n  two\n  lines\nlanguage: ko\nurl: https://example.org/a\n"
        "author: 1:30\nlicense: CC BY 4.0\naccess: excerpt\nprovenance: local\n",
    )
    assert problems == ()
    assert settings == Settings(
        title="정상 회담",
        subtitle="no",
        description="two lines",
        language="ko",
        url="https://example.org/a/",
        author="1:30",
        license="CC BY 4.0",
        access="excerpt",
        provenance="local",
    )


def test_an_empty_file_says_what_is_needed() -> None:
    message = ["site.yaml:1:1: error: is empty (it needs at least a line title: …)"]
    assert said("") == said("# nothing yet\n") == message


def test_all_mistakes_are_told_at_once() -> None:
    assert said("titel: X\nlanguage: kr\naccess: privat\nurl: example.org\n") == [
        'site.yaml:1:1: error: unknown field "titel" (did you mean "title"?)',
        'site.yaml:4:6: error: url is "example.org" (write an address such as https://example.org/archive/)',
        'site.yaml:1:1: error: "title" is missing (add a line title: …)',
        'site.yaml:2:11: error: language is "kr" (one of en, ko, ja, zh)',
        'site.yaml:3:9: error: access is "privat" (did you mean "private"?)',
    ]


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org:8080/a/b/", "https://한글.kr/ㄱ"])
def test_addresses_of_sites_end_in_a_slash(url: str) -> None:
    settings, problems = parse_settings("site.yaml", f"title: X\nurl: {url}\n")
    assert settings is not None, problems
    assert settings.url == url.rstrip("/") + "/"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "https://",
        "https:///path",
        "http://[::1",
        "https://example.org:port/",
        "https://example.org/?q=1",
        "https://example.org/?",
        "https://user@example.org/",
        "https://example.org/a b",
        'https://example.org/"onload=',
        "https://example.org/<b>",
    ],
)
def test_other_addresses_are_refused_and_none_ends_in_a_traceback(url: str) -> None:
    hint = "write an address such as https://example.org/archive/"
    written = url.replace('"', '\\"')
    assert said(f'title: X\nurl: "{written}"\n') == [f'site.yaml:2:6: error: url is "{url}" ({hint})']


def messages(site: Path) -> list[str]:
    settings, problems = read_settings(site)
    assert settings is None
    return [str(problem) for problem in problems]


def test_a_folder_without_site_yaml_is_told_how_to_begin(tmp_path: Path) -> None:
    hint = "make one with a single line, title: The name of your archive, or name the folder with --site"
    expected = [f"site.yaml:1:1: error: there is no site.yaml in this folder ({hint})"]
    assert messages(tmp_path) == messages(tmp_path / "no" / "folder") == expected


def test_a_pipe_a_folder_and_a_link_to_nowhere_are_no_settings(tmp_path: Path) -> None:
    hint = "it must be a plain file that you may read"
    path = tmp_path / "site.yaml"
    os.mkfifo(path)
    assert messages(tmp_path) == [f"site.yaml:1:1: error: is not a regular file ({hint})"]
    path.unlink()
    path.mkdir()
    assert messages(tmp_path) == [f"site.yaml:1:1: error: is a folder ({hint})"]
    path.rmdir()
    path.symlink_to("nowhere")
    assert messages(tmp_path) == [f"site.yaml:1:1: error: cannot be read: No such file or directory ({hint})"]


def test_settings_with_a_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("\ufefftitle: X\r\nlanguage: ja\r\n".encode())
    settings, problems = read_settings(tmp_path)
    assert settings is not None, problems
    assert (settings.title, settings.language) == ("X", "ja")


def test_settings_in_another_encoding_are_refused_at_the_letter(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("title: X\nauthor: 김".encode("cp949"))
    assert messages(tmp_path) == ["site.yaml:2:9: error: is not UTF-8 text (save it as UTF-8)"]
