from __future__ import annotations

import time

import pytest

from builder.problems import Place, Problem
from builder.read.yaml_nodes import Fields, Origin, compose, is_day_or_time, utf8_text


def fields_of(text: str, *known: str, lines_before: int = 0) -> tuple[Fields, list[Problem]]:
    origin = Origin("a.md", lines_before)
    root, broken = compose(text, origin)
    assert root is not None, broken
    problems: list[Problem] = []
    return Fields(root, origin, problems, known=known, what="the front matter"), problems


def said(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("written", ["no", "1:30", "2024-13-45", "0x1F", "1e400", "NaN", "012", "=", "!x y"])
def test_a_text_is_what_the_archivist_sees(written: str) -> None:
    fields, problems = fields_of(f"title: {written}\n", "title")
    assert fields.text("title") == written.removeprefix("!x ")
    assert problems == []


@pytest.mark.parametrize("nothing", ["", "~", "null", "NULL"])
def test_an_empty_value_is_none_and_quoted_it_is_a_text(nothing: str) -> None:
    fields, problems = fields_of(f'a: {nothing}\nb: "{nothing}"\n', "a", "b")
    assert (fields.text("a"), fields.text("b")) == (None, nothing)
    assert fields.texts("a") == ()
    assert problems == []


def test_a_missing_field_is_asked_for_where_it_is_empty_or_where_the_mapping_begins() -> None:
    fields, problems = fields_of("id:\nlanguage: ko\n", "id", "title", "language", lines_before=1)
    assert [fields.required(name) for name in ("id", "title", "language")] == [None, None, "ko"]
    assert said(problems) == [
        'a.md:2:4: error: "id" is missing (add a line id: …)',
        'a.md:2:1: error: "title" is missing (add a line title: …)',
    ]


def test_what_is_no_mapping_is_one_error_and_not_one_for_each_field() -> None:
    fields, problems = fields_of("- a\n- b\n", "id", "title", lines_before=1)
    assert fields.required("id") is fields.required("title") is None
    assert said(problems) == ["a.md:2:1: error: the front matter must be a mapping of names to values"]


def test_unknown_and_repeated_fields_are_named_at_their_keys() -> None:
    _, problems = fields_of("id: a\n  \ntopcs: []\nid: b\nzebra: 1\n? [x]\n: y\n", "id", "topics", lines_before=1)
    assert sorted(said(problems)) == [
        'a.md:4:1: error: unknown field "topcs" (did you mean "topics"?)',
        'a.md:5:1: error: field "id" stands twice (keep one)',
        'a.md:6:1: error: unknown field "zebra" (known are id, topics)',
        'a.md:7:3: error: unknown field "" (known are id, topics)',
    ]


def test_texts_are_a_list_or_one_text() -> None:
    fields, problems = fields_of("a: [x, 1, '']\nb: y\nc:\n  -\n  - z\nd: {x: y}\ne: [x, [y], {z: 1}]\n")
    assert [fields.texts(name) for name in "abcdef"] == [("x", "1", ""), ("y",), ("z",), (), ("x",), ()]
    assert said(problems) == [
        "a.md:6:4: error: d must be a list (d: [one, two])",
        "a.md:7:8: error: e must be a list of texts",
        "a.md:7:13: error: e must be a list of texts",
    ]


def test_a_text_field_holds_no_list() -> None:
    fields, problems = fields_of("title: [a, b]\n", "title", lines_before=1)
    assert fields.required("title") is None
    assert said(problems) == ["a.md:2:8: error: title must be a text (put it in quotes)"]


def test_flags_are_words_for_yes_and_no() -> None:
    fields, problems = fields_of("a: true\nb: No\nc: maybe\nd:\n")
    assert [fields.flag(name) for name in "abcde"] == [True, False, False, False, False]
    assert fields.flag("e", default=True)
    assert said(problems) == ['a.md:3:4: error: c is "maybe" (write true or false)']


def test_a_choice_is_one_of_a_few_words() -> None:
    fields, problems = fields_of("a: private\nb: privat\nc: x\n")
    allowed = ("full", "excerpt", "private")
    assert [fields.choice(name, allowed, "full") for name in "abcd"] == ["private", "full", "full", "full"]
    assert said(problems) == [
        'a.md:2:4: error: b is "privat" (did you mean "private"?)',
        'a.md:3:4: error: c is "x" (one of full, excerpt, private)',
    ]


def test_fields_inside_a_field_have_their_own_places() -> None:
    fields, problems = fields_of("source: {name: Paper, ulr: x}\nother: text\n", lines_before=1)
    source = fields.fields("source", ("name", "url"))
    assert source is not None
    assert (source.text("name"), "name" in source, "url" in source, list(source)) == ("Paper", True, False, ["name"])
    assert fields.fields("absent") is None
    assert (fields.is_mapping("source"), fields.is_mapping("other")) == (True, False)
    fields.fields("other", ("name",))
    assert said(problems) == [
        'a.md:2:23: error: unknown field "ulr" (did you mean "url"?)',
        "a.md:3:8: error: other must be a mapping of names to values",
    ]


def test_items_are_the_nodes_of_a_list() -> None:
    fields, problems = fields_of("a: [x, {y: z}]\nb: text\n")
    assert (len(fields.items("a")), fields.items("b"), fields.items("c")) == (2, (), ())
    assert fields.placed_texts("b") == (("text", Place("a.md", 2, 4)),)
    assert said(problems) == ["a.md:2:4: error: b must be a list"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2025-10-27", True),
        ("2025-10-27T18:00", True),
        ("2025-10-27 18:00:30", True),
        ("2025-10-27T18:00+09:00", True),
        ("2025-10-27T18:00:00.5Z", True),
        ("2024-02-29", True),
        ("1900-01-01", True),
        ("2023-02-29", False),
        ("2024-13-45", False),
        ("0000-00-00", False),
        ("2025-10-27T24:00", False),
        ("2025-10-27T18:60", False),
        ("2025-10-27x18:00", False),
        ("2025-10-27T18", False),
        ("20251027", False),
        ("2025-W44-1", False),
        ("27.10.2025", False),
        ("2025-10-27T18:00 KST", False),
        ("-500", False),
        ("２０２５-10-27", False),  # digits of another width
        ("", False),
    ],
)
def test_dates_are_those_of_the_calendar(text: str, fits: bool) -> None:
    assert is_day_or_time(text) is fits


def test_a_date_the_calendar_does_not_have_is_refused_at_its_place() -> None:
    fields, problems = fields_of("published: 2024-13-45\n", lines_before=1)
    assert fields.day_or_time("published") is None
    hint = "write 2025-10-27 or 2025-10-27T18:00+09:00"
    assert said(problems) == [f'a.md:2:12: error: published is "2024-13-45" ({hint})']


QUOTE = "(quote text that holds colons, brackets or quotes)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "title: Xi: the man\n",
            f"a.md:2:10: error: broken YAML: mapping values are not allowed in this context {QUOTE}",
        ),
        ("id: x\ntitle: 'it\n", f"a.md:3:8: error: broken YAML: found unexpected end of stream {QUOTE}"),
        ("id: x\ntags: [a, b\n", f"a.md:3:7: error: broken YAML: did not find expected ',' or ']' {QUOTE}"),
        ("\ttitle: x\n", f"a.md:2:1: error: broken YAML: found character that cannot start any token {QUOTE}"),
        ("id: x\ntitle: 한국\x07\n", "a.md:3:10: error: broken YAML: control characters are not allowed (remove them)"),
        ("a: &x 1\nb: *x\n", "a.md:2:4: error: YAML aliases (&, *) are not allowed (write the value out)"),
        ("a: &a [*a]\n", "a.md:2:4: error: YAML aliases (&, *) are not allowed (write the value out)"),
    ],
)
def test_broken_yaml_has_a_place_and_advice(text: str, message: str) -> None:
    root, problems = compose(text, Origin("a.md", lines_before=1))
    assert root is None
    assert said(problems) == [message]


def test_columns_count_letters_and_not_bytes() -> None:
    _, problems = fields_of("{제목: 한국, 태그: x}\n", "제목")
    assert said(problems) == ['a.md:1:10: error: unknown field "태그" (known are 제목)']


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_document_is_nothing_and_no_error(text: str) -> None:
    assert compose(text, Origin("a.md")) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 6000 + "]" * 6000,
        "{a: " * 50_000,
        "- " * 100_000,
        "? " * 50_000,
        "\n".join(" " * depth + "a:" for depth in range(300)),
        "\n".join(" " * (depth // 2) + ("- - a:" if depth % 2 else "a:") for depth in range(400)),
    ],
    ids=["open-brackets", "brackets", "braces", "dashes", "questions", "indentation", "mixed"],
)
def test_yaml_nested_past_all_sense_is_an_error_and_no_crash(text: str) -> None:
    root, problems = compose(text, Origin("a.md"))
    assert root is None
    assert len(problems) == 1
    assert "nested too deeply (at most 100 levels are read)" in said(problems)[0] or "broken YAML" in said(problems)[0]


@pytest.mark.parametrize("depth", [90, 2000])
def test_levels_that_do_no_harm_are_read(depth: int) -> None:
    root, problems = compose("[" * depth + "]" * depth, Origin("a.md"))
    assert root is not None
    assert problems == ()


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    start = time.process_time()
    root, problems = compose("\n".join(lines), Origin("a.md"))
    assert root is None
    assert "aliases" in problems[0].message
    assert time.process_time() - start < 10


def test_tags_run_nothing() -> None:
    fields, problems = fields_of("a: !!python/object/apply:os.system ['echo pwned']\nb: !!python/name:os.system x\n")
    assert (fields.texts("a"), fields.text("b"), problems) == (("echo pwned",), "x", [])


def test_text_that_is_no_utf8_is_refused_at_its_letter() -> None:
    assert utf8_text("\ufeffid: 가\r\n".encode(), "a.md") == ("id: 가\n", ())
    text, problems = utf8_text("\ufeff제목\n둘째 줄 ".encode() + "값".encode("cp949"), "a.md")
    assert text is None
    assert said(problems) == ["a.md:2:6: error: is not UTF-8 text (save it as UTF-8)"]
    assert said(utf8_text("\ufeff한 ".encode() + b"\xff", "a.md")[1]) == [
        "a.md:1:3: error: is not UTF-8 text (save it as UTF-8)"
    ]
