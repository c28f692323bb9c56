from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder.publish.search.stem import stemmer
from builder.publish.search.terms import fold, singles, tokens
from builder.publish.search.words import han_letters, search_words

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES = Path(__file__).resolve().parents[1] / "cases" / "search"
ODD = [
    "Café İstanbul ΣΊΣΥΦΟΣ Straße ＡＩ ½ ① ㈱ ﬁn Ⅳ x² don't China's leaders’ l’été",
    "外交 장관 회담G7정상회의 제2차 ー カﾞ が ハン゛グル 々 〇 𠮷野家 สวัสดี ครับ हिन्दी Путина ёлка йод",
    "agreed agreements meetings held led promised planes plans traded staring stopping falling missed taxes treaties "
    "wishes united news buses women series guaranteed speed proceeding beijing using goes cities analyses lies crises",
    "The U.S. and the U.K., J.D. Vance at 3 p.m., e.g. v1.2.3 a.b. chairmen organised analysed programmes defences",
    "關稅 議論 会談 條約",
    "한\u1112\u1161\u11ab글 ᄒᆞᆫ글 한 \n글 a\u0301b \u00a0 x_y 3,000 2024-05-16 10월21일 AI반도체",
]


def test_a_question_becomes_the_tokens_that_a_piece_became(page: Page, root: Path) -> None:
    page.add_script_tag(path=root / "templates/assets/search-terms.js")
    inflections = dict(search_words().inflections)
    texts = [*ODD, *(path.read_text("utf-8") for path in sorted(CASES.glob("*.md")))]
    made = page.evaluate(
        """([texts, inflections, letters]) => texts.map((text) => {
          for (const [one, other] of letters) pressmark.terms.letters.set(one, other);
          const folded = pressmark.terms.fold(text);
          return [folded, pressmark.terms.tokens(folded, new Map(inflections))];
        })""",
        [texts, list(inflections.items()), [(chr(one), other) for one, other in han_letters().items()]],
    )
    for text, (folded, row) in zip(texts, made, strict=True):
        assert folded == fold(text)
        assert row == list(tokens(fold(text), stemmer(inflections)))


def test_one_letter_alone_has_the_token_of_the_index(page: Page, root: Path) -> None:
    page.add_script_tag(path=root / "templates/assets/search-terms.js")
    assert {page.evaluate("letter => pressmark.terms.single(letter)", letter) for letter in "핵美"} == singles(
        ["핵", "美"]
    )
