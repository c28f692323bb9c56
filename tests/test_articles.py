from __future__ import annotations

import pytest

from builder.model import Article, Caption, CaptureReference, Choice, Digests, Settings, Source, Teaser
from builder.read.articles import parse_article

PATH = "content/articles/a.md"
SETTINGS = Settings(
    title="X",
    subtitle="",
    description="",
    language="en",
    url=None,
    author=None,
    license=None,
    access="excerpt",
    provenance="local",
)
LEAST = "id: a\ntitle: T\nlanguage: en\n"


def article(front: str, body: str = "") -> Article:
    parsed, problems = parse_article(PATH, f"---\n{front}---\n{body}".encode(), SETTINGS)
    assert problems == ()
    assert parsed is not None
    return parsed


def said(data: str | bytes) -> list[str]:
    parsed, problems = parse_article(PATH, data if isinstance(data, bytes) else data.encode(), SETTINGS)
    assert parsed is None
    return [str(problem).removeprefix(PATH) for problem in problems]


def test_three_fields_are_enough_and_the_site_says_the_rest() -> None:
    assert article(LEAST, "\nBody.\n") == Article(
        path=PATH,
        id="a",
        title="T",
        language="en",
        published=None,
        retrieved=None,
        source=Source(),
        authors=(),
        tags=(),
        teasers=(),
        capture=None,
        normalized=None,
        item_type="newspaperArticle",
        leaders=Choice(),
        topics=Choice(),
        summary=None,
        event_date=None,
        draft=False,
        access="excerpt",
        provenance="local",
        body="\nBody.\n",
        body_line=6,
    )


def test_every_field_is_read_as_it_is_written() -> None:
    read = article(
        "id: talks-3f9k2m7q\ntitle: no\nlanguage: zh-Hant\npublished: 2023-10-18T18:00+09:00\nretrieved: 2026-11-20\n"
        "source: {name: 1:30, url: 'https://example.org/a?b=c#d'}\nauthors: [Kim, Lee]\ntags: one\n"
        "teasers:\n- {title: Other, text: More}\n- title: Third\n"
        "captions:\n- {text: A pier, credit: Kim}\n- text: A quay\n"
        "capture: {file: captures/a/b.txt, sha256: abc}\nnormalized: {fields: {title: 11, tags: '22'}, body: 33}\n"
        "item_type: interview\nleaders: [xi-jinping]\ntopics: {add: [trade], drop: [g20]}\nsummary: Short\n"
        "event_date: 2023-10-17\ndraft: yes\naccess: private\nprovenance: public\n"
    )
    assert (read.id, read.title, read.language) == ("talks-3f9k2m7q", "no", "zh-Hant")
    assert (read.published, read.retrieved, read.event_date) == ("2023-10-18T18:00+09:00", "2026-11-20", "2023-10-17")
    assert read.source == Source("1:30", "https://example.org/a?b=c#d")
    assert (read.authors, read.tags) == (("Kim", "Lee"), ("one",))
    assert read.teasers == (Teaser("Other", "More"), Teaser("Third"))
    assert read.captions == (Caption("A pier", "Kim"), Caption("A quay"))
    assert read.capture == CaptureReference("captures/a/b.txt", "abc")
    assert read.normalized == Digests((("title", "11"), ("tags", "22")), "33")
    assert (read.item_type, read.leaders) == ("interview", Choice(add=("xi-jinping",)))
    assert (read.leaders.places, read.topics.places) == (((19, 11),), ((20, 16), (20, 31)))
    assert (read.topics, read.summary, read.draft) == (Choice(("trade",), ("g20",)), "Short", True)
    assert (read.access, read.provenance) == ("private", "public")


def test_byte_order_mark_and_crlf_make_no_difference() -> None:
    text = f"---\n{LEAST}---\n\nBody.\n"
    other, problems = parse_article(PATH, ("\ufeff" + text.replace("\n", "\r\n")).encode(), SETTINGS)
    assert problems == ()
    assert other == article(LEAST, "\nBody.\n")


def test_a_body_may_hold_the_fence_again() -> None:
    assert article(LEAST, "one\n\n---\n\ntwo\n").body == "one\n\n---\n\ntwo\n"


NO_FRONT = (
    ":1:1: error: has no front matter"
    " (begin the file with a line ---, the fields id, title and language, and a line ---)"
)


@pytest.mark.parametrize("text", ["", "Just a text.\n", "\n---\nid: a\n---\n", "--- \n", "---\nid: a\ntitle: b\n"])
def test_a_file_without_front_matter_is_told_how_it_begins(text: str) -> None:
    assert said(text) == [NO_FRONT]


@pytest.mark.parametrize("front", ["", "# nothing\n"])
def test_empty_front_matter_is_told_what_it_needs(front: str) -> None:
    assert said(f"---\n{front}---\nBody\n") == [":1:1: error: has empty front matter (it needs id, title and language)"]


def test_places_are_lines_of_the_file_and_all_mistakes_are_told() -> None:
    assert said("---\nid: a\ntitle: T\ntopcs: [x]\nlanguage: en\npublished: 2024-13-45\ndraft: maybe\n---\n") == [
        ':4:1: error: unknown field "topcs" (did you mean "topics"?)',
        ':6:12: error: published is "2024-13-45" (write 2025-10-27 or 2025-10-27T18:00+09:00)',
        ':7:8: error: draft is "maybe" (write true or false)',
    ]


@pytest.mark.parametrize(
    "identity",
    ["Talks", "a b", "a/b", "../etc", "가나다", "a_b", "a.html", "x" * 81, "a\\nb", "&amp;"],
)
def test_ids_are_small_latin_letters_digits_and_hyphens(identity: str) -> None:
    shown = identity.replace("\\n", "\\n")
    hint = "use up to 80 small Latin letters, digits and hyphens"
    assert said(f'---\nid: "{identity}"\ntitle: T\nlanguage: en\n---\n') == [f':2:5: error: id is "{shown}" ({hint})']


@pytest.mark.parametrize("identity", ["a", "x" * 80, "0", "no", "1-30", "index"])
def test_other_ids_are_kept(identity: str) -> None:
    assert article(f"id: {identity}\ntitle: T\nlanguage: en\n").id == identity


@pytest.mark.parametrize("identity", ["con", "aux", "nul", "prn", "com1", "lpt9"])
def test_ids_are_no_names_of_devices(identity: str) -> None:
    hint = "Windows has no file of this name: add a word"
    assert said(f"---\nid: {identity}\ntitle: T\nlanguage: en\n---\n") == [f':2:5: error: id is "{identity}" ({hint})']
    assert article(f"id: {identity}-1\ntitle: T\nlanguage: en\n").id == f"{identity}-1"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufffe", "\uffff"])
def test_control_characters_in_front_matter_cost_nobody_an_article(sign: str) -> None:
    data = f"---\nid: a\ntitle: 회담{sign}일정{sign}\nlanguage: ko\n---\n".encode()
    found, problems = parse_article("content/articles/a.md", data, SETTINGS)
    assert found is not None
    assert found.title == "회담\ufffd일정\ufffd"
    assert [str(one) for one in problems] == [
        "content/articles/a.md:3:10: warning: holds control characters, read as \ufffd (remove them)"
    ]


@pytest.mark.parametrize("language", ["english", "e", "en_US", "en-", '"><script>'])
def test_languages_are_codes(language: str) -> None:
    assert said(f"---\nid: a\ntitle: T\nlanguage: '{language}'\n---\n") == [
        f':4:11: error: language is "{language}" (write a code such as ko, en, zh-Hans)'
    ]


@pytest.mark.parametrize(
    "file",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "captures/../../x.txt",
        "captures/./x.txt",
        "captures//x.txt",
        "captures/",
        "captures",
        "articles/a.md",
        "content/captures/a.txt",
    ],
)
def test_captures_stand_below_content_captures(file: str) -> None:
    hint = "write a path below content/, such as captures/003.txt"
    assert said(f"---\n{LEAST}capture: {{file: {file}}}\n---\n") == [f':5:17: error: capture.file is "{file}" ({hint})']


@pytest.mark.parametrize("file", ["captures/..\\..\\a.txt", "captures/ 가 \u202e.html", "captures/a/..b/c...txt"])
def test_captures_have_whatever_names_their_files_have(file: str) -> None:
    reference = article(f"{LEAST}capture: {{file: '{file}'}}\n").capture
    assert reference == CaptureReference(file, "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://", "http://[::1", "https://a b.c/"])
def test_addresses_of_sources_are_of_the_web(url: str) -> None:
    assert said(f"---\n{LEAST}source: {{url: '{url}'}}\n---\n") == [
        f':5:15: error: url is "{url}" (write an http or https address)'
    ]


def test_item_types_are_those_of_zotero() -> None:
    assert said(f"---\n{LEAST}item_type: blogpost\n---\n") == [
        ':5:12: error: item_type is "blogpost" (did you mean "blogPost"?)'
    ]


def test_twenty_unknown_fields_are_told_and_twenty_thousand_counted() -> None:
    many = "".join(f"k{number}: v\n" for number in range(20_000))
    told = said(f"---\n{LEAST}{many}---\n")
    assert len(told) == 21
    assert told[-1] == ":25:1: error: unknown fields, 19980 more (is this file what it should be?)"


def test_an_article_that_is_no_utf8_is_refused_at_its_letter() -> None:
    data = f"---\n{LEAST}---\n첫 줄\n둘째 ".encode() + "줄".encode("cp949")
    assert said(data) == [":7:4: error: is not UTF-8 text (save it as UTF-8)"]
