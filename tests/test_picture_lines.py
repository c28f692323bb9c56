"""Captions that are known by the credit that closes them."""

from __future__ import annotations

import pytest

from builder.normalize.vocabulary import vocabulary
from builder.read.cleaning import read_cleaning_rules

CAPTIONS = [
    "▲ 폐막식이 끝난 뒤 정상들이 부두를 둘러보고 있다. [동해=누리일보 배가온 기자]",
    "▲ 29일 두 정상이 손을 맞잡고 있다. = 가온통신",
    "두 정상이 확대 회담에 앞서 기념촬영을 하고 있다. 2025.06.03. chan@hanbit.example",
    "共同記者会見に臨む島しょ国の首脳ら＝2025年7月18日、スバ、浜口航撮影",
    "Tribun Teluk/Rangga Sadewa",
    "Los ministros saludan desde el muelle de Puerto Quelen EFE/Rubén Araya",
    "A reunião decorreu no antigo farol MIGUEL SARDO",
]
OTHERS = [
    "▲ 첫째, 항로 관리 비용을 함께 부담한다",
    "두 나라는 문의를 받기로 했다고 밝혔다. 자세한 내용은 chan@hanbit.example",
    "スバ＝浜口航",
    "首脳会議、12カ国が合意＝拠出額は先送り",
    "인천-울란바토르 노선 주 14회로",
    "Summit opens in Santarena",
    "Five states agree on a hotline with NATO",
    "Five states agree on a hotline with the EU and UN",
    "Summit opens in Santarena - COAST NEWS",
    "km/h",
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_credit_at_the_end_makes_a_caption(text: str) -> None:
    assert vocabulary(read_cleaning_rules()).rule_of(text) == "image-credit"


@pytest.mark.parametrize("text", OTHERS)
def test_other_lines_with_such_signs_are_none(text: str) -> None:
    assert vocabulary(read_cleaning_rules()).rule_of(text) is None
