"""Passages in another language than their text's: found, kept in the article's file, and said on its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.normalize.files import article_text
from builder.normalize.passages import language_of_passage
from builder.read.cleaning import read_cleaning_rules
from builder.render.body import article_html
from builder.render.marking import Words

HOME = Path(__file__).parent / "cases" / "language"
RULES = read_cleaning_rules()
WORDS = Words(passage=str, table="", picture="")
HOSTS = ("en", "de", "fr", "ko", "ja", "zh", "ru")


def sentences(code: str) -> list[str]:
    text = (HOME / f"{code}.txt").read_text("utf-8")
    return [part.strip() for part in re.split(r"(?<=[.!?。।။])\s*", text) if len(part.strip()) >= 40]


def test_no_sentence_is_taken_for_another_language_in_its_own_text() -> None:
    codes = [path.stem for path in HOME.glob("*.txt")]
    wrong = [(code, one) for code in codes for one in sentences(code) if language_of_passage(one, code, RULES)]
    assert len(codes) > 40
    assert wrong == []


@pytest.mark.parametrize("host", HOSTS)
def test_a_sentence_is_told_from_its_surroundings_or_left_alone(host: str) -> None:
    pairs = [(path.stem, one) for path in HOME.glob("*.txt") if path.stem != host for one in sentences(path.stem)]
    found = [(code, language_of_passage(one, host, RULES)) for code, one in pairs]
    told = [(code, spoken.split("-")[0]) for code, spoken in found if spoken]
    assert [pair for pair in told if pair[0] != pair[1]] == []
    assert len(told) >= 0.75 * len(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Havanna-Syndrom in der UN-Vertretung", "de"),
        ("Man vs Snake: The Long and Twisted Tale of Nibbler", "de"),
        ("The New York Times, The Washington Post", "es"),
        ("阿蘇市、産山村、高森町、南阿蘇村、八代市、菊池市、宇土市、宇城市、合志市、美里町", "ja"),
        ("Seoul, Busan", "ko"),
    ],
)
def test_names_and_labels_are_in_no_language(text: str, language: str) -> None:
    assert language_of_passage(text, language, RULES) is None


PAGE = (
    "<html lang='en'><head><title>The keeper leaves</title></head><body><article><h1>The keeper leaves</h1>"
    "<p>The last keeper of the lighthouse handed over his keys on Sunday and left the island where he had lived.</p>"
    "<blockquote><p>Ich habe hier mein ganzes Leben verbracht, und ich werde nie wieder auf die Insel "
    "kommen.</p></blockquote>"
    "<p>He told the children “섬의 등대는 내가 없어도 밝게 빛날 것이다, 얘들아.” and then went aboard the ferry.</p>"
    "<p>Nobody in the harbour had seen him cry before, and nobody spoke of it when the ferry was gone.</p>"
    "</article></body></html>"
)


def test_a_passage_keeps_its_language_to_its_page() -> None:
    draft = normalize(Capture("captures/a.html", PAGE.encode()), RULES).draft
    assert draft is not None
    assert [language for _, language in draft.passage_languages] == ["de"]
    assert "passage_languages: {p-" in article_text(draft, "")
    html = str(article_html(draft.body, "en", anchors=(), root="", words=WORDS, spoken=draft.passage_languages))
    assert re.search(r'lang="de">Ich habe hier', html)
    assert html.count("lang=") == 2


def test_a_quotation_in_another_script_says_its_language() -> None:
    def shown(text: str, language: str) -> str:
        return str(article_html(text, language, anchors=(), root="", words=WORDS))

    assert '“<span lang="ko">나는 섬을 떠나지 않는다.</span>”' in shown(
        "He said “나는 섬을 떠나지 않는다.” to us.", "en"
    )
    assert '"<span lang="en">I will not leave, he said.</span>"' in shown(
        '그는 "I will not leave, he said."라고 했다.', "ko"
    )
    assert '<span lang="ar" dir="rtl">' in shown("He said “لن أغادر الجزيرة أبدا يا أصدقائي” to us.", "en")
    assert "<span" not in shown("그는 “BTS Butter”를 들었다.", "ko")
    assert "<span" not in shown("She said “I will not leave the island.” to us.", "en")
