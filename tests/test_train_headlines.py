"""The script that learns which line of a dump is its headline, on dumps made up here."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.model import LineWeights
from builder.normalize.headline_ranks import FORM, HEADLINE_MEASURES
from builder.normalize.trees import summed

_TOOL = Path(__file__).resolve().parents[1] / "tools" / "train_headlines.py"
_HEADLINES = (
    "The old ferry gets a new engine from the village school",
    "Bakers of the upper town measure every oven by hand",
    "Harbour museum lends its lighthouse lamp to the children",
    "A bridge of rope and patience opens over the narrow gorge",
)
_TEXT = (
    "{0}, the council said on Tuesday, after two winters of waiting and a long evening of speeches in the hall.",
    "Nobody had expected it before the summer, and few people had thought that {0} would be told of so far away.",
    "It took eleven people four months, and most of them want to do it again, if somebody else pays for the soup.",
)


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """What the script defines, loaded as it loads what stands beside it."""
    sys.path.insert(0, str(_TOOL.parent))
    try:
        return runpy.run_path(str(_TOOL))
    finally:
        sys.path.remove(str(_TOOL.parent))


def _dump(headline: str) -> str:
    text = "\n".join(line.format(headline) for line in _TEXT)
    return f"News\nWeather\nLetters\n{headline}\n14 May 2025\n{text}\nWrite to us\nSite map\n"


def test_dumps_are_read_whole_and_as_people_paste_them(tool: dict[str, Any], tmp_path: Path) -> None:
    truths = {}
    for number, headline in enumerate(_HEADLINES):
        (tmp_path / f"d{number}.txt").write_text(_dump(headline), "utf-8")
        truths[f"d{number}"] = {"title": headline.upper(), "url": f"https://www.site{number}.example/a"}
    (tmp_path / "unknown.txt").write_text(_dump("Nobody says what this is called"), "utf-8")
    samples = list(tool["read_samples"](tmp_path, truths))
    assert [(one.name, one.part) for one in samples] == [
        (name, part) for name in sorted(truths) for part in ("page", "pasted")
    ]
    assert len({one.site for one in samples}) == len(_HEADLINES)
    for one in samples:
        assert len(one.rows) == len(one.rights) == len(one.exact)
        assert {len(row) for row in one.rows} == {len(HEADLINE_MEASURES)}
        assert (one.exact.count(True), sum(one.rights)) == (1, 1.0)


def test_a_line_that_is_nearly_the_headline_is_half_of_it_where_none_is(tool: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(_dump(_HEADLINES[0]), "utf-8")
    whole, *_ = tool["read_samples"](tmp_path, {"d": {"title": f"{_HEADLINES[0]}s"}})
    assert not any(whole.exact)
    assert sum(whole.rights) == 0.5


def test_trees_rank_the_lines_of_a_page_against_each_other(tool: dict[str, Any]) -> None:
    """The headline has the page's largest first measure, which on another page is a small one."""
    samples = [
        tool["Sample"](
            f"d{number}",
            number,
            "page",
            [(float(place == number % 5) + number % 3 * 0.1, float(place)) for place in range(5)],
            [float(place == number % 5) for place in range(5)],
            [place == number % 5 for place in range(5)],
        )
        for number in range(40)
    ]
    weights = tool["learn"](samples[:30])
    for one in samples[30:]:
        points = summed(weights.trees, one.rows, [0.0] * len(one.rows))
        assert one.exact[points.index(max(points))]


def test_what_was_learnt_of_articles_stays(tool: dict[str, Any], tmp_path: Path, monkeypatch: Any) -> None:
    for number, headline in enumerate(_HEADLINES[:2]):
        (tmp_path / f"d{number}.txt").write_text(_dump(headline), "utf-8")
    truths = {f"d{number}": {"title": headline} for number, headline in enumerate(_HEADLINES[:2])}
    (tmp_path / "truths.json").write_text(json.dumps(truths), "utf-8")
    out = tmp_path / "weights.json"
    out.write_text('{"html": {"bias": 1.5}}', "utf-8")
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path / "truths.json"), str(tmp_path), "--out", str(out)])
    tool["main"]()
    learnt = json.loads(out.read_text("utf-8"))
    assert learnt["html"] == {"bias": 1.5}
    assert len(LineWeights(**learnt[FORM]).trees) == tool["TREES"]
