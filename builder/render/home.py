"""What the front page and the search page get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from builder.model import Dossier, Subject
from builder.render.dossiers import dossier_cards
from builder.render.lists import Shelf
from builder.render.views.site import HomeView, SearchView

_WITH_SUMMARY: Final = 3
_NEWEST: Final = 7
_FRONT_LEADERS: Final = 12
_FRONT_TOPICS: Final = 24


def home_page(shown: Shelf, dossiers: Sequence[Dossier] = ()) -> HomeView:
    """The front page: what the archive is, its newest pieces, whom and what it is about."""
    entries = shown.library.entries
    days = shown.days(entries)
    first = shown.rows(list(entries)[:_WITH_SUMMARY], summary=True)
    topics = sorted(shown.library.topics.values(), key=lambda s: (-len(s.articles), s.authority.id))
    return HomeView(
        pieces=len(entries),
        leaders_count=len(shown.library.leaders),
        topics_count=len(shown.library.topics),
        sources_count=len({entry.source.name for entry in entries.values() if entry.source.name}),
        languages=_languages(shown),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        lead=first[0] if first else None,
        seconds=first[1:],
        newest=shown.rows(list(entries)[_WITH_SUMMARY : _WITH_SUMMARY + _NEWEST]),
        leaders=shown.cards(_FRONT_LEADERS),
        topics=shown.names("topic", ((s.authority.id, len(s.articles)) for s in topics[:_FRONT_TOPICS])),
        strip=shown.strip(entries),
        dossiers=dossier_cards(shown, dossiers),
    )


def search_page(shown: Shelf, *, indexed: bool = True) -> SearchView:
    """The search page: what its filters offer, and what stands there without scripts."""
    library = shown.library

    def by_name(subjects: Mapping[str, Subject]) -> list[tuple[str, int]]:
        return [(key, len(subject.articles)) for key, subject in subjects.items()]

    return SearchView(
        languages=_languages(shown),
        leaders=shown.names("leader", by_name(library.leaders)),
        topics=shown.names("topic", by_name(library.topics)),
        years=tuple((year, len(ids)) for year, ids in library.years.items()),
        pieces=len(library.entries),
        indexed=indexed,
    )


def _languages(shown: Shelf) -> tuple[tuple[str, int], ...]:
    """The languages of the pieces and how many there are of each, most first."""
    counts = Counter(entry.language for entry in shown.library.entries.values())
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
