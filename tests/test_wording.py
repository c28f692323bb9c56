"""What the words of a line show beside those of the page's prose."""

from __future__ import annotations

from builder.normalize.judge import Judged
from builder.normalize.page import Line
from builder.normalize.text_measures import skeleton, weighted_length
from builder.normalize.vocabulary import vocabulary
from builder.normalize.wording import WORDING_MEASURES, wording_measures
from builder.read.cleaning import read_cleaning_rules

_ARTICLE = (
    "The harbour council wants to keep the old lighthouse lamp, and the keepers of the harbour agree with the council.",
    "The lamp of the lighthouse was built for the harbour in 1911, and its keepers have cleaned it every week since.",
)
_OTHERS = (
    "Keepers clean the lamp of the lighthouse above the harbour, last week (Harbour News/Ida Lund)",
    "We need you: support our work today, and we will send you our letter about what your neighbours read.",
    "Eleven bakers compete for a golden spoon in a contest that nobody had expected to return after that rainy summer.",
)


def _measures(*texts: str, prose: int) -> list[dict[str, float]]:
    """Of lines of which the first ones are the page's prose."""
    judged = [
        Judged(Line(number, text, "text", 0, len(text)), 1.0, None, None, weighted_length(text), skeleton(text))
        for number, text in enumerate(texts, 1)
    ]
    chance = [0.9 if position < prose else 0.1 for position in range(len(judged))]
    length = [one.length for one in judged]
    inside = [0 if position < prose else -1 for position in range(len(judged))]
    clusters = [[1.0] * len(judged)] * 3 + [inside, inside]
    words = vocabulary(read_cleaning_rules())
    near = range(len(judged))
    columns = wording_measures(judged, words, near, prose=(chance, length), clusters=clusters)
    return [dict(zip(WORDING_MEASURES, row, strict=True)) for row in zip(*columns, strict=True)]


def test_what_speaks_of_something_else_shares_fewer_words_with_the_prose() -> None:
    *_, caption, appeal, teaser = (row["words of the prose"] for row in _measures(*_ARTICLE, *_OTHERS, prose=2))
    assert caption > appeal
    assert caption > teaser


def test_a_notice_addresses_its_readers_more_than_the_prose_does() -> None:
    rows = _measures(*_ARTICLE, *_OTHERS, prose=2)
    assert max(rows, key=lambda row: row["addressing"]) == rows[3]


def test_a_caption_ends_in_what_is_no_sentence() -> None:
    article, _, caption, *_ = _measures(*_ARTICLE, *_OTHERS, prose=2)
    assert article["open end"] == 0
    assert caption["open end"] > 50
    assert (article["last sign"], caption["last sign"]) == (4, 2)


def test_words_without_spaces_are_compared_by_pairs_of_letters() -> None:
    article = "港の灯台は百年前に建てられ、町の人々が毎週磨いてきた。灯台の光は沖からも見える。"
    same, other = "港の灯台の光を町の人々は守りたいと話した。", "新しい菓子の店には朝から長い列ができていた。"
    rows = _measures(article, article, same, other, prose=2)
    assert rows[2]["words of the prose"] > rows[3]["words of the prose"]


def test_a_page_without_prose_tells_nothing() -> None:
    (row,) = _measures(_ARTICLE[0], prose=0)
    assert row["words of the prose"] == row["function words"] == row["capitals"] == 0
