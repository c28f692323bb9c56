"""What became of each line of a capture, for its provenance page."""

from __future__ import annotations

from builder.model import CleaningRules, Ledger, Provenance, ProvenanceLine, Trace
from builder.model.edits import is_body_edited
from builder.normalize.draft import page_of


def provenance_of(trace: Trace, ledger: Ledger, rules: CleaningRules) -> Provenance | None:
    """The capture's lines with the spans of its ledger; None when the two do not belong together."""
    page = page_of(trace.capture, rules)
    if page is None or ledger.sha256 != trace.capture.sha256:
        return None
    by_line: dict[int, list[tuple[str, bool, str]]] = {}
    texts = {line.number: line.text for line in page.lines}
    for span in ledger.spans:
        if not 0 <= span.start <= span.end <= len(texts.get(span.line, "")):
            return None
        by_line.setdefault(span.line, []).append((texts[span.line][span.start : span.end], span.kept, span.rule))
    return Provenance(
        article=trace.article,
        capture=ledger.capture,
        sha256=ledger.sha256,
        encoding=ledger.encoding,
        lines=tuple(ProvenanceLine(line.number, tuple(by_line.get(line.number, ()))) for line in page.lines),
        edited=is_body_edited(trace.body, trace.written),
    )
