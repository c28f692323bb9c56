"""What is wrong with a finished site: links that lead nowhere, addresses that collide, ids used twice."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, Protocol, TypeVar
from urllib.parse import unquote

from builder.model import Output
from builder.problems import Place, Problem, did_you_mean, error, in_order, warning

# Possessive quantifiers: a page without a closing quote costs one pass, never a search through all the ways to fail.
# Tags without an attribute, two of three in a page, are passed over.
_TAG: Final = re.compile(rb"""<[a-zA-Z][^\s/>"'<]*+[\s/](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE: Final = re.compile(rb"""\s(href|src|id)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
_UNPORTABLE: Final = re.compile(
    r"""[\x00-\x1f<>:"\\|?*]|[ .](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)""", re.IGNORECASE
)
"""What Windows has in no file's name: the site could not be unpacked or cloned there."""
_ELSEWHERE: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")

In_contra = TypeVar("In_contra", contravariant=True)
I = TypeVar("I")  # noqa: E741 - the usual name of an item's type


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What the check needs to know of one output: where it leads, and what can be led to in it."""

    path: str
    links: tuple[str, ...]
    """Its internal links and sources as they stand in it, each once, sorted; absolute addresses are left out."""
    ids: frozenset[str]
    repeated: tuple[str, ...]
    """Ids that stand in it more than once."""


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


@dataclass(frozen=True, slots=True)
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


def links_of(output: Output) -> PageLinks:
    """The links and ids of one output; those of a file that is no HTML page are none."""
    if not output.path.endswith(".html"):
        return PageLinks(output.path, (), frozenset(), ())
    links: set[str] = set()
    ids: set[str] = set()
    repeated: set[str] = set()
    for tag in _TAG.findall(output.data):
        for name, double, single in _ATTRIBUTE.findall(tag):
            value = html.unescape((double or single).decode("utf-8", errors="replace"))
            if name.lower() != b"id":
                links.add(value)
            elif value in ids:
                repeated.add(value)
            else:
                ids.add(value)
    inner = (link for link in links if link and not _ELSEWHERE.match(link))
    return PageLinks(output.path, tuple(sorted(inner)), frozenset(ids), tuple(sorted(repeated)))


def check_links(pages: Iterable[PageLinks]) -> tuple[Problem, ...]:
    """The fold over all pages: links against addresses and ids, addresses against each other."""
    pages = tuple(pages)
    by_path = {page.path: page for page in pages}
    problems = [*_collisions([page.path for page in pages]), *_unportable(by_path)]
    hints: dict[str, str] = {}
    for page in pages:
        place = Place(page.path)
        problems += [warning(place, f'the id "{name}" stands more than once on this page') for name in page.repeated]
        folder = posixpath.dirname(page.path)
        broken = (link for link in page.links if not _leads(*_led_to(folder, link), page, by_path))
        problems += [problem for link in broken if (problem := _trouble(place, link, by_path, hints)) is not None]
    return in_order(problems)


def leads_to(pages: Iterable[PageLinks], folder: str) -> frozenset[str]:
    """All places in pages of a folder that links of other pages lead to: the page, # and the id."""
    found: set[str] = set()
    for page in pages:
        here = posixpath.dirname(page.path)
        for link in page.links:
            if "#" in link and not link.startswith("#"):
                target, fragment = _led_to(here, link)
                if target.startswith(folder) and target != page.path:
                    found.add(f"{target}#{fragment}")
    return frozenset(found)


def _leads(target: str, fragment: str, page: PageLinks, pages: Mapping[str, PageLinks]) -> bool:
    """Whether a link certainly leads somewhere, as nearly all do: asked 77,000 times for a thousand articles."""
    found = pages.get(target) if target else page
    return found is not None and (not fragment or fragment in found.ids)


def _trouble(place: Place, link: str, pages: Mapping[str, PageLinks], hints: dict[str, str]) -> Problem | None:
    """What is wrong with one link; `hints` keeps those given: a slip in a template breaks one link on every page."""
    target, fragment = _led_to(posixpath.dirname(place.path), link)
    if target.startswith("/"):
        return warning(place, f'the link "{link}" starts at the host, so it fails below a folder', "make it relative")
    target = target or place.path
    if target not in pages:
        if target not in hints:
            hints[target] = _nearest(target.rstrip("/"), pages)
        return warning(place, f'the link "{link}" leads to no file of the site', hints[target])
    if fragment and fragment not in pages[target].ids and target.endswith(".html"):
        return warning(place, f'the link "{link}" leads to a place that {target} does not have')
    return None


@lru_cache(maxsize=65536)
def _led_to(folder: str, link: str) -> tuple[str, str]:
    """The file and the place in it that a link leads to from a folder; no file: the page it stands on.

    Most links of an archive stand on many pages of one folder. A folder's name keeps its slash, as no file's does.
    """
    address, _, fragment = link.partition("#")
    address = unquote(address.partition("?")[0])
    fragment = unquote(fragment.partition(":~:")[0])
    # "#top" is the top of the page by the HTML standard, whether or not an element has that id.
    fragment = "" if fragment.lower() == "top" else fragment
    if not address or address.startswith("/"):
        return address, fragment
    target = posixpath.normpath(posixpath.join(folder, address))
    return (f"{target}/" if address.endswith("/") else target), fragment


def _nearest(target: str, pages: Mapping[str, PageLinks]) -> str:
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
