"""What is found of labelled questions, beside the labels in tests/quality/search.yaml: each group has its floor."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

LABELS = yaml.safe_load((Path(__file__).resolve().parents[1] / "quality" / "search.yaml").read_text("utf-8"))
FLOOR = 0.98
ASK = """async (questions) => {
    await pressmark.engine.opened;
    const answers = [];
    for (const question of questions) {
        const { numbers, missing } = await pressmark.query.ask(question);
        const pieces = await Promise.all(numbers.map(pressmark.engine.piece));
        answers.push([pieces.map(({ page }) => page.replace(/^articles\\/|\\.html$/g, "")), missing]);
    }
    return answers;
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question and its answer."""

    group: str
    question: str
    find: frozenset[str]
    may: frozenset[str]
    found: frozenset[str]
    missing: tuple[str, ...]


@pytest.fixture(scope="module")
def asked(
    context: BrowserContext,
    tmp_path_factory: pytest.TempPathFactory,
    pressmark: Callable[..., subprocess.CompletedProcess[str]],
) -> list[Asked]:
    """Every labelled question, asked in the page of an archive that holds the labelled pieces."""
    site = tmp_path_factory.mktemp("quality") / "site"
    articles = site / "content" / "articles"
    articles.mkdir(parents=True)
    (site / "site.yaml").write_text("title: Questions\n", "utf-8")
    for name, piece in LABELS["pieces"].items():
        (articles / f"{name}.md").write_text(written(name, piece), "utf-8")
    built = pressmark("build", "--site", site, "--out", site / "out", "--jobs", "1")
    assert built.returncode == 0, built.stdout + built.stderr
    queries = [(group, query) for group, queries in LABELS["queries"].items() for query in queries]
    page = context.new_page()
    page.goto((site / "out" / "search.html").as_uri())
    page.wait_for_selector("[data-search-results][data-search-state=idle]", state="attached")
    answers = page.evaluate(ASK, [query["ask"] for _, query in queries])
    page.close()
    return [
        Asked(
            group,
            query["ask"],
            frozenset(query["find"]),
            frozenset(query.get("may", ())),
            frozenset(found),
            tuple(miss),
        )
        for (group, query), (found, miss) in zip(queries, answers, strict=True)
    ]


def written(name: str, piece: dict[str, Any]) -> str:
    """A piece as an article's file."""
    front = {"id": name, "title": piece["title"], "language": piece.get("language", name[:2])}
    if piece["day"]:
        front["published"] = piece["day"]
    return f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n{piece['text']}\n"


@pytest.mark.parametrize("group", LABELS["queries"])
def test_what_should_be_found_is_found(asked: list[Asked], group: str) -> None:
    one = [answer for answer in asked if answer.group == group and answer.find]
    lost = {answer.question: sorted(answer.find - answer.found) for answer in one if not answer.find <= answer.found}
    recall = fmean([len(answer.find & answer.found) / len(answer.find) for answer in one] or [1])
    assert recall >= FLOOR, lost


@pytest.mark.parametrize("group", LABELS["queries"])
def test_what_should_not_be_found_is_not(asked: list[Asked], group: str) -> None:
    one = [(answer, answer.found - answer.find - answer.may) for answer in asked if answer.group == group]
    wrong = {answer.question: sorted(extra) for answer, extra in one if extra}
    precision = fmean([1 - len(extra) / len(answer.found - answer.may) if extra else 1 for answer, extra in one])
    assert precision >= FLOOR, wrong


def test_nothing_is_dropped_in_silence(asked: list[Asked]) -> None:
    assert [answer.question for answer in asked if answer.group == "none" and not answer.missing] == []
