"""Editions for other shelves: the archive as a book, as one file of its site, as a bag, and as a list."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import __version__
from builder.annotate.article import Annotating
from builder.link import link
from builder.model import Library, Settings
from builder.parallel import map_stage
from builder.problems import Place, Problem, counted, did_you_mean, error, has_errors, in_order
from builder.publish.content import replace_file
from builder.publish.editions import BagNotes, write_bag, write_epub, write_zip
from builder.publish.zim import ZimNotes, can_write_zim, write_zim
from builder.read.citing import read_author_words
from builder.read.settings import read_settings
from builder.read.site import SiteContent, read_site, read_text
from builder.read.templates import read_templates
from builder.render.books import Choice, book_files
from builder.render.environment import Rendering
from builder.render.extracts import extract
from builder.render.visible import published

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what is wrong."""

    problems: tuple[Problem, ...]
    files: int = 0
    """In the edition; none was written where there are errors."""


def export_epub(site: Path, out: Path, *, choice: Choice, executor: Executor, say: Say) -> Exported:
    """A book of the published pieces, or of those of one leader, topic or dossier, at `out`."""
    seen, problems = _seen(site, choice, executor, say)
    if seen is None:
        return Exported(problems)
    content, library = seen
    dossier = next((one for one in content.dossiers if choice == Choice("dossier", one.name)), None)
    pages = tuple(book_files(content.settings, library, content.articles, choice=choice, dossier=dossier))
    say(f"rendering {counted(len(pages), 'file')}")
    outputs = map_stage(executor, Rendering(read_templates(site, content.settings.language), book=True), pages)
    return _written(out, problems, lambda: _counted(write_epub, out, outputs))


def export_list(site: Path, out: Path, form: str, *, choice: Choice, executor: Executor, say: Say) -> Exported:
    """The published pieces, or those of one leader, topic or dossier, as one file of data or citations at `out`."""
    seen, problems = _seen(site, choice, executor, say)
    if seen is None:
        return Exported(problems)
    content, library = seen
    text = extract(
        form, content.settings, library, choice=choice, dossiers=content.dossiers, authors=read_author_words()
    )
    return _written(out, problems, lambda: _counted(_write_text, out, [text]))


def export_zip(site: Path, built: Path, out: Path) -> Exported:
    """The built site as one file, in a folder that opens by double click."""
    settings, problems = _published(site, built)
    if settings is None:
        return Exported(problems)
    if (inside := _inside(out, [built])) is not None:
        return Exported(in_order((*problems, inside)))
    return _written(out, problems, lambda: write_zip(out, built, _folder_name(settings.title)))


def export_bag(site: Path, built: Path, out: Path) -> Exported:
    """Captures, articles, ledgers and the other files of the archivist, and the built site, as a bag at `out`."""
    settings, problems = _published(site, built)
    if settings is None:
        return Exported(problems)
    if out.exists():
        hint = "name a folder that is not there yet: a bag is never changed"
        return Exported(in_order((*problems, error(Place(out.as_posix()), "is there already", hint))))
    notes = BagNotes(settings.title, settings.description, settings.url, f"Pressmark {__version__}")
    parts = [*((name, site / name) for name in ("content", "templates", "site.yaml")), ("site", built)]
    if (inside := _inside(out, (folder for _, folder in parts))) is not None:
        return Exported(in_order((*problems, inside)))
    return _written(out, problems, lambda: write_bag(out, parts, notes))


def export_zim(site: Path, built: Path, out: Path) -> Exported:
    """The built site as a file for Kiwix; needs the extra `[zim]`."""
    settings, problems = _published(site, built)
    if settings is None:
        return Exported(problems)
    if not can_write_zim():
        hint = "run: pip install libzim"
        return Exported(in_order((*problems, error(Place(out.as_posix()), "needs the extra [zim]", hint))))
    if (inside := _inside(out, [built])) is not None:
        return Exported(in_order((*problems, inside)))
    pieces = [json.loads(line) for line in read_text(built, "data/articles.jsonl").split("\n") if line]
    spoken = Counter(piece["language"] for piece in pieces)
    notes = ZimNotes(
        name=_folder_name(settings.title).lower(),
        title=settings.title,
        description=settings.description or settings.subtitle,
        creator=settings.author or "",
        date=max((piece["published"] for piece in pieces if piece["published"]), default="2000-01-01"),
        languages=tuple(sorted(spoken, key=lambda tag: (-spoken[tag], tag))) or (settings.language,),
    )
    return _written(out, problems, lambda: write_zim(out, built, notes))


def _seen(
    site: Path, choice: Choice, executor: Executor, say: Say
) -> tuple[tuple[SiteContent, Library] | None, tuple[Problem, ...]]:
    """The archive and its published pieces as a whole; None where something is wrong, or nothing is what was chosen."""
    content, problems = read_site(site)
    if content is None or has_errors(problems):
        return None, in_order(problems)
    say(f"naming people and topics in {counted(len(content.articles), 'article')}")
    facts = published(content.articles, map_stage(executor, Annotating(content.knowledge), content.articles))
    library = link(facts, content.knowledge.authorities)
    unknown = _unknown(content, library, choice)
    return (None, in_order((*problems, unknown))) if unknown else ((content, library), problems)


def _unknown(content: SiteContent, library: Library, choice: Choice) -> Problem | None:
    """What was chosen and is not there; a subject that no published piece names has nothing to be bound."""
    known: dict[str, Sequence[str]] = {
        "archive": ("",),
        "leader": tuple(library.leaders),
        "topic": tuple(library.topics),
        "dossier": tuple(one.name for one in content.dossiers),
    }
    if choice.id in known[choice.kind]:
        return None
    message = f'no published piece belongs to the {choice.kind} "{choice.id}"'
    return error(Place("content"), message, did_you_mean(choice.id, known[choice.kind]) or "ids stand in the addresses")


def _published(site: Path, built: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings of an archive whose site is built; None where either is missing."""
    settings, problems = read_settings(site)
    if settings is not None and not (built / "index.html").is_file():
        missing = error(Place(built.as_posix()), "there is no site here", "run pressmark build first")
        return None, in_order((*problems, missing))
    return settings, in_order(problems)


def _inside(out: Path, folders: Iterable[Path]) -> Problem | None:
    """What is written into a folder that it is to hold would take itself in, and never come to its own end."""
    if not any(out.resolve().is_relative_to(folder.resolve()) for folder in folders):
        return None
    return error(Place(out.as_posix()), "stands in a folder that it is to hold", "name a place outside of it")


def _written(out: Path, problems: Sequence[Problem], write: Callable[[], int]) -> Exported:
    try:
        return Exported(in_order(problems), write())
    except OSError as trouble:
        message = f"cannot be written: {trouble.strerror or trouble}"
        told = error(Place(out.as_posix()), message, "nothing that stood there was touched")
        return Exported(in_order((*problems, told)))


def _counted(write: Callable[[Path, Sequence[Any]], None], out: Path, files: Sequence[Any]) -> int:
    write(out, files)
    return len(files)


def _write_text(out: Path, texts: Sequence[str]) -> None:
    replace_file(out, "".join(texts))


def _folder_name(title: str) -> str:
    """The archive's title as the name of a folder on every system."""
    return re.sub(r"[^\w-]+", "-", title).strip("-.") or "archive"
