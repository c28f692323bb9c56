"""The stages of normalizing, as the build maps them over captures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.model import Capture, CleaningRules, Provenance, Trace, Version, WrittenFile
from builder.model.budgets import PIECE_SECONDS
from builder.model.values import value
from builder.normalize.draft import Normalized, normalize
from builder.normalize.files import article_text, fallback_title, ledger_text, read_ledger
from builder.normalize.provenance import provenance_of
from builder.problems import Place, warning


@value(frozen=True, slots=True)
class Normalizing:
    """The stage that makes drafts of captures."""

    rules: CleaningRules
    name: str = "normalize"
    seconds: float = PIECE_SECONDS
    apart: bool = True
    """Hostile pages are parsed: one that ends its process must not end the build."""

    @property
    def fingerprint(self) -> str:
        """Equal vocabularies, equal rules."""
        return self.rules.version

    def __call__(self, capture: Capture, /) -> Normalized:
        """The capture's draft, or why there is none."""
        return normalize(capture, self.rules)

    def failed(self, capture: Capture, trace: str, /) -> Normalized:
        """A capture that Pressmark itself stumbles over costs nobody else their article."""
        last = trace.strip().splitlines()[-1]
        problem = warning(
            Place(f"content/{capture.path}"), f"could not be read: {last}", "please report it; it was left out"
        )
        return Normalized(capture.path, None, (problem,))


@value(frozen=True, slots=True)
class Tracing:
    """The stage that makes provenance of captures and their ledgers."""

    rules: CleaningRules
    name: str = "trace"
    seconds: float = PIECE_SECONDS

    @property
    def fingerprint(self) -> str:
        """Equal vocabularies, equal flattening."""
        return self.rules.version

    def __call__(self, trace: Trace, /) -> Provenance | None:
        """The capture's lines with what became of them; None when capture and ledger do not belong together."""
        ledger = read_ledger(trace.ledger)
        return provenance_of(trace, ledger, self.rules) if ledger else None

    def failed(self, trace: Trace, trouble: str, /) -> None:
        """An article without provenance is still an article."""


def content_files(normalized: Normalized) -> tuple[WrittenFile, ...]:
    """The article and the ledger of a draft, as files below the site's root; none for a refused capture."""
    draft = normalized.draft
    if draft is None:
        return ()
    return (
        WrittenFile(f"content/ledger/{draft.id}.json", ledger_text(draft.ledger)),
        WrittenFile(f"content/articles/{draft.id}.md", article_text(draft, fallback_title(normalized))),
    )


def version_ledgers(
    versions: Iterable[Version], drafts: Iterable[Normalized], standing: Mapping[str, str]
) -> tuple[WrittenFile, ...]:
    """The ledgers of captures that are later versions of a piece and have no article of their own.

    `standing` holds the texts of the ledgers that are there, by path: a version keeps the name of its own.
    """
    by_capture = {one.capture: one.draft for one in drafts if one.draft}
    taken = {ledger.capture: path for path, text in standing.items() if (ledger := read_ledger(text))}
    files = []
    for version in versions:
        if draft := by_capture.get(version.capture):
            path = taken.get(version.capture, f"content/ledger/{draft.id}.json")
            files.append(WrittenFile(path, ledger_text(draft.ledger)))
    return tuple(files)
