"""Authority files: what the shipped ones must be, and what a site's own may do and may not."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from naming import shipped

from builder.annotate.fold import Folding
from builder.model import Authority
from builder.read.authorities import read_authorities
from builder.read.authority_checks import check_authorities

HANGUL = re.compile("[가-힣]")
KANA = re.compile("[ぁ-ヺ]")
HAN = re.compile("[一-鿿]")
CYRILLIC = re.compile("[А-Яа-яЁё]")
LEADERS = [authority for authority in shipped().authorities if authority.kind == "leader"]
TOPICS = [authority for authority in shipped().authorities if authority.kind == "topic"]


def words(authority: Authority, language: str) -> list[str]:
    listed = (*authority.aliases.get(language, ()), *authority.weak.get(language, ()))
    return [*([authority.names[language]] if language in authority.names else []), *listed]


def test_the_shipped_files_are_sound() -> None:
    assert [str(problem) for problem in check_authorities(shipped().authorities)] == []


def test_the_shipped_lists_are_wide() -> None:
    assert len(LEADERS) >= 300
    assert len(TOPICS) >= 120
    assert len({leader.country for leader in LEADERS}) >= 90


def test_the_shipped_list_says_which_day_it_describes() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", shipped().as_of)


@pytest.mark.parametrize(
    ("language", "has", "lacks"),
    [
        ("ko", HANGUL, (KANA, CYRILLIC)),
        ("zh", HAN, (HANGUL, KANA, CYRILLIC)),
        ("zh-Hant", HAN, (HANGUL, KANA, CYRILLIC)),
        ("ja", re.compile("[ぁ-ヺ一-鿿]"), (HANGUL, CYRILLIC)),
        ("ru", CYRILLIC, (HANGUL, KANA, HAN)),
        ("en", re.compile("[A-Za-z]"), (HANGUL, KANA, HAN, CYRILLIC)),
    ],
)
def test_names_are_in_the_script_of_their_language(
    language: str, has: re.Pattern[str], lacks: tuple[re.Pattern[str], ...]
) -> None:
    wrong = [
        (leader.id, word)
        for leader in LEADERS
        for word in words(leader, language)
        if not has.search(word) or any(other.search(word) for other in lacks)
    ]
    assert wrong == []


def test_every_leader_is_named_in_every_script() -> None:
    missing = [leader.id for leader in LEADERS if not {"en", "ko", "zh", "ja", "ru"} <= set(leader.names)]
    assert missing == []


def test_names_are_composed_and_trimmed() -> None:
    every = [word for each in shipped().authorities for language in each.names for word in words(each, language)]
    assert [word for word in every if word != unicodedata.normalize("NFC", word).strip()] == []


def test_traditional_names_are_in_traditional_letters() -> None:
    """Big5 has the letters of traditional writing and not those that only simplified writing has."""
    every = [(leader.id, word) for leader in LEADERS for word in words(leader, "zh-Hant")]
    assert len(every) > 200
    assert [(identity, word) for identity, word in every if b"?" in word.encode("big5", "replace")] == []


def test_simplified_names_are_in_simplified_letters() -> None:
    """A name in letters that text is not compared in would be one that nobody can tell from the other script's."""
    converted = next(each for each in shipped().affixes if each.language == "zh").letters
    assert [(leader.id, word) for leader in LEADERS for word in words(leader, "zh") if set(word) & set(converted)] == []


def test_traditional_names_stand_only_where_they_are_other_names() -> None:
    folding = Folding(shipped().affixes)
    same = [
        leader.id
        for leader in LEADERS
        if "zh-Hant" in leader.names and folding.fold(leader.names["zh-Hant"]) == folding.fold(leader.names["zh"])
    ]
    assert same == []


def test_no_two_hold_one_office_at_one_time() -> None:
    held: dict[str, list[tuple[str, str, str]]] = {}
    for leader in LEADERS:
        for office in leader.offices:
            held.setdefault(office.title["en"], []).append((office.since, office.until or "9999", leader.id))
    clashes = [
        (title, one[2], other[2])
        for title, terms in held.items()
        for one, other in combinations(sorted(terms), 2)
        if other[0] < one[1]
    ]
    assert clashes == []


def test_headings_hold_the_tree_together() -> None:
    parents = {parent for topic in TOPICS for parent in topic.broader}
    assert all(topic.id in parents for topic in TOPICS if topic.heading)


def site(folder: Path, leaders: str = "", topics: str = "") -> Path:
    content = folder / "content"
    content.mkdir()
    for name, text in (("leaders", leaders), ("topics", topics)):
        if text:
            (content / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def one(folder: Path, identity: str) -> Authority:
    authorities, _, problems = read_authorities(folder)
    assert problems == ()
    return next(authority for authority in authorities if authority.id == identity)


def test_a_site_adds_a_leader_by_names_alone(tmp_path: Path) -> None:
    added = one(
        site(tmp_path, "- {id: maria-vale, names: {en: Maria Vale, ko: 마리아 베일}, country: MT}\n"), "maria-vale"
    )
    assert added.weak == {"en": ("Vale",), "ko": ("베일",)}
    assert added.aliases == {}


def test_a_short_name_that_is_enough_is_said_to_be(tmp_path: Path) -> None:
    added = one(site(tmp_path, "- {id: maria-valeska, surname: enough, names: {en: Maria Valeska}}\n"), "maria-valeska")
    assert added.aliases == {"en": ("Valeska",)}


def test_short_names_follow_the_customs_of_the_country(tmp_path: Path) -> None:
    records = """
    - {id: kim-a, country: KR, names: {en: Kim A-ra, ko: 김아라, zh: 金娥罗, ru: Ким А Ра}}
    - {id: tanaka-b, country: JP, surname: enough, names: {en: Bun Tanabata, ko: 다나바타 분, ja: 棚機文}}
    - {id: none-c, surname: none, names: {en: Cee Norvold}}
    """
    folder = site(tmp_path, records)
    assert one(folder, "kim-a").weak == {"en": ("Kim",), "ko": ("김",), "zh": ("金",), "ru": ("Ким",)}
    assert one(folder, "tanaka-b").aliases == {"en": ("Tanabata",), "ko": ("다나바타",)}
    assert one(folder, "tanaka-b").weak == {"ja": ("棚機",)}
    assert one(folder, "none-c").weak == {}


def test_a_short_name_that_two_share_is_enough_for_neither(tmp_path: Path) -> None:
    folder = site(tmp_path, "- {id: igor-putin, surname: enough, names: {en: Igor Putin}}\n")
    assert "Putin" in one(folder, "igor-putin").weak["en"]
    assert "Putin" in one(folder, "vladimir-putin").weak["en"]


def test_a_record_with_a_shipped_id_is_laid_over_it(tmp_path: Path) -> None:
    record = "- {id: vladimir-putin, names: {en: Vladimir V. Putin}, aliases: {en: [Volodya]}, wikidata: Q7747}\n"
    changed = one(site(tmp_path, record), "vladimir-putin")
    assert changed.names["en"] == "Vladimir V. Putin"
    assert changed.names["ko"] == "블라디미르 푸틴"
    assert {"Volodya", "Putin"} <= set(changed.aliases["en"])
    assert (changed.country, changed.wikidata) == ("RU", "Q7747")


@pytest.mark.parametrize(
    ("record", "messages"),
    [
        (
            "- {id: new-one, names: {en: New One}, aliases: {en: [Modi]}}",
            ['content/leaders.yaml:1:3: error: "Modi" of new-one is also that of narendra-modi (builder/'],
        ),
        (
            "- {id: new-one, names: {en: New One}, weak: {en: [Modi]}}",
            ['content/leaders.yaml:1:3: error: "Modi" is weak for new-one and enough for narendra-modi (builder/data/'],
        ),
        (
            "- {id: new-one, names: {en: New One}}\n- {id: new-one, names: {en: Other One}}",
            ['content/leaders.yaml:2:3: error: the id "new-one" stands already at content/leaders.yaml:1:3 (give it'],
        ),
        (
            "- {id: vladimir-puttin, country: RU}",
            [
                'content/leaders.yaml:1:3: error: no shipped leader has the id "vladimir-puttin"'
                ' (did you mean "vladimir-putin"?)'
            ],
        ),
        (
            "- {id: new-one, names: {en: New One}, country: UK}",
            ['content/leaders.yaml:1:48: error: country is "UK"'],
        ),
        (
            "- {id: new-one, names: {en: New One}, aliases: {ko: [갑]}}",
            ['content/leaders.yaml:1:3: error: "갑" of new-one is one letter, too little to be enough alone'],
        ),
        (
            "- {id: new-one, names: {en: New One, zh: ニュー}}",
            ['content/leaders.yaml:1:3: error: "ニュー" of new-one has kana (list it under ja)'],
        ),
        (
            "- {id: new-one, names: {en: New One}, offices: [{title: {en: Chair}}]}",
            ["content/leaders.yaml:1:49: error: an office needs its from"],
        ),
        (
            "- {id: new-one, names: {en: New One}, offices: [{title: {en: Chair}, from: 2020-02-30}]}",
            [
                'content/leaders.yaml:1:76: error: from is "2020-02-30"',
                "content/leaders.yaml:1:49: error: an office needs",
            ],
        ),
        (
            "- {id: New One, names: {en: New One}}",
            ['content/leaders.yaml:1:8: error: id is "New One"'],
        ),
        (
            f"- {{id: {'n' * 81}, names: {{en: New One}}}}",
            [f'content/leaders.yaml:1:8: error: id is "{"n" * 81}" (use up to 80 small Latin letters'],
        ),
        (
            "- {id: new-one, nmaes: {en: New One}}",
            [
                'content/leaders.yaml:1:3: error: no shipped leader has the id "new-one"',
                'content/leaders.yaml:1:17: error: unknown field "nmaes" (did you mean "names"?)',
            ],
        ),
        (
            "- {id: new-one, names: {en: New One}, surname: always}",
            ['content/leaders.yaml:1:48: error: surname is "always"'],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, record: str, messages: list[str]) -> None:
    _, _, problems = read_authorities(site(tmp_path, record + "\n"))
    said = sorted(str(problem) for problem in problems)
    assert len(said) == len(messages), said
    for message, start in zip(said, sorted(messages), strict=True):
        assert message.startswith(start)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            "- {id: a, names: {en: A a}, broader: [brexitt]}",
            'a is under "brexitt", which is no topic (did you mean "brexit"?)',
        ),
        (
            "- {id: a, names: {en: A a}, broader: [b]}\n- {id: b, names: {en: B b}, broader: [a]}",
            "a stands under itself, by way of b",
        ),
    ],
)
def test_the_tree_of_topics_has_no_strays_and_no_circles(tmp_path: Path, record: str, message: str) -> None:
    _, _, problems = read_authorities(site(tmp_path, topics=record + "\n"))
    assert [message in str(problem) for problem in problems] == [True]


def test_three_thousand_topics_under_one_another_are_read_in_time(tmp_path: Path) -> None:
    chain = "".join(f"- {{id: a{n}, names: {{en: Aaaa {n}}}, broader: [a{n + 1}]}}\n" for n in range(3000))
    start = time.process_time()
    _, _, problems = read_authorities(site(tmp_path, topics=f"{chain}- {{id: a3000, names: {{en: Zzzz}}}}\n"))
    assert problems == ()
    assert time.process_time() - start < 30


def test_a_file_that_is_no_yaml_is_one_error(tmp_path: Path) -> None:
    _, _, problems = read_authorities(site(tmp_path, "- {id: a\n"))
    assert [str(problem).partition(":")[0] for problem in problems] == ["content/leaders.yaml"]
    assert "broken YAML" in problems[0].message


def test_a_file_in_another_encoding_is_one_error(tmp_path: Path) -> None:
    folder = site(tmp_path, "x")
    (folder / "content" / "leaders.yaml").write_bytes(b"- a\n- \xff\n")
    _, _, problems = read_authorities(folder)
    assert [str(problem) for problem in problems] == [
        "content/leaders.yaml:2:1: error: is not UTF-8 text (save it as UTF-8)"
    ]


@pytest.mark.parametrize(
    ("put", "trouble"),
    [
        (Path.mkdir, "is a folder"),
        (os.mkfifo, "is not a regular file"),
        (lambda path: path.symlink_to("nowhere.yaml"), "cannot be read: No such file or directory"),
    ],
    ids=["folder", "pipe", "link-to-nowhere"],
)
def test_an_authority_file_that_is_no_file_is_not_passed_over(
    tmp_path: Path, put: Callable[[Path], object], trouble: str
) -> None:
    (tmp_path / "content").mkdir()
    put(tmp_path / "content" / "topics.yaml")
    _, _, problems = read_authorities(tmp_path)
    hint = "it must be a plain file that you may read"
    assert [str(one) for one in problems] == [f"content/topics.yaml:1:1: error: {trouble} ({hint})"]
