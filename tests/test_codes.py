"""Compiled templates are kept beside Python's byte code, and believed as far as they are whole."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from small_library import article, pages

from builder.read.codes import KeptCodes, kept_codes
from builder.read.templates import read_templates, shipped_templates
from builder.render.compiled import compiled
from builder.render.engine import Engine, engine
from builder.render.environment import keep_compiled, render, template_mistake


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "python"))
    yield tmp_path / "python"
    forget()


def made(site: Path, text: str = "mine: {{ _('Leaders') }}") -> tuple[bytes, set[str]]:
    """A page of a process that has compiled nothing so far, and which templates it took as they were kept."""
    (site / "templates").mkdir(parents=True, exist_ok=True)
    (site / "templates" / "about.html").write_text(text, "utf-8")
    forget()
    codes = Counting(kept_codes())
    templates = keep_compiled(read_templates(site), codes)
    return render(pages([article()])["about.html"], templates).data, codes.taken


def forget() -> None:
    """As a new process begins."""
    compiled.cache_clear()
    engine.cache_clear()


class Counting:
    def __init__(self, codes: KeptCodes | None) -> None:
        assert codes
        self.codes = codes
        self.taken: set[str] = set()

    def load(self, name: str) -> bytes | None:
        if found := self.codes.load(name):
            self.taken.add(name)
        return found

    def save(self, name: str, code: bytes) -> None:
        self.codes.save(name, code)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def test_a_template_is_compiled_once_for_all_runs(folder: Path, tmp_path: Path) -> None:
    assert made(tmp_path / "site") == (b"mine: Leaders", set())
    assert len(kept(folder)) == 1
    again, taken = made(tmp_path / "site")
    assert (again, len(taken)) == (b"mine: Leaders", 1)
    assert made(tmp_path / "site", "new: {{ _('Leaders') }}") == (b"new: Leaders", set())


def test_an_equal_template_elsewhere_is_not_compiled_again_and_is_named_by_its_own_file(
    folder: Path, tmp_path: Path
) -> None:
    text = "\n{% block main %}{{ missing.field }}{% endblock %}"
    for site in (tmp_path / "site", tmp_path / "other"):
        (site / "templates").mkdir(parents=True)
        (site / "templates" / "about.html").write_text(text, "utf-8")
    places = []
    for site, shown in (
        (tmp_path / "site", "templates/about.html"),
        (tmp_path / "other", "their templates/about.html"),
    ):
        forget()
        codes = Counting(kept_codes())
        templates = read_templates(site)
        templates = keep_compiled(replace(templates, files={**templates.files, "about.html": shown}), codes)
        page = pages([article()])["about.html"]
        with pytest.raises(jinja2.UndefinedError) as broken:
            render(page, templates)
        place = template_mistake(page, "".join(traceback.format_exception(broken.value))).place
        places.append((place.path, place.line, len(codes.taken)))
    assert places == [("templates/about.html", 2, 0), ("their templates/about.html", 2, 1)]


def test_a_copy_of_a_shipped_template_is_compiled_as_that_one_is(tmp_path: Path) -> None:
    copies = tmp_path / "templates" / "parts"
    copies.mkdir(parents=True)
    for name in ("cite.html", "nav.html"):
        text = (shipped_templates() / "parts" / name).read_text("utf-8")
        (copies / name).write_text(text if name == "cite.html" else f"{text}{{{{ site.title }}}}", "utf-8")
    templates = read_templates(tmp_path)
    loading = Engine(templates, None, "")
    for name, asks in (("parts/cite.html", False), ("parts/nav.html", True), ("shipped/parts/nav.html", False)):
        python = loading.compile(templates.sources[name], name, templates.files[name], raw=True)
        assert ("environment.getattr" in python) == asks, name


@pytest.mark.parametrize("spoilt", [b"", b"x" * 400, None])
def test_what_is_damaged_is_made_anew(folder: Path, tmp_path: Path, spoilt: bytes | None) -> None:
    made(tmp_path / "site")
    (path,) = kept(folder)
    path.write_bytes(path.read_bytes()[:-1] if spoilt is None else spoilt)
    assert made(tmp_path / "site") == (b"mine: Leaders", set())
    assert len(made(tmp_path / "site")[1]) == 1


def test_another_version_takes_nothing_of_this_one(folder: Path, tmp_path: Path) -> None:
    KeptCodes(folder, b"one").save("page", b"code")
    assert KeptCodes(folder, b"one").load("page") == b"code"
    assert KeptCodes(folder, b"other").load("page") is None


def test_where_python_keeps_no_byte_code_nothing_is_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert made(tmp_path / "site")[0] == b"mine: Leaders"
    assert not kept(folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder.write_text("no folder can be made here")
    assert made(tmp_path / "site")[0] == b"mine: Leaders"


def test_old_templates_go(folder: Path) -> None:
    codes = KeptCodes(folder, b"one")
    for number in range(1001):
        codes.save(f"page{number}", b"code")
    assert 500 <= len(kept(folder)) <= 502
