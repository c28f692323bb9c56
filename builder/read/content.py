"""The archivist's written files: articles and hand-written pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from builder.model import Article, Settings, TextPage
from builder.problems import Place, Problem, error, warning
from builder.read.articles import parse_article
from builder.read.captures import read_file, walk
from builder.read.yaml_nodes import Fields, Origin, compose

_FENCE: Final = "---"


def read_articles(site: Path, settings: Settings) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Every article below content/articles, sorted by path, and what is wrong with the others."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for found in walk(site / "content" / "articles"):
        place = Place(found.path.relative_to(site).as_posix())
        if found.trouble:
            problems.append(warning(place, found.trouble, "it is not published"))
        elif found.path.suffix.lower() != ".md":
            problems.append(warning(place, "is not an article", "articles are .md files"))
        else:
            data, trouble = read_file(found.path)
            if trouble:
                problems.append(warning(place, trouble, "it is not published"))
                continue
            article, wrong = parse_article(place.path, data, settings)
            problems += wrong
            if article is not None:
                articles.append(article)
    return tuple(articles), tuple(problems)


def read_text_pages(site: Path, settings: Settings) -> tuple[tuple[TextPage, ...], tuple[Problem, ...]]:
    """Every hand-written page right below content/pages, sorted by name."""
    pages: list[TextPage] = []
    problems: list[Problem] = []
    folder = site / "content" / "pages"
    for found in walk(folder):
        place = Place(found.path.relative_to(site).as_posix())
        if found.trouble:
            problems.append(warning(place, found.trouble, "it is not published"))
        elif found.path.suffix.lower() == ".md" and found.path.parent == folder:
            data, trouble = read_file(found.path)
            if trouble:
                problems.append(warning(place, trouble, "it is not published"))
                continue
            page, wrong = parse_text_page(place.path, data, settings)
            problems += wrong
            if page is not None:
                pages.append(page)
    return tuple(pages), tuple(problems)


def parse_text_page(path: str, data: bytes, settings: Settings) -> tuple[TextPage | None, tuple[Problem, ...]]:
    """A hand-written page: optional front matter with title and language, then Markdown."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, (error(Place(path), "is not UTF-8 text", "save it as UTF-8"),)
    name = Path(path).stem
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or end is None:
        return TextPage(path, name, name.replace("-", " ").capitalize(), settings.language, text), ()
    origin = Origin(path, lines_before=1)
    root, broken = compose("\n".join(lines[1:end]) + "\n", origin)
    if root is None:
        return None, broken or (
            error(Place(path), "has empty front matter", "write title: …, or leave out the lines ---"),
        )
    problems: list[Problem] = []
    fields = Fields(root, origin, problems, known=("title", "language"), what="the front matter")
    title = fields.required("title") or ""
    page = TextPage(path, name, title, fields.text("language") or settings.language, "\n".join(lines[end + 1 :]))
    return (None if problems else page), tuple(problems)
