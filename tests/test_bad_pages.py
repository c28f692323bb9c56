"""Pages that no paper would print: too large, torn, in several encodings, without an article, from right to left."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.build import build
from builder.cache import NoCache
from builder.model import Capture
from builder.normalize import Normalized, normalize
from builder.parallel import InlineExecutor
from builder.read.cleaning import read_cleaning_rules
from builder.report import Options

ROOT = Path(__file__).resolve().parents[1]
RULES = read_cleaning_rules()
MEGABYTE = 1024 * 1024
TITLE = "Ministers open a ferry line"
PROSE = "The two ministers met in the harbour town & agreed on a second ferry line to the islands, from spring. "
ARTICLE = (
    f"<!doctype html><title>{TITLE}</title><article><h1>{TITLE}</h1>" + f"<p>{PROSE.replace('&', '&amp;')}</p>" * 5
)
KOREAN = "두 나라 장관은 월요일 오래된 시청에서 만나 곡물 무역을 두 시간 동안 논의했다고 대변인이 밝혔다."
ARABIC = (
    "اتفق الوزيران على خط عبارات ثان إلى الجزر",
    "التقى وزيرا البلدين يوم الاثنين في مبنى البلدية القديم، وحضرت شركة North Ferry Lines برأس مال 250 مليون دولار.",
)
HEBREW = (
    "קו מעבורת שני לאיים ייפתח באביב הקרוב",
    "שרי שתי המדינות נפגשו ביום שני בבית העירייה הישן עם חברת North Ferry Lines ודיברו על 250 מיליון דולר.",
)
PERSIAN = (
    "خط دوم کشتی به جزیره‌ها در بهار باز می‌شود",
    "وزیران دو کشور روز دوشنبه در شهرداری با شرکت North Ferry Lines دیدار کردند و از ۲۵۰ میلیون دلار گفت‌وگو کردند.",
)


def made(name: str, data: bytes) -> Normalized:
    return normalize(Capture(f"captures/{name}", data), RULES)


def cleaned(folder: Path, *, memory: int, seconds: int) -> tuple[dict[str, dict[str, object]], str]:
    """The answers of `clean` by name, and what it says, within so many megabytes and processor seconds.

    What it maps of files, as a system's table of locales may be, is not counted: machines differ in that.
    """
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_DATA, ({memory * MEGABYTE}, {memory * MEGABYTE}))\n"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))\n"
        "from builder.__main__ import main\n"
        f"sys.argv = ['pressmark', 'clean', {str(folder / 'in')!r}, {str(folder / 'out')!r}, '--jobs', '1']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "out").glob("*.json")}, done.stderr


def test_a_page_of_fifty_megabytes_is_refused_by_name_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.html").write_text(ARTICLE, "utf-8")
    with (tmp_path / "in/huge.html").open("wb") as file:
        file.write(ARTICLE.encode())
        file.truncate(50 * MEGABYTE)
    answers, said = cleaned(tmp_path, memory=200, seconds=60)
    assert answers["good"]["title"] == TITLE
    assert answers["huge"]["body"] is None
    assert re.search(r"huge\.html:1:1: warning: is larger than \d+ MB", said)


BULK = {
    "data-uri": ("<p><img src='data:image/png;base64," + "iVBORw0KGgo" * 90_000 + "'>", TITLE),
    "style": ("<style>" + ".a{color:red}" * 80_000 + "</style>", TITLE),
    "script": ("<script>" + "if(a<b){c='<div>'}" * 55_000 + "</script>", TITLE),
    "comment": ("<!--" + " -" * 500_000, TITLE),
    "json": ("<script type='application/ld+json'>" + '{"a":[' * 160_000 + "</script>", TITLE),
    "one-attribute-over-and-over": ("<p " + "a " * 500_000 + ">", None),
    "attributes-all-different": ("<p " + " ".join(f"a{n}" for n in range(150_000)) + ">", None),
    "attributes-behind-signs": ("<p " + " ".join(f"a{n}='>'" for n in range(90_000)) + ">", None),
    "tags-all-different": ("".join(f"<x{n}>" for n in range(120_000)), None),
    "tags": ("<b>x</b>" * 120_000, None),
    "text": (f"<p>{PROSE}" * 11_000, None),
}
"""What may make up the greatest part of a page, and the title that is answered all the same."""


@pytest.mark.parametrize("name", BULK)
def test_a_page_of_a_megabyte_of_anything_is_answered_or_refused(name: str) -> None:
    bulk, title = BULK[name]
    found = made("page.html", (ARTICLE + bulk).encode())
    assert (found.draft.title if found.draft else None) == title
    if title is None:
        assert [problem.message.startswith("has ") for problem in found.problems] == [True]
        assert found.problems[0].place.path == "content/captures/page.html"


@pytest.mark.slow
def test_pages_of_thirty_one_megabytes_end_within_the_budget(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (bulk, _) in BULK.items():
        whole = (ARTICLE + bulk * (31 * MEGABYTE // len(bulk))).encode()
        (tmp_path / f"in/{name}.html").write_bytes(whole[: 31 * MEGABYTE])
    answers, said = cleaned(tmp_path, memory=2000, seconds=10 * len(BULK))
    assert sorted(answers) == sorted(BULK)
    assert all(answer["title"] == TITLE or f"{name}.html" in said for name, answer in answers.items())


LINKS = "".join(f"<li><a href='/{n}'>Ministers open ferry line number {n}</a></li>" for n in range(60))
NOTICES = (
    "We use cookies to improve your experience. By continuing you accept our cookie policy.\nHome\nNews\nLog in\n"
    "Subscribe to our newsletter\n© 2024 Harbour Post. All rights reserved.\nTerms of use\nPrivacy policy\n"
)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("links.html", f"<html><body><ul>{LINKS}</ul></body></html>", "has no article text"),
        ("links.txt", re.sub(r"<[^>]+>", "\n", LINKS), "has no article text"),
        ("notices.html", "".join(f"<div>{line}</div>" for line in NOTICES.splitlines()), "has no article text"),
        ("notices.txt", NOTICES, "has no article text"),
        ("picture.html", "<html><body><img src=a.png><script>x = 1</script></body></html>", "holds no text"),
        ("frames.html", "<frameset><frame src=a.html></frameset>", "holds no text"),
        ("comment.html", "<!-- nothing but this -->", "holds no text"),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(name: str, text: str, said: str) -> None:
    found = made(name, text.encode())
    assert found.draft is None
    assert [(problem.place.path, problem.message) for problem in found.problems] == [(f"content/captures/{name}", said)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
@pytest.mark.parametrize("form", ["html", "txt"])
def test_a_page_torn_off_anywhere_keeps_what_stands_before(form: str, encoding: str) -> None:
    """In the middle of a tag, of a character reference, of a letter: only the last line may be another."""
    if form == "html":
        tail = (
            f"<p>{KOREAN}</p>" * 3
            + f"<p class='last'>{KOREAN} &amp; <a href='http://x.example/?a=1&amp;b'>링크</a></p>"
        )
        text = f"<meta charset={encoding}><title>장관 회담</title><article><h1>장관 회담</h1><p>{KOREAN}</p>{tail}"
    else:
        text = f"장관들이 시청에서 회담을 열었다\n\n{KOREAN}\n\n" + f"{KOREAN}\n\n" * 4
    data = text.encode(encoding)
    for end in range(len(data) - 140, len(data), 5):
        found = made(f"torn.{form}", data[:end])
        assert found.draft is not None
        *kept, _ = found.draft.text.split("\n")
        assert kept.count(KOREAN) >= 2
        assert set(kept) <= {KOREAN, "장관들이 시청에서 회담을 열었다"}


@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("he", HEBREW), ("fa", PERSIAN)])
@pytest.mark.parametrize("marks", [("", ""), ("\u202b", "\u202c"), ("\u2067", "\u2069"), ("\u200f", "\u200f")])
def test_right_to_left_text_keeps_its_logical_order(
    language: str, words: tuple[str, str], marks: tuple[str, str]
) -> None:
    """Signs that turn the order on the screen are letters like others: the file's order is the one that is read."""
    title, prose = words
    line = f"{marks[0]}{prose}{marks[1]}"
    page = f"<html dir=rtl><title>{title}</title><article><h1>{title}</h1>" + f"<p>{line}</p>" * 4
    found = made("page.html", page.encode()).draft
    assert found is not None
    assert (found.title, found.language) == (title, language)
    assert found.text == "\n".join([line] * 4)
    dump = made("page.txt", f"{title}\n\n{line}\n\n{line}\n".encode()).draft
    assert dump is not None
    assert dump.language == language
    assert dump.text.count(prose) == 2


def test_pages_from_right_to_left_are_shown_so_whole(tmp_path: Path) -> None:
    (tmp_path / "content/captures").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: X\n", "utf-8")
    for language, (title, prose) in {"ar": ARABIC, "he": HEBREW, "fa": PERSIAN}.items():
        page = f"<title>{title}</title><article><h1>{title}</h1>" + f"<p>{prose}</p>" * 3
        (tmp_path / f"content/captures/{language}.html").write_text(page, "utf-8")
    options = Options(tmp_path, tmp_path / "_site", search=False)
    assert build(options, executor=InlineExecutor(), cache=NoCache(), say=print).published
    shown = [path.read_text("utf-8") for path in (tmp_path / "_site/articles").glob("*.html")]
    for language, (title, prose) in {"ar": ARABIC, "he": HEBREW, "fa": PERSIAN}.items():
        (page,) = [page for page in shown if prose in page]
        assert re.search(rf'<article[^>]* lang="{language}"[^>]* dir="rtl"', page) or re.search(
            rf'lang="{language}" dir="rtl"', page
        )
        assert title in page
