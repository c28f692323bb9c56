"""content/pages/docs/templates.md is what the types say today."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from small_library import article, library, pages, settings

from builder.model import Dossier, Move
from builder.problems import Place
from builder.read.templates import shipped_templates
from builder.render.moved import stubs
from builder.render.pages import plan

BASES = ("base.html", "subject.html")
DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("template_reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(reference: ModuleType) -> None:
    again = "run .venv/bin/python docs/reference.py and commit content/pages/docs/templates.md"
    assert reference.PAGE.read_text("utf-8") == reference.page(), again


def test_every_planned_page_has_the_template_and_view_it_tells_of(reference: ModuleType) -> None:
    study = Dossier("content/dossiers/a.md", "a", "A", "en", "", "", 1)
    place = Place("content/moved.yaml")
    planned = [*plan(settings(), library([article()]), articles=[article()], provenances={}, dossiers=[study])]
    planned += [page for path, page in pages([article()]).items() if path.startswith(("provenance/", "leaders/"))]
    planned += stubs(
        [Move("articles/old.html", None, "", place, place)], {page.path for page in planned}, planned[0].site
    )[0]
    told = {(name, view.__name__) for name, view in reference.TEMPLATES.items()}
    assert {(page.template, type(page.view).__name__) for page in planned} - told == set()
    assert sorted(path.name for path in shipped_templates().glob("*.html") if path.name not in BASES) == sorted(
        name for name in reference.TEMPLATES if name.endswith(".html")
    )


def test_every_filter_function_and_template_is_told_of(reference: ModuleType) -> None:
    text = reference.page()
    for name in reference._registered():
        assert f"- `{name}`: " in text
    source = (DOCS.parent / "builder" / "render" / "engine.py").read_text("utf-8")
    listed = source.partition("def _globals(")[2].partition("return {")[2].partition("}")[0]
    for line in listed.strip().splitlines():
        name = line.strip().split('"')[1]
        assert f"`{name}" in text, name


def test_every_field_says_what_it_holds(reference: ModuleType) -> None:
    bare = re.findall(r"^- `\w+`: `[^`]+`$", reference.page(), re.MULTILINE)
    assert bare == [], "say it below the field in the code, or under its name in docs/reference.py"
