"""Captures of one address are versions of one piece; pages that name their front page are not."""

import time
from pathlib import Path

import pytest
from small_library import article

from builder.audit import audit
from builder.cache import NoCache
from builder.model import Capture, Source
from builder.normalize import normalize, sort_versions
from builder.normalize.versions import changes, piece_address
from builder.normalizing import normalize as normalize_site
from builder.parallel import InlineExecutor
from builder.read.cleaning import read_cleaning_rules

TEXT = (
    "The two harbour masters met on the quay and agreed to share the crane until the spring.",
    "They signed a page that nobody else has read, and shook hands for the photographers.",
    "A third paragraph says that the crane will be painted before it is moved to the north side.",
)


def page(name: str, canonical: str, title: str, *paragraphs: str) -> Capture:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = f'<title>{title}</title><link rel="canonical" href="{canonical}">'
    return Capture(
        f"captures/{name}.html", f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>".encode()
    )


def sorted_pages(*captures: Capture):
    return sort_versions([normalize(capture, read_cleaning_rules()) for capture in captures], (), {})


def test_a_second_capture_of_an_address_is_a_version_with_its_changes() -> None:
    later = (*TEXT[:2], "A third paragraph says that the crane stays where it is, since the paint was refused.")
    found = sorted_pages(
        page("a", "https://quay.example/news/crane", "Crane shared", *TEXT),
        page("b", "https://www.quay.example/news/crane/", "Crane shared", *later),
    )
    assert [one.capture for one in found.pieces] == ["captures/a.html"]
    assert [(one.capture, [(c.added, c.text) for c in one.changes]) for one in found.versions] == [
        ("captures/b.html", [(False, TEXT[2]), (True, later[2])])
    ]
    assert found.versions[0].article == found.pieces[0].draft.id


def test_of_one_day_the_shorter_name_is_the_first_capture() -> None:
    address = "https://quay.example/news/crane"
    found = sorted_pages(
        page("talks-updated", address, "Crane shared", *TEXT[:2], "It was painted after all, to everybody's surprise."),
        page("talks", address, "Crane shared", *TEXT),
    )
    assert [one.capture for one in found.pieces] == ["captures/talks.html"]


def test_pages_that_call_their_front_page_canonical_are_pieces_of_their_own() -> None:
    other = tuple(text.replace("crane", "lighthouse") + " It rained all day." for text in TEXT)
    found = sorted_pages(
        page("a", "https://quay.example/", "Crane shared", *TEXT),
        page("b", "https://quay.example/", "Light lit", *other),
    )
    assert [one.capture for one in found.pieces] == ["captures/a.html", "captures/b.html"]
    assert found.versions == ()


def test_strangers_under_one_deep_address_are_pieces_of_their_own() -> None:
    other = ("Nothing here recalls what stood there before, for the editors reuse the address every week.",) * 2
    found = sorted_pages(
        page("a", "https://quay.example/latest-story", "Crane shared", *TEXT),
        page("b", "https://quay.example/latest-story", "Whale seen", *other),
    )
    assert len(found.pieces) == 2


def test_addresses_of_one_piece_are_equal_whatever_their_dress() -> None:
    assert piece_address("https://www.quay.example/a/b/") == piece_address("http://quay.example/a/b")
    assert piece_address("https://quay.example/read?id=1") != piece_address("https://quay.example/read?id=2")
    assert piece_address("https://quay.example/index.html") is None
    assert piece_address(None) is None


def test_equal_texts_have_no_changes() -> None:
    assert changes("one\ntwo", "one\ntwo") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a", "b"], ["b", "a", "c"]),
        ([str(n) for n in range(20)], [str(n) for n in range(19, -1, -1)]),
        (["a"], ["b"]),
    ],
    ids=["few-kinds", "turned-round", "nothing-shared"],
)
def test_texts_of_any_length_are_compared_in_time(old: list[str], new: list[str]) -> None:
    start = time.process_time()
    found = changes("\n".join(old * 8_000), "\n".join(new * 8_000))
    assert found
    assert {change.text for change in found} <= {*old, *new}
    assert time.process_time() - start < 30


def test_what_a_later_capture_adds_to_an_article_that_was_typed_is_told() -> None:
    captured = normalize(page("b", "https://quay.example/crane", "Crane shared", *TEXT), read_cleaning_rules())
    source = Source("Quay", "https://quay.example/crane")
    typed = article("crane", title="Crane shared", source=source, body="\n\n".join(TEXT[:2]))
    (version,) = sort_versions([captured], (typed,), {}).versions
    assert [(change.added, change.text) for change in version.changes] == [(True, TEXT[2])]


def test_a_version_has_a_ledger_of_its_own_that_audit_proves(tmp_path: Path) -> None:
    captures = tmp_path / "content" / "captures"
    captures.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: Quay\n", "utf-8")
    for name, texts in (("a", TEXT), ("b", (*TEXT[:2], "A third paragraph says that the crane stays where it is."))):
        made = page(name, "https://quay.example/news/crane", "Crane shared", *texts)
        (tmp_path / "content" / made.path).write_bytes(made.data)
    for _ in range(2):  # the second time nothing is new, and the ledger keeps its name
        report = normalize_site(tmp_path, (), executor=InlineExecutor(), cache=NoCache(), say=lambda _: None)
        assert report.problems == ()
        assert len(list((tmp_path / "content" / "articles").iterdir())) == 1
        assert len(list((tmp_path / "content" / "ledger").iterdir())) == 2
    found = audit(tmp_path, executor=InlineExecutor(), say=lambda _: None)
    assert (found.problems, found.proved, found.unclaimed) == ((), 2, ())
    version = captures / "b.html"
    version.write_bytes(version.read_bytes() + b" ")
    told = audit(tmp_path, executor=InlineExecutor(), say=lambda _: None)
    assert [str(one.place) for one in told.problems] == ["content/captures/b.html:1:1"]
