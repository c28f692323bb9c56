"""The commands: what is asked, what is printed, and the exit code.

Only click is imported here at once; a command imports what it needs when it runs, so that `--help` costs 50 ms.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import Any

import click

from builder import __version__
from builder.cli import collect_rarely
from builder.cli.archive import add, build, init, normalize, serve
from builder.cli.cleaning import clean, explain, learn
from builder.cli.evidence import audit, check, review
from builder.cli.export import export


class _Commands(click.Group):
    """Trouble of the machine is told in a line; a traceback is for what is Pressmark's own fault."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OSError as trouble:
            if trouble.errno == errno.EPIPE:
                raise  # click ends quietly when nobody reads any more
            named = f"{trouble.filename}: " if trouble.filename else ""
            _stopped(f"{named}{trouble.strerror or trouble}")
        except MemoryError:
            _stopped("there is not enough memory")


def _stopped(reason: str) -> None:
    from builder.problems import visible

    click.echo(visible(f"stopped: {reason} (what was published stands; mend it and run this again)"), err=True)
    sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pressmark")
def main() -> None:
    """Turn a folder of captured news pages into a browsable, searchable, citable archive of plain files."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A letter that the terminal's encoding lacks is spelt out rather than the end of the command.
        sys.stdout.reconfigure(errors="backslashreplace")
    collect_rarely()  # before any command loads what it needs


for _command in (add, audit, build, check, clean, explain, export, init, learn, normalize, review, serve):
    main.add_command(_command)
