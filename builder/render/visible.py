"""What of a library may be published at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from builder.model import Library, Subject


def published(library: Library) -> Library:
    """The library without drafts and private pieces: they stand in no page, list, count or feed."""
    hidden = {key for key, entry in library.entries.items() if entry.draft or entry.access == "private"}
    if not hidden:
        return library
    facts = {key: facts for key, facts in library.facts.items() if key not in hidden}

    def keep(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in ids if key not in hidden)

    def subjects(all_of_them: Mapping[str, Subject]) -> dict[str, Subject]:
        left = {key: replace(subject, articles=keep(subject.articles)) for key, subject in all_of_them.items()}
        left = {key: subject for key, subject in left.items() if subject.articles}
        return {
            key: replace(
                subject,
                neighbours=_neighbours(subject, library, hidden),
                narrower=tuple(below for below in subject.narrower if below in left),
            )
            for key, subject in left.items()
        }

    return replace(
        library,
        entries={key: entry for key, entry in library.entries.items() if key not in hidden},
        facts=facts,
        leaders=subjects(library.leaders),
        topics=subjects(library.topics),
        related={key: keep(ids) for key, ids in library.related.items() if key not in hidden},
        doubles={key: keep(ids) for key, ids in library.doubles.items() if key not in hidden and keep(ids)},
        years={year: keep(ids) for year, ids in library.years.items() if keep(ids)},
    )


def _neighbours(subject: Subject, library: Library, hidden: set[str]) -> tuple[tuple[str, int], ...]:
    """Counted anew without the hidden pieces, in the order the library gave them where counts are equal."""
    lost: Counter[str] = Counter()
    everything = library.leaders if subject.authority.kind == "leader" else library.topics
    for key in everything[subject.authority.id].articles:
        if key in hidden:
            lost.update(mention.id for mention in library.facts[key].mentions if mention.kind == "leader")
    left = [(key, count - lost[key]) for key, count in subject.neighbours]
    return tuple(sorted(((key, count) for key, count in left if count > 0), key=lambda pair: -pair[1]))
