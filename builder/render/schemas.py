"""JSON Schemas of the archivist's files, by which an editor completes and checks them while they are written.

Which values a field may have comes from the types; the readers give the last word, since they also see what no schema
can say: that an id is taken, or that a rule does not fit its example.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from builder.model import ITEM_TYPES, Access, Output, Pronoun, Typeface, Visibility

Schema = dict[str, Any]

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The draft that editors' YAML extensions know whole."""
_LANGUAGE: Final = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$"
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_MOMENT: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$"
_WEB: Final = "^https?://"
_ID: Final = "^[a-z0-9-]{1,80}$"
_AUTHORITY: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"


def schema_files() -> Iterator[Output]:
    """`data/schemas/<file>.schema.json`, one for each kind of file."""
    for name, schema in schemas().items():
        text = json.dumps({"$schema": _DRAFT, **schema}, ensure_ascii=False, indent=1, sort_keys=True)
        yield Output(f"data/schemas/{name}.schema.json", f"{text}\n".encode())


def schemas() -> Mapping[str, Schema]:
    """By the name of the kind of file: site, article, dossier, leaders, topics, rules, moved."""
    return {
        "site": _site(),
        "article": _article(),
        "dossier": _mapping(
            "The front matter of a dossier or page.",
            {
                "title": _text("Its heading."),
                "language": _language("The language it is written in."),
                "summary": _text("One or two sentences for lists; dossiers only."),
            },
            needed=("title",),
        ),
        "leaders": _authorities("leaders", _leader()),
        "topics": _authorities("topics", _topic()),
        "rules": _rules(),
        "moved": {
            "title": "Old addresses and where what stood there is now.",
            "type": "object",
            "additionalProperties": {"type": ["string", "null"]},
        },
    }


def _site() -> Schema:
    colour = _pattern("A colour such as #17533f, in quotes.", "^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$")
    both = _mapping("One for each scheme.", {"light": colour, "dark": colour}, needed=("light", "dark"))
    look = {
        "accent": {"description": "The one colour beside ink and paper.", "anyOf": [colour, both]},
        "text": _one_of("What pieces are set in.", get_args(Typeface)),
        "labels": _one_of("What is said about pieces.", get_args(Typeface)),
        "logo": _text("A picture's path from the site's folder."),
    }
    return _mapping(
        "The archive's settings.",
        {
            "title": _text("The archive's name."),
            "subtitle": _text("What it is, in a few words."),
            "description": _text("One or two sentences on what is kept, and why."),
            "language": _one_of("Of the interface.", ("en", "ko", "ja", "zh")),
            "url": _pattern("Where the archive is published; formats that need whole addresses use it.", _WEB),
            "author": _text("Who keeps it."),
            "license": _text("An SPDX identifier or a sentence."),
            "access": _one_of("How much of a piece's text is published.", get_args(Access)),
            "provenance": _one_of("Whether the pages that show what was cut are published.", get_args(Visibility)),
            "look": _mapping("Colours, typefaces and logo.", look),
        },
        needed=("title",),
    )


def _article() -> Schema:
    teaser = _mapping("A piece that the page advertised.", {"title": _text("Its title."), "text": _text("Its text.")})
    caption = _mapping("Of one picture.", {"text": _text("What it shows."), "credit": _text("Whose it is.")})
    said = "The language of each passage that is in another one, by its fragment on the page."
    spoken: Schema = {"type": "object", "description": said, "additionalProperties": _language("Of the passage.")}
    source = {"name": _text("The outlet."), "url": _pattern("The piece's own address.", _WEB)}
    capture = {"file": _pattern("Below content/.", "^captures/"), "sha256": _text("Of the file.")}
    fields: Schema = {
        "id": _pattern("Given once; the page's address. It never changes.", _ID),
        "title": _text("The headline."),
        "language": _language("The language the piece is written in."),
        "published": _moment("When; absent when unknown."),
        "retrieved": _moment("When the page was captured."),
        "source": _mapping("Where it was published.", source),
        "authors": _texts("Who wrote it."),
        "tags": _texts("The page's own tags, without #."),
        "teasers": {"type": "array", "items": teaser, "description": "Pieces the page advertised; never counted."},
        "captions": {"type": "array", "items": caption, "description": "What the page says of its pictures."},
        "passage_languages": spoken,
        "capture": _mapping("The capture it was made from.", capture, needed=("file",)),
        "normalized": {"type": "object", "description": "Digests of what Pressmark wrote. Leave them as they are."},
        "item_type": _one_of("What Zotero takes the piece for.", ITEM_TYPES),
        "leaders": _choice("People whom the text names otherwise, or not at all."),
        "topics": _choice("Topics to add or to drop."),
        "summary": _text("For lists, instead of the beginning."),
        "event_date": _moment("The day of the event, where it is not that of the piece."),
        "draft": {"type": "boolean", "description": "Not published while true."},
        "access": _one_of("How much of the text is published.", get_args(Access)),
        "provenance": _one_of("Whether its provenance page is published.", get_args(Visibility)),
    }
    return _mapping("The front matter of an article.", fields, needed=("id", "title", "language"))


def _leader() -> Schema:
    office = _mapping(
        "A post held.",
        {
            "title": _by_language("The post's name."),
            "from": _pattern("The first day.", _DAY),
            "until": _pattern("The last day; absent while it lasts.", _DAY),
            "checked": _pattern("When it was last looked up.", _DAY),
        },
        needed=("title", "from"),
    )
    return _record(
        {
            "country": _pattern("Two letters of ISO 3166.", "^[A-Z]{2}$"),
            "surname": _one_of("Whether the family name alone counts.", ("enough", "weak", "none")),
            "pronoun": _one_of("By which quotations are told apart.", get_args(Pronoun)),
            "offices": {"type": "array", "items": office},
        }
    )


def _topic() -> Schema:
    return _record(
        {
            "broader": _texts("Ids of the topics above this one."),
            "heading": {"type": "boolean", "description": "A heading that gathers narrower topics."},
        }
    )


def _record(more: Schema) -> Schema:
    return _mapping(
        "An authority record; with the id of a shipped one it is laid over that.",
        {
            "id": _pattern("Stable, in small Latin letters.", _AUTHORITY),
            "names": _by_language("The name in each language."),
            "aliases": _by_language("Other names that are enough alone."),
            "weak": _by_language("Names that count only beside a name or alias."),
            "wikidata": _pattern("The Wikidata id.", "^Q[1-9][0-9]*$"),
            "formerly": _texts("Ids that it once had; their pages lead here."),
            **more,
        },
        needed=("id",),
    )


def _authorities(name: str, record: Schema) -> Schema:
    records = {"type": "array", "items": record}
    dated = _mapping("The records and their date.", {"as_of": _moment("When they were right."), name: records})
    return {"title": f"Authority records: {name}.", "anyOf": [records, dated]}


def _rules() -> Schema:
    entries = {
        "drop": ("line", "span", "from", "to", "select"),
        "keep": ("line", "select"),
        "title": ("line", "select", "gives", "attribute"),
        "date": ("line", "select", "gives", "attribute"),
    }
    said = {
        "line": "A whole line; * stands for any words.",
        "span": "A stretch inside a line; * stands for any words.",
        "from": "A line with which a section begins.",
        "to": "The line before which it ends.",
        "select": "A CSS selector, for saved pages.",
        "gives": "What the rule finds in the example.",
        "attribute": "The attribute in which it stands.",
        "example": "What the rule must fit; checked at each build.",
        "name": "The name in ledgers and explain.",
    }

    def entry(fields: tuple[str, ...]) -> Schema:
        known = {name: _text(said[name]) for name in (*fields, "example", "name")}
        one = _mapping("A rule.", known, needed=("example",))
        return {"anyOf": [one, {"type": "array", "items": one}]}

    pages = {
        "host": _texts("A host, its subdomains too; or several."),
        "file": _texts("Captures by path, with * and **."),
        **{aim: entry(fields) for aim, fields in entries.items()},
    }
    return {"title": "The archivist's cleaning rules.", "type": "array", "items": _mapping("For some pages.", pages)}


def _mapping(title: str, fields: Schema, *, needed: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"description": title, "type": "object", "properties": fields, "additionalProperties": False}
    return schema | ({"required": list(needed)} if needed else {})


def _text(said: str) -> Schema:
    # YAML takes 2024 for a number and yes for a truth; Pressmark reads what was written.
    return {"description": said, "type": ["string", "number", "boolean"]}


def _texts(said: str) -> Schema:
    return {"description": said, "anyOf": [_text(said), {"type": "array", "items": _text(said)}]}


def _pattern(said: str, pattern: str) -> Schema:
    return {"description": said, "type": "string", "pattern": pattern}


def _language(said: str) -> Schema:
    return _pattern(said, _LANGUAGE)


def _moment(said: str) -> Schema:
    return _pattern(f"{said} YYYY-MM-DD, or with time and zone: 2023-10-18T18:00+09:00.", _MOMENT)


def _one_of(said: str, values: tuple[str, ...]) -> Schema:
    return {"description": said, "enum": list(values)}


def _by_language(said: str) -> Schema:
    names = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "description": said,
        "type": "object",
        "patternProperties": {_LANGUAGE: names},
        "additionalProperties": False,
    }


def _choice(said: str) -> Schema:
    ids = {"type": "array", "items": {"type": "string"}}
    both = _mapping(said, {"add": ids, "drop": ids})
    return {"description": said, "anyOf": [ids, {"type": "string"}, both]}
