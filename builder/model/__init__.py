"""The values that pass between stages; each is whole when it is made and never changes."""

from builder.model.articles import Access, Article, CaptureReference, Choice, Digests, Visibility
from builder.model.captures import Capture, Draft, DroppedLine, Ledger, Source, Span, Teaser
from builder.model.knowledge import (
    Affixes,
    Authority,
    AuthorityKind,
    Calendar,
    CleaningRules,
    Knowledge,
    Office,
    Phrase,
    Pronoun,
    WrittenLanguage,
)
from builder.model.library import Entry, Facts, Library, Mention, Quote, Subject, passage_id
from builder.model.look import Catalogue, Templates
from builder.model.site import (
    Output,
    Provenance,
    ProvenanceLine,
    SearchRecord,
    SearchSubject,
    Settings,
    TextPage,
)

__all__ = [
    "Access",
    "Affixes",
    "Article",
    "Authority",
    "AuthorityKind",
    "Calendar",
    "Capture",
    "CaptureReference",
    "Catalogue",
    "Choice",
    "CleaningRules",
    "Digests",
    "Draft",
    "DroppedLine",
    "Entry",
    "Facts",
    "Knowledge",
    "Ledger",
    "Library",
    "Mention",
    "Office",
    "Output",
    "Phrase",
    "Pronoun",
    "Provenance",
    "ProvenanceLine",
    "Quote",
    "SearchRecord",
    "SearchSubject",
    "Settings",
    "Source",
    "Span",
    "Subject",
    "Teaser",
    "Templates",
    "TextPage",
    "Visibility",
    "WrittenLanguage",
    "passage_id",
]
