"""One capture → one draft and its ledger."""

from builder.normalize.audit import Auditing, Evidence, Proof
from builder.normalize.doubts import Doubt, Doubting, Doubts
from builder.normalize.draft import Explained, Normalized, explain, normalize
from builder.normalize.files import read_ledger
from builder.normalize.own_rule_checks import check_rules
from builder.normalize.record import clean_record
from builder.normalize.recurring import Listing, Proposal, proposals
from builder.normalize.refresh import refreshed_files
from builder.normalize.review import narrow_decisions, undated, weak_title
from builder.normalize.stages import Normalizing, Tracing, content_files, version_ledgers
from builder.normalize.telling import reason_told, rule_told
from builder.normalize.versions import sort_versions

__all__ = [
    "Auditing",
    "Doubt",
    "Doubting",
    "Doubts",
    "Evidence",
    "Explained",
    "Listing",
    "Normalized",
    "Normalizing",
    "Proof",
    "Proposal",
    "Tracing",
    "check_rules",
    "clean_record",
    "content_files",
    "explain",
    "narrow_decisions",
    "normalize",
    "proposals",
    "read_ledger",
    "reason_told",
    "refreshed_files",
    "rule_told",
    "sort_versions",
    "undated",
    "version_ledgers",
    "weak_title",
]
