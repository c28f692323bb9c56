"""Why an article is said to name somebody or to be on a topic."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from naming import article, shipped

from builder.annotate.article import annotate
from builder.annotate.reasons import Reason, reasons
from builder.cli.cleaning import explain
from builder.model import Choice

BODY = """Leaders of the G20 met.

President Xi Jinping spoke of nuclear weapons. Xi was heard."""


def told(body: str, **fields: object) -> dict[str, Reason]:
    return {reason.id: reason for reason in reasons(article(body, **fields), shipped())}


def test_every_word_is_told_with_its_place() -> None:
    xi = told(BODY)["xi-jinping"]
    assert (xi.kind, xi.why, xi.given) == ("leader", "named", True)
    assert [(word.where, word.text) for word in xi.words] == [("7:11", "Xi Jinping"), ("7:48", "Xi")]


def test_what_is_given_by_annotate_is_what_is_told() -> None:
    facts = annotate(article(BODY, title="Summit in Rio"), shipped())
    given = {reason.id for reason in told(BODY, title="Summit in Rio").values() if reason.words}
    assert given == {mention.id for mention in facts.mentions}


def test_titles_and_tags_are_said_to_be_the_place() -> None:
    found = told("Nobody is named.", title="Macron in Kyiv", tags=("NATO",))
    assert [word.where for word in found["emmanuel-macron"].words] == ["title"]
    assert [word.where for word in found["nato"].words] == ["tag"]


def test_broader_topics_come_with_the_one_below_them() -> None:
    found = told("The UN Security Council voted.")
    assert found["un-security-council"].why == "named"
    assert found["united-nations"].why == "above un-security-council"
    assert found["international-organisations"].why == "above united-nations"


def test_what_the_archivist_chose_is_said_to_be_by_hand() -> None:
    found = told("Xi Jinping spoke.", leaders=Choice(add=("joko-widodo",), drop=("xi-jinping",)))
    assert (found["joko-widodo"].why, found["joko-widodo"].given) == ("added by hand", True)
    assert (found["xi-jinping"].why, found["xi-jinping"].given) == ("dropped by hand", False)


def test_the_command_explains_articles(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: X\n", "utf-8")
    file = tmp_path / "content/articles/a.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\nid: a\ntitle: Talks\nlanguage: en\n---\n{BODY}\n", "utf-8")
    done = CliRunner().invoke(explain, [str(file)])
    assert done.exit_code == 0
    assert "leader  xi-jinping" in done.output
    assert "8:11 “Xi Jinping”" in done.output
    done = CliRunner().invoke(explain, ["--json", str(file)])
    assert '"id": "xi-jinping"' in done.output
