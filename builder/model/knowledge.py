"""What is known of people, topics and languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from builder.model.rules import OwnRule, digest_of_rules
from builder.model.values import field, value

AuthorityKind = Literal["leader", "topic"]
Pronoun = Literal["he", "she"]


@value(frozen=True, slots=True)
class Office:
    """A post somebody held; the days are `YYYY-MM-DD`, an open end is None."""

    title: Mapping[str, str]
    since: str
    until: str | None
    checked: str | None
    """The day on which a person looked it up."""


@value(frozen=True, slots=True)
class Authority:
    """A person or a topic under one stable id, with its names in every script."""

    kind: AuthorityKind
    id: str
    names: Mapping[str, str]
    """One preferred name a language; `zh` is simplified, `zh-Hant` traditional."""
    aliases: Mapping[str, tuple[str, ...]]
    """Enough alone to count as the person or topic."""
    weak: Mapping[str, tuple[str, ...]]
    """Count only beside a name or alias, or by the office held on the piece's date."""
    country: str | None
    """ISO 3166 alpha-2; None for topics and international bodies."""
    offices: tuple[Office, ...]
    broader: tuple[str, ...]
    wikidata: str | None
    place: str
    """`path:line:column` of the record, for messages."""
    pronoun: Pronoun | None = None
    """`she` or `he` where the record says so, for words said by "she"."""
    heading: bool = False
    """Only holds the tree of topics together: never found by its own name."""
    formerly: tuple[str, ...] = ()
    """Ids that it once had: a stub stands at the address of each."""


@value(frozen=True, slots=True)
class Affixes:
    """How running text of one language treats names: what stands around them, and what says that somebody spoke."""

    language: str
    particles: tuple[str, ...]
    """Glued to the end of a name: Korean josa, English possessive endings."""
    suffixes: tuple[str, ...]
    """Glued to the end of a name, or next to it, and more than a particle: his government, his side."""
    prefixes: tuple[str, ...]
    """Glued to the front of a name: pro-, anti-."""
    honorifics: tuple[str, ...]
    """Titles beside a name that are no office."""
    women: tuple[str, ...]
    """Titles that only women bear: beside a man's family name they make it his wife's."""
    offices: Mapping[str, tuple[str, ...]]
    """Words for a post by its kind (`president`, `premier`, `minister` …), for weak names and for unknown people."""
    modifiers: tuple[str, ...]
    """What may stand between a name and an office: former, countries, ministries."""
    before: tuple[str, ...]
    """Capitalized words that may precede a family name without being a given name."""
    not_names: tuple[str, ...]
    """Longer words in which a name stands by chance."""
    named_after: tuple[str, ...]
    """Words behind a name that make it the name of a place, a body or a prize."""
    named_before: tuple[str, ...]
    """Words before a name that do so."""
    abroad: tuple[str, ...]
    """Words that tell a piece of foreign affairs, where a minister by family name alone is that of foreign affairs."""
    pronouns: Mapping[str, tuple[str, ...]]
    """Words for the one spoken of: `he`, `she`, and `any` where the language makes no difference."""
    topic_markers: tuple[str, ...]
    """Glued to the subject of a whole sentence."""
    subject_markers: tuple[str, ...]
    """Glued to the subject of a clause."""
    quotatives: tuple[str, ...]
    """What follows the closing mark of words that were said, with a verb of saying later in the sentence."""
    reporting: tuple[str, ...]
    """What follows the closing mark and needs no such verb."""
    relayed: tuple[str, ...]
    """Endings behind a verb of saying by which somebody else hands the words on."""
    carries: tuple[str, ...]
    """Words behind a comma that go on with the subject before it."""
    verbs: tuple[str, ...]
    """Verbs of saying, or their beginnings where the language inflects by endings."""
    naming_verbs: tuple[str, ...]
    """Verbs that may also name a thing: they report speech only before a colon or comma, or not at all."""
    conjunctions: tuple[str, ...]
    """Words behind quoted ones that open another clause."""
    prepositions: tuple[str, ...]
    """Before a name these make it the one spoken to."""
    speakers: tuple[str, ...]
    """Words for people and bodies who speak and have no record."""
    indefinite: tuple[str, ...]
    """Words that bring in somebody else between a verb of saying and a name."""
    occasions: tuple[str, ...]
    """Words behind a name that make it a part of the time or occasion, not the subject."""
    echoes: tuple[str, ...]
    """Words for thus, before a verb of saying in the sentence behind quoted words."""
    according: tuple[str, ...]
    """Words before the name of somebody whose words stand before them."""
    introducers: tuple[str, ...]
    """Words between a verb of saying and the quoted ones: that."""
    joins: tuple[str, ...]
    """Words between two who do something together, and between two things that one does."""
    participles: tuple[str, ...]
    """Endings with which a verb of saying goes on with the subject of its sentence."""
    speaker_endings: tuple[str, ...]
    """Endings of a verb of saying that stand for him who said it."""
    possessives: tuple[str, ...]
    """Endings that make a name the owner of what follows."""
    articles: tuple[str, ...]
    """Small words before a title."""
    title_words: tuple[str, ...]
    """Further small words that a title may begin with."""
    abbreviations: tuple[str, ...]
    """Words whose full stop ends no sentence."""
    time_words: tuple[str, ...]
    """Before a name that is also a month's, these make it the month."""
    generations: tuple[str, ...]
    """Behind a name these make it a namesake's."""
    small_parts: tuple[str, ...]
    """Parts of family names that keep their small letter."""
    verb_endings: tuple[str, ...]
    """Endings of verbs: a word with one is no given name, although a headline gives it a capital."""
    demonyms: Mapping[str, tuple[str, ...]]
    """A country's code → its adjectives, for the Chinese leader."""
    endings: Mapping[str, tuple[str, ...]]
    """The end of a name as it is cited → its ends in other cases."""
    letters: Mapping[str, str]
    """A letter's other form → the form in which text is compared."""
    sound_letters: str
    """Letters that write foreign names by sound."""
    sound_words: tuple[str, ...]
    """Words that begin with such a letter and may follow a name."""


@value(frozen=True, slots=True)
class Knowledge:
    """All that is known of people, topics and languages for the naming of one archive."""

    authorities: Sequence[Authority]
    """Sorted by kind and id."""
    affixes: tuple[Affixes, ...]
    as_of: str
    """The day the shipped authority file describes."""
    fingerprint: str
    """Digest of all of it: equal fingerprints, equal knowledge."""
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Id of a place where leaders meet, and its names in every script."""
    heads: Mapping[str, Mapping[str | int, Sequence[int]]] = field(default_factory=dict)
    """By script, under what each name of the authorities is found, where that was worked out: see annotate/sources.py.
    It follows from the rest."""
    towns: Mapping[str, Mapping[str | int, Sequence[tuple[str, str]]]] = field(default_factory=dict)
    """The same of places: their spellings and ids."""
    words: Sequence[int] = ()
    """For each authority how many words those before it have, and how many all have, where that was worked out."""
    letters: Sequence[int] = ()
    """Which of these words are a letter."""
    ids: Sequence[str] = ()
    """Of each authority, empty for topics, where that was worked out."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)


@value(frozen=True, slots=True)
class Phrase:
    """Words that mark a line as boilerplate, folded; `where` they must stand in the line."""

    rule: str
    where: Literal["line", "start", "has"]
    text: str


@value(frozen=True, slots=True)
class Calendar:
    """The words, all folded, with which one language writes days and times."""

    units: tuple[tuple[str, str], ...] = ()
    """`year`, `month`, `day`, `hour`, `minute`, `second` and a word that stands after such a number."""
    meridiem: tuple[tuple[str, str], ...] = ()
    """`am` or `pm` and a word for it."""
    eras: tuple[tuple[str, int], ...] = ()
    """Name of an era and the common year before its first."""
    first_year: tuple[str, ...] = ()
    """What an era's year 1 is called instead of its number."""
    weekdays: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Small words that may stand between the parts of a date and its time: on, of, at, uhr."""
    ordinals: tuple[str, ...] = ()
    """Endings of a day's number: 3rd."""
    zones: tuple[tuple[str, str], ...] = ()
    """Name of a country's time and its offset, where the country has but one."""
    sentence_endings: tuple[str, ...] = ()
    """Endings that words have in a sentence beside a date and not in a byline."""
    years_ahead: int = 0
    """Years by which the country's count of years runs ahead of the common one: 2566 is 2023 in Thailand."""
    solar_months: tuple[tuple[str, ...], ...] = ()
    """Twelve groups of spellings where years of the sun since the Hijra are counted: 1404 began in March 2025."""
    day_first: bool = False
    """Whether 3/4/2024 is in April."""


@value(frozen=True, slots=True)
class WrittenLanguage:
    """How one language writes what cleaning looks for."""

    code: str
    stop_words: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    """Twelve groups of spellings, or none where months are numbered."""
    calendar: Calendar = Calendar()


@value(frozen=True, slots=True)
class LineWeights:
    """What was learnt of the lines of pages of one form."""

    first: Mapping[str, float]
    """Weights of what a line shows alone, by the name of the trait."""
    rules: Mapping[str, float]
    """How boilerplate rules rank: the logarithm of the odds that a line one of them names belongs to an article."""
    bias: float
    trees: tuple[Any, ...]
    """Decision trees, four steps deep: number of a measure, limit, and what follows up to the limit and above it."""


@value(frozen=True, slots=True)
class CleaningRules:
    """The vocabularies of cleaning, a union over all languages: boilerplate is seldom in the article's own."""

    phrases: tuple[Phrase, ...]
    sections: tuple[tuple[str, str], ...]
    """Kind of section (`related`, `comments`, `faq`) and the folded words that open it."""
    date_labels: tuple[tuple[str, str], ...]
    """Kind of date (`published`, `updated`, `retrieved`) and the folded words before it."""
    bylines: tuple[tuple[str, str], ...]
    """Where the name stands (`before`, `after`, `sign_off`) and the words beside it."""
    labels: tuple[tuple[str, str], ...]
    """What a word announces (`note`, `tags`), and the folded word."""
    author_words: tuple[tuple[str, str], ...]
    """What a word does beside the names in such a line (`join`, `post`, `agency` …; `common.yaml` explains them)."""
    name_particles: tuple[str, ...]
    """Function words that are also parts of names."""
    legal_forms: tuple[str, ...]
    """What stands behind an outlet's name for its legal form, with its capitals."""
    addressing: tuple[str, ...]
    """Words with which a text speaks of itself or to its readers: we, your."""
    languages: tuple[WrittenLanguage, ...]
    zones: tuple[tuple[str, str], ...]
    """Abbreviation and offset: `KST`, `+09:00`."""
    table_words: tuple[tuple[str, str], ...]
    """What a word does in a table cell (`glue`, `heads`, `firsts` …; `en.yaml` explains them) and the word."""
    boxes_bad: tuple[str, ...]
    boxes_lead: tuple[str, ...]
    """Words in those of boxes of standfirsts."""
    boxes_good: tuple[str, ...]
    """Words in class and id attributes of boxes around articles, and of articles."""
    simplified: str
    traditional: str
    """Letters that only one way of writing Chinese has."""
    everyday: tuple[tuple[str, str], ...]
    """Legacy encoding and the letters that its running text is mostly made of."""
    fingerprint: str
    weights: Mapping[str, LineWeights] = field(default_factory=dict)
    """What was learnt, by the form of the page: `html`, `text`."""
    own: tuple[OwnRule, ...] = ()
    """The archivist's, in the order of their file; vocabularies are the same with and without them."""

    @property
    def version(self) -> str:
        """What a ledger and a cache know all rules by."""
        return f"{self.fingerprint}+{digest_of_rules(self.own)}" if self.own else self.fingerprint

    def __eq__(self, other: object) -> bool:
        # A worker gets its own copy with each batch: comparing it word by word at each look into a cache of patterns
        # took minutes for 250 pages.
        return isinstance(other, CleaningRules) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)
