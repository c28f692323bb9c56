from __future__ import annotations

import time

import pytest

from builder.model import Output
from builder.publish.check import LinkMap, check, leads_well, places
from builder.publish.links import PageLinks, links_of


def page(path: str, body: str) -> Output:
    return Output(path, f'<!doctype html><html lang="en"><body>{body}</body></html>'.encode())


def said(*outputs: Output) -> list[str]:
    return [str(problem) for problem in check(outputs)]


def test_a_whole_site_has_nothing_to_say() -> None:
    assert (
        said(
            page(
                "index.html", '<a href="articles/a.html#p-1">a</a> <a href="#top">up</a> <a href="mailto:a@b.c">m</a>'
            ),
            page("articles/a.html", '<p id="p-1">x <a href="../index.html?q=1">home</a><img src="../assets/x.png">'),
            Output("assets/x.png", b"\x89PNG"),
        )
        == []
    )


def test_a_link_to_no_file_names_the_nearest_one() -> None:
    (line,) = said(page("index.html", '<a href="leaders/xi-jinpin.html">x</a>'), page("leaders/xi-jinping.html", ""))
    assert line.startswith('index.html:1:1: warning: the link "leaders/xi-jinpin.html" leads to no file of the site')
    assert 'did you mean "leaders/xi-jinping.html"?' in line


def test_a_fragment_that_is_not_there_is_told() -> None:
    (line,) = said(page("a.html", '<a href="b.html#no">x</a>'), page("b.html", '<p id="yes">'))
    assert 'the link "b.html#no" leads to a place that b.html does not have' in line


def test_links_to_folders_to_the_host_and_out_of_the_site_are_told() -> None:
    lines = said(page("a/x.html", '<a href="../a/">1</a><a href="/a/x.html">2</a><a href="../../x.html">3</a>'))
    assert len(lines) == 3
    assert "starts at the host" in "".join(lines)


def test_a_link_in_text_is_no_link() -> None:
    assert said(page("a.html", '<p>write &lt;a href="no.html"&gt; or  href="no.html" </p>')) == []


def test_attributes_are_found_however_they_are_spelled() -> None:
    tags = """<a class="x" href="1.html"><a class='x' title="a > b" href='2.html'><A CLASS="x" HREF="3.html">
        <a class="x"href="y" data-id="no" title="z"
        id="here"><img class="x" src = "4.html"/><a lang="ko" href='say-"5".html'><a title="href" href="#here">"""
    assert links_of(page("a.html", tags)) == PageLinks(
        "a.html", ("1.html", "2.html", "3.html", "4.html", 'say-"5".html'), frozenset(("here",)), ()
    )


@pytest.mark.parametrize("end", ['">', '" href="b.html">', '" />', '"/>'])
def test_a_title_that_ends_like_an_attribute_hides_no_link(end: str) -> None:
    tags = f'<i title="how to write href={end}<i title="or  id={end}<a href="c.html">'
    found = links_of(page("a.html", tags))
    assert found.ids == frozenset()
    assert {"c.html"} <= set(found.links) <= {"b.html", "c.html"}


def test_encoded_addresses_are_decoded() -> None:
    assert said(page("a.html", '<a href="b%20c.html#%C3%A9&amp;1">x</a>'), page("b c.html", '<p id="é&amp;1">')) == []


def test_an_id_twice_is_told_once() -> None:
    (line,) = said(page("a.html", '<p id="x"><p id="x"><p id="x">'))
    assert 'the id "x" stands more than once' in line


def test_addresses_that_differ_by_case_or_unicode_form_are_errors() -> None:
    lines = said(Output("A.html", b""), Output("a.html", b""), Output("é.txt", b""), Output("e\u0301.txt", b""))
    assert len(lines) == 2
    assert all(": error: on some systems this is the same file as " in line for line in lines)


def test_two_files_at_one_address_are_an_error() -> None:
    (line,) = said(Output("data/x.json", b"1"), Output("data/x.json", b"2"))
    assert "data/x.json:1:1: error: two files have this address" in line


def test_a_file_where_a_folder_is_needed_is_an_error() -> None:
    (line,) = said(Output("a", b""), Output("a/b.txt", b""))
    assert "a/b.txt is a file and a a file too" in line


@pytest.mark.parametrize(
    "path", ["articles/con.html", "Aux/x.html", "dossiers/a?b.html", "pages/a:b.html", "pages/a./b.html"]
)
def test_a_name_that_windows_cannot_have_is_told(path: str) -> None:
    (line,) = said(Output(path, b""), Output("articles/console.html", b""), Output("pages/a b.v2.html", b""))
    assert line == f"{path}:1:1: warning: Windows has no file of this name (choose another id or name)"


def test_one_slip_in_a_template_is_looked_up_once() -> None:
    every = [
        page(f"articles/{number}.html", f'<a href="../leaders/nobody-{number % 3}.html">x</a>')
        for number in range(3000)
    ]
    known = [Output(f"leaders/somebody-{number}.html", b"") for number in range(500)]
    start = time.process_time()
    assert len(said(*every, *known)) == 3000
    assert time.process_time() - start < 10


def test_links_that_lead_somewhere_are_let_go_and_still_known() -> None:
    """Most pages are linked before they come; the broken links among many thousands are told all the same."""
    many = 9_000
    every = [page(f"articles/{number}.html", f'<p id="p-{number}">x</p>') for number in range(many)]
    lists = [
        page(f"lists/{number}.html", f'<a href="../articles/{number}.html#p-{number}">x</a> <a href="../gone">y</a>')
        for number in range(0, many, 2)
    ]
    found = LinkMap()
    for output in [item for pair in zip(lists, every, strict=False) for item in pair] + every[len(lists) :]:
        found.add(links_of(output))
    led_to = {f"articles/{number}.html#p-{number}": 1 for number in range(0, many, 2)}
    assert found.led_to() == led_to
    told = found.problems()
    assert len(told) == len(lists)
    assert {problem.message for problem in told} == {'the link "../gone" leads to no file of the site'}
    assert found.led_to() == led_to


def test_only_what_is_new_on_a_page_is_followed() -> None:
    ids = {"lists/a.html": {"top-ten"}, "b.html": set[str]()}
    former = links_of(page("lists/a.html", '<a href="../gone.html">x</a>'))

    def is_well(html: str) -> bool:
        return leads_well(links_of(page("lists/a.html", f'<p id="top-ten">{html}</p>')), former, ids.get)

    for good in ('<a href="../gone.html">', '<a href="../b.html">', '<a href="a.html#top-ten">', '<a href="#top-ten">'):
        assert is_well(f"{good}x</a>"), good
    for bad in ("c.html", "../b.html#p", "/b.html", "#p", "a.html#p"):
        assert not is_well(f'<a href="{bad}">x</a>'), bad
    assert not is_well('<i id="top-ten"></i>')
    assert places(links_of(page("lists/a.html", '<a href="../b.html#p">x</a><a href="c.html">y</a>'))) == {"b.html#p"}


def test_an_unclosed_quote_costs_no_time() -> None:
    assert links_of(Output("a.html", b'<a href="' + b"<a title='" * 200_000)).links == ()
