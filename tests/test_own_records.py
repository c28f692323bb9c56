"""The program's own authority files say the same, read quickly and read as any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.model import AuthorityKind
from builder.read.own_records import own_records
from builder.read.records import parse_records

DATA = Path(__file__).parents[1] / "builder" / "data"


@pytest.mark.parametrize("kind", ["leader", "topic"])
def test_the_shipped_files_are_read_quickly_and_as_they_stand(kind: AuthorityKind) -> None:
    text = (DATA / f"{kind}s.yaml").read_text("utf-8")
    records, as_of, problems = parse_records(kind, f"{kind}s.yaml", text)
    assert problems == ()
    assert own_records(kind, f"{kind}s.yaml", text) == (records, as_of, ())
    assert len(records) > 100


def test_quotes_of_both_kinds_and_comments_are_read() -> None:
    text = (
        "# On top.\nas_of: 2026-01-02\nleaders:\n\n# AA\n"
        "- {id: a-b, country: US,\n   names: {en: \"A O'B\", ko: 'A''B'}, aliases: {en: [A B, 'it''s']}}\n"
        "- {id: c, names: {en: C·D - e}, offices: [{title: {en: Chair}, from: 2020-01-02, until: 2021-01-02}]}\n"
    )
    assert own_records("leader", "x.yaml", text) == parse_records("leader", "x.yaml", text)


@pytest.mark.parametrize(
    "records",
    [
        "- id: a\n  names: {en: A}\n",
        "- {id: a, names: {en: A}} # why\n",
        "- {id: a, names: {en: A: B}}\n",
        "- {id: a, names: {en: &x A}}\n",
        '- {id: a, names: {en: "A\\u0041"}}\n',
        "- {id: a, names: {en: A\n  B}}\n",
        "- {id: a}\n",
        "",
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_parser(records: str) -> None:
    assert own_records("leader", "x.yaml", f"as_of: 2026-01-02\nleaders:\n{records}") in (None, ((), "2026-01-02", ()))
    assert own_records("leader", "x.yaml", records) is None
