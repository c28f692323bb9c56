"""The commands about cleaning alone: what is kept of a page, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli.terminal import JOBS, SITE, cores, is_terminal, print_problems, progress


@click.command()
@click.argument("in_dir", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out_dir", type=click.Path(path_type=Path, file_okay=False))
@JOBS
def clean(in_dir: Path, out_dir: Path, jobs: int | None) -> None:
    """Clean any folder of pages: for each page of IN_DIR one JSON file in OUT_DIR. No archive is needed."""
    from builder.clean import clean_folder
    from builder.parallel import local_executor

    with local_executor(jobs or cores()) as executor, progress() as say:
        problems = clean_folder(in_dir, out_dir, executor=executor, say=say)
    print_problems(problems)
    sys.exit(1 if any(problem.severity == "error" for problem in problems) else 0)


@click.command()
@SITE
@JOBS
@click.option("--least", type=click.IntRange(min=2), default=3, show_default=True, help="Pages a line must stand in.")
def learn(site: Path, jobs: int | None, least: int) -> None:
    """Propose rules for content/rules.yaml: lines that recur on the pages of a host. Nothing is written."""
    from builder.learn import as_yaml
    from builder.learn import learn as run_learn
    from builder.parallel import local_executor
    from builder.problems import has_errors

    with local_executor(jobs or cores()) as executor:
        found = run_learn(site, least, executor=executor)
    print_problems(found.problems)
    if has_errors(found.problems):
        sys.exit(1)
    click.echo(as_yaml(found.proposals), nl=False)


@click.command()
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for tools.")
def explain(capture: Path, *, as_json: bool) -> None:
    """Show each line of CAPTURE: kept or cut, by which rule, with its score and what made it.

    Of an article (content/articles/*.md): each leader and topic it is given, by which words, and where they stand.

    Of a capture in an archive the archive's content/rules.yaml is asked too.
    """
    from builder.explain import as_json as shown_as_json
    from builder.explain import as_lines, explained
    from builder.problems import visible

    found = explained(capture)
    print_problems(found.problems)
    if found.trouble:
        click.echo(found.trouble, err=True)
    if found.trouble or any(problem.severity == "error" for problem in found.problems):
        sys.exit(1)
    for line in shown_as_json(found) if as_json else as_lines(found, colour=is_terminal()):
        click.echo(line)
    if not found.reasons and not any(text.strip() for line in found.lines for text, _, _ in line.spans):
        click.echo(f"{visible(str(capture))}: holds no text", err=True)
