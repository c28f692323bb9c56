"""Authority files, shipped and the site's own, → Authority and Knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from builder.model import Authority, AuthorityKind, Knowledge
from builder.problems import Place, Problem, did_you_mean, error
from builder.read.authority_checks import check_authorities
from builder.read.languages import language_bytes, read_affixes
from builder.read.records import Record, over, parse_records
from builder.read.short_names import short_names

_SHIPPED: Final = Path(__file__).parent.parent / "data"
_KINDS: Final[tuple[AuthorityKind, ...]] = ("leader", "topic")


def read_knowledge(site: Path) -> tuple[Knowledge, tuple[Problem, ...]]:
    """All that is known for the naming of a site's articles, and what is wrong in its authority files."""
    authorities, as_of, problems = read_authorities(site)
    own = [path.read_bytes() for kind in _KINDS if (path := _own_file(site, kind)).is_file()]
    shipped = [(_SHIPPED / f"{kind}s.yaml").read_bytes() for kind in _KINDS]
    digest = hashlib.blake2b(b"\0\0".join((*shipped, language_bytes(), *own)), digest_size=16).hexdigest()
    return Knowledge(authorities, read_affixes(), as_of, digest), problems


def read_authorities(site: Path) -> tuple[tuple[Authority, ...], str, tuple[Problem, ...]]:
    """The shipped people and topics, extended and overridden by the site's own, sorted by kind and id.

    Also the day that the shipped list of people describes, and what is wrong in the site's files.
    """
    authorities: list[Authority] = []
    problems: list[Problem] = []
    as_of, touched = "", False
    for kind in _KINDS:
        shipped, day, wrong = _records(kind, _SHIPPED / f"{kind}s.yaml", f"builder/data/{kind}s.yaml")
        problems += wrong
        as_of = as_of or day
        own_file = _own_file(site, kind)
        if own_file.is_file():
            touched = True
            own, _, wrong = _records(kind, own_file, own_file.relative_to(site).as_posix())
            problems += wrong
            shipped, wrong = _merged(shipped, own)
            problems += wrong
        authorities += named(shipped)
    authorities.sort(key=lambda authority: (authority.kind, authority.id))
    # The shipped files alone are checked by the tests; every build would pay for it otherwise.
    if touched:
        problems += check_authorities(authorities)
    return tuple(authorities), as_of, tuple(problems)


def named(records: Iterable[Record]) -> list[Authority]:
    """Authorities with the short forms of their names; one that two people share is enough for neither."""
    records = list(records)
    forms = {record.id: short_names(record.names, record.country) for record in records if record.kind == "leader"}
    claims = _Claims({}, {})
    for record in records:
        claims.note(record, forms.get(record.id, ({}, {}))[0] if record.surname != "none" else {})
    return [_authority(record, forms.get(record.id, ({}, {})), claims) for record in records]


@dataclass(frozen=True, slots=True)
class _Claims:
    """Who uses a word for himself."""

    any: dict[str, set[str]]
    """As a name, alias, weak alias, or short form that would be enough alone."""
    alone: dict[str, str]
    """As a name or alias."""

    def note(self, record: Record, forms: Mapping[str, str]) -> None:
        """What a record claims in so many words, and the short forms that are derived for it."""
        weak = [word.casefold() for words in record.weak.values() for word in words]
        listed = [word.casefold() for words in record.aliases.values() for word in words]
        enough = [name.casefold() for name in record.names.values()] + listed
        for word in (*enough, *weak, *(form.casefold() for form in forms.values())):
            self.any.setdefault(word, set()).add(record.id)
        for word in enough:
            if word not in weak:
                self.alone.setdefault(word, record.id)


def _authority(record: Record, forms: tuple[Mapping[str, str], Mapping[str, str]], claims: _Claims) -> Authority:
    aliases = {language: list(words) for language, words in record.aliases.items()}
    weak = {language: list(words) for language, words in record.weak.items()}
    telling, common = ({}, {}) if record.surname == "none" else forms
    for language, word in (*telling.items(), *common.items()):
        if word in weak.get(language, ()) or word in aliases.get(language, ()):
            continue
        key = word.casefold()
        if claims.alone.get(key, record.id) != record.id:
            continue  # another's name or alias outright: here it would never count
        alone = record.surname == "enough" and language in telling and claims.any[key] == {record.id}
        (aliases if alone else weak).setdefault(language, []).append(word)
    if record.heading:
        for language, name in record.names.items():
            weak.setdefault(language, []).append(name)
    return Authority(
        kind=record.kind,
        id=record.id,
        names=record.names,
        aliases={language: tuple(words) for language, words in aliases.items()},
        weak={language: tuple(words) for language, words in weak.items()},
        country=record.country,
        offices=record.offices,
        broader=record.broader,
        wikidata=record.wikidata,
        place=str(record.place),
        pronoun=record.pronoun,
        heading=record.heading,
    )


def _records(kind: AuthorityKind, file: Path, shown: str) -> tuple[tuple[Record, ...], str, list[Problem]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        return (), "", [error(Place(shown), f"cannot be read: {trouble.strerror}")]
    except UnicodeDecodeError:
        return (), "", [error(Place(shown), "is not UTF-8 text", "save it as UTF-8")]
    records, as_of, problems = parse_records(kind, shown, text)
    first: dict[str, Record] = {}
    wrong = list(problems)
    for record in records:
        if record.id in first:
            place = first[record.id].place
            wrong.append(error(record.place, f'the id "{record.id}" stands already at {place}', "give it another id"))
        first.setdefault(record.id, record)
    return tuple(first.values()), as_of, wrong


def _merged(shipped: tuple[Record, ...], own: tuple[Record, ...]) -> tuple[tuple[Record, ...], list[Problem]]:
    merged = {record.id: record for record in shipped}
    problems = []
    for record in own:
        if record.id in merged:
            merged[record.id] = over(record, merged[record.id])
        elif "en" not in record.names:
            hint = did_you_mean(record.id, merged) or "a new record needs names: {en: …}"
            problems.append(error(record.place, f'no shipped {record.kind} has the id "{record.id}"', hint))
        else:
            merged[record.id] = record
    return tuple(merged.values()), problems


def _own_file(site: Path, kind: AuthorityKind) -> Path:
    return site / "content" / f"{kind}s.yaml"
