"""The commands that examine an archive: prove it, and list what needs a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import JOBS, SITE, cores, print_problems, progress

if TYPE_CHECKING:
    from builder.publish.fixity import Held


@click.command()
@SITE
@click.option("--out", type=click.Path(path_type=Path), help="The built site.  [default: SITE/_site]")
@JOBS
def audit(site: Path, out: Path | None, jobs: int | None) -> None:
    """Prove that captures, ledgers and articles agree, to the byte, and the published site with its manifest.

    Each file that does not is named, and what has changed, is missing or is new since the site was built."""
    from builder.audit import audit as run_audit
    from builder.parallel import local_executor
    from builder.problems import counted, has_errors, visible

    with local_executor(jobs or cores()) as executor, progress() as say:
        report = run_audit(site, executor=executor, say=say, out=out or site / "_site")
    print_problems(report.problems)
    for path in report.unclaimed:
        click.echo(f"{visible(path)}: has no ledger yet")
    for path in report.edited:
        click.echo(f"{visible(path)}: edited by hand; its capture and ledger agree")
    errors = sum(problem.severity == "error" for problem in report.problems)
    click.echo(
        f"{counted(report.proved, 'capture')} proved, {counted(len(report.edited), 'article')} edited by hand, "
        f"{len(report.unclaimed)} without a ledger, {counted(errors, 'error')}"
    )
    _print_held(report.held)
    sys.exit(1 if has_errors(report.problems) else 0)


def _print_held(held: Held | None) -> None:
    from builder.problems import counted, visible

    if held is None:
        click.echo("no published site to prove")
        return
    for what, paths in (("changed", held.changed), ("missing", held.missing), ("new", held.new)):
        for path in paths:
            click.echo(f"{visible(path)}: {what} since the site was built")
    click.echo(
        f"{counted(held.pages, 'published file')} and {counted(held.sources, 'source')} as they were; "
        f"{len(held.changed)} changed, {len(held.missing)} missing, {len(held.new)} new"
    )


@click.command()
@SITE
@JOBS
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for tools.")
def review(site: Path, jobs: int | None, *, as_json: bool) -> None:
    """List what needs a person: undated, weak titles, narrow cuts, unknown people, doubles; with the line to paste."""
    from builder.parallel import local_executor
    from builder.problems import has_errors
    from builder.review import review as run_review
    from builder.review import shown, shown_as_json, summary

    with local_executor(jobs or cores()) as executor, progress() as say:
        report = run_review(site, executor=executor, say=(lambda _: None) if as_json else say)
    print_problems(report.problems)
    for line in (shown_as_json if as_json else shown)(report):
        click.echo(line)
    if not as_json:
        click.echo(summary(report))
    sys.exit(1 if has_errors(report.problems) else 0)


@click.command()
@SITE
@click.option("--out", type=click.Path(path_type=Path), help="The built site.  [default: SITE/_site]")
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True),
    help="The site as it was: its folder, its data/manifest-sha256.txt, or a list of addresses. None may be lost.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="github: annotations for CI.",
)
@click.option("--digest", is_flag=True, help="Print the digest of the built site as its files are now.")
@JOBS
def check(site: Path, out: Path | None, since: Path | None, form: str, *, digest: bool, jobs: int | None) -> None:
    """Report broken links, lost addresses, unknown people, undated pieces, idle records, doubles and gaps."""
    from builder.check import check as run_check
    from builder.check import shown_as_json, shown_as_text, shown_for_github, summary
    from builder.parallel import local_executor

    quiet = form != "text"
    with local_executor(jobs or cores()) as executor, progress() as say:
        silent = (lambda _: None) if quiet else say
        found = run_check(site, out or site / "_site", since=since, executor=executor, say=silent)
    for line in {"text": shown_as_text, "json": shown_as_json, "github": shown_for_github}[form](found):
        click.echo(line)
    if not quiet:
        click.echo(summary(found))
    if digest:
        click.echo(f"digest {found.digest}" if form != "json" else f'{{"digest": "{found.digest}"}}')
    sys.exit(1 if any(one.problem.severity == "error" for one in found.flaws) else 0)
