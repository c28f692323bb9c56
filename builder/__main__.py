"""`python -m builder` and `pressmark` are one command."""

from __future__ import annotations

import os
import sys

from builder.census import same_command, take_census, told_again
from builder.cli import collect_rarely


def main() -> None:
    """Run what was asked for; a build that has nothing to do says so before anything else is loaded.

    What is not needed is not loaded: one that has a text to put in its page loads neither the commands nor what reads
    whole archives, a tenth of a second of which it takes two.
    """
    collect_rarely()  # first of all: what a census finds and what is loaded are values by the ten thousand, too
    arguments = sys.argv[1:]
    site = same_command(arguments)
    census = take_census(site) if site else []
    told, in_vain = told_again(site, census), False
    if told is None and census:
        from builder.cli.again import InVainError, edited_again  # noqa: PLC0415

        try:
            told = edited_again(arguments, census)
        except InVainError:
            in_vain = True
    if told is None:
        from builder.cli.commands import main as run  # noqa: PLC0415

        run(obj=in_vain)
        return
    for stream, text in zip((sys.stdout, sys.stderr), told, strict=True):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a process's streams are texts
        stream.write(text)
    # A reader that is gone, of which Python would complain at its end, has all it wanted.
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()


def program() -> None:
    """`main`, and leave what it holds to the system at its end: taking it apart took a tenth of a build."""
    try:
        main()
    except SystemExit as ended:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            raise ended from None
        if isinstance(ended.code, int | None):
            os._exit(ended.code or 0)
        raise


if __name__ == "__main__":
    program()
