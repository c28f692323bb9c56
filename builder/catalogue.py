"""An archive as the last build left it, and the same with some of its articles as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from builder.alone import alone
from builder.annotate.article import Annotating, check_choices
from builder.cache import cached_map
from builder.link import link, years
from builder.link.edits import relinked
from builder.memory import Lists, Piece, Recalled, Shown, library_of
from builder.model import Article, Facts, Knowledge, Library, Provenance
from builder.model.values import replace, value
from builder.parallel import InlineExecutor
from builder.read.content import read_article
from builder.remembering import settling
from builder.render.lists import second_language
from builder.render.plain import check_bodies
from builder.render.visible import published
from builder.report import Options

if TYPE_CHECKING:
    from builder.storage import Cache


class BeyondError(Exception):
    """What only a whole build can do."""


@value(frozen=True, slots=True)
class Archive:
    """All of it as the last build left it."""

    pieces: Mapping[str, Piece]
    """By id, newest first."""
    library: Library
    knowledge: Knowledge
    shown: Shown
    lists: Lists
    apart: frozenset[str]
    """Ids and paths of pieces that dossiers, later captures or problems tell of."""

    def is_apart(self, article: Article) -> bool:
        """Whether a piece is one of them."""
        names = (article.id, article.path, article.capture and f"content/{article.capture.file}")
        return not self.apart.isdisjoint(names)


@value(frozen=True, slots=True)
class Edited:
    """All of it with the articles as they are now."""

    before: Archive
    library: Library
    pieces: Mapping[str, Piece]
    """By id; those that are as they were are the former ones themselves."""
    articles: Mapping[str, Article]
    """Those that were edited, by id."""
    provenances: Mapping[str, Provenance]
    """Of those that have a provenance page."""


def remembered(found: Recalled) -> Archive:
    """The archive as it is remembered."""
    every, knowledge, shown, lists = found.every(), found.knowledge(), found.shown(), found.lists()
    if every is None or knowledge is None or shown is None or lists is None:
        raise BeyondError
    library = library_of(every, shown)
    library = replace(library, years=years(library.facts.values()), as_of=knowledge.as_of)
    pieces = {piece.article.id: piece for piece in every}
    return Archive(pieces, library, knowledge, shown, lists, found.known.apart)


def edited(options: Options, before: Archive, changed: Sequence[str], *, cache: Cache) -> Edited:
    """The archive with the articles at these paths as they are now; no piece, name or topic comes or goes."""
    articles = {article.id: article for article in _read(options, before, changed)}
    facts = {each.entry.id: each for each in _found(before, list(articles.values()))}
    library = _linked(before, facts)
    provenances = _provenances(options, before, list(articles.values()), cache=cache)
    settled = settling(library, {key: piece.article.path for key, piece in before.pieces.items()})
    pieces = {}
    for key in library.entries:
        former = piece = before.pieces[key]
        if key in articles:
            said = provenances[key].edited if key in provenances else None
            article = replace(articles[key], body="", sha256="")
            piece = replace(former, article=article, facts=facts[key], edited=said)
        piece = settled(piece)
        pieces[key] = former if piece == former else piece
    return Edited(before, library, pieces, articles, provenances)


def _read(options: Options, before: Archive, changed: Sequence[str]) -> list[Article]:
    formers = {piece.article.path: piece.article for piece in before.pieces.values()}
    articles = []
    for path in changed:
        former, article = formers.get(path), read_article(options.site, path, before.shown.settings)
        if former is None or article is None or not _keeps_its_place(article, former) or before.is_apart(article):
            raise BeyondError
        if check_bodies((article,)) or any(True for _ in check_choices(article, before.knowledge)):
            raise BeyondError
        articles.append(article)
    return articles


def _keeps_its_place(article: Article, former: Article) -> bool:
    """Whether it is the same piece, of the same capture and address, and published in the same way."""
    kept = ("id", "capture", "draft", "access", "provenance")
    alike = all(getattr(article, name) == getattr(former, name) for name in kept)
    return alike and article.source.url == former.source.url


def _found(before: Archive, articles: Sequence[Article]) -> tuple[Facts, ...]:
    """What the articles name, as far as it may be shown."""
    named = [alone(Annotating(before.knowledge), article) for article in articles]
    facts = tuple(published(articles, [each for each in named if each is not None]))
    if len(facts) < len(articles):
        raise BeyondError
    return facts


def _linked(before: Archive, new: Mapping[str, Facts]) -> Library:
    """The archive as a whole with new facts of some pieces."""
    was, known, shown = before.library, before.knowledge, before.shown
    now = relinked(was, new) or link({**was.facts, **new}.values(), known.authorities, as_of=known.as_of)
    # Each of them has a page, and stands beside others on all pages that name it.
    stay = was.leaders.keys() == now.leaders.keys() and was.topics.keys() == now.topics.keys()
    if not stay or second_language(now, shown.settings.language) != shown.second:
        raise BeyondError
    return now


def _provenances(
    options: Options, before: Archive, articles: Sequence[Article], *, cache: Cache
) -> Mapping[str, Provenance]:
    """What the provenance pages of these articles are made of."""
    wanted = [article for article in articles if before.pieces[article.id].edited is not None]
    if not wanted:
        return {}
    from builder.normalizing import traced  # noqa: PLC0415 - a third of the start, for who has captures

    found = traced(options.site, wanted, run=partial(cached_map, cache, InlineExecutor()))
    if len(found) < len(wanted):
        raise BeyondError
    return found
