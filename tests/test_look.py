"""What site.yaml says of colours, typefaces and the logo: checked, made harmless, and on every page."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from small_library import article, library, settings

from builder.model import Accent, Logo, Look
from builder.read.colours import PAPERS, contrast, least_contrast, nearest_legible
from builder.read.pictures import clean_svg, picture_size
from builder.read.settings import parse_settings
from builder.read.templates import read_templates, shipped_templates
from builder.render.environment import render
from builder.render.look import dressed, look_css
from builder.render.pages import plan

STYLE = (shipped_templates() / "assets" / "site.css").read_text("utf-8")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12">'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 40, 30) + b"\x08\x02\x00\x00\x00"


def look(text: str, site: Path | None = None) -> Look:
    found, problems = parse_settings("site.yaml", f"title: X\nlook:\n{text}", site)
    assert found is not None, problems
    return found.look


def said(text: str, site: Path | None = None) -> list[str]:
    found, problems = parse_settings("site.yaml", f"title: X\nlook:\n{text}", site)
    assert found is None
    return [str(problem) for problem in problems]


def test_the_papers_are_those_of_the_style_sheet() -> None:
    for name, (light, dark) in {"paper": ("light", "dark"), "wash": ("light", "dark")}.items():
        at = 0 if name == "paper" else 1
        assert f"--{name}: light-dark({PAPERS[light][at]}, {PAPERS[dark][at]});" in STYLE


@pytest.mark.parametrize(("name", "least"), [("ink", 7), ("muted", 7), ("cloth", 4.5), ("on-cloth", 0)])
def test_the_shipped_colours_can_be_read_on_every_ground(name: str, least: float) -> None:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", STYLE)
    assert found is not None
    assert least_contrast(found[1], "light") >= least
    assert least_contrast(found[2], "dark") >= least


def test_one_colour_serves_both_schemes() -> None:
    accent = look('  accent: "#7A1F2B"\n').accent
    assert accent is not None
    assert accent.light == "#7a1f2b"
    assert least_contrast(accent.dark, "dark") >= 7


def test_two_colours_are_taken_as_they_are() -> None:
    assert look('  accent: {light: "#036", dark: "#9cf"}\n').accent == Accent("#003366", "#99ccff")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("  accent: teal\n", 'site.yaml:3:11: error: accent is "teal" (write a colour such as "#17533f"'),
        ('  accent: "#1234"\n', 'site.yaml:3:11: error: accent is "#1234"'),
        ('  accent: {light: "#123456"}\n', 'site.yaml:3:11: error: "dark" is missing'),
        ("  accents: red\n", 'site.yaml:3:3: error: unknown field "accents" (did you mean "accent"?)'),
        ("  text: chartre\n", 'site.yaml:3:9: error: text is "chartre" (did you mean "charter"?)'),
        ("  labels: comic\n", 'site.yaml:3:11: error: labels is "comic" (one of charter, georgia,'),
        ("  logo: ../logo.svg\n", 'site.yaml:3:9: error: "../logo.svg" is outside the site\'s folder'),
        ("  logo: none.svg\n", "site.yaml:3:9: error: none.svg cannot be read: No such file or directory"),
        ("  logo: text.svg\n", "site.yaml:3:9: error: text.svg is no picture that can be shown"),
        ("  logo: heavy.png\n", "site.yaml:3:9: error: heavy.png has 200 KB"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, written: str, problem: str) -> None:
    (tmp_path / "text.svg").write_text("not a picture", "utf-8")
    (tmp_path / "heavy.png").write_bytes(PNG.ljust(200_000, b"\0"))
    (only,) = said(written, tmp_path)
    assert only.startswith(problem)


def test_a_colour_that_cannot_be_read_brings_the_nearest_that_can() -> None:
    (problem,) = said('  accent: "#e0a020"\n')
    found = re.fullmatch(
        r"site.yaml:3:11: error: #e0a020 has a contrast of 2.\d with the light paper"
        r' \(at least 4.5 is needed to read it; "(#\w+)" is the nearest of its hue\)',
        problem,
    )
    assert found is not None
    assert 4.5 <= least_contrast(found[1], "light") < 5


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    for scheme in ("light", "dark"):
        for colour in ("#ff0000", "#00ff00", "#0000ff", "#ffff00", "#808080", "#000000", "#ffffff"):
            assert least_contrast(nearest_legible(colour, scheme), scheme) >= 4.5


def test_an_accent_reaches_the_style_sheet_and_the_icon() -> None:
    shipped = read_templates(Path("/nonexistent"))
    assert dressed(shipped, Look()) is shipped
    red = dressed(shipped, Look(accent=Accent("#7a1f2b", "#e9a0a8"), text="humanist", labels="old-style"))
    style = red.assets["assets/site.css"].decode()
    assert style.startswith(STYLE)
    assert "--cloth: light-dark(#7a1f2b, #e9a0a8)" in style
    assert b"#7a1f2b" in red.assets["assets/icon.svg"]
    assert red.fingerprint != shipped.fingerprint


@pytest.mark.parametrize("face", ["georgia", "old-style", "slab", "humanist", "grotesque"])
def test_a_typeface_changes_latin_and_keeps_the_faces_of_other_scripts(face: str) -> None:
    rules = look_css(Look(text=face))  # type: ignore[arg-type]
    assert "--latin-serif:" in rules
    assert ("--serif: var(--sans)" in rules) is (face in ("humanist", "grotesque"))


def test_a_logo_stands_on_every_page_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "our mark.svg").write_text(f"{SVG}<path d='M0 0h4v4z'/></svg>", "utf-8")
    chosen = look("  logo: content/our mark.svg\n", tmp_path)
    assert chosen.logo is not None
    assert (chosen.logo.name, chosen.logo.width, chosen.logo.height) == ("logo.svg", 24, 12)
    templates = dressed(read_templates(tmp_path), chosen)
    assert templates.assets["assets/logo.svg"] == chosen.logo.data
    site = replace(settings(), look=chosen)
    for page in plan(site, library([article()]), articles=[article()], provenances={}):
        if page.path in ("index.html", "timeline.html", "years/2024.html"):
            root = "../" * page.path.count("/")
            assert (
                f'<img class="logo" src="{root}assets/logo.svg" width="24" height="12" alt="">'
                in render(page, templates).data.decode()
            )


def test_a_picture_is_what_its_bytes_say() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03" * 12
    vp8x = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little")
    assert picture_size(PNG) == ("png", 40, 30)
    assert picture_size(jpeg) == ("jpg", 40, 30)
    assert picture_size(vp8x) == ("webp", 40, 30)
    for other in (b"GIF89a", b"<svg/>", b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        assert picture_size(other) is None


def test_nothing_in_a_drawing_can_run_or_load() -> None:
    hostile = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
        f'{SVG[:-1]} onload="alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"><script>alert(1)</script>'
        '<style>.a{fill:red}</style><style>@import "https://a.example/x.css";</style>'
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'
        '<image href="https://a.example/x.png"/><g onclick="x()"><use xlink:href="#k"/>'
        '<use href="https://a.example/#k"/><a href="javascript:alert(1)"><path d="M0 0"/></a></g>'
        '<path id="k" class="a" style="fill:url(https://a.example/)" fill="url(#g)" d="M0 0h4"/></svg>'
    )
    found = clean_svg(hostile.encode())
    assert found is not None
    text = found[0].decode()
    assert found[1:] == (24, 12)
    for word in ("script", "alert", "example", "on", "foreign", "image", "import", "DOCTYPE"):
        assert not re.search(rf"\b{word}", text.replace("version", "")), word
    assert '<use href="#k" />' in text
    assert 'fill="url(#g)"' in text
    assert ".a{fill:red}" in text


@pytest.mark.parametrize(
    "broken",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG + "</svg>",
        SVG + "<path>",
        "<svg viewBox='0 0 1 1'></svg>",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"></svg>',
        '<?xml version="1.0" encoding="no-such"?>' + SVG + "</svg>",
        pytest.param(SVG + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>", id="deep"),
        "",
    ],
)
def test_a_drawing_that_cannot_be_trusted_is_none(broken: str) -> None:
    assert clean_svg(broken.encode()) is None


def test_a_logos_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    (line,) = said('  logo: "a\\0b"\n', tmp_path)
    assert line.startswith("site.yaml:3:9: error: ")


def test_a_raster_logo_keeps_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "logo.gif").write_bytes(PNG)  # whatever its name says
    assert look("  logo: logo.gif\n", tmp_path).logo == Logo("logo.png", PNG, 40, 30)
