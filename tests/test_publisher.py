"""Who wrote a piece, by what a saved page's data says."""

from __future__ import annotations

import json

import pytest

from builder.model import Capture
from builder.normalize import normalize
from builder.read.cleaning import read_cleaning_rules

TEXT = "<p>The ferry crews agreed on Tuesday to keep the night crossings until the end of March.</p>" * 4


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Nora Whitfield"}, ("Nora Whitfield",)),
        ("Nora Whitfield, Political Editor", ("Nora Whitfield",)),
        ("By Nora Whitfield and Tom Achterberg", ("Nora Whitfield", "Tom Achterberg")),
        ([{"name": "Nora Whitfield"}, {"name": "Tom Achterberg, Reuters"}], ("Nora Whitfield", "Tom Achterberg")),
        (
            {"@type": "Organization", "name": "Office of Ports, Fish and Tides"},
            ("Office of Ports, Fish and Tides",),
        ),
        ({"@type": "Person", "name": "한가람 기자"}, ("한가람",)),
        ({"@type": "Person", "name": "三枝 律"}, ("三枝 律",)),
        ({"@type": "Person", "name": "Whitfield, Nora"}, ("Whitfield, Nora",)),
        ({"@type": "Person", "name": "Fran&ccedil;ois Duval"}, ("François Duval",)),
        ({"@type": "Person", "name": "norawrites"}, ("norawrites",)),
        ({"@type": "Person", "name": "admin"}, ()),
        ({"@type": "Person", "name": "https://gazette.example/nora"}, ()),
        ({"@type": "Organization", "name": "The Harbour Gazette"}, ("The Harbour Gazette",)),
        ({"@type": "Person", "name": "Staff Writer"}, ()),
    ],
)
def test_authors_of_a_saved_page(author: object, names: tuple[str, ...]) -> None:
    data = {"@type": "NewsArticle", "headline": "Ferry crews keep night crossings", "author": author}
    page = (
        '<html><head><meta property="og:site_name" content="The Harbour Gazette">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><article><h1>Ferry crews keep night crossings</h1>{TEXT}</article></body></html>"
    )
    draft = normalize(Capture("captures/page.html", page.encode()), read_cleaning_rules()).draft
    assert draft is not None
    assert draft.authors == names
