"""What is wrong with a finished site: links that lead nowhere, addresses that collide, ids used twice."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, Generic, Protocol, TypeVar
from urllib.parse import unquote

from builder.model import Output
from builder.model.values import value
from builder.problems import Place, Problem, did_you_mean, error, in_order, warning
from builder.publish.links import PageLinks, links_of

_UNPORTABLE: Final = re.compile(
    r"""[\x00-\x1f<>:"\\|?*]|[ .](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)""", re.IGNORECASE
)
"""What Windows has in no file's name: the site could not be unpacked or cloned there."""
_LOOKED_THROUGH: Final = 4096
"""Links that are kept before it is asked which of them lead somewhere by now."""

In_contra = TypeVar("In_contra", contravariant=True)
I = TypeVar("I")  # noqa: E741 - the usual name of an item's type


class Making(Protocol[In_contra]):
    """A step that makes one file of an item."""

    @property
    def name(self) -> str:
        """A word for timings."""

    @property
    def fingerprint(self) -> str:
        """Digest of its rules."""

    @property
    def seconds(self) -> float:
        """What one item may take."""

    def __call__(self, item: In_contra, /) -> Output:
        """The file."""

    def failed(self, item: In_contra, trace: str, /) -> Output:
        """What stands for it when the step raised."""


@value(frozen=True, slots=True)
class Followed(Generic[I]):
    """A step that makes files, and of each the links that stand in it: what stays the same is not searched again."""

    making: Making[I]

    @property
    def name(self) -> str:
        """That of the step."""
        return self.making.name

    @property
    def fingerprint(self) -> str:
        """That of the step."""
        return self.making.fingerprint

    @property
    def seconds(self) -> float:
        """Those of the step."""
        return self.making.seconds

    def __call__(self, item: I, /) -> tuple[Output, PageLinks]:
        """The file and its links."""
        output = self.making(item)
        return output, links_of(output)

    def failed(self, item: I, trace: str, /) -> tuple[Output, PageLinks]:
        """What stands for them."""
        output = self.making.failed(item, trace)
        return output, links_of(output)


def check(outputs: Iterable[Output]) -> tuple[Problem, ...]:
    """Every broken link, colliding address and repeated id of a site; places are paths below the output folder."""
    return check_links([links_of(output) for output in outputs])


def check_links(pages: Iterable[PageLinks]) -> tuple[Problem, ...]:
    """What is wrong with the links and the addresses of all pages."""
    links = LinkMap()
    for page in pages:
        links.add(page)
    return links.problems()


class LinkMap:
    """All addresses of a site and the links that lead nowhere yet, gathered page by page and kept as small as they can.

    For 10,000 articles the pages' own lists of links and ids would take 130 MB, and all links, each once, 40.
    """

    def __init__(self) -> None:
        self.paths: list[str] = []
        """In the order in which they came."""
        self._ids: dict[str, str] = {}
        self._open: dict[str, dict[str, array[int]]] = {}
        """By folder, then by link, the numbers of the pages on which it stands."""
        self._count = 0
        """Of the open links."""
        self._most = _LOOKED_THROUGH
        self._led_to: Counter[str] = Counter()
        self._repeated: list[tuple[str, tuple[str, ...]]] = []

    def add(self, page: PageLinks) -> None:
        """Take in one page."""
        number = len(self.paths)
        self.paths.append(page.path)
        self._ids[page.path] = "\0".join(page.ids)
        if page.repeated:
            self._repeated.append((page.path, page.repeated))
        here = self._open.setdefault(posixpath.dirname(page.path), {})
        self._count -= len(here)
        for link in page.links:
            if link in here:
                here[link].append(number)
            elif link[0] != "#" or ((fragment := _fragment(link[1:])) and fragment not in page.ids):
                here[link] = array("I", (number,))
        self._count += len(here)
        if self._count > self._most:
            self._look_through()
            self._most = 2 * self._count + _LOOKED_THROUGH

    def problems(self) -> tuple[Problem, ...]:
        """Every broken link, colliding address and repeated id; places are paths below the output folder."""
        self._look_through()
        problems = [*_collisions(self.paths), *_unportable(self._ids)]
        problems += [
            warning(Place(path), f'the id "{name}" stands more than once on this page')
            for path, names in self._repeated
            for name in names
        ]
        hints: dict[str, str] = {}
        for link, numbers in chain.from_iterable(here.items() for here in self._open.values()):
            places = [Place(self.paths[number]) for number in numbers]
            found = (_trouble(place, link, self._ids, hints) for place in places)
            problems += [problem for problem in found if problem is not None]
        return in_order(problems)

    def led_to(self) -> Mapping[str, int]:
        """All places in pages that links of other pages lead to, the page, # and the id, and how many pages do so."""
        counts = Counter(self._led_to)
        for folder, here in self._open.items():
            for link, numbers in here.items():
                if "#" in link:
                    target, fragment = _led_to(folder, link)
                    counts[f"{target}#{fragment}"] += len(numbers)
        return counts

    def _look_through(self) -> None:
        """Let go of the links that lead to what has come since."""
        for folder, here in self._open.items():
            for link in list(here):
                target, fragment = _led_to(folder, link)
                if target in self._ids and (not fragment or fragment in self._ids[target].split("\0")):
                    numbers = here.pop(link)
                    if "#" in link:
                        self._led_to[f"{target}#{fragment}"] += len(numbers)
        self._count = sum(map(len, self._open.values()))


def places(page: PageLinks) -> frozenset[str]:
    """The places in other pages that a page leads to: the page, # and the id there."""
    folder = posixpath.dirname(page.path)
    led_to = (_led_to(folder, link) for link in page.links if "#" in link)
    return frozenset(f"{target}#{fragment}" for target, fragment in led_to if target and fragment)


def leads_well(page: PageLinks, former: PageLinks, ids: Callable[[str], Collection[str] | None]) -> bool:
    """Whether all links that a page has got, and all inside it, lead somewhere, and no id stands twice.

    `ids` are those of the page at an address, None where there is none.
    """
    folder = posixpath.dirname(page.path)
    inside = {link for link in page.links if link[0] == "#"}
    if page.repeated or any(_fragment(link[1:]) not in {"", *page.ids} for link in inside):
        return False
    for link in {*page.links} - {*former.links} - inside:
        target, fragment = _led_to(folder, link)
        there = ids(target)
        if there is None or (fragment and fragment not in there):
            return False
    return True


def _trouble(place: Place, link: str, pages: Mapping[str, str], hints: dict[str, str]) -> Problem | None:
    """What is wrong with one link; `pages` are the ids by path, `hints` keeps those given: a slip in a template breaks
    one link on every page.
    """
    target, fragment = _led_to(posixpath.dirname(place.path), link)
    if target.startswith("/"):
        return warning(place, f'the link "{link}" starts at the host, so it fails below a folder', "make it relative")
    target = target or place.path
    if target not in pages:
        if target not in hints:
            hints[target] = _nearest(target.rstrip("/"), pages)
        return warning(place, f'the link "{link}" leads to no file of the site', hints[target])
    if fragment and fragment not in pages[target].split("\0") and target.endswith(".html"):
        return warning(place, f'the link "{link}" leads to a place that {target} does not have')
    return None


def _fragment(written: str) -> str:
    """The id that is meant by what stands behind a #; empty for the top of the page."""
    fragment = unquote(written.partition(":~:")[0])
    # "#top" is the top of the page by the HTML standard, whether or not an element has that id.
    return "" if fragment.lower() == "top" else fragment


def _led_to(folder: str, link: str) -> tuple[str, str]:
    """The file and the place in it that a link leads to from a folder; no file: the page it stands on.

    A folder's name keeps its slash, as no file's does.
    """
    address, _, written = link.partition("#")
    address, fragment = unquote(address.partition("?")[0]), _fragment(written)
    if not address or address.startswith("/"):
        return address, fragment
    if address.startswith("../") and folder and "/" not in folder:
        below = address[2:]
        if below != "/" and "//" not in below and "/." not in below:
            return below[1:], fragment  # as nearly all are written: said at once
    target = posixpath.normpath(posixpath.join(folder, address))
    return (f"{target}/" if address.endswith("/") else target), fragment


def _nearest(target: str, pages: Collection[str]) -> str:
    """A hint that looks in the target's own folder only: among 10,000 addresses the search would take seconds each."""
    folder = posixpath.dirname(target)
    return did_you_mean(target, [path for path in pages if posixpath.dirname(path) == folder][:500])


def _collisions(paths: Iterable[str]) -> list[Problem]:
    """Two outputs under one address lose one of them; some systems fold case and Unicode forms."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        key = unicodedata.normalize("NFC", path).casefold()
        if key not in first:
            first[key] = path
            continue
        same = first[key]
        how = "two files have this address" if same == path else f"on some systems this is the same file as {same}"
        problems.append(error(Place(path), how, "give one of them another id or name"))
    problems += [
        error(Place(path), f"{path} is a file and {parent} a file too", "give one of them another id or name")
        for path in first.values()
        for parent in _parents(path)
        if unicodedata.normalize("NFC", parent).casefold() in first
    ]
    return problems


def _unportable(paths: Iterable[str]) -> Iterator[Problem]:
    for path in paths:
        if _UNPORTABLE.search(path):
            yield warning(Place(path), "Windows has no file of this name", "choose another id or name")


def _parents(path: str) -> Iterable[str]:
    while path := posixpath.dirname(path):
        yield path
