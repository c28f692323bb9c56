"""Authority records as the archivist writes them: people and topics, shaped like SKOS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from builder.model import AuthorityKind, Office, Pronoun
from builder.problems import Place, Problem, did_you_mean, error
from builder.read.yaml_nodes import Fields, Origin, compose, is_empty

_COMMON: Final = ("id", "names", "aliases", "weak", "wikidata", "formerly")
_KNOWN: Final[Mapping[AuthorityKind, tuple[str, ...]]] = {
    "leader": (*_COMMON, "country", "surname", "pronoun", "offices"),
    "topic": (*_COMMON, "broader", "heading"),
}
SURNAME_USES: Final = ("enough", "weak", "none")
_ID: Final = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""It names a page's file, as an article's id does."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]*")
_ISO_3166: Final = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_COUNTRIES: Final = frozenset(_ISO_3166.split())


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an authority file, as it is written."""

    kind: AuthorityKind
    id: str
    place: Place
    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    country: str | None
    surname: str | None
    """One of `SURNAME_USES`; None counts as `weak`."""
    pronoun: Pronoun | None
    heading: bool
    offices: tuple[Office, ...]
    broader: tuple[str, ...]
    wikidata: str | None
    formerly: tuple[str, ...] = ()
    """Ids that it once had."""


def parse_records(
    kind: AuthorityKind, path: str, text: str, *, shipped: bool = False
) -> tuple[tuple[Record, ...], str, tuple[Problem, ...]]:
    """The records of one file, its `as_of` (empty when it has none) and what is wrong in it.

    A file is a list of records, or a mapping with `as_of` and the list under `leaders` or `topics`.
    """
    origin = Origin(path)
    root, broken = compose(text, origin, ours=shipped)
    if root is None:
        return (), "", broken
    problems: list[Problem] = []
    as_of, nodes = "", cast("tuple[Node, ...]", ())
    if isinstance(root, SequenceNode):
        nodes = tuple(root.value)
    else:
        fields = Fields(root, origin, problems, known=("as_of", f"{kind}s"), what="the file")
        as_of, nodes = fields.day_or_time("as_of") or "", fields.items(f"{kind}s")
    records = [record for node in nodes if (record := _record(kind, node, origin, problems))]
    return tuple(records), as_of, tuple(problems)


def over(own: Record, shipped: Record) -> Record:
    """A site's record laid over the shipped one: what it says replaces, its aliases and offices are added."""
    return replace(
        own,
        names={**shipped.names, **own.names},
        aliases=_united(shipped.aliases, own.aliases),
        weak=_united(shipped.weak, own.weak),
        country=own.country or shipped.country,
        surname=own.surname or shipped.surname,
        pronoun=own.pronoun or shipped.pronoun,
        heading=own.heading or shipped.heading,
        offices=own.offices or shipped.offices,
        broader=own.broader or shipped.broader,
        wikidata=own.wikidata or shipped.wikidata,
        formerly=tuple(dict.fromkeys((*shipped.formerly, *own.formerly))),
    )


def _record(kind: AuthorityKind, node: Node, origin: Origin, problems: list[Problem]) -> Record | None:
    fields = Fields(node, origin, problems, known=_KNOWN[kind], what=f"a {kind}")
    if not isinstance(node, MappingNode):
        return None
    identity = fields.required("id")
    if identity is None or not _ID.fullmatch(identity):
        if identity is not None:
            fields.refuse("id", f'id is "{identity}"', "use up to 80 small Latin letters and digits, hyphens between")
        return None
    country = fields.text("country")
    if country is not None and country not in _COUNTRIES:
        hint = did_you_mean(country.upper(), _COUNTRIES) or "two letters of ISO 3166, such as KR"
        fields.refuse("country", f'country is "{country}"', hint)
    pronoun = fields.choice("pronoun", ("she", "he"), "") if "pronoun" in fields else ""
    return Record(
        kind=kind,
        id=identity,
        place=origin.place(node),
        names={language: words[0] for language, words in _by_language(fields, "names").items() if words},
        aliases=_by_language(fields, "aliases"),
        weak=_by_language(fields, "weak"),
        country=country,
        surname=fields.choice("surname", SURNAME_USES, "weak") if "surname" in fields else None,
        pronoun=cast("Pronoun | None", pronoun or None),
        heading=fields.flag("heading") if "heading" in fields else False,
        offices=_offices(fields) if "offices" in fields else (),
        broader=fields.texts("broader") if "broader" in fields else (),
        wikidata=fields.matching("wikidata", lambda text: bool(_WIKIDATA.fullmatch(text)), "write Q and a number"),
        formerly=_formerly(fields) if "formerly" in fields else (),
    )


def _formerly(fields: Fields) -> tuple[str, ...]:
    ids = fields.placed_texts("formerly")
    for text, place in ids:
        if not _ID.fullmatch(text):
            fields.problems.append(error(place, f'"{text}" was never an id', "write the id that the record had"))
    return tuple(text for text, _ in ids)


def _by_language(fields: Fields, name: str) -> dict[str, tuple[str, ...]]:
    """`{en: Xi Jinping}` or `{en: [Xi, President Xi]}`; read from the nodes, since there are thousands of them."""
    node = fields.node_of(name)
    if node is None or is_empty(node):
        return {}
    if not isinstance(node, MappingNode):
        fields.refuse(name, f"{name} must be a mapping of languages to names", f"{name}: {{en: …}}")
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, value in node.value:
        language = str(key.value)
        items = value.value if isinstance(value, SequenceNode) else (value,)
        if not _LANGUAGE.fullmatch(language):
            place = fields.origin.place(key)
            fields.problems.append(error(place, f'"{language}" is no language code', "write en, ko, zh, zh-Hant, ja …"))
        elif all(isinstance(item, ScalarNode) and item.value.strip() for item in items):
            found[language] = tuple(item.value for item in items)
        else:
            place = fields.origin.place(value)
            fields.problems.append(error(place, f"{name}.{language} must be a name or a list of names"))
    return found


def _offices(fields: Fields) -> tuple[Office, ...]:
    offices = []
    for node in fields.items("offices"):
        office = Fields(
            node, fields.origin, fields.problems, known=("title", "from", "until", "checked"), what="an office"
        )
        title = {language: words[0] for language, words in _by_language(office, "title").items() if words}
        since, until = _day(office, "from"), _day(office, "until")
        if not title or since is None:
            missing = "title" if not title else "from"
            office.refuse("", f"an office needs its {missing}", "write {title: {en: …}, from: 2013-03-14}")
        elif until is not None and until < since:
            office.refuse("until", f"the office ends on {until}, before it begins", f"it begins on {since}")
        else:
            offices.append(Office(title, since, until, _day(office, "checked")))
    return tuple(offices)


def _day(fields: Fields, name: str) -> str | None:
    return fields.matching(name, _is_day, "write a day such as 2013-03-14") if name in fields else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _united(shipped: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(dict.fromkeys((*shipped.get(language, ()), *own.get(language, ()))))
        for language in (*shipped, *(language for language in own if language not in shipped))
    }
