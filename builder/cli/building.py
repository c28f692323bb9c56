"""One build as the commands run it: told again where nothing changed, by the short way where that is open, or whole."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from builder.census import changed_inputs, lasting, remember, remembered, renewed, take_census, take_standing
from builder.model.values import value

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from builder.cache import Cache
    from builder.census import Census
    from builder.report import Options, Report
    from builder.watching import Watch


@value(frozen=True, slots=True)
class Sight:
    """What a build is asked for, and how it found the files."""

    options: Options
    census: Census
    kept: Census
    """The census as the next build may rely on it."""

    def of(self, *, stale: bool = False) -> tuple[str, str, str]:
        """The site, the output, and what else tells one build from another; `stale` when its search is an older one."""
        options = self.options
        search = "stale" if stale else options.search
        asked = f"search={search} frozen={options.frozen} url={options.url}"
        return str(options.site), str(options.out.absolute()), asked


def look(options: Options, *, afresh: bool = False) -> Sight:
    """How the files are right now, to be taken before the first of them is read; `afresh`, whatever they were."""
    census = [] if afresh else take_census(str(options.site))
    return Sight(options, census, lasting(str(options.site), census))


def told_before(sight: Sight) -> tuple[str, str] | None:
    """What the last build printed, where this one would do the same."""
    return remembered(*sight.of(), sight.census)


def build_site(
    sight: Sight,
    *,
    executor: Executor,
    cache: Cache,
    say: Callable[[str], None],
    watch: Watch | None = None,
    search_later: bool = False,
    whole: bool = False,
) -> Report:
    """Build the site and remember it. `search_later`: shorter ways may leave the search as it is for now.

    `whole`: they were tried in vain.
    """
    options = sight.options
    _, out, _ = sight.of()
    standing = [] if whole else take_standing(out)
    report = None if whole else _shorter(sight, standing, cache=cache, watch=watch, search_later=search_later)
    if report is None:
        from builder.build import build
        from builder.remembering import keep

        kept = partial(keep, cache, options)
        report = build(options, executor=executor, cache=cache, say=say, watch=watch, remember=kept)
        keep_told(sight, report, whole=True)
    else:
        left = None if report.fresh is None else renewed(standing, out, report.fresh)
        keep_told(sight, report, stale=options.search and search_later, standing=left)
    return report


def _shorter(sight: Sight, standing: Census, *, cache: Cache, watch: Watch | None, search_later: bool) -> Report | None:
    """What a build by the short way does, or by the middle way; None where neither is open."""
    from builder.revise import revise

    options = sight.options
    changed, behind = changed_inputs(*sight.of(), sight.census, standing=standing), False
    if changed is None:
        changed = changed_inputs(*sight.of(stale=True), sight.census, standing=standing)
        behind = changed is not None and not search_later
    if changed is None:
        return None
    report = revise(options, changed, cache=cache, watch=watch, search_later=search_later, search_behind=behind)
    if report is None and changed:
        from builder.recatalogue import recatalogue

        report = recatalogue(options, changed, cache=cache, watch=watch, search_later=search_later)
    return report


def keep_told(
    sight: Sight, report: Report, *, whole: bool = False, stale: bool = False, standing: Census | None = None
) -> None:
    """Remember what a build printed; `stale` when it left the search as it was; `standing` is how the output is."""
    if report.published:
        told = (published("nothing changed", report, sight), "".join(f"{one}\n" for one in report.problems))
        arguments = () if stale else sys.argv[1:]
        seen = partial(remember, *sight.of(stale=stale), census=sight.census, kept=sight.kept)
        seen(told=told, arguments=arguments, whole=whole, standing=standing)


def published(state: str, report: Report, sight: Sight) -> str:
    """What a build that went well prints."""
    return f"{state} in {sight.options.out}: {counts(report)}\ndigest {report.digest}\n"


def counts(report: Report) -> str:
    """How many pieces ended in which way."""
    from builder.problems import counted

    return (
        f"{counted(report.articles, 'article')}, {report.written} new; "
        f"{report.warned} with warnings, {counted(report.refused, 'file')} refused"
    )
