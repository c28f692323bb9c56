"""The archivist's written files: articles, hand-written pages and dossiers."""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from builder.model import Article, Dossier, Settings, TextPage
from builder.model.budgets import ARTICLE_BYTES
from builder.model.values import value
from builder.problems import Place, Problem, error, warning
from builder.read.articles import LANGUAGE, ArticleFile, Head, Parsing, parse_article, parted
from builder.read.captures import Found, name_below, read_file, walk
from builder.read.steps import Keep, Through, plainly
from builder.read.yaml_nodes import Fields, Origin, compose, utf8_text

_FENCE: Final = "---"


def read_articles(
    site: Path, settings: Settings, through: Through = plainly, keep: Keep = tuple
) -> tuple[Sequence[Article], tuple[Problem, ...]]:
    """Every article below content/articles, sorted by path, and what is wrong with the others.

    `keep` is given them one by one, and says what holds them all.
    """
    pile = _Pile(site)
    problems: list[Problem] = []
    articles = keep(_parsed(through(Parsing(settings), pile), pile, problems))
    return articles, (*pile.problems, *problems)


def read_article(site: Path, path: str, settings: Settings) -> Article | None:
    """The article at a path from the site's root; None where anything is wrong with it, or it is no plain file."""
    found = site / path
    try:
        status = found.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > ARTICLE_BYTES:
        return None
    data, trouble = read_file(found)
    try:
        article, problems = (None, ()) if trouble else parse_article(path, data, settings)
    except Exception:  # noqa: BLE001 - whoever reads all articles meets it too, and tells of it
        return None
    return None if problems else article


def read_text_pages(site: Path, settings: Settings) -> tuple[tuple[TextPage, ...], tuple[Problem, ...]]:
    """Every hand-written page in content/pages and in the folders right below it, sorted by name."""
    hint = "hand-written pages stand in content/pages/ or in a folder of it"
    files, problems = _right_below(site, "pages", hint, deep=True)
    pages = []
    for path, data in files:
        page, wrong = parse_text_page(path, data, settings)
        problems += wrong
        if page is not None:
            pages.append(page)
    return tuple(pages), tuple(problems)


def read_dossiers(site: Path, settings: Settings) -> tuple[tuple[Dossier, ...], tuple[Problem, ...]]:
    """Every dossier right below content/dossiers, sorted by name."""
    files, problems = _right_below(site, "dossiers", "dossiers stand right in content/dossiers/")
    dossiers = []
    for path, data in files:
        dossier, wrong = parse_dossier(path, data, settings)
        problems += wrong
        if dossier is not None:
            dossiers.append(dossier)
    return tuple(dossiers), tuple(problems)


def parse_text_page(path: str, data: bytes, settings: Settings) -> tuple[TextPage | None, tuple[Problem, ...]]:
    """A hand-written page: optional front matter with title and language, then Markdown."""
    written, problems = _hand_written(path, data, settings, known=("title", "language"))
    if written is None:
        return None, problems
    name = Path(path.removeprefix("content/pages/")).with_suffix("").as_posix()
    return TextPage(path, name, written.title, written.language, written.body), ()


def parse_dossier(path: str, data: bytes, settings: Settings) -> tuple[Dossier | None, tuple[Problem, ...]]:
    """A dossier: optional front matter with title, language and summary, then Markdown."""
    name = Path(path).stem
    if name == "index":
        return None, (error(Place(path), "dossiers/index.html lists all dossiers", "give the file another name"),)
    written, problems = _hand_written(path, data, settings, known=("title", "language", "summary"))
    if written is None:
        return None, problems
    return Dossier(path, name, written.title, written.language, written.summary, written.body, written.body_line), ()


def _parsed(
    found: Iterable[tuple[Article | None, tuple[Problem, ...]]], pile: _Pile, problems: list[Problem]
) -> Iterator[Article]:
    """The articles of the files that are any; what is wrong is added to the problems."""
    id_places: dict[str, Place] = {}
    for article, wrong in found:
        file, id_place = pile.read.popleft()
        problems += wrong
        if article is None:
            continue
        if article.id in id_places:
            message = f'the id "{article.id}" stands already at {id_places[article.id]}'
            problems.append(error(id_place, message, "give one of them another id"))
        id_places.setdefault(article.id, id_place)
        yield file.completed(article)


class _Pile:
    """The files of all articles, each of which is read when its turn comes: at once they are as large as the archive.

    `read` are those that were read and not taken out yet, with the places of their ids; `problems` are of those that
    could not be read, and of what is no article.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self.problems: list[Problem] = []
        self.read: deque[tuple[ArticleFile, Place]] = deque()
        self._found = list(walk(site / "content" / "articles"))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Head]:
        for found in self._found:
            place = Place(name_below(found.path, self._site))
            if found.path.suffix.lower() != ".md" and not found.trouble:
                self.problems.append(warning(place, "is not an article", "articles are .md files"))
                continue
            data, unread = _read(found, place)
            self.problems += unread
            if data is None:
                continue
            file, not_text = parted(place.path, data)
            self.problems += not_text
            if file is not None:
                self.read.append((file, Place(place.path, _line_of_id(data))))
                yield file.head


@value(frozen=True, slots=True)
class _HandWritten:
    title: str
    language: str
    summary: str
    body: str
    body_line: int


def _hand_written(
    path: str, data: bytes, settings: Settings, *, known: tuple[str, ...]
) -> tuple[_HandWritten | None, tuple[Problem, ...]]:
    text, not_text = utf8_text(data, path)
    if text is None:
        return None, not_text
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or end is None:
        title = Path(path).stem.replace("-", " ").capitalize()
        return _HandWritten(title, settings.language, "", text, 1), ()
    origin = Origin(path, lines_before=1)
    root, broken = compose("\n".join(lines[1:end]) + "\n", origin)
    if root is None:
        return None, broken or (
            error(Place(path), "has empty front matter", "write title: …, or leave out the lines ---"),
        )
    problems: list[Problem] = []
    fields = Fields(root, origin, problems, known=known, what="the front matter")
    title = fields.required("title") or ""
    hint = "write a code such as ko, en, zh-Hans"
    language = fields.matching("language", lambda text: bool(LANGUAGE.fullmatch(text)), hint) or settings.language
    summary = (fields.text("summary") or "") if "summary" in known else ""
    written = _HandWritten(title, language, summary, "\n".join(lines[end + 1 :]), end + 2)
    return (None if problems else written), tuple(problems)


def _right_below(
    site: Path, name: str, hint: str, *, deep: bool = False
) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Path and bytes of the Markdown files of a folder of content, and what is wrong with the others.

    `deep` takes those of the folders right below it too.
    """
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    folder = site / "content" / name
    for found in walk(folder):
        place = Place(name_below(found.path, site))
        if found.path.suffix.lower() != ".md" and not found.trouble:
            continue
        data, unread = _read(found, place)
        problems += unread
        if data is None:
            continue
        if folder != found.path.parent and not (deep and folder == found.path.parent.parent):
            problems.append(warning(place, "is not published", hint))
        else:
            files.append((place.path, data))
    return files, problems


def _read(found: Found, place: Place) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of what was found; what the archivist owns and cannot be read must not vanish from the site."""
    if found.size > ARTICLE_BYTES:
        return None, (warning(place, f"is larger than {ARTICLE_BYTES >> 20} MB", "it is not published"),)
    data, trouble = (b"", found.trouble) if found.trouble else read_file(found.path)
    if not trouble:
        return data, ()
    if found.foreign or not os.path.lexists(found.path):
        return None, (warning(place, trouble, "it is not published"),)
    return None, (error(place, trouble, "let Pressmark read it, or move it away"),)


def _line_of_id(data: bytes) -> int:
    if data.startswith(b"---\nid:"):
        return 2
    found = re.search(rb"^[ \t]*id[ \t]*:", data, re.MULTILINE)
    return data[: found.start()].count(b"\n") + 1 if found else 2
