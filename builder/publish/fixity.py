"""What is published, by its digests: listed when a site is built, and held against the archive when it is audited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from builder.model import Article, Capture, Version
from builder.model.values import value
from builder.problems import Place, Problem, error, warning
from builder.publish.manifest import SOURCES, entries, fixity


def sources(
    articles: Iterable[Article],
    captures: Iterable[Capture],
    *,
    shown: Collection[str],
    versions: Iterable[Version] = (),
) -> dict[str, str]:
    """SHA-256 by path of the articles with the ids `shown` and of the captures that they and their versions came from.

    Of drafts and private pieces nothing is in it, not even the name of a file.
    """
    files = {version.capture for version in versions if version.article in shown}
    digests: dict[str, str] = {}
    for article in articles:
        if article.id not in shown:
            continue
        if article.capture:
            files.add(article.capture.file)
        if article.sha256:
            digests[article.path] = article.sha256
    return digests | {SOURCES + capture.path: capture.sha256 for capture in captures if capture.path in files}


def is_shown(article: Article) -> bool:
    """Whether anything of an article is published."""
    return not article.draft and article.access != "private"


@value(frozen=True, slots=True)
class Held:
    """A published site and its archive held against the site's manifest."""

    pages: int = 0
    """Files of the site that are as they were published."""
    sources: int = 0
    """Captures and articles that are as they were when the site was built."""
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    """Sources of which the published site does not know yet."""
    problems: tuple[Problem, ...] = ()


def held(out: Path, articles: Collection[Article], captures: Collection[Capture]) -> Held | None:
    """What has changed, what is missing and what is new since the site in `out` was built; None where there is none.

    A page that is not as it was published is an error. Captures and articles are the archivist's to change and to take
    away: those are named, and one that is gone is a warning.
    """
    found = fixity(out)
    if found is None:
        return None
    listed = {path: digest for path, digest in entries(out).items() if path.startswith(SOURCES)}
    standing = {article.path: article.sha256 for article in articles}
    standing |= {SOURCES + capture.path: capture.sha256 for capture in captures}
    public = sources(articles, captures, shown={article.id for article in articles if is_shown(article)})
    return Held(
        pages=found.proved,
        sources=sum(standing.get(path) == digest for path, digest in listed.items()),
        changed=tuple(sorted(path for path in listed if standing.get(path, listed[path]) != listed[path])),
        missing=tuple(sorted(listed.keys() - standing.keys())),
        new=tuple(sorted(public.keys() - listed.keys())),
        problems=(*_about_pages(out, found.changed, found.missing), *_about_sources(listed, standing)),
    )


def _about_pages(out: Path, changed: Iterable[str], missing: Iterable[str]) -> Iterator[Problem]:
    for path in changed:
        yield error(Place(str(out / path)), "is not as it was published", "build the site again: pressmark build")
    for path in missing:
        yield error(Place(str(out / path)), "was published and is gone", "build the site again: pressmark build")


def _about_sources(listed: Mapping[str, str], standing: Mapping[str, str]) -> Iterator[Problem]:
    for path in sorted(listed.keys() - standing.keys()):
        yield warning(Place(path), "is gone or cannot be read since the site was built", "put it back, or build again")
