"""Writes content/pages/docs/templates.md: what a template gets, from the types themselves.

Run it from the repository's root after a change of a view, a filter or a block: `.venv/bin/python docs/reference.py`.
A test compares the page with what this would write.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Final, get_type_hints

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from builder.render.parts import Site  # noqa: E402 - the checkout goes before an installed package
from builder.render.views import articles, evidence, machines, site, sources, subjects, times  # noqa: E402
from builder.render.words import Interface  # noqa: E402

PAGE: Final = ROOT / "content" / "pages" / "docs" / "templates.md"
TEMPLATES: Final[Mapping[str, type]] = {
    "home.html": site.HomeView,
    "article.html": articles.ArticleView,
    "provenance.html": articles.ProvenanceView,
    "leaders.html": subjects.LeadersView,
    "leader.html": subjects.SubjectView,
    "leader-list.html": subjects.LeaderListView,
    "quotations.html": subjects.QuotesView,
    "part.html": subjects.PartView,
    "topics.html": subjects.TopicsView,
    "topic.html": subjects.SubjectView,
    "matrix.html": subjects.MatrixView,
    "timeline.html": times.TimelineView,
    "year.html": times.YearView,
    "month.html": times.MonthView,
    "sources.html": sources.SourcesView,
    "source.html": sources.SourceView,
    "dossiers.html": site.DossiersView,
    "dossier.html": site.DossierView,
    "search.html": site.SearchView,
    "titles.html": site.TitlesView,
    "about.html": site.TextView,
    "text.html": site.TextView,
    "moved.html": site.MovedView,
    "data.html": evidence.DataView,
    "coverage.html": evidence.CoverageView,
    "404.html": site.MissingView,
    "feed.xml": machines.FeedView,
    "sitemap.xml": machines.SitemapView,
    "robots.txt": machines.RobotsView,
}
HEAD: Final = """---
title: Templates
language: en
---

A page is made of a *view*, which is all that it shows as plain data, and of a template, which is HTML with
[Jinja](https://jinja.palletsprojects.com/) in it. This page is written by `docs/reference.py` from the types in the
code, so that it says what is, not what was.

## Make it yours

- **Colours, type, logo** need no template. In `site.yaml`:

      look:
        accent: "#7a1f2b"                          # or {light: "#7a1f2b", dark: "#e9a0a8"}
        text: old-style                            # charter, georgia, old-style, slab, humanist or grotesque
        labels: grotesque                          # the same choice, for what is said about pieces
        logo: content/logo.svg                     # SVG, PNG, JPEG or WebP, at most 100 KB

  A colour is refused when its contrast with the paper is below 4.5, and the nearest one that will do is named.
- **A block**: a file of the shipped template's name in the site's own `templates/` extends the shipped one as
  `shipped/` and that name, and fills the blocks that shall differ. `templates/article.html`:

      {% extends "shipped/article.html" %}
      {% block description %}{{ view.summary }} ({{ view.source_name }}){% endblock %}

- **A whole template**: the same file without `extends` takes the place of the shipped one. So do
  `templates/parts/nav.html` and the other parts, and `templates/assets/site.css`.
- **A picture, a style sheet, a script**: what stands in `templates/assets/` is copied to `assets/`. The policy on each
  page lets it load what is the site's own and nothing else; inline styles and scripts are refused by the browser.

A template that fails stops the build with its file and line, and the site that was published stays as it was. Text is
escaped where it is shown; nothing needs `|e`, and `|safe` has no place here.

## What every template gets

- `view`: what the page shows; which type it has is told below, template by template.
- `site`: what every page says of the archive.
- `path`: the page's own address from the site's root.
- `root`: what leads from the page to the site's root: nothing, `../` or `../../`. Put it before every address:
  `<a href="{{ root }}{{ row.page }}">`.
- `away`: what stands beside the page for programs: `reference`, how its piece is cited; `cited`, the citations of the
  pieces that it lists; `feed`, the address of its feeds without `.xml` and `.json`.
- `language` and `direction`: of the interface, such as `ko` and `ltr`.
- `body`: on pages of pieces, dossiers and texts, the body as HTML, made harmless.
- `linked_data`: on pages of pieces, a description for `<script type="application/ld+json">`.

Macros that are imported know `site`, `root`, `language` and `direction`. One that shows more of the page than it is
given is imported `with context`; its file is then read anew for each page, which takes time.
"""
COMMON: Final[Mapping[str, str]] = {
    "anchors": "Where in the body names become links; `body` has them already.",
    "author": "Whose archive it is, as site.yaml says.",
    "authors": "As the page names them.",
    "before": "The neighbour before it.",
    "below": "The topics below it.",
    "blocks": "What changed, in order.",
    "broader": "The topics above it.",
    "spoken": "Passages in another language: the fragment and the language of each.",
    "captions": "What the captured page says of its pictures.",
    "capture": "The captured file, from `captures/` on.",
    "checked": "The day on which somebody looked whether the post is still held.",
    "columns": "Its columns, in order.",
    "count": "How many there are.",
    "country": "An ISO 3166 code, for the filter `country`.",
    "cut_letters": "Letters of the capture that were cut.",
    "day": "`YYYY-MM-DD` in the source's own zone, or nothing.",
    "description": "What the archive is, as site.yaml says.",
    "dossiers": "The archivist's studies.",
    "doubles": "Pieces with nearly the same text.",
    "earlier": "What stands before it, or nothing.",
    "encoding": "The encoding of the capture.",
    "end": "Where it ends: code points of the Markdown.",
    "events": "Events that several pieces report.",
    "events_count": "How many events there are in all.",
    "first": "The day of the oldest piece.",
    "fragment": "What follows `#` in an address.",
    "group": "Its pieces.",
    "groups": "Its pieces under headings.",
    "host": "The host of its address.",
    "id": "What it is called in files and addresses; it never changes.",
    "item_type": "Zotero's name of the kind of piece, such as `newspaperArticle`.",
    "kept_letters": "Letters of the capture that were kept.",
    "kept_spans": "Stretches of the capture that were kept.",
    "kind": "Which of a few kinds it is.",
    "language": "A BCP 47 tag, for the filter `lang`.",
    "languages": "Languages of the pieces, with how many there are or what is in each.",
    "last": "The day of the newest piece.",
    "later": "What stands after it, or nothing.",
    "lead": "The newest piece.",
    "leaders": "Leaders with a page.",
    "leaders_count": "How many leaders there are in all.",
    "letters": "How many letters.",
    "license": "As site.yaml says.",
    "lines": "Every line of the capture.",
    "logo": "The archivist's logo, or nothing.",
    "mark": "The shelf mark: the last eight characters of the id.",
    "month": "`YYYY-MM`, for the filters `month` and `month_name`.",
    "months": "Its months.",
    "name": "Its name.",
    "narrower": "The topics right below it.",
    "newest": "The pieces after those.",
    "number": "Which page of them this is, from 1.",
    "numbers": "How many pages there are.",
    "offices": "Posts held, the latest first.",
    "other_language": "Of `other`.",
    "outlet": "The outlet, or nothing.",
    "page": "An address from the site's root: put `root` before it.",
    "passage": "The fragment of the paragraph.",
    "pieces": "How many pieces.",
    "published": "A date, or a date and time with its offset, for the filter `moment`.",
    "quotes": "What was said, the newest first.",
    "quotes_count": "How many quotations there are in all.",
    "related": "The nearest other pieces.",
    "required": "Whether it is never empty.",
    "retrieved": "The day on which the page was captured.",
    "row": "The piece, as lists show it.",
    "rule": "The name of the rule.",
    "seconds": "The next newest pieces.",
    "sections": "Its parts, each with a heading.",
    "sha256": "The digest of the capture.",
    "since": "The first day, `YYYY-MM-DD`.",
    "source": "Who published it.",
    "source_name": "Who published it, or nothing.",
    "source_url": "Where it was published, or nothing.",
    "sources_count": "How many outlets there are.",
    "spans": "How many stretches.",
    "start": "Where it begins: code points of the Markdown.",
    "strip": "How many pieces a month or year, for the macro `strip`.",
    "subtitle": "As site.yaml says.",
    "summary": "The archivist's, or how the text begins.",
    "tags": "As the page has them, without `#`.",
    "teasers": "Pieces that the captured page advertised.",
    "terms": "The leaders and topics it names.",
    "text": "The words themselves.",
    "title": "In its own language.",
    "topics": "Topics with a page.",
    "topics_count": "How many topics there are in all.",
    "type": "What its cells hold.",
    "undated": "Those without a date.",
    "until": "The last day, or nothing.",
    "width": "How wide it is.",
    "wikidata": "The item, such as `Q15031`.",
    "with_topics": "Topics that its pieces name as well.",
    "words": "How many words; where a script has no spaces, two letters count as one.",
    "year": "`YYYY`, for the filter `year`.",
    "years": "Its years.",
}
"""What fields of that name hold wherever the code says no more."""
FUNCTIONS: Final[Mapping[str, str]] = {
    "_(message, …)": "The interface's words for an English message; `%(name)s` in it is filled in from what follows.",
    "ngettext(one, many, count, num=…)": "The same by number.",
    "once(macro, …)": "What a macro makes of the values that follow, made once for equal ones and used on every page"
    " that needs it again; such a macro shows nothing of the page it stands on.",
    "spark(counts, label)": "A row of thin bars as SVG; the label says in words what it shows.",
    "bar(count, top)": "One bar, for a cell that says its count in words as well.",
    "shade(count, top)": "How dark a cell is, from 0 to 5.",
    "share(count, top)": "One bar that lies, as long as its share of the top.",
    "matrix(names, counts, top, label=…)": "A dot for each pair, the larger the more; the label says it in words.",
    "ranks(languages)": "Each language's number among those of a list, for the filter above it.",
    "coins(site, row)": "What Zotero reads of a piece in a list, for the title of a `span.Z3988`.",
    "styled(reference)": "The piece as Chicago, APA and Korean footnotes have it: `style`, `name`, `language`, `html`.",
    "saved(reference)": "Links that save one piece's citation: `label`, `href` (a `data:` address), `filename`.",
    "downloads(cited)": "The same for a list; there `href` may be a file's address from the site's root.",
    'inline_style("assets/site.css")': "A style sheet to stand in the page, and the source expression that allows it.",
}
FILTERS: Final[Mapping[str, str]] = {
    "lang": "Attributes for text in another language than the page's, with a space before them:"
    ' `<a{{ row.language|lang }}>` becomes `<a lang="ar" dir="rtl">`.',
    "turned": "As `lang`, the direction alone.",
    "said": "The interface's words for a message that a view holds.",
    "twice": "The text escaped twice, for the HTML inside a feed.",
    "visible": "The text with each letter that no reader sees written out as its code point.",
}
"""Those that are no method of the interface's."""


def page() -> str:
    """The text of content/pages/docs/templates.md."""
    return "\n".join((HEAD, *_templates(), *_parts(), *_filters(), *_functions(), *_blocks()))


def _templates() -> Iterator[str]:
    yield "## Templates and their views\n"
    for template, view in TEMPLATES.items():
        about = inspect.cleandoc(view.__doc__ or "").split("\n", maxsplit=1)[0]
        yield f"### {template}\n\n`view` is a `{view.__name__}`: {about}\n"
        told = next(name for name, one in TEMPLATES.items() if one is view)
        if told == template:
            yield from _fields(view)
        else:
            yield f"The same fields as in {told}.\n"


def _parts() -> Iterator[str]:
    yield "## What views are made of\n"
    seen: dict[str, type] = {}
    waiting: list[type] = [Site, *dict.fromkeys(TEMPLATES.values())]
    while waiting:
        for hint in get_type_hints(waiting.pop(0)).values():
            for part in _dataclasses_in(hint):
                if part.__name__ not in seen:
                    seen[part.__name__] = part
                    waiting.append(part)
    for name, part in sorted({**seen, "Site": Site}.items()):
        about = inspect.cleandoc(part.__doc__ or "")
        yield f"### {name}\n\n{about}\n"
        yield from _fields(part)


def _filters() -> Iterator[str]:
    yield "## Filters\n"
    for name, method in sorted(inspect.getmembers(Interface, inspect.isfunction)):
        if name in _registered() and name not in FILTERS:
            yield f"- `{name}`: {inspect.cleandoc(method.__doc__ or '')}"
    yield from (f"- `{name}`: {about}" for name, about in FILTERS.items())
    yield "- and those of Jinja.\n"


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    yield from (f"- `{name}`: {about}" for name, about in FUNCTIONS.items())
    yield ""


def _blocks() -> Iterator[str]:
    yield "## Blocks and macros\n"
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = path.read_text("utf-8")
        name = path.relative_to(ROOT / "templates").as_posix()
        blocks = dict.fromkeys(re.findall(r"{%-? block (\w+)", source))
        macros = re.findall(r"{%-? macro ([^%]+?) ?-?%}", source)
        if blocks:
            yield f"- `{name}` has the blocks " + ", ".join(f"`{block}`" for block in blocks) + "."
        if macros:
            yield f"- `{name}` has the macros " + ", ".join(f"`{macro}`" for macro in macros) + "."
    yield ""


def _fields(of: type) -> Iterator[str]:
    told = _told(of)
    for field in fields(of):
        kind = re.sub(r"\bbuilder\.[\w.]+\.", "", str(field.type))
        about = told.get(field.name) or COMMON.get(field.name, "")
        yield f"- `{field.name}`: `{kind}`" + (f". {about}" if about else "")
    yield ""


def _told(of: type) -> dict[str, str]:
    """What stands below each field in the code."""
    (node,) = ast.parse(inspect.getsource(of)).body
    assert isinstance(node, ast.ClassDef)
    told = {}
    for one, after in zip(node.body, node.body[1:], strict=False):
        match one, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                told[name] = " ".join(text.split())
    return told


def _dataclasses_in(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in getattr(hint, "__args__", ()):
        yield from _dataclasses_in(inner)


def _registered() -> set[str]:
    source = (ROOT / "builder" / "render" / "engine.py").read_text("utf-8")
    listed = re.search(r"def _filters\(.*?return {(.*?)\n    }", source, re.S)
    return set(re.findall(r'"(\w+)":', listed[1])) if listed else set()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
