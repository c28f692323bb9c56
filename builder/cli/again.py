"""A build that was given before, after a few articles were edited: only what puts them on pages is loaded for it.

Its command is the one that was given last, so that nothing is left to ask of it. Whatever is out of the ordinary is
left to the commands themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder.census import changed_inputs, lasting, own_states, renewed, take_standing
from builder.cli.building import Sight, keep_told, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.census import Census
    from builder.report import Options


class InVainError(Exception):
    """No build but a whole one does it: who runs the command need not try the others again."""


def edited_again(arguments: Sequence[str], census: Census) -> tuple[str, str] | None:
    """What the build prints, to standard output and to standard error; None where the commands have to run it.

    InVainError where it was tried.
    """
    options = _options(arguments)
    if options is None:
        return None
    sight = Sight(options, census, lasting(str(options.site), census))
    _, out, _ = sight.of()
    # To look at each file of the output takes as long as to load all that an edit needs: it is done once.
    standing = take_standing(out)
    changed = changed_inputs(*sight.of(), census, standing=standing)
    if not changed:
        return None

    from builder.revise import revise
    from builder.storage import open_cache

    try:
        with open_cache(options.site / ".pressmark", own_states(census)) as cache:
            report = revise(options, changed, cache=cache)
            if report is None:
                from builder.recatalogue import recatalogue

                report = recatalogue(options, changed, cache=cache)
    except OSError:
        return None
    if report is None or not report.published:
        raise InVainError
    keep_told(sight, report, standing=None if report.fresh is None else renewed(standing, out, report.fresh))
    told = published("published" if report.swapped else "nothing changed", report, sight)
    return told, "".join(f"{problem}\n" for problem in report.problems)


def _options(arguments: Sequence[str]) -> Options | None:
    """What a command asks for that went well before; None where it asks for more than the usual."""
    from builder.report import Options

    flags, values = set(), {"--site": ".", "--url": "", "--out": "", "--jobs": ""}
    rest = iter(arguments[1:])
    for said in rest:
        if said in {"--no-search", "--frozen"}:
            flags.add(said)
        elif said in values and (value := next(rest, "")):
            values[said] = value
        else:
            return None
    out = Path(values["--out"]) if values["--out"] else None
    search, frozen = "--no-search" not in flags, "--frozen" in flags
    return Options.asked(Path(values["--site"]), out, url=values["--url"], search=search, frozen=frozen)
