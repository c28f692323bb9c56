"""A site's folder as one value: everything the archivist owns, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from builder.model import Article, Capture, Dossier, Knowledge, Move, Settings, TextPage, Trace
from builder.model.values import value
from builder.problems import Place, Problem, did_you_mean, error, warning
from builder.read.authorities import read_knowledge
from builder.read.captures import read_captures, read_file
from builder.read.content import read_articles, read_dossiers, read_text_pages
from builder.read.moved import read_moved
from builder.read.settings import read_settings
from builder.read.steps import Keep, Through, plainly


@value(frozen=True, slots=True)
class SiteContent:
    """What a build starts from."""

    settings: Settings
    knowledge: Knowledge
    texts: tuple[TextPage, ...]
    captures: tuple[Capture, ...]
    articles: Sequence[Article]
    moves: tuple[Move, ...]
    dossiers: tuple[Dossier, ...] = ()

    def at(self, url: str | None) -> SiteContent:
        """The same for a site that is published at this address, where its settings name none."""
        return replace(self, settings=replace(self.settings, url=self.settings.url or url))


def read_site(
    site: Path, through: Through = plainly, keep: Keep = tuple
) -> tuple[SiteContent | None, tuple[Problem, ...]]:
    """Everything in the site's folder and all that is wrong with it; None when site.yaml cannot be used.

    `through` takes the files through the steps that parse them, `keep` says what holds the articles.
    """
    settings, problems = read_settings(site)
    if settings is None:
        return None, problems
    knowledge, about_knowledge = read_knowledge(site, through)
    texts, about_texts = read_text_pages(site, settings)
    captures, about_captures = read_captures(site)
    articles, about_articles = read_articles(site, settings, through, keep)
    moves, about_moves = read_moved(site)
    dossiers, about_dossiers = read_dossiers(site, settings)
    content = SiteContent(settings, knowledge, texts, captures, articles, moves, dossiers)
    return content, (*about_knowledge, *about_texts, *about_captures, *about_articles, *about_moves, *about_dossiers)


def captures_without_article(content: SiteContent) -> tuple[Capture, ...]:
    """New captures: no article was made from the file, or from another file with the same bytes."""
    files = {article.capture.file for article in content.articles if article.capture}
    digests = {article.capture.sha256 for article in content.articles if article.capture}
    new: dict[str, Capture] = {}
    for capture in content.captures:
        if capture.path not in files and capture.sha256 not in digests:
            new.setdefault(capture.sha256, capture)
    return tuple(new.values())


def captures_of_addresses(content: SiteContent, addresses: set[str]) -> dict[str, Capture]:
    """By article id, the captures of the articles that came from one of these addresses."""
    captures = {capture.path: capture for capture in content.captures}
    return {
        article.id: captures[article.capture.file]
        for article in content.articles
        if article.source.url in addresses and article.capture and article.capture.file in captures
    }


def read_text(site: Path, path: str) -> str:
    """The text of a file of the site, by its path from the site's root; an empty one when it cannot be read."""
    data, _ = read_file(site / path)
    return data.decode("utf-8", "replace")


def only_captures(
    site: Path, content: SiteContent, wanted: tuple[Path, ...]
) -> tuple[SiteContent, tuple[Problem, ...]]:
    """The content with just the wanted captures, and an error for each that is not there; all when none is named."""
    if not wanted:
        return content, ()
    by_path = {os.path.realpath(site / "content" / capture.path): capture for capture in content.captures}
    problems = []
    chosen = []
    for path in wanted:
        capture = by_path.get(os.path.realpath(path))
        if capture is None:
            names = {one.path: f"content/{one.path}" for one in content.captures}
            hint = did_you_mean(path.as_posix(), names.values()) or "captures stand below content/captures/"
            problems.append(error(Place(path.as_posix()), "is no capture of this archive", hint))
        else:
            chosen.append(capture)
    return replace(content, captures=tuple(chosen)), tuple(problems)


def changed_captures(content: SiteContent) -> tuple[Problem, ...]:
    """A warning for each article whose capture is no longer the one it was made from."""
    if not content.captures:
        return ()
    digests = {capture.path: capture.sha256 for capture in content.captures}
    problems = []
    for article in content.articles:
        made_from = article.capture
        if made_from and made_from.sha256 and digests.get(made_from.file, made_from.sha256) != made_from.sha256:
            message = f"content/{made_from.file} has changed since this article was made from it"
            problems.append(warning(Place(article.path), message, "the article is kept as it is"))
    return tuple(problems)


def traces_of(site: Path, articles: Iterable[Article], captures: Iterable[Capture]) -> Iterator[Trace]:
    """For each article whose capture is there and whose ledger is: what its provenance page is made of."""
    found = {capture.path: capture for capture in captures}
    for article in articles:
        capture = found.get(article.capture.file) if article.capture else None
        if capture is None:
            continue
        ledger = read_text(site, f"content/ledger/{article.id}.json")
        if not ledger:
            continue
        written = article.normalized.body if article.normalized else None
        yield Trace(article.id, capture, ledger, article.body, written)
