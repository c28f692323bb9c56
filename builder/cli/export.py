"""The command that takes an archive elsewhere: as a book, a bag, a file of its site, or a list."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli.terminal import JOBS, SITE, cores, print_problems, progress

_LISTS = ("bibtex", "csl-json", "csv", "jsonl", "ris")
_FORMATS = ("bagit", "epub", "zim", "zip", *_LISTS)


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("path", type=click.Path(path_type=Path))
@SITE
@click.option(
    "--out", type=click.Path(path_type=Path), help="The built site, for bagit and zip.  [default: SITE/_site]"
)
@click.option("--leader", metavar="ID", help="Only the pieces that name this leader.")
@click.option("--topic", metavar="ID", help="Only the pieces on this topic.")
@click.option("--dossier", metavar="NAME", help="Only the dossier and the pieces that it links.")
@JOBS
def export(
    format_: str,
    path: Path,
    site: Path,
    out: Path | None,
    *,
    leader: str | None,
    topic: str | None,
    dossier: str | None,
    jobs: int | None,
) -> None:
    """Write the archive, or a part of it, to PATH.

    FORMAT is epub, zim, bagit or zip, or a list: ris, bibtex, csl-json, csv or jsonl.
    """
    from builder.editions import export_bag, export_epub, export_list, export_zim, export_zip
    from builder.parallel import local_executor
    from builder.problems import counted, has_errors
    from builder.render.books import Choice

    chosen = [Choice("leader", leader)] if leader else []
    chosen += [Choice("topic", topic)] if topic else []
    chosen += [Choice("dossier", dossier)] if dossier else []
    if len(chosen) > 1:
        raise click.UsageError("choose one of --leader, --topic and --dossier")
    if chosen and format_ not in ("epub", *_LISTS):
        raise click.UsageError(f"{format_} holds the whole archive: leave --leader, --topic and --dossier out")
    built = out or site / "_site"
    if format_ == "zip":
        report = export_zip(site, built, path)
    elif format_ == "zim":
        report = export_zim(site, built, path)
    elif format_ == "bagit":
        report = export_bag(site, built, path)
    else:
        with local_executor(jobs or cores()) as executor, progress() as say:
            choice = chosen[0] if chosen else Choice()
            if format_ == "epub":
                report = export_epub(site, path, choice=choice, executor=executor, say=say)
            else:
                report = export_list(site, path, format_, choice=choice, executor=executor, say=say)
    print_problems(report.problems)
    if has_errors(report.problems):
        sys.exit(1)
    click.echo(f"{path}: {counted(report.files, 'file')}")
