"""The script that learns the weights of cleaning runs from its command line, on a corpus made up here."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from builder.model import Capture, LineWeights
from builder.normalize.draft import page_of
from builder.normalize.judge import best_run, judge
from builder.normalize.vocabulary import vocabulary
from builder.normalize.weighing import line_scores
from builder.read.cleaning import read_cleaning_rules

_TOOL = Path(__file__).resolve().parents[1] / "tools" / "train_cleaning.py"
_NOUNS = ("ferry", "council", "harbour", "bridge", "baker", "school", "garden", "museum", "library", "station")


def _page(number: int) -> tuple[str, str]:
    """A saved page of a site of its own, and its article."""
    dice = random.Random(number)
    paragraphs = [
        f"The {dice.choice(_NOUNS)} and the {dice.choice(_NOUNS)} opened on day {day}, a {dice.choice(_NOUNS)} said, "
        f"and {dice.randint(20, 90)} people came to see what the {dice.choice(_NOUNS)} had made of it since the spring."
        for day in range(1, dice.randint(5, 9))
    ]
    menu = "".join(f"<li><a href='/{noun}'>{noun.title()}</a></li>" for noun in dice.sample(_NOUNS, 6))
    story = "".join(f"<p>{text}</p>" for text in paragraphs)
    page = (
        f"<html><body><div class='menu'><ul>{menu}</ul></div><div class='story'>{story}</div>"
        f"<div class='menu'><ul>{menu}</ul><p>Site number {number}</p></div></body></html>"
    )
    return page, "\n".join(paragraphs)


@pytest.mark.slow
def test_weights_are_learnt_from_pages_and_tell_articles_of_other_sites(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    truths = {}
    for number in range(24):
        page, body = _page(number)
        (pages / f"p{number}.html").write_text(page, "utf-8")
        (dumps / f"p{number}.txt").write_text(f"Menu\nNews\n{body}\nSite number {number}", "utf-8")
        known = {"body": body} if number % 8 else {"keep": [body.split("\n")[1]], "drop": ["Site number"]}
        truths[f"p{number}"] = {**known, "host": f"site{number}.example"}
    (tmp_path / "truths.json").write_text(json.dumps(truths), "utf-8")
    out = tmp_path / "weights.json"
    folders = (f"html={pages}", f"text={dumps}")
    command = [sys.executable, str(_TOOL), str(tmp_path / "truths.json"), *folders, "--out", str(out)]
    done = subprocess.run([*command, "--folds", "2"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "html: 24 pages" in done.stdout
    assert "text: 66 pages and parts" in done.stdout
    assert done.stdout.count("F1") == 8

    weights = LineWeights(**json.loads(out.read_text("utf-8"))["html"])
    rules = read_cleaning_rules()
    text, body = _page(99)
    page = page_of(Capture("captures/p99.html", text.encode()), rules)
    assert page is not None
    judged = judge(page, vocabulary(rules))
    scores = line_scores(page, judged, weights, best_run(judged), words=vocabulary(rules))
    kept = [one.line.words for one, score in zip(judged, scores, strict=True) if score > 0]
    assert kept == body.split("\n")
