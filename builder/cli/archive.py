"""The commands that make an archive: add captures, make articles of them, build and show the site."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from builder.cli.terminal import (
    JOBS,
    NO_CACHE,
    SITE,
    print_problems,
    progress,
    stopwatch,
    workshop,
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The archive's title.  [default: the folder's name]")
@click.option(
    "--from", "source", default="", help="A wheel or an address of Pressmark.  [default: the released version]"
)
def init(folder: Path, title: str, source: str) -> None:
    """Make DIR an archive: settings, a folder for captures, and a workflow that publishes it on GitHub Pages."""
    from builder.init import init as run_init
    from builder.problems import has_errors, visible

    begun = run_init(folder, title=title, source=source)
    print_problems(begun.problems)
    for path in begun.written:
        click.echo(visible(f"{folder / path}"))
    if has_errors(begun.problems):
        sys.exit(1)
    click.echo(visible(f"drop pages into {folder / 'content' / 'captures'}, then: pressmark build --site {folder}"))


@click.command()
@SITE
@click.option("--out", type=click.Path(path_type=Path), help="Where the site goes.  [default: SITE/_site]")
@JOBS
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@NO_CACHE
@click.option("--frozen", is_flag=True, help="Refuse captures that have no article yet, as CI does.")
@click.option("--executor", "cluster", metavar="dask://HOST:PORT", help="Run on a Dask cluster rather than here.")
@click.option("--timings", is_flag=True, help="Say what each stage took, did and found done already.")
@click.option("--url", help="The address of the published site, where site.yaml names none.")
@click.pass_obj
def build(
    in_vain: bool | None,
    site: Path,
    out: Path | None,
    jobs: int | None,
    *,
    no_search: bool,
    no_cache: bool,
    frozen: bool,
    cluster: str | None,
    timings: bool,
    url: str | None,
) -> None:
    """Make articles of new captures and publish the site."""
    from builder.cli.building import build_site, look, published, told_before
    from builder.report import Options

    options = Options.asked(site, out, url=url, search=not no_search, frozen=frozen)
    sight = look(options, afresh=no_cache)
    if not timings and (told := told_before(sight)) is not None:
        click.echo(told[0], nl=False)
        click.echo(told[1], nl=False, err=True)
        return

    from builder.problems import counted

    if options.url:
        from builder.read.settings import is_base_url  # not without need: it brings YAML along, 15 ms

        if not is_base_url(options.url):
            raise click.BadParameter("write an address such as https://example.org/archive/", param_hint="--url")
    with workshop(site, jobs, no_cache=no_cache, cluster=cluster) as (executor, cache), progress() as say:
        watch = stopwatch(say)
        report = build_site(sight, executor=executor, cache=cache, say=say, watch=watch, whole=bool(in_vain))
    print_problems(report.problems)
    if timings:
        click.echo("\n".join(watch.table()), err=True)
    if not report.published:
        errors = sum(problem.severity == "error" for problem in report.problems)
        told_errors = f"not published: {counted(errors, 'error')} to mend"
        click.echo(f"{told_errors}; what stood in {options.out} is untouched", err=True)
        sys.exit(1)
    click.echo(published("published" if report.swapped else "nothing changed", report, sight), nl=False)


@click.command()
@SITE
@click.argument("captures", nargs=-1, type=click.Path(path_type=Path))
@click.option("--refresh", is_flag=True, help="Make articles anew; what was typed by hand stays.")
@JOBS
@NO_CACHE
def normalize(site: Path, captures: tuple[Path, ...], jobs: int | None, *, refresh: bool, no_cache: bool) -> None:
    """Make articles of new captures, without publishing; CAPTURES names some of them."""
    from builder.normalizing import normalize as run_normalize
    from builder.normalizing import refresh as run_refresh
    from builder.problems import counted, has_errors

    with workshop(site, jobs, no_cache=no_cache) as (executor, cache), progress() as say:
        if refresh:
            report = run_refresh(site, captures, executor=executor, cache=cache, say=say)
        else:
            report = run_normalize(site, captures, executor=executor, cache=cache, say=say)
    print_problems(report.problems)
    click.echo(f"{counted(report.written, 'article')} written, {counted(report.refused, 'capture')} refused")
    sys.exit(1 if has_errors(report.problems) else 0)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@SITE
@click.option("--url", help="The address that the one file came from; what the page itself says goes before it.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day the pages were retrieved.  [default: today]")
def add(files: tuple[Path, ...], site: Path, url: str | None, day: str | None) -> None:
    """Copy pages into the captures, noting where they came from and when.

    Folders are searched; web archives (WARC, WACZ), MHTML, feeds, mail, ZIP and PDF files are taken apart.
    """
    import logging
    from datetime import date

    from builder.add import add as run_add
    from builder.model import is_web_address
    from builder.problems import counted, has_errors, visible
    from builder.read.yaml_nodes import is_day_or_time

    if url and (len(files) > 1 or files[0].is_dir()):
        raise click.UsageError("--url is the address of one page: add the pages one at a time")
    if url and not is_web_address(url):
        raise click.BadParameter("write an http or https address", param_hint="--url")
    if day and not is_day_or_time(day):
        raise click.BadParameter("write a day such as 2026-11-20", param_hint="--date")
    # Libraries log what they find odd in strangers' files; what matters of it is among the problems.
    logging.getLogger().addHandler(logging.NullHandler())
    report = run_add(site, files, url=url, retrieved=day or date.today().isoformat())
    for given, path in report.added:
        click.echo(visible(f"{given} → {path}"))
    for given, path in report.present:
        click.echo(visible(f"{given}: its bytes are there already, as {path}"))
    print_problems(report.problems)
    click.echo(f"{counted(len(report.added), 'capture')} added, {len(report.present)} there already")
    sys.exit(1 if has_errors(report.problems) else 0)


@click.command()
@SITE
@click.option("--out", type=click.Path(path_type=Path), help="Where the site goes.  [default: SITE/_site]")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@JOBS
@click.option("--no-search", is_flag=True, help="Leave the search index out, which makes each rebuild faster.")
def serve(site: Path, out: Path | None, port: int, jobs: int | None, *, no_search: bool) -> None:
    """Show the site on this machine alone; each save rebuilds it and reloads the pages that changed."""
    import builder.recatalogue  # noqa: F401 - a tenth of a second, and the first save is to show at once
    from builder.cli.building import build_site, counts, look, told_before
    from builder.report import Options
    from builder.review import shown_as_page
    from builder.serving import Serving
    from builder.serving import serve as run_serve

    options = Options.asked(site, out, search=not no_search)
    with workshop(site, jobs, no_cache=False) as (executor, cache):

        def rebuild(*, search_later: bool = True) -> bool:
            sight = look(options)
            if not search_later and told_before(sight):
                return False
            report = build_site(sight, executor=executor, cache=cache, say=lambda _: None, search_later=search_later)
            print_problems(report.problems)
            state = "rebuilt" if report.swapped else "nothing changed" if report.published else "not published"
            click.echo(f"{state}: {counts(report)}")
            return report.swapped

        def begun(taken: int) -> None:
            click.echo(f"http://127.0.0.1:{taken}/ shows {options.out}; Ctrl+C ends it")
            click.echo(f"http://127.0.0.1:{taken}/_review.html lists what needs a person")

        settle = partial(rebuild, search_later=False)
        settle()
        if not (options.out / "index.html").is_file():
            sys.exit(1)
        pages = {"/_review.html": lambda: shown_as_page(site)}
        try:
            run_serve(Serving(site, options.out, port, pages, rebuild, settle, begun))
        except KeyboardInterrupt:
            click.echo()
        except OSError as trouble:
            click.echo(f"port {port}: {trouble.strerror} (choose another with --port)", err=True)
            sys.exit(1)
