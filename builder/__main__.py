"""`python -m builder` and `pressmark` are one command."""

from __future__ import annotations

import os
import sys

from builder.census import told_again


def main() -> None:
    """Run what was asked for; a build that has nothing to do says so before anything else is loaded."""
    told = told_again(sys.argv[1:])
    if told is None:
        from builder.cli import main as run  # noqa: PLC0415 - what is not needed is not loaded

        run()
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
