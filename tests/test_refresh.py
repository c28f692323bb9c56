"""`normalize --refresh` renews what is as Pressmark wrote it and leaves alone what a person has typed."""

from pathlib import Path

import pytest

PAGE = """Ferries keep their winter timetable

Published: 2024-11-08

The ministers of two island states agreed on Friday to keep every winter ferry running for another year.

The costs are to be shared by tonnage, and a commission will look at the figures again in the spring.
"""


@pytest.fixture
def archive(tmp_path: Path, pressmark_here) -> Path:
    (tmp_path / "content" / "captures").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: Ferries\n", "utf-8")
    (tmp_path / "content" / "captures" / "ferries.txt").write_text(PAGE, "utf-8")
    assert pressmark_here("normalize", "--jobs", "1", cwd=tmp_path).returncode == 0
    return tmp_path


def article_of(archive: Path) -> Path:
    return next((archive / "content" / "articles").iterdir())


def test_nothing_typed_nothing_changed(archive: Path, pressmark_here) -> None:
    before = article_of(archive).read_bytes()
    assert pressmark_here("normalize", "--refresh", "--jobs", "1", cwd=archive).returncode == 0
    assert article_of(archive).read_bytes() == before


def test_a_typed_date_is_kept_and_named_and_does_not_freeze_the_body(archive: Path, pressmark_here) -> None:
    article = article_of(archive)
    article.write_text(
        article.read_text("utf-8").replace("published: '2024-11-08'", "published: 2024-11-09  # by hand"), "utf-8"
    )
    assert "# by hand" in article.read_text("utf-8")
    capture = archive / "content" / "captures" / "ferries.txt"
    capture.write_text(PAGE + "\nThe first ship of the season leaves on Monday with forty lorries on board.\n", "utf-8")
    result = pressmark_here("normalize", "--refresh", "--jobs", "1", cwd=archive)
    assert "left alone: published" in result.stdout + result.stderr
    text = article.read_text("utf-8")
    assert "published: 2024-11-09  # by hand" in text
    assert "forty lorries" in text


def test_a_typed_body_is_kept_while_fields_are_renewed(archive: Path, pressmark_here) -> None:
    article = article_of(archive)
    article.write_text(article.read_text("utf-8").replace("two island states", "two small island states"), "utf-8")
    capture = archive / "content" / "captures" / "ferries.txt"
    capture.write_text(PAGE.replace("2024-11-08", "2024-11-07"), "utf-8")
    result = pressmark_here("normalize", "--refresh", "--jobs", "1", cwd=archive)
    assert "left alone: body" in result.stdout + result.stderr
    assert "two small island states" in article.read_text("utf-8")
    assert "2024-11-07" in article.read_text("utf-8")


def test_fields_of_the_archivist_stay_to_the_letter(archive: Path, pressmark_here) -> None:
    article = article_of(archive)
    text = article.read_text("utf-8").replace("capture:", "# a note\nsummary: Ships   sail.\ncapture:")
    article.write_text(text, "utf-8")
    assert pressmark_here("normalize", "--refresh", "--jobs", "1", cwd=archive).returncode == 0
    assert "# a note\nsummary: Ships   sail.\n" in article.read_text("utf-8")


def test_an_empty_line_at_the_end_is_nobodys_edit(archive: Path, pressmark_here) -> None:
    article = article_of(archive)
    article.write_text(article.read_text("utf-8").rstrip("\n") + "\n\n\n", "utf-8")
    capture = archive / "content" / "captures" / "ferries.txt"
    capture.write_text(PAGE + "\nThe first ship of the season leaves on Monday with forty lorries on board.\n", "utf-8")
    result = pressmark_here("normalize", "--refresh", "--jobs", "1", cwd=archive)
    assert "left alone" not in result.stdout + result.stderr
    assert "forty lorries" in article.read_text("utf-8")
