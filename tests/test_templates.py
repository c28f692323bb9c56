"""The shipped templates and catalogues, and how a site's own stand before them."""

from __future__ import annotations

import gzip
import io
import pickle
import re
import signal
import traceback
from datetime import date, timedelta
from pathlib import Path

import jinja2
import pytest
from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract
from small_library import article, pages

from builder.model import Catalogue
from builder.parallel import Failure, run_batch
from builder.read.catalogues import CATALOGUES, read_catalogue
from builder.read.templates import read_templates, shipped_templates
from builder.render.compiled import compiled
from builder.render.environment import BrokenTemplateError, Rendering, render
from builder.render.messages import messages
from builder.render.words import Interface, interface

LANGUAGES = ("en", "ko", "ja", "zh")
SPOKEN_IN_CODE = ("Link to passage %(number)s", "Table", "Picture", "a piece that is not published")
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    parsed = read_po(io.BytesIO((CATALOGUES / f"{language}.po").read_bytes()), locale=language)
    found = {}
    for message in parsed:
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[0]
            found[one] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def spoken_in_templates() -> set[str]:
    found = set(SPOKEN_IN_CODE)
    for path in shipped_templates().rglob("*.html"):
        with path.open("rb") as file:
            for _line, _function, message, _comments in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_templates_is_in_every_catalogue(language: str) -> None:
    found = catalogue(language)
    assert sorted(spoken_in_templates() - set(found)) == []
    assert [message for message, forms in found.items() if not all(forms)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_read_as_babel_reads_it(language: str) -> None:
    source = (CATALOGUES / f"{language}.po").read_text("utf-8")
    assert list(messages(source, language)) == list(catalogue(language).items())


@pytest.mark.parametrize(
    "source",
    [
        'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n',
        'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n',
        '#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr ""\n"\\"d\\"\\n"\n"\\\\e"\n',
        '# said\n#: there\nmsgid ""\n"a"\n  "b"\nmsgstr "c"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n\n\nmsgid "e"\nmsgstr "f"',
        'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\nmsgstr[1] ""\n',
    ],
)
def test_what_else_may_stand_in_a_catalogue_is_read_as_babel_reads_it(source: str) -> None:
    found = []
    for message in read_po(io.BytesIO(source.encode()), locale="en"):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(forms):
            found.append((message.id[0] if isinstance(message.id, tuple) else message.id, forms))
    assert list(messages(source, "en")) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    for message, forms in catalogue(language).items():
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(message)), message


def test_the_catalogues_hold_the_same_words() -> None:
    first, *others = (set(catalogue(language)) for language in LANGUAGES)
    assert all(first == other for other in others)


@pytest.mark.parametrize(("wished", "found"), [("zh-Hant", "zh"), ("fr", "en"), ("../../etc", "en"), ("ko", "ko")])
def test_the_nearest_catalogue_is_taken(wished: str, found: str) -> None:
    assert read_catalogue(wished).language == found


def test_plural_forms() -> None:
    source = 'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s D"\nmsgstr[1] "%(num)s DD"\n'
    spoken = interface(Catalogue("en", source))
    forms = [spoken.ngettext("%(num)s day", "%(num)s days", number) for number in (1, 2, 0)]
    assert forms == ["%(num)s D", "%(num)s DD", "%(num)s DD"]
    assert spoken.ngettext("cup", "cups", 2) == "cups"
    assert spoken.gettext("not there") == "not there"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Wednesday, October 18, 2023, 6:00\u202fPM (UTC+09:00)"),
        ("ko", "2023년 10월 18일 수요일 오후 6:00 (UTC+09:00)"),
        ("ja", "2023年10月18日水曜日 18:00 (UTC+09:00)"),
        ("zh", "2023年10月18日星期三 18:00 (UTC+09:00)"),
    ],
)
def test_a_moment_is_told_as_the_language_tells_it(language: str, said: str) -> None:
    assert interface(read_catalogue(language)).moment("2023-10-18T18:00+09:00") == said


def test_a_site_overrides_file_by_file(tmp_path: Path) -> None:
    shipped = read_templates(tmp_path)
    own = tmp_path / "templates" / "assets"
    own.mkdir(parents=True)
    (own / "site.css").write_text("p{}", "utf-8")
    (own / "logo.svg").write_text("<svg/>", "utf-8")
    (own.parent / "about.html").write_text("mine", "utf-8")
    (own.parent / ".secret.html").write_text("not mine", "utf-8")
    (own.parent / "notes.md").write_text("not a template", "utf-8")
    mine = read_templates(tmp_path)
    assert mine.sources["about.html"] == "mine"
    assert mine.files["about.html"] == "templates/about.html"
    assert mine.assets["assets/site.css"] == b"p{}"
    assert set(mine.assets) == set(shipped.assets) | {"assets/logo.svg"}
    assert set(mine.sources) == set(shipped.sources) | {"shipped/about.html"}
    assert mine.fingerprint != shipped.fingerprint
    assert mine.sources["base.html"] == shipped.sources["base.html"]


def test_a_sites_template_extends_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "parts").mkdir(parents=True)
    (own / "shipped").mkdir()
    (own / "timeline.html").write_text(
        '{% extends "shipped/timeline.html" %}{% block main %}<p>Mine.</p>{{ super() }}{% endblock %}', "utf-8"
    )
    (own / "parts" / "nav.html").write_text('{% include "shipped/parts/nav.html" %}<p>And mine.</p>', "utf-8")
    (own / "year.html").write_text('{% extends "shipped/base.html" %}', "utf-8")
    (own / "shipped" / "timeline.html").write_text("never read", "utf-8")
    templates = read_templates(tmp_path)
    planned = pages([article()])
    text = render(planned["timeline.html"], templates).data.decode()
    assert text.index("And mine.") < text.index("Mine.", text.index("<main")) < text.index("<h1>Timeline")
    assert "Search" in render(planned["years/2024.html"], templates).data.decode()


COUNTING = """{% set seen = namespace(made=0) %}
{% macro tell(word) %}
{% set seen.made = seen.made + 1 %}
{{ word }} {{ seen.made }} {{ root }}{{ site.title }}{% endmacro %}
{% macro place() %}{{ path }}{% endmacro %}
"""
CALLING = """{% from "parts/own.html" import tell %}
{% from "parts/own.html" import place with context %}
[{{ once(tell, "<a>") }}] [{{ once(tell, "b") }}] [{{ once(place) }}]
"""


def test_what_a_macro_makes_of_equal_values_is_made_once_for_all_pages_but_not_what_it_says_of_the_page(
    tmp_path: Path,
) -> None:
    own = tmp_path / "templates"
    (own / "parts").mkdir(parents=True)
    (own / "parts" / "own.html").write_text(COUNTING, "utf-8")
    (own / "article.html").write_text(CALLING, "utf-8")
    (own / "timeline.html").write_text(CALLING, "utf-8")
    templates = read_templates(tmp_path)
    planned = pages([article("one"), article("two")])
    told = {
        page: render(planned[page], templates).data.decode().strip()
        for page in ("articles/one.html", "articles/two.html", "timeline.html")
    }
    title = planned["timeline.html"].site.title
    assert told == {
        "articles/one.html": f"[&lt;a&gt; 1 ../{title}] [b 2 ../{title}] [articles/one.html]",
        "articles/two.html": f"[&lt;a&gt; 1 ../{title}] [b 2 ../{title}] [articles/two.html]",
        "timeline.html": f"[&lt;a&gt; 1 {title}] [b 2 {title}] [timeline.html]",
    }


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p title=\"{{ _('Leaders') }}\">", '<p title="Leaders">'),
        ("{{ _('\"Fish\" & chips') }}", "&#34;Fish&#34; &amp; chips"),
        ("{{ _('%(n)s of many', n='<1>') }}", "&lt;1&gt; of many"),
        ("{% for _ in ['<a>'] %}{{ _ }}{{ _|upper }}{% endfor %}", "&lt;a&gt;&lt;A&gt;"),
        ("{% set said = 'Lead' ~ 'ers' %}{{ _(said) }}", "Leaders"),
        ("{{ 1 }}{{ none }}{{ true }}{{ ['<'] }}", "1NoneTrue[&#39;&lt;&#39;]"),
    ],
)
def test_what_a_template_shows_is_escaped_whatever_says_it(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "timeline.html").write_text(source, "utf-8")
    page = pages([article()])["timeline.html"]
    assert render(page, read_templates(tmp_path)).data.decode() == said


def test_a_stage_takes_its_templates_along_as_they_are_compiled(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "timeline.html").write_text("{% if %}", "utf-8")
    stage = Rendering(read_templates(tmp_path))
    planned = pages([article()])
    sent = pickle.loads(pickle.dumps(stage))
    assert sent == stage
    assert {"article.html", "base.html", "parts/macros.html"} <= set(compiled(stage.templates).codes)
    assert "timeline.html" not in compiled(stage.templates).codes
    assert sent(planned["index.html"]) == stage(planned["index.html"])
    with pytest.raises(jinja2.TemplateSyntaxError):
        sent(planned["timeline.html"])


def test_compiled_templates_that_are_damaged_are_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "about.html").write_text("mine: {{ _('Leaders') }}", "utf-8")
    templates = read_templates(tmp_path)
    compiled(templates).codes["about.html"] = b"made by something else"
    assert render(pages([article()])["about.html"], templates).data == b"mine: Leaders"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{% extends "shiped/timeline.html" %}', 'shiped/timeline.html (did you mean "shipped/timeline.html"?)'),
        ("{{ view.undatet }}", "has no attribute 'undatet' (did you mean \"undated\"?)"),
        ("{{ rot }}", "'rot' is undefined (the handbook lists what each template gets)"),
    ],
)
def test_a_name_that_is_not_there_brings_the_nearest(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "timeline.html").write_text("\n" + source, "utf-8")
    stage = Rendering(read_templates(tmp_path))
    page = pages([article()])["timeline.html"]
    try:
        stage(page)
    except jinja2.TemplateError:
        trace = traceback.format_exc()
    with pytest.raises(BrokenTemplateError) as caught:
        stage.failed(page, trace)
    assert str(caught.value.problem).startswith("templates/timeline.html:")
    assert said in str(caught.value.problem)


def test_a_link_out_of_the_templates_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.css"
    outside.write_text("secret", "utf-8")
    own = tmp_path / "site" / "templates" / "assets"
    own.mkdir(parents=True)
    (own / "leak.css").symlink_to(outside)
    assert "assets/leak.css" not in read_templates(tmp_path / "site").assets


def test_the_interface_language_changes_the_fingerprint(tmp_path: Path) -> None:
    assert read_templates(tmp_path, "en").fingerprint != read_templates(tmp_path, "ko").fingerprint


@pytest.mark.parametrize(("name", "most"), [("site.css", 12_000), ("site.js", 6_000)])
def test_style_and_script_stay_light(name: str, most: int) -> None:
    assert len(gzip.compress((shipped_templates() / "assets" / name).read_bytes(), 9)) <= most


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no clock of the processor's time here")
def test_a_template_without_an_end_is_not_begun_again(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "article.html").write_text("{% for number in range(10**12) %}{% endfor %}", "utf-8")
    piece = article()
    page = pages([piece])[f"articles/{piece.id}.html"]
    render(page, read_templates(tmp_path / "none"))  # what is loaded once a process is none of the page's time
    stage = Rendering(read_templates(tmp_path))
    (made,) = run_batch(stage, (page,), 0.5)
    assert isinstance(made, Failure)
    with pytest.raises(BrokenTemplateError, match=r"templates/article.html.*took more than 0.5 s of processor time"):
        stage.failed(page, made.trace)


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_days_are_written_as_babel_writes_them(language: str) -> None:
    spoken, locale = Interface(language, {}, int), Locale.parse(language)
    for day in (date(202, 1, 1) + timedelta(days=at) for at in range(0, 3_000_000, 9_973)):
        text = day.isoformat()
        assert spoken.day(text) == format_date(day, "long", locale)
        assert spoken.medium_day(text) == format_date(day, "medium", locale)
        assert spoken.moment(text) == format_date(day, "full", locale)
        assert spoken.short_day(text) == format_skeleton("MMMd", day, locale=locale)
