"""The commands about cleaning alone: what is kept of a page, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from builder.cli.terminal import JOBS, cores, is_terminal, print_problems, progress


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
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for tools.")
def explain(capture: Path, *, as_json: bool) -> None:
    """Show each line of CAPTURE: kept or cut, and by which rule."""
    from builder.explain import explained_json, explained_lines
    from builder.problems import visible

    trouble, lines = (explained_json if as_json else explained_lines)(capture, colour=is_terminal())
    if trouble:
        click.echo(trouble, err=True)
        sys.exit(1)
    printed = False
    for line in lines:
        click.echo(line)
        printed = True
    if not printed:
        click.echo(f"{visible(str(capture))}: holds no text", err=True)
