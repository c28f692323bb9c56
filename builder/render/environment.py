"""From a page to bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Final

from builder.model import Output, Templates
from builder.model.budgets import PIECE_SECONDS
from builder.model.values import value
from builder.problems import Place, Problem, did_you_mean, error
from builder.render.body import article_html
from builder.render.compiled import Codes, compiled
from builder.render.engine import compiled_pages, engine
from builder.render.linked_data import linked_data
from builder.render.marking import words_of
from builder.render.plain import plain_html
from builder.render.sayings import said_in
from builder.render.scripts import harmless_utf8
from builder.render.views.articles import ArticleView
from builder.render.views.page import Page

_IN_TEMPLATE: Final = re.compile(r'File "([^"]*templates/[^"]+\.(?:html|xml))", line (\d+)')

_NO_TEMPLATE: Final = re.compile(r"'?([\w./-]+\.(?:html|xml|txt))'?(?: not found.*)?")
_NO_FIELD: Final = re.compile(r"View(?: object'|' object) has no attribute '(\w+)'")


@value(frozen=True, slots=True)
class Rendering:
    """The stage that makes files of pages."""

    templates: Templates
    book: bool = False
    """Whether it makes the files of an edition, which need none of the site's templates."""
    name: str = "render"
    seconds: float = PIECE_SECONDS

    def __reduce__(self) -> tuple[Callable[..., Rendering], tuple[object, ...]]:
        """On its way to other processes it has its templates with it as they are compiled, to save each 0.3 s."""
        sizes, codes = ({}, b"") if self.book else compiled_pages(self.templates)
        return _received, (self.templates, self.book, sizes, codes)

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
        # What a template itself does without end, it would do without end again, and nobody would stop it.
        if isinstance(page.view, ArticleView) and not _ends_in_template(trace):
            with suppress(Exception):
                return render(page, self.templates, plain=True)
        raise BrokenTemplateError(template_mistake(page, trace, self.templates.sources))


def keep_compiled(templates: Templates, codes: Codes | None) -> Templates:
    """The templates, which from now on are compiled where no kept code of them is found."""
    compiled(templates).kept = codes
    return templates


def _received(templates: Templates, book: bool, sizes: Mapping[str, int], codes: bytes) -> Rendering:
    compiled(templates).add(sizes, codes)
    return Rendering(templates, book)


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
    message = re.sub(r"^(?:jinja2\.exceptions|builder\.limits)\.\w+: ", "", said)
    return error(Place(path, int(line)), f"cannot make {page.path}: {message}", _hint(page, message, known))


def _ends_in_template(trace: str) -> bool:
    """Whether it was a template's own line that failed or that the clock interrupted, and nothing that it called."""
    places = [line for line in trace.splitlines() if line.startswith('  File "') and "limits.py" not in line]
    return bool(places) and _IN_TEMPLATE.search(places[-1]) is not None


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
    root = "../" * page.path.count("/")
    template = engine(templates, page.site, root).get_template(page.template)
    made = _made(page, templates, root, plain=plain)
    html = template.render(path=page.path, view=page.view, away=page.beside, **made)
    # Autoescape keeps strangers' words inside their element; this keeps them in their line, wherever they stand.
    return Output(page.path, harmless_utf8(html))


def _made(page: Page, templates: Templates, root: str, *, plain: bool) -> dict[str, object]:
    """What a template gets ready made beside the view."""
    words = words_of(said_in(templates.catalogue))
    view = page.view
    if isinstance(view, ArticleView):
        if plain:
            body = plain_html(view.body)
        else:
            anchors, spoken = view.anchors, view.spoken
            body = article_html(view.body, view.language, anchors=anchors, root=root, words=words, spoken=spoken)
        return {"body": body, "linked_data": linked_data(page.site, view)}
    from builder.render.studies import made_of_study  # noqa: PLC0415 - their types take 5 ms to load, for few pages

    return made_of_study(view, words)
