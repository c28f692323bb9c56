"""The commands: what is asked, what is printed, and the exit code.

Only click is imported here at once; a command imports what it needs when it runs, so that `--help` costs 50 ms.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import __version__

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from builder.build import Report
    from builder.cache import Cache
    from builder.problems import Problem

_SITE = click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The archive's folder.  [default: this folder]",
)
_JOBS = click.option("--jobs", type=click.IntRange(min=1), help="Processes to use.  [default: the number of cores]")
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Compute everything anew.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pressmark")
def main() -> None:
    """Turn a folder of captured news pages into a browsable, searchable, citable archive of plain files."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that the terminal's encoding lacks is spelt out rather than the end of the command.
        sys.stdout.reconfigure(errors="backslashreplace")


@main.command()
@_SITE
@click.option("--out", type=click.Path(path_type=Path), help="Where the site goes.  [default: SITE/_site]")
@_JOBS
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@_NO_CACHE
@click.option("--frozen", is_flag=True, help="Refuse captures that have no article yet, as CI does.")
def build(site: Path, out: Path | None, jobs: int | None, *, no_search: bool, no_cache: bool, frozen: bool) -> None:
    """Make articles of new captures and publish the site."""
    from builder.build import Options
    from builder.build import build as run_build

    options = Options(site, out or site / "_site", search=not no_search, frozen=frozen)
    with _workshop(site, jobs, no_cache=no_cache) as (executor, cache), _progress() as say:
        report = run_build(options, executor=executor, cache=cache, say=say)
    _print_problems(report.problems)
    _print_summary(report, options.out)
    sys.exit(0 if report.published else 1)


@main.command()
@_SITE
@click.argument("captures", nargs=-1, type=click.Path(path_type=Path))
@click.option("--refresh", is_flag=True, help="Make articles anew; what was typed by hand stays.")
@_JOBS
@_NO_CACHE
def normalize(site: Path, captures: tuple[Path, ...], jobs: int | None, *, refresh: bool, no_cache: bool) -> None:
    """Make articles of new captures, without publishing; CAPTURES names some of them."""
    from builder.build import normalize as run_normalize
    from builder.build import refresh as run_refresh
    from builder.problems import has_errors

    with _workshop(site, jobs, no_cache=no_cache) as (executor, cache), _progress() as say:
        if refresh:
            report = run_refresh(site, captures, executor=executor, cache=cache, say=say)
        else:
            report = run_normalize(site, captures, executor=executor, cache=cache, say=say)
    _print_problems(report.problems)
    click.echo(f"{_counted(report.written, 'article')} written, {_counted(report.refused, 'capture')} refused")
    sys.exit(1 if has_errors(report.problems) else 0)


@main.command()
@click.argument("in_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out_dir", type=click.Path(path_type=Path, file_okay=False))
@_JOBS
def clean(in_dir: Path, out_dir: Path, jobs: int | None) -> None:
    """Clean any folder of pages: for each page of IN_DIR one JSON file in OUT_DIR. No archive is needed."""
    from builder.clean import clean_folder
    from builder.parallel import local_executor

    with local_executor(jobs or _cores()) as executor, _progress() as say:
        problems = clean_folder(in_dir, out_dir, executor=executor, say=say)
    _print_problems(problems)
    sys.exit(1 if any(problem.severity == "error" for problem in problems) else 0)


@main.command()
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for tools.")
def explain(capture: Path, *, as_json: bool) -> None:
    """Show each line of CAPTURE: kept or cut, and by which rule."""
    from builder.explain import explained_json, explained_lines
    from builder.problems import visible

    trouble, lines = (explained_json if as_json else explained_lines)(capture, colour=_is_terminal())
    if trouble:
        click.echo(trouble, err=True)
        sys.exit(1)
    printed = False
    for line in lines:
        click.echo(line)
        printed = True
    if not printed:
        click.echo(f"{visible(str(capture))}: holds no text", err=True)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_SITE
@click.option("--url", help="The address that the one file came from; what the page itself says goes before it.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day the pages were retrieved.  [default: today]")
def add(files: tuple[Path, ...], site: Path, url: str | None, day: str | None) -> None:
    """Copy pages into the captures, noting where they came from and when; folders are searched for pages."""
    from datetime import date

    from builder.add import add as run_add
    from builder.problems import has_errors, visible
    from builder.read.articles import is_web_address
    from builder.read.yaml_nodes import is_day_or_time

    if url and (len(files) > 1 or files[0].is_dir()):
        raise click.UsageError("--url is the address of one page: add the pages one at a time")
    if url and not is_web_address(url):
        raise click.BadParameter("write an http or https address", param_hint="--url")
    if day and not is_day_or_time(day):
        raise click.BadParameter("write a day such as 2026-11-20", param_hint="--date")
    report = run_add(site, files, url=url, retrieved=day or date.today().isoformat())
    for given, path in report.added:
        click.echo(visible(f"{given} → {path}"))
    for given, path in report.present:
        click.echo(visible(f"{given}: its bytes are there already, as {path}"))
    _print_problems(report.problems)
    click.echo(f"{_counted(len(report.added), 'capture')} added, {len(report.present)} there already")
    sys.exit(1 if has_errors(report.problems) else 0)


@main.command()
@_SITE
@_JOBS
def audit(site: Path, jobs: int | None) -> None:
    """Prove that captures, ledgers and articles agree, to the byte; name each file that does not."""
    from builder.audit import audit as run_audit
    from builder.parallel import local_executor
    from builder.problems import has_errors, visible

    with local_executor(jobs or _cores()) as executor, _progress() as say:
        report = run_audit(site, executor=executor, say=say)
    _print_problems(report.problems)
    for path in report.unclaimed:
        click.echo(f"{visible(path)}: has no ledger yet")
    for path in report.edited:
        click.echo(f"{visible(path)}: edited by hand; its capture and ledger agree")
    errors = sum(problem.severity == "error" for problem in report.problems)
    click.echo(
        f"{_counted(report.proved, 'capture')} proved, {_counted(len(report.edited), 'article')} edited by hand, "
        f"{len(report.unclaimed)} without a ledger, {_counted(errors, 'error')}"
    )
    sys.exit(1 if has_errors(report.problems) else 0)


@main.command()
@_SITE
@_JOBS
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for tools.")
def review(site: Path, jobs: int | None, *, as_json: bool) -> None:
    """List what needs a person: undated, weak titles, narrow cuts, unknown people, doubles; with the line to paste."""
    from builder.parallel import local_executor
    from builder.problems import has_errors
    from builder.review import review as run_review
    from builder.review import shown, shown_as_json, summary

    with local_executor(jobs or _cores()) as executor, _progress() as say:
        report = run_review(site, executor=executor, say=(lambda _: None) if as_json else say)
    _print_problems(report.problems)
    for line in (shown_as_json if as_json else shown)(report):
        click.echo(line)
    if not as_json:
        click.echo(summary(report))
    sys.exit(1 if has_errors(report.problems) else 0)


@main.command()
@_SITE
@click.option("--out", type=click.Path(path_type=Path), help="The built site.  [default: SITE/_site]")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(site: Path, out: Path | None, port: int) -> None:
    """Show the built site on this machine alone."""
    from builder.publish.preview import serve as run_preview
    from builder.review import shown_as_page

    folder = out or site / "_site"
    if not (folder / "index.html").is_file():
        click.echo(f"{folder}: there is no site here (run pressmark build first)", err=True)
        sys.exit(1)
    click.echo(f"http://127.0.0.1:{port}/ shows {folder}; Ctrl+C ends it")
    click.echo(f"http://127.0.0.1:{port}/_review.html lists what needs a person")
    try:
        run_preview(folder, port, {"/_review.html": lambda: shown_as_page(site)})
    except KeyboardInterrupt:
        click.echo()
    except OSError as trouble:
        click.echo(f"port {port}: {trouble.strerror} (choose another with --port)", err=True)
        sys.exit(1)


@contextmanager
def _workshop(site: Path, jobs: int | None, *, no_cache: bool) -> Iterator[tuple[Executor, Cache]]:
    """The executor and the cache of one run."""
    from builder.cache import NoCache, open_cache
    from builder.parallel import local_executor

    with local_executor(jobs or _cores()) as executor:
        if no_cache or not (site / "site.yaml").is_file():
            yield executor, NoCache()
        else:
            with open_cache(site / ".pressmark") as cache:
                yield executor, cache


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A moving line on a terminal, plain lines otherwise."""
    if not _is_terminal():
        yield click.echo
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _print_summary(report: Report, out: Path) -> None:
    if not report.published:
        errors = sum(problem.severity == "error" for problem in report.problems)
        click.echo(f"not published: {_counted(errors, 'error')} to mend; what stood in {out} is untouched", err=True)
        return
    warned = len({problem.place.path for problem in report.problems})
    counts = (
        f"{_counted(report.articles, 'article')}, {report.written} new, {_counted(report.refused, 'capture')} refused"
    )
    state = f"published in {out}" if report.swapped else f"nothing changed in {out}"
    click.echo(f"{state}: {counts}, {_counted(warned, 'file')} with warnings")
    click.echo(f"digest {report.digest}")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _is_terminal() -> bool:
    return sys.stderr.isatty() and sys.stdout.isatty()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
