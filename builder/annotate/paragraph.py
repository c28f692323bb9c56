"""One paragraph as it is read for speech: its quotations, the names outside them, what came before it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.annotate.hits import Hit
from builder.annotate.lexicon import Lexicon
from builder.annotate.marks import Quoted
from builder.annotate.speech import Speech
from builder.model.values import value


@value(frozen=True, slots=True)
class Paragraph:
    """A block of the body; all places count from its own start."""

    start: int
    """In the sheet."""
    text: str
    outside: str
    """Folded, as long as `text`, what is quoted blanked."""
    quotations: Sequence[Quoted]
    named: Sequence[Named]
    """Leaders outside quotations, in order."""
    language: str
    """By its script: `ko`, `ja`, `zh`, or empty for languages with spaces."""
    goes_on: bool = False
    """Whether it begins with words that go on from an unclosed quotation in the paragraph before."""

    def between(self, start: int, end: int) -> list[Named]:
        """The leaders named between two places."""
        return [each for each in self.named if start <= each.start and each.end <= end]


@value(frozen=True, slots=True)
class Named:
    """A leader's name in a paragraph."""

    start: int
    end: int
    subject: int


@value(frozen=True, slots=True)
class Said:
    """Quotations of one sentence, and whose they are."""

    subject: int
    parts: tuple[Quoted, ...]


@value(frozen=False, slots=True, eq=False)
class Reading:
    """What a reader of the article knows when he comes to a paragraph; moves on with him."""

    lexicon: Lexicon
    speech: Speech
    hits: Sequence[Hit]
    folded: str
    topic: int | None = None
    """Whom the text last made the subject of a whole sentence."""
    language: str = ""
    here: bool = False
    """Whether it did so in this paragraph."""
    near: tuple[int, ...] = ()
    """The leaders in the last sentence that named any."""
    telling: int | None = None
    """The subject of the last sentence, where it says that he said something."""
    speaker: int | None = None
    """Whose words stood last, when nobody has come between."""

    def forget(self, language: str) -> None:
        """A paragraph in another language is another text: nobody in it is he or she."""
        self.language, self.topic, self.near = language, None, ()
        self.telling = self.speaker = None

    def women(self, subject: int) -> bool:
        """Whether a record says `she`."""
        return self.lexicon.authorities[subject].pronoun == "she"

    def fits(self, pronoun: str, subject: int) -> bool:
        """Whether a pronoun can mean somebody."""
        low = pronoun.lower()
        return low in (self.speech.she if self.women(subject) else self.speech.he)

    def meant(self, pronoun: str, others: frozenset[int] = frozenset()) -> int | None:
        """The one of those near, but for some others, whom a pronoun can mean; None when it may be several."""
        fitting = [subject for subject in self.near if subject not in others and self.fits(pronoun, subject)]
        return fitting[0] if len(fitting) == 1 else None

    def of_country(self, adjective: str) -> int | None:
        """The one leader of a country in the article, by its adjective; None when several, or none."""
        code = self.speech.countries[adjective]
        found = {hit.subject for hit in self.hits if self.lexicon.authorities[hit.subject].country == code}
        return found.pop() if len(found) == 1 else None

    def by_title(self, title: str, before: int) -> int | None:
        """The one leader who was given a title in so many letters before a place of the sheet; None when several."""
        found = set()
        for hit in self.hits:
            if hit.start >= before:
                break
            titles = self.speech.titles.match(self.folded, hit.end)
            around = (titles[0] if titles else "", self.folded[max(0, hit.start - len(title) - 1) : hit.start].rstrip())
            spelled = self.folded[hit.start : hit.end]
            if around[0].endswith(title) or around[1].endswith(title) or spelled.endswith(title):
                found.add(hit.subject)
        return found.pop() if len(found) == 1 else None
