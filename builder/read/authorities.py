"""Authority files, shipped and the site's own, → Authority and Knowledge."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from builder.model import Authority, AuthorityKind, Knowledge
from builder.model.values import replace, value
from builder.problems import Place, Problem, did_you_mean, error
from builder.read.authority_checks import check_authorities
from builder.read.captures import read_file
from builder.read.codes import KeptCodes, kept_knowledge
from builder.read.languages import language_files, parse_affixes
from builder.read.own_records import own_records
from builder.read.places import parse_places, place_file
from builder.read.records import Record, over, parse_records
from builder.read.short_names import short_names
from builder.read.steps import Through, plainly
from builder.values import Unpacked, packed, packed_each, unpacked

_SHIPPED: Final = Path(__file__).parent.parent / "data"
_KINDS: Final[tuple[AuthorityKind, ...]] = ("leader", "topic")


@value(frozen=True, slots=True)
class AuthorityFile:
    """The bytes of one authority file; None where it cannot be read."""

    kind: AuthorityKind
    path: str
    """As messages show it."""
    shipped: bool
    data: bytes | None
    trouble: str = ""


@value(frozen=True, slots=True)
class KnowledgeFiles:
    """All files that a site's knowledge is made of: gathering them is quick, parsing 800 records takes 0.1 s."""

    authorities: tuple[AuthorityFile, ...]
    languages: tuple[bytes, ...]
    places: bytes

    @property
    def digest(self) -> str:
        """Of all that is in them."""
        parts = [file.path.encode() + b"\0" + (file.data or b"") for file in self.authorities]
        return hashlib.blake2b(b"\0\0".join((*parts, *self.languages, self.places)), digest_size=16).hexdigest()


@value(frozen=True, slots=True)
class Learning:
    """Parsing them, as a step of the build that a cache can spare."""

    name: ClassVar[str] = "knowledge"
    fingerprint: ClassVar[str] = "2"

    def __call__(self, files: KnowledgeFiles) -> tuple[Knowledge, tuple[Problem, ...]]:
        """All that is known for the naming of a site's articles, and what is wrong in its authority files."""
        return _learnt(files)

    def failed(self, files: KnowledgeFiles, trace: str) -> tuple[Knowledge, tuple[Problem, ...]]:
        """Nothing can stand for it."""
        raise RuntimeError(trace)


# `serve`, and whoever calls for one build after another, parse them once a process while they stay as they are.
@lru_cache(maxsize=1)
def _learnt(files: KnowledgeFiles) -> tuple[Knowledge, tuple[Problem, ...]]:
    authorities, as_of, problems = parse_authorities(files.authorities)
    affixes = tuple(parse_affixes(data) for data in files.languages)
    return Knowledge(authorities, affixes, as_of, files.digest, parse_places(files.places)), problems


def read_knowledge(site: Path, through: Through = plainly) -> tuple[Knowledge, tuple[Problem, ...]]:
    """All that is known for the naming of a site's articles, and what is wrong in its authority files."""
    files = gather_knowledge(site)
    if (kept := _kept(files)) is not None:
        return kept
    (learnt,) = through(Learning(), [files])
    if codes := _codes_for(files):
        knowledge, problems = learnt
        codes.save(f"{knowledge.fingerprint}-records", packed_each(knowledge.authorities))
        codes.save(knowledge.fingerprint, packed((replace(knowledge, authorities=()), problems)))
    return learnt


@lru_cache(maxsize=1)
def _kept(files: KnowledgeFiles) -> tuple[Knowledge, tuple[Problem, ...]] | None:
    """What was learnt of the very files before, for this archive or another; None where nothing is kept of it."""
    codes, name = _codes_for(files), files.digest
    data = codes.load(name) if codes else None
    records = codes.load(f"{name}-records") if codes and data else None
    learnt: tuple[Knowledge, tuple[Problem, ...]] | None = unpacked(data)[0] if data and records else None
    return (replace(learnt[0], authorities=Unpacked(records)), learnt[1]) if learnt and records else None


def _codes_for(files: KnowledgeFiles) -> KeptCodes | None:
    """Nothing is kept of files that cannot be read: their digest is that of empty ones."""
    return None if any(file.data is None for file in files.authorities) else kept_knowledge()


def read_authorities(site: Path) -> tuple[tuple[Authority, ...], str, tuple[Problem, ...]]:
    """The shipped people and topics, extended and overridden by the site's own, sorted by kind and id.

    Also the day that the shipped list of people describes, and what is wrong in the site's files.
    """
    return parse_authorities(gather_knowledge(site).authorities)


def gather_knowledge(site: Path) -> KnowledgeFiles:
    """The shipped authority files, the site's own where it has them, and the languages."""
    files = []
    for kind in _KINDS:
        files.append(_file(kind, _SHIPPED / f"{kind}s.yaml", f"builder/data/{kind}s.yaml", shipped=True))
        own = site / "content" / f"{kind}s.yaml"
        if os.path.lexists(own):
            files.append(_file(kind, own, own.relative_to(site).as_posix(), shipped=False))
    return KnowledgeFiles(tuple(files), language_files(), place_file())


def parse_authorities(files: Iterable[AuthorityFile]) -> tuple[tuple[Authority, ...], str, tuple[Problem, ...]]:
    """As `read_authorities`, from the bytes."""
    files = tuple(files)
    authorities: list[Authority] = []
    problems: list[Problem] = []
    as_of = ""
    for kind in _KINDS:
        shipped: tuple[Record, ...] = ()
        for file in files:
            if file.kind != kind:
                continue
            records, day, wrong = _records(file)
            problems += wrong
            if file.shipped:
                shipped, as_of = records, as_of or day
            else:
                shipped, wrong = _merged(shipped, records)
                problems += wrong
        authorities += named(shipped)
    authorities.sort(key=lambda authority: (authority.kind, authority.id))
    # The shipped files alone are checked by the tests; every first build would pay for it otherwise.
    if not all(file.shipped for file in files):
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


@value(frozen=True, slots=True)
class _Claims:
    """Who uses a word for himself."""

    shorts: dict[str, set[str]]
    """As the short form that is derived from a name."""
    alone: dict[str, str]
    """As a name or alias, in so many words."""

    def note(self, record: Record, forms: Mapping[str, str]) -> None:
        """What a record claims, and the short forms that are derived for it."""
        for form in forms.values():
            self.shorts.setdefault(form.casefold(), set()).add(record.id)
        weak = {word.casefold() for words in record.weak.values() for word in words}
        listed = (word for words in record.aliases.values() for word in words)
        for word in (*record.names.values(), *listed):
            if word.casefold() not in weak:
                self.alone.setdefault(word.casefold(), record.id)


def _authority(record: Record, forms: tuple[Mapping[str, str], Mapping[str, str]], claims: _Claims) -> Authority:
    aliases = {language: list(words) for language, words in record.aliases.items()}
    weak = {language: list(words) for language, words in record.weak.items()}
    telling, common = ({}, {}) if record.surname == "none" else forms
    for language, word in (*telling.items(), *common.items()):
        if word in weak.get(language, ()) or word in aliases.get(language, ()):
            continue
        key = word.casefold()
        alone = record.surname == "enough" and language in telling and claims.shorts[key] == {record.id}
        if not alone and claims.alone.get(key, record.id) != record.id:
            continue  # another's name or alias outright: here it would never count
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
        formerly=record.formerly,
        place=str(record.place),
        pronoun=record.pronoun,
        heading=record.heading,
    )


def _file(kind: AuthorityKind, file: Path, shown: str, *, shipped: bool) -> AuthorityFile:
    data, trouble = read_file(file)
    return AuthorityFile(kind, shown, shipped, None if trouble else data, trouble)


def _records(file: AuthorityFile) -> tuple[tuple[Record, ...], str, list[Problem]]:
    if file.data is None:
        return (), "", [error(Place(file.path), file.trouble, "it must be a plain file that you may read")]
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        place = Place(file.path, file.data[: broken.start].count(b"\n") + 1)
        return (), "", [error(place, "is not UTF-8 text", "save it as UTF-8")]
    own = own_records(file.kind, file.path, text) if file.shipped else None
    records, as_of, problems = own or parse_records(file.kind, file.path, text, shipped=file.shipped)
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
