"""What stays as it is in an archive when a few pieces get new facts: most edits change no other piece's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain

from builder.link.alike import SIGNS
from builder.link.doubles import are_alike, doubles, is_compared, proposing
from builder.link.events import events
from builder.link.related import MOST_FOR_WORDS, related
from builder.model import Facts, Library
from builder.model.values import replace

Sign = str | int
"""What pieces are compared by: a word, or a digest of a clause."""


def signs_of(facts: Facts) -> tuple[Sign, ...]:
    """All that may join a piece to another by being in both, names aside."""
    return (*facts.terms, *proposing(facts.shingles))


def unmoved(
    edits: Sequence[tuple[Facts, Facts]],
    counts: Callable[[Collection[Sign]], Mapping[Sign, int]],
    named: Collection[str],
    sharing: Callable[[Collection[int]], Sequence[Facts] | None] = lambda digests: None,
) -> bool:
    """Whether the facts of some pieces, old and new, surely leave all doubles, related pieces and events as they are.

    They do where no sign that a piece has got or lost stands in another, and the pieces that it is compared with for
    doubles are like it, or not, as before. `counts` says in how many pieces each sign stands so far, `named` are the
    ids of all whom a piece names, `sharing` gives the pieces that have one of some digests, the edited one too. Lists
    show the same of the old as of the new.
    """
    before = Counter(sign for old, _ in edits for sign in signs_of(old))
    after = Counter(sign for _, new in edits for sign in signs_of(new))
    moved: set[str] = {word for old, new in edits for word in set(old.terms).symmetric_difference(new.terms)}
    if any(_signs(old) != _signs(new) for old, new in edits) or any(_is_more(word, named) for word in moved):
        return False
    sought: set[Sign] = {*moved}
    stayed: set[int] = set()
    for old, new in edits:
        if old.shingles != new.shingles:
            sought.update(set(proposing(old.shingles)).symmetric_difference(proposing(new.shingles)))
            stayed.update(set(proposing(old.shingles)).intersection(proposing(new.shingles)))
    now = counts({*sought, *stayed}) if sought or stayed else {}
    if any(max(now.get(sign, 0), now.get(sign, 0) - before[sign] + after[sign]) > 1 for sign in sought):
        return False
    shared = [digest for digest in stayed if now.get(digest, 0) > 1]
    return not shared or (len(edits) == 1 and _alike_as_before(*edits[0], sharing(shared)))


def _alike_as_before(old: Facts, new: Facts, others: Sequence[Facts] | None) -> bool:
    """Whether a piece whose sketch is new is a double of the same pieces, of all that it is compared with."""
    if others is None or is_compared(old) != is_compared(new):
        return False
    return all(are_alike(old, other) == are_alike(new, other) for other in others if other.entry.id != old.entry.id)


def _is_more(word: str, named: Collection[str]) -> bool:
    """Whether a word is weighed as a name, a place or a number."""
    return ":" in word or word[0] in SIGNS or word in named


def relinked(library: Library, new: Mapping[str, Facts]) -> Library | None:
    """The library with new facts of some of its pieces; None where days, languages or names are new.

    Doubles, related pieces and events are worked out anew only where an edit reaches them, which takes 15 ms instead of
    1.1 s of 10,000 pieces: a clause that no other piece has makes no doubles, and a word that no other has, or far too
    many have, relates none. Leaders, topics and years stay as they are.
    """
    if any(key not in library.facts or _listed(library.facts[key]) != _listed(each) for key, each in new.items()):
        return None
    facts = {key: new.get(key, each) for key, each in library.facts.items()}
    entries = {key: new[key].entry if key in new else each for key, each in library.entries.items()}
    edits = [(library.facts[key], each) for key, each in new.items()]
    others = [each for key, each in library.facts.items() if key not in new]
    kept, counts = list(facts.values()), _counts(edits, others)
    alike = doubles(kept) if _proposes(edits, others) else library.doubles
    return replace(
        library,
        facts=facts,
        entries=entries,
        mentions={key: new[key].mentions if key in new else each for key, each in library.mentions.items()},
        quoting=library.quoting.difference(new).union([key for key, each in new.items() if each.quotes]),
        doubles=alike,
        related=_related(library, kept, edits, counts) if _relates(counts) else library.related,
        events=events(kept, alike) if alike != library.doubles or _tells(edits, counts, kept) else library.events,
    )


def _listed(facts: Facts) -> tuple[object, ...]:
    """What lists, years and subjects go by."""
    entry = facts.entry
    named = sorted([(mention.kind, mention.id) for mention in facts.mentions])
    return entry.id, entry.day, entry.event_day, entry.language, entry.draft, named


def _proposes(edits: Sequence[tuple[Facts, Facts]], others: Sequence[Facts]) -> bool:
    """Whether a piece whose sketch is new has, or had, a digest in common with another."""
    digests: list[int] = []
    for old, new in edits:
        if old.shingles != new.shingles:
            digests += [*proposing(old.shingles), *proposing(new.shingles)]
    if len(set(digests)) < len(digests) and len(edits) > 1:
        return True
    sought = set(digests)
    return bool(sought) and not all(sought.isdisjoint(proposing(each.shingles)) for each in others)


def _counts(edits: Sequence[tuple[Facts, Facts]], others: Sequence[Facts]) -> Mapping[str, tuple[int, int]]:
    """For each word that a piece has got or lost, how many had it and have it now."""
    words = {word for old, new in edits for word in set(old.terms).symmetric_difference(new.terms)}
    if not words:
        return {}
    elsewhere = Counter(chain.from_iterable([words.intersection(each.terms) for each in others]))
    before = Counter(chain.from_iterable([words.intersection(old.terms) for old, _ in edits]))
    after = Counter(chain.from_iterable([words.intersection(new.terms) for _, new in edits]))
    return {word: (elsewhere[word] + before[word], elsewhere[word] + after[word]) for word in words}


def _relates(counts: Mapping[str, tuple[int, int]]) -> bool:
    """Whether a word that relates pieces, or did, is among those that a piece has got or lost."""
    return any(1 < count <= MOST_FOR_WORDS for pair in counts.values() for count in pair) or any(
        ":" in word for word in counts
    )


def _related(
    library: Library, kept: Sequence[Facts], edits: Sequence[tuple[Facts, Facts]], words: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """The related pieces, worked out anew for those that look for others by one of some words, or did."""
    sought = frozenset(words)
    reached = {each.entry.id for each in kept if not sought.isdisjoint(each.terms)} | {old.entry.id for old, _ in edits}
    return {**library.related, **related(kept, reached)}


def _tells(edits: Sequence[tuple[Facts, Facts]], counts: Mapping[str, tuple[int, int]], kept: Sequence[Facts]) -> bool:
    """Whether anything by which events are told is new; a word that stands nowhere else tells none."""
    if any(_signs(old) != _signs(new) for old, new in edits):
        return True
    if any(count > 1 for pair in counts.values() for count in pair):
        return True
    # Names, places and numbers are weighed beside the words.
    return any(word[0] in SIGNS for word in counts) or (
        bool(counts) and any(mention.id in counts for each in kept for mention in each.mentions)
    )


def _signs(facts: Facts) -> tuple[object, ...]:
    counts = sorted([(mention.id, mention.count) for mention in facts.mentions])
    return facts.scenes, facts.places, facts.figures, len(facts.terms), counts
