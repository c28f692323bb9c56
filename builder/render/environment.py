"""From a page to bytes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from typing import Final

import jinja2
from markupsafe import Markup, escape

from builder.model import Output, Templates
from builder.model.budgets import PIECE_SECONDS
from builder.problems import Place, Problem, did_you_mean, error
from builder.render import plots
from builder.render.cite import Reference, Styled, coins, downloads, saved, styled
from builder.render.inline import Words
from builder.render.linked_data import linked_data
from builder.render.markdown import article_html, as_xhtml, dossier_html, sections, text_html
from builder.render.plain import plain_html
from builder.render.scripts import direction, harmless, visible
from builder.render.views import ArticleView, ChapterView, DossierView, Page, StudyView, TextView
from builder.render.words import Interface, interface

_IN_TEMPLATE: Final = re.compile(r'File "([^"]*templates/[^"]+\.(?:html|xml))", line (\d+)')

_NO_TEMPLATE: Final = re.compile(r"'?([\w./-]+\.(?:html|xml|txt))'?(?: not found.*)?")
_NO_FIELD: Final = re.compile(r"View object' has no attribute '(\w+)'")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The stage that makes files of pages."""

    templates: Templates
    name: str = "render"
    seconds: float = PIECE_SECONDS

    @property
    def fingerprint(self) -> str:
        """Equal templates, equal rules."""
        return self.templates.fingerprint

    def __call__(self, page: Page, /) -> Output:
        """The page's file."""
        return render(page, self.templates)

    def failed(self, page: Page, trace: str, /) -> Output:
        """No page is left out quietly: a body that cannot be laid out is shown as plain text, a template that fails
        stops the build.
        """
        if isinstance(page.view, ArticleView):
            with suppress(Exception):
                return render(page, self.templates, plain=True)
        raise BrokenTemplateError(template_mistake(page, trace, self.templates.sources))


class BrokenTemplateError(Exception):
    """A template that cannot make its page; `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def template_mistake(page: Page, trace: str, known: Collection[str] = ()) -> Problem:
    """What a failed page's traceback says to the template's author: the last line of a template in it.

    `known` are the names of the templates there are.
    """
    *_, said = trace.strip().splitlines() or [""]
    places = _IN_TEMPLATE.findall(trace)
    path, line = places[-1] if places else (f"templates/{page.template}", "1")
    message = re.sub(r"^jinja2\.exceptions\.\w+: ", "", said)
    return error(Place(path, int(line)), f"cannot make {page.path}: {message}", _hint(page, message, known))


def _hint(page: Page, message: str, known: Collection[str]) -> str:
    """The nearest name of a template, or of a field of what the page shows."""
    near = ""
    if found := _NO_TEMPLATE.fullmatch(message):
        near = did_you_mean(found[1], known)
    elif found := _NO_FIELD.search(message):
        near = did_you_mean(found[1], [field.name for field in fields(page.view)])
    return near or "the handbook lists what each template gets"


def render(page: Page, templates: Templates, *, plain: bool = False) -> Output:
    """The page's file, an article's body as plain text if it must be.

    A mistake in a template raises `jinja2.TemplateError`, or what Python raises there.
    """
    environment = _environment(templates)
    root = "../" * page.path.count("/")
    template = environment.get_template(page.template)
    made = _made(page, templates, root, plain=plain)
    html = template.render(site=page.site, path=page.path, root=root, view=page.view, away=page.beside, **made)
    # Autoescape keeps strangers' words inside their element; this keeps them in their line, wherever they stand.
    return Output(page.path, harmless(html).encode())


def _made(page: Page, templates: Templates, root: str, *, plain: bool) -> dict[str, object]:
    """What a template gets ready made beside the view."""
    spoken = interface(templates.catalogue)
    words = Words(
        passage=lambda number: spoken.gettext("Link to passage %(number)s") % {"number": number},
        table=spoken.gettext("Table"),
        picture=spoken.gettext("Picture"),
        unpublished=spoken.gettext("a piece that is not published"),
    )
    view = page.view
    if isinstance(view, ArticleView):
        if plain:
            body = plain_html(view.body)
        else:
            body = article_html(view.body, view.language, anchors=view.anchors, root=root, words=words)
        return {"body": body, "linked_data": linked_data(page.site, view)}
    if isinstance(view, TextView):
        return {"body": text_html(view.body, view.language, words=words), "sections": sections(view.body)}
    if isinstance(view, DossierView):
        body = dossier_html(view.body, view.language, links=view.links, words=words)
        return {"body": body, "sections": sections(view.body)}
    if isinstance(view, ChapterView):
        body = article_html(view.body, view.row.language, anchors=view.anchors, root="", words=words)
        return {"body": as_xhtml(body)}
    if isinstance(view, StudyView):
        study = view.study
        return {"body": as_xhtml(dossier_html(study.body, study.language, links=study.links, words=words))}
    return {}


@lru_cache(maxsize=4)
def _environment(templates: Templates) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(_source, templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    spoken = interface(templates.catalogue)
    environment.filters |= {
        "day": spoken.day,
        "short_day": spoken.short_day,
        "medium_day": spoken.medium_day,
        "month": spoken.month,
        "month_name": spoken.month_name,
        "month_letters": spoken.month_letters,
        "year": spoken.year,
        "moment": spoken.moment,
        "number": spoken.number,
        "language_name": spoken.language_name,
        "country": spoken.country,
        "visible": visible,
        "twice": _twice,
        "said": spoken.gettext,
        "lang": partial(_lang, spoken),
        "turned": partial(_turned, spoken),
    }
    environment.globals |= {
        "_": partial(_said, spoken),
        "ngettext": partial(_counted, spoken),
        "language": spoken.language,
        "direction": direction(spoken.language),
        "spark": plots.spark,
        "bar": plots.bar,
        "coins": coins,
        "downloads": downloads,
        "saved": saved,
        "styled": partial(_styled, templates),
        "shade": plots.shade,
        "share": plots.share,
        "matrix": plots.matrix,
        "ranks": plots.ranks,
        "inline_style": partial(_inline_style, templates.assets),
    }
    return environment


def _source(templates: Templates, name: str) -> tuple[str, str, None] | None:
    """`shipped/x` is the shipped template x, also where the site has none of its own in its place."""
    name = name if name in templates.sources else name.removeprefix("shipped/")
    return (templates.sources[name], templates.files[name], None) if name in templates.sources else None


def _twice(text: str) -> Markup:
    """Plain text for a place that holds escaped HTML."""
    return escape(str(escape(harmless(text))))


def _said(spoken: Interface, message: str, **values: object) -> str:
    """The words with their values filled in, escaped only where they are shown.

    Jinja's own gettext marks words as safe, so that a quotation mark in one would end an attribute.
    """
    said = spoken.gettext(message)
    return said % values if values else said


def _counted(spoken: Interface, one: str, many: str, count: int, **values: object) -> str:
    return spoken.ngettext(one, many, count) % {"num": count, **values}


def _lang(spoken: Interface, tag: str) -> Markup:
    """The attributes of an element in another language than the page's, with the space before them."""
    if tag == spoken.language:
        return Markup("")
    return Markup(f' lang="{escape(tag)}"{_turned(spoken, tag)}')


def _turned(spoken: Interface, tag: str) -> Markup:
    """The attribute of an element that runs the other way than the page, with the space before it."""
    way = direction(tag)
    return Markup(f' dir="{way}"') if way != direction(spoken.language) else Markup("")


def _styled(templates: Templates, cited: Reference) -> tuple[Styled, ...]:
    return styled(cited, templates.korean)


def _inline_style(assets: Mapping[str, bytes], name: str) -> tuple[Markup, str]:
    """A style sheet to stand in the page itself, and the source expression that lets a policy allow it."""
    text = harmless(assets.get(name, b"").decode("utf-8", errors="replace")).replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"'sha256-{digest}'"
