"""Each file of tests/cases/clean is a page as it arrives; the YAML beside it says what must come of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

CASES = Path(__file__).parent / "cases" / "clean"
PAGES = sorted(path for path in CASES.iterdir() if path.suffix in (".txt", ".html", ".md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_page_comes_out_as_described(page: Path) -> None:
    wanted: dict[str, Any] = yaml.safe_load(page.with_suffix(".yaml").read_text("utf-8"))
    draft = normalize(Capture(f"captures/{page.name}", page.read_bytes()), read_cleaning_rules()).draft
    assert draft is not None
    found = {
        "title": draft.title,
        "date": draft.published[:10] if draft.published else None,
        "published": draft.published,
        "language": draft.language.split("-")[0],
        "site_name": draft.source.name,
        "url": draft.source.url,
        "authors": list(draft.authors),
        "tags": list(draft.tags),
        "teasers": [teaser.title for teaser in draft.teasers if teaser.title],
    }
    assert {key: found[key] for key in found if key in wanted} == {key: wanted[key] for key in found if key in wanted}
    assert [text for text in wanted.get("kept", ()) if text not in draft.text] == []
    assert [text for text in wanted.get("gone", ()) if text in draft.body] == []
    assert [text for text in wanted.get("markdown_has", ()) if text not in draft.body.splitlines()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_kept_and_cut_spans_cover_every_letter(page: Path) -> None:
    draft = normalize(Capture(f"captures/{page.name}", page.read_bytes()), read_cleaning_rules()).draft
    assert draft is not None
    if page.suffix == ".html":
        pytest.skip("an HTML page has no lines of its own to compare with")
    lines = page.read_text("utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        spans = [span for span in draft.ledger.spans if span.line == number]
        assert "".join(line[span.start : span.end] for span in spans) == line


def test_what_is_kept_stands_in_the_body_in_order() -> None:
    for page in PAGES:
        if page.suffix != ".txt":
            continue
        draft = normalize(Capture(f"captures/{page.name}", page.read_bytes()), read_cleaning_rules()).draft
        assert draft is not None
        lines = page.read_text("utf-8").split("\n")
        kept = [lines[s.line - 1][s.start : s.end] for s in draft.ledger.spans if s.kept and s.rule == "body"]
        assert [" ".join(text.split()) for text in kept] == [" ".join(line.split()) for line in draft.text.split("\n")]
