"""builder/data/languages/*.yaml → Affixes: how each language's running text treats names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from builder.model import Affixes
from builder.read.plain_yaml import plain

_HOME: Final = Path(__file__).parent.parent / "data" / "languages"


def language_files() -> tuple[bytes, ...]:
    """The bytes of the shipped languages' files, in the order of their codes."""
    return tuple(path.read_bytes() for path in sorted(_HOME.glob("*.yaml")))


def parse_affixes(data: bytes) -> Affixes:
    """One language's file; a mistake in it is a bug of the program, and raises."""
    return _affixes(plain(data))


def _affixes(file: Mapping[str, Any]) -> Affixes:
    def words(name: str) -> tuple[str, ...]:
        return tuple(file.get(name) or ())

    def groups(name: str) -> dict[str, tuple[str, ...]]:
        return {kind: tuple(listed or ()) for kind, listed in (file.get(name) or {}).items()}

    return Affixes(
        language=file["language"],
        particles=words("particles"),
        suffixes=words("suffixes"),
        prefixes=words("prefixes"),
        honorifics=words("honorifics"),
        women=words("women"),
        offices=groups("offices"),
        modifiers=words("modifiers"),
        before=words("before"),
        not_names=words("not_names"),
        named_after=words("named_after"),
        named_before=words("named_before"),
        abroad=words("abroad"),
        pronouns=groups("pronouns"),
        topic_markers=words("topic_markers"),
        subject_markers=words("subject_markers"),
        quotatives=words("quotatives"),
        reporting=words("reporting"),
        relayed=words("relayed"),
        carries=words("carries"),
        verbs=words("verbs"),
        naming_verbs=words("naming_verbs"),
        conjunctions=words("conjunctions"),
        prepositions=words("prepositions"),
        speakers=words("speakers"),
        indefinite=words("indefinite"),
        occasions=words("occasions"),
        echoes=words("echoes"),
        according=words("according"),
        introducers=words("introducers"),
        joins=words("joins"),
        participles=words("participles"),
        speaker_endings=words("speaker_endings"),
        possessives=words("possessives"),
        articles=words("articles"),
        title_words=words("title_words"),
        abbreviations=words("abbreviations"),
        time_words=words("time_words"),
        generations=words("generations"),
        small_parts=words("small_parts"),
        verb_endings=words("verb_endings"),
        demonyms=groups("demonyms"),
        endings=groups("endings"),
        letters={pair[0]: pair[1] for pair in str(file.get("letters") or "").split()},
        sound_letters=str(file.get("sound_letters") or ""),
        sound_words=words("sound_words"),
    )
