from __future__ import annotations

import pytest

from builder.publish.search.chance import Lexicon, by_chance
from builder.publish.search.terms import fold, runs
from builder.publish.search.words import search_words

LEXICON = Lexicon(search_words())


def by_chance_in(*texts: str) -> frozenset[str]:
    read = [LEXICON.read(runs(fold(text))) for text in texts]
    return by_chance(filter(None, read), [(reading, " ") for reading in read])


CHANCE = {
    "회의": [
        "사회의 책임",
        "위원회의 결정",
        "국회의 몫",
        "국회의장을 만나",
        "국회의원들이",
        "회의적인 반응",
        "협의회의",
    ],
    "합의": ["연합의 뜻", "종합의"],
    "결의": ["문제 해결의 열쇠", "체결의"],
    "동의": ["공동의 이익", "중동의 평화", "활동의", "극동의"],
    "용도": ["내용도"],
    "인도": ["인도네시아에서", "인도적 지원", "인도주의"],
    "대만": ["기대만큼", "기대만"],
    "제의": ["문제의", "경제의"],
    "도로": ["제도로", "어느 정도로"],
    "대사": ["확대사업은"],
    "이란": ["평화란 것이란"],
    "국회": ["韓国/会談"],
    "国会": ["中韩国会谈", "日韓国会談が"],
    "京都": ["東京都で"],
    "国外": ["中国外交部", "韓国外相"],
    "本人": ["日本人が"],
    "中国": ["发展中国家的", "其中国内"],
    "外交": ["中外交流"],
    "元首": ["元首相の"],
    "수도": ["그럴 수도 있다", "늘릴 수도"],
}
PROPER = {
    "회의": [
        "정상회의에서",
        "국가안전보장회의를",
        "안보회의의",
        "회의",
        "외교장관회의",
        "본회의에",
        "회의장에서",
        "대북정책조정회의",
    ],
    "합의": ["합의문", "핵합의의", "남북합의"],
    "동의": ["동의를", "재동의를"],
    "외교": ["외교부는", "외교적"],
    "반도": ["한반도의"],
    "정상": ["비정상적", "국교정상화", "한중정상회담"],
    "인도": ["인도에서는", "인도와의", "인도 총리"],
    "대만": ["대만에서", "대만의"],
    "회담": ["정상회담은", "외교장관회담에서는"],
    "이란": ["이란의", "대이란"],
    "대사": ["주한대사", "대사를"],
    "国会": ["国会議員", "韓国国会"],
    "中国": ["在中国家里"],
    "수도": ["새 수도 이전", "말하는 수도"],
}


@pytest.mark.parametrize("pair", [pair for pair in CHANCE if "/" not in "".join(CHANCE[pair])])
def test_letters_that_meet_by_chance_are_told(pair: str) -> None:
    assert [text for text in CHANCE[pair] if fold(pair) not in by_chance_in(text)] == []


@pytest.mark.parametrize("pair", PROPER)
def test_the_word_itself_and_its_compounds_are_never_told(pair: str) -> None:
    assert [text for text in PROPER[pair] if fold(pair) in by_chance_in(text)] == []


def test_one_proper_place_is_enough() -> None:
    assert "회의" not in by_chance_in("사회의 책임", "정상회의")
    assert by_chance_in("사회의 책임") == {"회의"}
