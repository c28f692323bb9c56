"""Dossiers: what their pages show, which pieces they link, and links that cannot be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from builder.model import Article, Dossier
from builder.problems import Place, Problem, did_you_mean, error, warning
from builder.render.lists import Shelf
from builder.render.parts import DossierCard, PieceLink, TextLink, article_page
from builder.render.views.site import DossiersView, DossierView
from builder.render.visible import visible_body

if TYPE_CHECKING:
    from builder.render.piece_links import Wanted

_COMPARED = 500
"""Ids a mistyped one is compared with: among 10,000 it would take seconds."""


def check_dossiers(dossiers: Sequence[Dossier], articles: Iterable[Article]) -> tuple[Problem, ...]:
    """An error for each link to a piece or passage that there is not, a warning for each to one that is not published.

    A link that is only warned of is shown as its own words: neither title nor address of a hidden piece leaves here.
    """
    if not dossiers:
        return ()
    linked = linked_pieces(dossiers)
    known: dict[str, Article | None] = {one.id: one if one.id in linked else None for one in articles}
    problems = []
    for dossier in dossiers:
        for link in _wanted(dossier.body):
            place = Place(dossier.path, dossier.body_line + link.line, link.column + 1)
            if (problem := _trouble(place, link, known)) is not None:
                problems.append(problem)
    return tuple(problems)


def dossier_cards(shown: Shelf, dossiers: Sequence[Dossier]) -> tuple[DossierCard, ...]:
    """Each dossier as lists show it, in the order of their names."""
    return tuple(_card(shown, dossier) for dossier in dossiers)


def dossiers_of_pieces(shown: Shelf, dossiers: Sequence[Dossier]) -> Mapping[str, tuple[TextLink, ...]]:
    """For each piece that a dossier links, the dossiers in which it stands."""
    found: dict[str, tuple[TextLink, ...]] = {}
    for dossier in dossiers:
        link = TextLink(dossier_page(dossier), dossier.title, dossier.language)
        for key in pieces_of(shown, dossier):
            found[key] = (*found.get(key, ()), link)
    return found


def linked_pieces(dossiers: Iterable[Dossier]) -> set[str]:
    """Ids of all pieces that dossiers link, published or not."""
    return {link.id for dossier in dossiers for link in _wanted(dossier.body)}


def dossier_pages(
    shown: Shelf, dossiers: Sequence[Dossier], articles: Iterable[Article]
) -> Iterator[tuple[str, str, DossierView | DossiersView]]:
    """The page of every dossier and the list of them all: address, template, view; none where there is no dossier."""
    if not dossiers:
        return
    yield "dossiers/index.html", "dossiers.html", DossiersView(dossier_cards(shown, dossiers))
    linked = linked_pieces(dossiers)
    bodies = {one.id: one for one in articles if one.id in linked and one.id in shown.library.entries}
    for dossier in dossiers:
        yield dossier_page(dossier), "dossier.html", dossier_view(shown, dossier, bodies)


def dossier_view(shown: Shelf, dossier: Dossier, bodies: Mapping[str, Article]) -> DossierView:
    """What a dossier's page shows; `bodies` holds the published pieces that it links, by id."""
    return DossierView(
        name=dossier.name,
        title=dossier.title,
        language=dossier.language,
        summary=dossier.summary,
        body=dossier.body,
        links=_links(shown, dossier, bodies),
        pieces=shown.rows(pieces_of(shown, dossier), summary=True),
    )


def dossier_page(dossier: Dossier) -> str:
    """The address of a dossier from the site's root."""
    return f"dossiers/{dossier.name}.html"


def pieces_of(shown: Shelf, dossier: Dossier) -> tuple[str, ...]:
    """The published pieces it links, in the order in which it first does."""
    ids = dict.fromkeys(link.id for link in _wanted(dossier.body))
    return tuple(key for key in ids if key in shown.library.entries)


def _trouble(place: Place, link: Wanted, known: Mapping[str, Article | None]) -> Problem | None:
    article = known.get(link.id)
    if article is None:
        return error(place, f'no article has the id "{link.id}"', _nearest(link.id, known))
    if article.draft or article.access == "private":
        what = "a draft" if article.draft else "private"
        hint = "the link stays words; give it some, [[id|words]]"
        return warning(place, f'the article "{link.id}" is {what} and not published', hint)
    if not link.passage or _has(visible_body(article), link.passage):
        return None
    if _has(article.body, link.passage):
        return warning(
            place, f'passage "{link.passage}" is not in the published excerpt', "the link leads to the piece"
        )
    fragments = [fragment for fragment, _ in _passages(article.body) if fragment]
    hint = did_you_mean(link.passage, fragments)
    return error(
        place,
        f'"{link.id}" has no passage "{link.passage}"',
        hint or "follow the number beside a paragraph of the piece; its fragment is what follows # in the address",
    )


def _nearest(key: str, known: Collection[str]) -> str:
    """The id of that shelf mark, else the one most like it; ids that begin or end alike come first."""
    marked = [one for one in known if one.endswith("-" + key)]
    if marked:
        return f'did you mean "{marked[0]}"?'
    alike = [one for one in known if one[:2] == key[:2] or one[-8:] == key[-8:]]
    hint = did_you_mean(key, (alike or list(known))[:_COMPARED])
    return hint or "the id stands first in the article's front matter"


def _has(body: str, passage: str) -> bool:
    return any(fragment == passage for fragment, _ in _passages(body))


def _card(shown: Shelf, dossier: Dossier) -> DossierCard:
    ids = pieces_of(shown, dossier)
    days = shown.days(ids)
    return DossierCard(
        page=dossier_page(dossier),
        title=dossier.title,
        language=dossier.language,
        summary=dossier.summary,
        pieces=len(ids),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _links(shown: Shelf, dossier: Dossier, bodies: Mapping[str, Article]) -> tuple[PieceLink, ...]:
    links = []
    for link in {one.target: one for one in _wanted(dossier.body)}.values():
        article = bodies.get(link.id)
        if article is None:
            continue
        said = dict(_passages(visible_body(article))).get(link.passage, "") if link.passage else ""
        href = f"../{article_page(link.id)}" + (f"#{link.passage}" if said else "")
        entry = shown.library.entries[link.id]
        links.append(PieceLink(link.target, href, entry.title, entry.language, said))
    return tuple(links)


def _wanted(body: str) -> tuple[Wanted, ...]:
    from builder.render.piece_links import wanted  # noqa: PLC0415 - a fifth of an edit's start, for who has dossiers

    return wanted(body)


def _passages(body: str) -> Sequence[tuple[str, str]]:
    from builder.render.markdown import passages  # noqa: PLC0415 - as above

    return passages(body)
