"""The Jinja environment: what templates may call, and how they are compiled."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache, partial
from types import CodeType
from typing import Any, Final, cast

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from builder.model import Templates
from builder.render import plots
from builder.render.cite import Reference, Styled, coins, downloads, saved, styled
from builder.render.compiled import compiled
from builder.render.direct import Direct
from builder.render.parts import Site
from builder.render.scripts import direction, harmless, visible
from builder.render.words import Interface, interface

_REMEMBERED: Final = 4096
"""What macros made of so many values is kept: a few megabytes, and more rows than pages near each other share."""


class Engine(jinja2.Environment):
    """The templates of one site, for all pages from which the same `root` leads to the site's root.

    Both are globals, so that macros need no context and a file of them is read once, not once a page.
    """

    def __init__(self, templates: Templates, site: Site | None, root: str) -> None:
        super().__init__(
            loader=jinja2.FunctionLoader(partial(_source, templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled(templates),
        )
        self._templates = templates
        self._spoken = interface(templates.catalogue)
        self._known: dict[str, jinja2.Template] = {}
        self.code_generator_class = Direct
        self.template_class = Loaded
        self.context_class = InContext
        self.filters |= _filters(self._spoken)
        self.globals |= _globals(templates, self._spoken) | {"site": site, "root": root}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals as a plain dictionary, copied for each page and each include: Jinja's chain takes ten times as
        long to copy.
        """
        return self.globals if not d else {**self.globals, **d}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> jinja2.Template:
        """A template, looked up at once when it has been loaded: each page asks for ten."""
        found = self._known.get(name) if isinstance(name, str) else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str):
                self._known[name] = found
        return found

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """The Python of a template; a site's copy of a shipped one is compiled as that one is, which is quicker."""
        sources, shipped = self._templates.sources, f"shipped/{name}"
        if shipped in sources and sources[shipped] == sources[str(name)]:
            filename = self._templates.files[shipped]
        return super()._generate(source, name, filename, defer_init)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        saying = _Saying(self._spoken)
        tree: nodes.Template = saying.visit(super()._parse(source, name, filename))
        # A template may mean something else by `_`, as in a loop that needs no name.
        return super()._parse(source, name, filename) if saying.own else tree


@lru_cache(maxsize=8)
def engine(templates: Templates, site: Site, root: str) -> Engine:
    """The templates of a site for pages of one depth, compiled once."""
    return Engine(templates, site, root)


@lru_cache(maxsize=4)
def compiled_pages(templates: Templates) -> tuple[Mapping[str, int], bytes]:
    """Every template of pages as compiled, for `Compiled.add`: the size of each, and all packed together.

    One that is broken is left to the page that needs it.
    """
    loading = Engine(templates, None, "")
    for name in templates.sources:
        if name.endswith(".html"):
            with suppress(jinja2.TemplateError):
                loading.get_template(name)
    codes = compiled(templates).codes
    return {name: len(code) for name, code in codes.items()}, zlib.compress(b"".join(codes.values()), 1)


class Loaded(jinja2.Template):
    """A template whose macros are ours."""

    names_nothing = False
    """Whether one that includes it need not fear for its names."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Loaded:
        """The template of its code."""
        made = cast("Loaded", super().from_code(environment, code, globals, uptodate))
        made.root_render_func.__globals__["Macro"] = _Macro
        made.names_nothing = made.root_render_func.__globals__["names_nothing"]
        return made

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Its macros, made once: what all templates can name is the same in all of them, which Jinja asks each time."""
        return self._module or super()._get_default_module()


class _Macro(Macro):
    """A macro that is called as it is written; Jinja's own asks each time what else it might be."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.made: dict[tuple[Any, ...], str] = {}
        """What it made of values, by those."""
        self._is_plain = self._default_autoescape and not (self.catch_kwargs or self.catch_varargs or self.caller)

    @internalcode
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if not self._is_plain:
            return super().__call__(*args, **kwargs)
        if len(args) < self._argument_count:
            args += tuple([kwargs.pop(name, missing) for name in self.arguments[len(args) :]])
        if kwargs or len(args) > self._argument_count:
            return super().__call__(*args, **kwargs)
        return str.__new__(Markup, self._func(*args))


class InContext(Context):
    """What a template can name."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's names
        """Call a function of a template; ours never ask for the context, so that it need not be looked up whether."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class _Saying(NodeTransformer):
    """Puts the interface's words in the place of each `_("words")`: they are the same on all pages."""

    def __init__(self, spoken: Interface) -> None:
        self._spoken = spoken
        self.own = False

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.own = self.own or (node.name == "_" and node.ctx != "load")
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and plain and len(node.args) == 1:
            said = node.args[0]
            if isinstance(said, nodes.Const):
                words = self._spoken.gettext(str(said.value))
                return nodes.Const(words, lineno=node.lineno, environment=node.environment)
        return node


def _filters(spoken: Interface) -> dict[str, Callable[..., Any]]:
    return {
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
        "lang": lru_cache(maxsize=256)(partial(_lang, spoken)),
        "turned": lru_cache(maxsize=256)(partial(_turned, spoken)),
    }


def _globals(templates: Templates, spoken: Interface) -> dict[str, Any]:
    return {
        "_": partial(_said, spoken),
        "ngettext": partial(_counted, spoken),
        "language": spoken.language,
        "direction": direction(spoken.language),
        "once": _once,
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


def _source(templates: Templates, name: str) -> tuple[str, str, None] | None:
    """`shipped/x` is the shipped template x, also where the site has none of its own in its place."""
    name = name if name in templates.sources else name.removeprefix("shipped/")
    return (templates.sources[name], templates.files[name], None) if name in templates.sources else None


def _once(macro: _Macro, *values: Any) -> str:
    """What a macro makes of values, made once for equal ones: a row of a list stands on dozens of pages.

    It is kept with the macro: one that was imported with a page's context is gone with that page, and what it made too.
    """
    found = macro.made.get(values)
    if found is None:
        if len(macro.made) >= _REMEMBERED:
            macro.made.clear()
        found = macro.made[values] = macro(*values)
    return found


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
