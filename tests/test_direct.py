"""What templates say is what Jinja's own compiler has them say."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest

from builder.render.direct import Direct
from builder.render.engine import InContext, Loaded

TEMPLATES = {
    "base": "<a>{% block one %}A{{ x.name }}{% endblock %}{% block two scoped %}{% endblock %}{{ self.one() }}</a>\n",
    "child": "{% extends 'base' %}{% from 'macros' import m %}unsaid"
    "{% block one %}{{ super() }}:{{ m(x, 2) }}{% endblock %}",
    "grandchild": "{% extends 'child' %}"
    "{% block two %}{% for i in x.list %}{{ loop.index }}{{ i }}{% endfor %}{% endblock %}",
    "perhaps": "before{% if x.name %}{% extends 'base' %}{% endif %}after{% block two %}2{% endblock %}",
    "macros": "{% macro m(v, n=1, w='') %}<m>{{ v.name }}{{ n }}{{ w }}{{ varargs }}{{ kwargs }}</m>{% endmacro %}said",
    "caller": "{% macro c(a) %}[{{ caller(a) }}{{ caller('<') }}]{% endmacro %}"
    "{% call(z) c(x.name) %}{{ z }}!{% endcall %}",
    "spread": "{% from 'macros' import m %}{{ m(*[x, 3], **{'w': '<'}) }}{{ m(n=4, v=x) }}",
    "part": "({{ x is defined }} {{ y|default('no') }})",
    "parts": "1{% include 'part' %}2{% include 'part' without context %}3"
    "{% block b %}4{% include 'part' without context %}5{% for i in [1, 2] %}{{ i }}{% include 'part' %}{% endfor %}"
    "{% include 'none' ignore missing %}6{% endblock %}7",
    "many": "{% set n = 5 %}{% include 'part' %}{% macro m(y) %}{% include 'part' %}{% endmacro %}{{ m(2) }}"
    "{% include 'set' %}{{ ns is defined }}{% with y = 7 %}{% include 'part' %}{% endwith %}"
    "{% for y in [1] %}{% include 'part' %}{% endfor %}{% include 'off' %}{{ x.name }}"
    "{% block b scoped %}{% include 'part' %}{% include 'base' %}{% endblock %}",
    "tree": "{% for i in x.tree recursive %}<{{ i.name }}{{ loop(i.below) if i.below }}>{% endfor %}",
    "set": "{% set a %}<b>{{ x.name }}</b>{% endset %}{{ a }}"
    "{% set ns = namespace(n=1) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}",
    "with": "{% with n = x.name|upper %}{{ n ~ n }}{% filter lower %}{{ n }}{{ x.name }}{% endfilter %}{% endwith %}",
    "sparse": "{% macro m(a, b='<', c=3, d=a) %}{{ a }}{{ b }}{{ c }}{{ d }}{% endmacro %}"
    "{{ m(1) }}{{ m(1, 2) }}{{ m(1, c=x.name) }}{{ m(a=1, d=2) }}{{ m(1, 2, 3, 4) }}"
    "{{ m(1)|upper }}{{ m(1) ~ x.name }}",
    "off": "{% autoescape false %}{{ x.name }}{% endautoescape %}{{ x.name }}"
    "{% for i in [] %}{% else %}{{ x.name }}{% endfor %}",
    "calls": "{{ x.call(x.name, n=x.list|length) }}{{ x.name.upper() }}{{ range(3)|list }}{{ dict(a=1).a }}"
    "{{ (x or y).name }}",
}
THING = SimpleNamespace(
    name="<x>",
    list=[1, "&"],
    tree=[SimpleNamespace(name="a", below=[SimpleNamespace(name="b", below=[])])],
    call=lambda *values, **named: f"{values}{named}",
)


def made(name: str, folder: str, *, direct: bool, **values: object) -> str:
    def source(name: str) -> tuple[str, str, None] | None:
        return (TEMPLATES[name], f"{folder}/{name}", None) if name in TEMPLATES else None

    loader = jinja2.FunctionLoader(source)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    if direct:
        environment.code_generator_class = Direct
        environment.template_class = Loaded
        environment.context_class = InContext
    return environment.get_template(name).render(**values)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_the_same(name: str) -> None:
    expected = made(name, "templates", direct=False, x=THING)
    assert made(name, "templates", direct=True, x=THING) == expected
    if name != "calls":  # takes a field of a dictionary, which no shipped template does
        assert made(name, "shipped templates", direct=True, x=THING) == expected


def test_a_sites_own_template_takes_fields_of_a_dictionary_and_may_ask_for_one_that_is_missing() -> None:
    thing = {"name": "n", "list": [], "tree": [], "call": lambda *values, **named: "called"}
    assert made("calls", "templates", direct=True, x=thing) == made("calls", "templates", direct=False, x=thing)
    with pytest.raises(jinja2.UndefinedError, match="has no attribute 'name'"):
        made("base", "templates", direct=True, x=SimpleNamespace())


def test_a_name_that_is_missing_is_told() -> None:
    with pytest.raises(jinja2.UndefinedError, match="'x' is undefined"):
        made("base", "shipped templates", direct=True)


@pytest.mark.parametrize("call", ["m(1, 2, 3)", "m(1, c=2)", "m(1, a=2)", "m()"])
def test_a_macro_that_is_called_amiss_says_so_as_jinjas_own_does(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEMPLATES, "amiss", "{% macro m(a, b=1) %}{{ a }}{{ b }}{% endmacro %}{{ " + call + " }}")
    told = []
    for direct in (False, True):
        with pytest.raises((TypeError, jinja2.UndefinedError)) as found:
            made("amiss", "templates", direct=direct)
        told.append(str(found.value))
    assert told[0] == told[1]
