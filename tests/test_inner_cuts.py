"""What is cut inside a line of the article: each stretch with its rule, nothing of sentences that only look alike."""

from __future__ import annotations

import time

import pytest

from builder.normalize.inner_cuts import inner_cuts, opening
from builder.read.cleaning import read_cleaning_rules

RULES = read_cleaning_rules()
LONG = "The two ministers met on Monday in the old town hall and spoke about grain for two hours."


def cut(text: str, *, first: bool = False, outlets: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [
        (text[start:end].strip(), rule) for start, end, rule in inner_cuts(text, RULES, first=first, outlets=outlets)
    ]


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        ("PORT ELLEN (Quay Wire) -", LONG),
        ("Lima, 19 jul (Agencia Faro).-", LONG),
        ("(부산=물결통신) 이도담 기자 =", "두 나라 장관이 월요일 옛 시청에서 만나 곡물을 이야기했다."),
        ("【東京＝潮路通信】", "両国の大臣は月曜日に旧市庁舎で会談した。"),
        ("山河社北京5月27日电（记者 岑木）", "两国部长星期一在旧市政厅会面，谈了两个小时。"),
        ("НОВОЗЕРСК, 17 сентября. /Телеграф/.", "Министры двух стран встретились в понедельник."),
        ("НОВОЗЕРСК, 17 сен — Телеграф.", "Министры двух стран встретились в понедельник."),
        ("العقبة (وكالة المرفأ) -", "التقى وزيرا البلدين يوم الاثنين في مبنى البلدية القديم."),
    ],
)
def test_a_dateline_opens_the_text_and_no_other_paragraph(opening: str, text: str) -> None:
    assert cut(f"{opening} {text}", first=True) == [(opening, "dateline")]
    assert cut(f"{opening} {text}") == []


def test_an_outlet_behind_a_place_is_a_dateline_where_the_page_names_it() -> None:
    text = f"Muara Teduh, Suara Muara - {LONG}"
    assert cut(text, first=True, outlets=("suaramuara",)) == [("Muara Teduh, Suara Muara -", "dateline")]
    assert cut(text, first=True) == []


def test_an_outlet_before_a_place_is_a_dateline_and_a_word_that_its_name_holds_is_none() -> None:
    text = f"Suara Muara, MUARA TEDUH - {LONG}"
    assert cut(text, first=True, outlets=("suaramuara",)) == [("Suara Muara, MUARA TEDUH -", "dateline")]
    assert cut(f"Now, MUARA TEDUH - {LONG}", first=True, outlets=("harbournow",)) == []


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        ("(rat/bim)", "initials"),
        ("ac/mr", "initials"),
        ("（完）", "end-mark"),
        ("desk@quay.example", "email"),
        ("이도담 기자 dodam@quay.example", "email"),
        ("/이도담 기자", "byline"),
        ("Read more", "read-more"),
        ("Share on Facebook", "share-links"),
    ],
)
def test_what_hangs_behind_the_last_full_stop(tail: str, rule: str) -> None:
    assert cut(f"{LONG} {tail}") == [(tail, rule)]


def test_credits_stand_anywhere_in_brackets() -> None:
    text = f"{LONG} (Photo: Kim Mi-rae) Then they left the hall together."
    assert cut(text) == [("(Photo: Kim Mi-rae)", "image-credit")]


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"{LONG} Write to the office at desk@quay.example before noon.",
        f"{LONG} (They spoke again on Tuesday.)",
        f"{LONG} Nobody asked why",
        "He said (in Paris) - and he meant it - that nothing was decided yet by anyone at all.",
        "When the ferry (the old one) left, nobody was on the quay to see it go away that night.",
    ],
)
def test_sentences_that_look_alike_stay_whole(text: str) -> None:
    assert cut(text, first=True) == []


def test_a_megabyte_on_one_line_is_looked_at_in_time() -> None:
    began = time.process_time()
    for text in (LONG * 12_000, "(" * 1_000_000, ". " * 500_000, "a@" * 500_000, "A, " * 300_000):
        inner_cuts(text, RULES, first=True)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("dateline", "text"),
    [
        ("华川通讯社9月3日电（记者 宁远、白若溪）", "9月3日下午，主席举行会谈。"),
        ("江汇网北京电（记者 林远帆）", "两江流域平台开通。"),
        ("TRIBUNTELUK.EXAMPLE, TELUK PERMAI - ", "Presiden menanam bibit bakau."),
    ],
)
def test_an_agency_and_a_place_before_the_text(dateline: str, text: str) -> None:
    found = opening(dateline + text, read_cleaning_rules(), ["tribunteluk"])
    assert found is not None
    assert found.end == len(dateline)


@pytest.mark.parametrize(
    "text",
    ["华川通讯社开通了新的平台。", "Presiden menanam bibit - dan pulang.", "G20, TELUK PERMAI - tuan rumah bersiap."],
)
def test_no_dateline(text: str) -> None:
    assert opening(text, read_cleaning_rules(), ["tribunteluk"]) is None


def test_a_place_alone_opens_a_text_whose_headline_names_it() -> None:
    text = f"Santarena - {LONG}"
    assert cut(text, first=True, outlets=("eightpresidentsmeetinsantarena",)) == [("Santarena -", "dateline")]
    assert cut(text, first=True) == []
