#!/usr/bin/env python3
"""Measure what a build costs, cold, unchanged and after an edit, beside Hugo and Pelican on the same articles.

    python tools/bench.py [--pieces 1000] [--rounds 3] [--search] [--programs pressmark,hugo] [--out build/bench]

The articles are made up, the same each time. All programs publish a page an article, a page a leader, a list of all
and a feed; Pressmark finds the leaders in the text, where the others are told. Search is left out unless it is asked
for: Pressmark then makes its own index, and each of the others is followed by Pagefind's command. Rounds are
interleaved, and a ratio is the median of the ratios within the rounds, so that a busy machine slows both sides: judge
by processor time. Memory is that of all processes of a build added up, at its highest; on Linux alone. Peers are
fetched with pip into `OUT/peers`; one that cannot be had is left out and named. `OUT` gets table.md and chart.svg.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
SCENARIOS: Final = ("cold", "nothing changed", "body edit")
_PACKAGES: Final = {"hugo": "hugo", "pelican": "pelican[markdown]"}
_VERBS: Final = ("met", "called", "thanked", "answered", "warned", "received")
_MATTERS: Final = ("trade", "borders", "grain", "energy", "the climate", "a ceasefire", "students", "railways")
_PLACES: Final = ("Beijing", "Kazan", "Seoul", "Samarkand", "Lima", "Busan", "Geneva", "Rio de Janeiro")
_PAGE: Final = '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><body>{main}</body></html>\n'


@dataclass(frozen=True)
class Piece:
    """One article that nobody wrote."""

    id: str
    title: str
    day: str
    leaders: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class Program:
    """A program under test: how it is run, where its articles stand, and what a cold build must not find."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    articles: Path
    remains: tuple[Path, ...]


@dataclass(frozen=True)
class Sample:
    """What one run cost: seconds, and megabytes at the highest."""

    cpu: float
    wall: float
    peak: float


def pieces(count: int) -> list[Piece]:
    """So many articles of about 600 words, each naming three leaders."""
    known = yaml.safe_load((ROOT / "builder/data/leaders.yaml").read_text("utf-8"))
    records = next(value for value in known.values() if isinstance(value, list))
    names = [record["names"]["en"] for record in records if "en" in record.get("names", {})][:40]
    chance = random.Random(7)
    made = []
    for number in range(count):
        leaders = tuple(chance.sample(names, 3))
        title = f"{leaders[0]} {chance.choice(_VERBS)} {leaders[1]} in {chance.choice(_PLACES)}"
        day = f"20{20 + number % 6}-{1 + number // 6 % 12:02d}-{1 + number // 72 % 28:02d}"
        paragraphs = []
        for part in range(12):
            said = [_sentence(chance, leaders) for _ in range(5)]
            paragraphs.append(("## Further\n\n" if part == 6 else "") + " ".join(said))
        made.append(Piece(f"piece-{number:06d}", title, day, leaders, "\n\n".join(paragraphs) + "\n"))
    return made


def _sentence(chance: random.Random, leaders: Sequence[str]) -> str:
    first, matter, place = chance.choice(leaders), chance.choice(_MATTERS), chance.choice(_PLACES)
    return f"{first} {chance.choice(_VERBS)} envoys from {place} about {matter} on day {chance.randrange(1000)}."


def pressmark(folder: Path, made: Sequence[Piece], *, search: bool) -> Program:
    """This checkout."""
    for piece in made:
        front = f"id: {piece.id}\ntitle: {piece.title}\nlanguage: en\npublished: {piece.day}\n"
        _write(folder / f"content/articles/{piece.id}.md", f"---\n{front}---\n{piece.body}")
    _write(folder / "site.yaml", "title: Bench\nurl: https://archive.example/\n")
    out = folder / "_site"
    command = (sys.executable, "-m", "builder", "build", "--site", str(folder), "--out", str(out))
    asked = command if search else (*command, "--no-search")
    return Program("pressmark", (asked,), folder / "content/articles", (out, folder / ".pressmark"))


def hugo(folder: Path, made: Sequence[Piece], peers: Path) -> Program:
    """The program itself, not the Python that starts it."""
    listed = "<ul>{{ range .Pages }}<li>{{ .Date.Format `2006-01-02` }} " + (
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
    )
    for path, main in (
        ("_default/single.html", "<h1>{{ .Title }}</h1>{{ .Content }}"),
        ("_default/list.html", "<h1>{{ .Title }}</h1>" + listed),
    ):
        _write(folder / "layouts" / path, _PAGE.format(title="{{ .Title }}", main=main))
    settings = 'baseURL = "https://archive.example/"\ntitle = "Bench"\n[taxonomies]\nleader = "leaders"\n'
    _write(folder / "hugo.toml", settings)
    for piece in made:
        front = f'title: "{piece.title}"\ndate: {piece.day}\nleaders: {list(piece.leaders)}\n'
        _write(folder / f"content/articles/{piece.id}.md", f"---\n{front}---\n{piece.body}")
    program = next(peers.glob("lib/python*/site-packages/hugo/binaries/hugo*"), peers / "bin/hugo")
    command = (str(program), "--quiet", "--source", str(folder), "--destination", str(folder / "public"))
    return Program("hugo", (command,), folder / "content/articles", (folder / "public", folder / "resources"))


def pelican(folder: Path, made: Sequence[Piece], peers: Path) -> Program:
    """With its cache of content."""
    link = '<a href="/{{ a.url }}">{{ a.title }}</a>'
    rows = "<ul>{%% for a in %s %%}<li>{{ a.date.date() }} " + link + "{%% endfor %%}</ul>"
    for name, title, main in (
        ("article", "{{ article.title }}", "<h1>{{ article.title }}</h1>{{ article.content }}"),
        ("tag", "{{ tag }}", "<h1>{{ tag }}</h1>" + rows % "articles"),
        ("index", "Bench", rows % "articles"),
    ):
        _write(folder / f"theme/templates/{name}.html", _PAGE.format(title=title, main=main))
    unused = ("AUTHOR", "CATEGORY", "YEAR_ARCHIVE")
    settings = {
        "SITEURL": "https://archive.example",
        "PATH": str(folder / "content"),
        "THEME": str(folder / "theme"),
        "OUTPUT_PATH": str(folder / "output"),
        "TIMEZONE": "UTC",
        "DIRECT_TEMPLATES": ["index"],
        "CACHE_CONTENT": True,
        "LOAD_CONTENT_CACHE": True,
        "CACHE_PATH": str(folder / "cache"),
        "CATEGORY_FEED_ATOM": None,
        "AUTHOR_FEED_ATOM": None,
        "AUTHOR_FEED_RSS": None,
        "TRANSLATION_FEED_ATOM": None,
        **{f"{name}_SAVE_AS": "" for name in unused},
    }
    _write(folder / "settings.py", "".join(f"{key} = {value!r}\n" for key, value in settings.items()))
    for piece in made:
        front = f"title: {piece.title}\ndate: {piece.day}\nslug: {piece.id}\ntags: {', '.join(piece.leaders)}\n"
        _write(folder / f"content/{piece.id}.md", f"{front}\n{piece.body}")
    command = (str(peers / "bin/pelican"), "--quiet", "--settings", str(folder / "settings.py"))
    return Program("pelican", (command,), folder / "content", (folder / "output", folder / "cache"))


def searched(program: Program) -> Program:
    """A peer whose output is indexed by Pagefind's command, the file that is locked for this checkout."""
    pagefind = Path(sysconfig.get_path("platlib"), "pagefind_bin", "pagefind")
    return replace(program, commands=(*program.commands, (str(pagefind), "--site", str(program.remains[0]))))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def fetched(names: Sequence[str], peers: Path) -> list[str]:
    """Those of the peers that can be had; each is fetched once."""
    had = []
    for name in names:
        if not (peers / "bin" / name).exists():
            if not (peers / "bin/python").exists():
                venv.create(peers, with_pip=True)
            pip = [str(peers / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, _PACKAGES[name]], check=False)
        if (peers / "bin" / name).exists():
            had.append(name)
        else:
            print(f"{name} cannot be had here and is left out", file=sys.stderr)
    return had


def run(program: Program) -> Sample:
    """One build; the program's own failure ends the bench."""
    before, began, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0.0
    for command in program.commands:
        with tempfile.TemporaryFile() as said:
            running = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
            while running.poll() is None:
                peak = max(peak, memory(running.pid))
                # The shortest builds take 40 ms; of long ones more looks would only take their processor.
                time.sleep(0.002 if time.perf_counter() - began < 0.5 else 0.02)
            if running.returncode:
                said.seek(0)
                raise SystemExit(f"{program.name} failed:\n{said.read().decode(errors='replace')}")
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Sample(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak)


def memory(group: int) -> float:
    """Megabytes that the processes of a group hold, added up; 0 where the system has no `/proc`."""
    pages = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = status.read_text().rpartition(")")[2].split()
            pages += int(fields[21]) if int(fields[2]) == group else 0
    return pages * resource.getpagesize() / 1e6


def measured(programs: Sequence[Program], rounds: int) -> dict[tuple[str, str], list[Sample]]:
    """By scenario and program, a sample a round."""
    samples: dict[tuple[str, str], list[Sample]] = {}
    for turn in range(rounds):
        for scenario in SCENARIOS:
            for program in programs:
                if scenario == "cold":
                    for path in program.remains:
                        shutil.rmtree(path, ignore_errors=True)
                elif scenario == "body edit":
                    articles = sorted(program.articles.glob("*.md"))
                    with articles[len(articles) // 2].open("a", encoding="utf-8") as file:
                        file.write(f"\nA paragraph more, number {turn}.\n")
                os.sync()
                sample = run(program)
                samples.setdefault((scenario, program.name), []).append(sample)
                print(f"{scenario:16} {program.name:10} {sample.cpu:7.2f} s CPU {sample.wall:7.2f} s", file=sys.stderr)
    return samples


def ratio(samples: Sequence[Sample], others: Sequence[Sample], field: str) -> float:
    """Round by round; the median."""
    pairs = zip(samples, others, strict=True)
    return float(statistics.median(getattr(one, field) / max(getattr(other, field), 0.001) for one, other in pairs))


def table(samples: dict[tuple[str, str], list[Sample]], head: str, *, search: bool) -> str:
    """Medians a scenario and program, and what Pressmark takes of each other's processor time."""
    titles = "| build | program | CPU s | wall s | peak MB | CPU: Pressmark / it | memory: Pressmark / it |"
    lines = [f"{head}, with{'' if search else 'out'} search", "", titles, "|---|---|---:|---:|---:|---:|---:|"]
    for (scenario, name), found in samples.items():
        ours = samples[scenario, "pressmark"]
        cpu, wall, peak = (statistics.median(getattr(one, field) for one in found) for field in ("cpu", "wall", "peak"))
        shares = " | " if name == "pressmark" else f"{ratio(ours, found, 'cpu'):.2f} | {ratio(ours, found, 'peak'):.2f}"
        lines.append(f"| {scenario} | {name} | {cpu:.2f} | {wall:.2f} | {peak:.0f} | {shares} |")
    return "\n".join(lines) + "\n"


def chart(samples: dict[tuple[str, str], list[Sample]]) -> str:
    """Processor seconds as bars, on one scale."""
    rows = [
        (f"{scenario}, {name}", statistics.median(s.cpu for s in found)) for (scenario, name), found in samples.items()
    ]
    scale = 360 / max(seconds for _, seconds in rows)
    parts = [
        f'<text x="190" y="{y + 14}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="200" y="{y}" width="{max(1.0, seconds * scale):.1f}" height="18"/>'
        f'<text x="{208 + seconds * scale:.1f}" y="{y + 14}">{seconds:.2f} s</text>'
        for y, (label, seconds) in zip(range(10, 10 + 26 * len(rows), 26), rows, strict=True)
    ]
    style = "text{font:13px sans-serif;fill:#444}rect{fill:#8a3b2a}"
    size = f'width="640" height="{26 * len(rows) + 20}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{style}</style>{"".join(parts)}</svg>\n'


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--programs", default="pressmark,hugo,pelican")
    parser.add_argument("--out", type=Path, default=ROOT / "build/bench")
    asked = parser.parse_args()
    out = asked.out.resolve()
    made = pieces(asked.pieces)
    shutil.rmtree(out / "sites", ignore_errors=True)
    programs = [pressmark(out / "sites/pressmark", made, search=asked.search)]
    for name in fetched([name for name in asked.programs.split(",") if name in _PACKAGES], out / "peers"):
        peer = {"hugo": hugo, "pelican": pelican}[name](out / f"sites/{name}", made, out / "peers")
        programs.append(searched(peer) if asked.search else peer)
    samples = measured(programs, asked.rounds)
    text = table(samples, f"{asked.pieces} pieces, {asked.rounds} interleaved rounds, medians", search=asked.search)
    _write(out / "table.md", text)
    _write(out / "chart.svg", chart(samples))
    print(text)


if __name__ == "__main__":
    main()
