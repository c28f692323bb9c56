"""What stands inside a line of the article and is not of it: datelines, credits, initials, addresses, "read more".

Each is a stretch with a rule of its own; the words around it stay. A stretch is cut only where its place and its shape
agree: an agency's name in brackets opens the text, a reporter's address follows the last full stop.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from builder.model import CleaningRules
from builder.model.values import value
from builder.normalize.bylines import byline
from builder.normalize.text_measures import skeleton, weighted_length
from builder.normalize.vocabulary import Vocabulary, vocabulary

Cut = tuple[int, int, str]
"""Start and end in code points of the text, half open, and the rule."""
_LONGEST_OPENING: Final = 120
_LONGEST_CLOSING: Final = 70
"""Letters of what may hang on the end of a paragraph."""
_MOST_PEELED: Final = 4
_PARTICLE: Final = 3
"""Letters of small words in the names of places: "de", "los"."""
_TAIL_RULES: Final = frozenset(
    {"share-links", "navigation", "newsletter", "copyright", "subscription", "login", "image-credit", "print-links"}
)
_BRACKETS: Final = re.compile("[(\\[\uff08\u3010]([^()\\[\\]\uff08\uff09\u3010\u3011]{2,80})[)\\]\uff09\u3011]")
_END: Final = re.compile(
    "[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4][\"'\u201d\u2019\u300d\u300f\u00bb)\uff09]*(\\s*)(?=\\S)"
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_INITIALS: Final = re.compile(r"\s*[(\[]?\s?(?:[a-z]{2,4}|[A-Z]{2,3})(?:\s?/\s?[A-Za-z]{2,4}){1,3}\s?[)\]]?\s*")
_LETTER: Final = re.compile(r"[^\W\d_]")
# "BEIJING (Channel Nine) -", "Lima, 19 jul (Agencia).-": place and agency, whatever their script.
_AGENCY: Final = re.compile(
    "(?P<place>[^\\W\\d_][\\w .,'\u2019/-]{1,50}?)\\s?[(\uff08](?P<agency>[^()\uff08\uff09\\d]{2,40})[)\uff09]\\s?"
    "(?:\\.?\\s?[-\u2013\u2014]{1,2}|[-\u2013\u2014]{1,2}|=)\\s*"
)
# "MOSCOW, September 17. /Agency/." and "MOSCOW, 17 Sep - Agency.": Russian agencies.
_SLASHED: Final = re.compile(
    "(?P<place>[^\\W\\d_]{2,}(?:[ -][^\\W\\d_]+){0,3}),\\s[^/.\\n]{3,24}\\.?\\s?"
    "(?:/(?P<agency>[^/]{2,40})/\\.?\\s?[-\u2013\u2014]?|[-\u2013\u2014]\\s(?P<other>[^.\\n]{2,30})\\.)\\s*"
)
# "LONDON, March 3, 2025 /Agency/ --", "Berlin, 3. März 2025 –": press releases.
_DATED: Final = re.compile(
    "(?P<place>[^\\W\\d_][\\w .'\u2019/-]{1,40}),\\s[^()/\\n\u2013\u2014]{4,24}\\b(?:19|20)\\d\\d,?\\s?"
    "(?:/(?P<agency>[^/\\n]{2,30})/|[(](?P<other>[^()\\n]{2,30})[)])?\\s?[-\u2013\u2014]{1,2}\\s+"
)
# "Jakarta, Suara Kota -": the outlet's own name behind the place.
_OUTLET: Final = re.compile(
    "(?P<place>[^\\W\\d_][\\w .'\u2019/-]{1,40}),\\s(?P<agency>[^,()\\n]{3,40}?)\\s[-\u2013\u2014]{1,2}\\s+"
)

# "SUARAKOTA.COM, JAKARTA -": the outlet's own name before the place.
_OUTLET_FIRST: Final = re.compile(
    "(?P<agency>[^\\W\\d_][^,()\\n]{2,39}),\\s(?P<place>[^\\W\\d_][\\w .'\u2019/-]{1,40}?)\\s[-\u2013\u2014]{1,2}\\s+"
)
# "Teluk Permai -", "ROCCAMARE –": a place alone, that the headline names as well.
_PLACE: Final = re.compile(
    "(?P<place>[^\\W\\d_][\\w'\u2019]+(?: [^\\W\\d_][\\w'\u2019]+){0,2}) [-\u2013\u2014] (?=[^\\W\\d_])"
)
_SHORTEST_PLACE: Final = 4
_SHORTEST_OUTLET: Final = 6
"""Letters of an outlet's name that stands in another spelling of it."""
_SHORTEST_PART: Final = 4
"""Letters of a part of one: "So, NATO -" opens a sentence, whatever outlet has these letters in its name."""


@value(frozen=True, slots=True)
class Opening:
    """The dateline that opens a text: where it ends, the agency and the reporters it names."""

    end: int
    agency: str
    reporters: str = ""
    """With their post, as they stand."""


def opening(text: str, rules: CleaningRules, outlets: Collection[str] = ()) -> Opening | None:
    """The dateline of a text's first paragraph; `outlets` are names the page gives elsewhere, in letters alone."""
    head = text[:_LONGEST_OPENING]
    if found := _patterns(rules).east_asian.match(head):
        return Opening(found.end(), (found["agency"] or "").strip())
    if found := _patterns(rules).chinese.match(head):
        return Opening(found.end(), "", next(filter(None, found.groups()), ""))
    for pattern in (_AGENCY, _SLASHED):
        if (found := pattern.match(head)) and found.end() < len(text) and _is_place(found["place"]):
            named = found["agency"] or dict(found.groupdict()).get("other") or ""
            if pattern is _AGENCY or found["place"].isupper():
                return Opening(found.end(), named.strip())
    if (found := _DATED.match(head)) and found.end() < len(text) and _is_place(found["place"]):
        return Opening(found.end(), (found["agency"] or found["other"] or "").strip())
    found = _OUTLET.match(head)
    if found and _is_place(found["place"]):
        name = skeleton(found["agency"])
        if len(name) >= _SHORTEST_PART and any(name in outlet for outlet in outlets):
            return Opening(found.end(), found["agency"].strip())
    found = _PLACE.match(head)
    if found and _is_place(found["place"]) and all(word[0].isupper() for word in found["place"].split()):
        name = skeleton(found["place"])
        if len(name) >= _SHORTEST_PLACE and any(name in outlet for outlet in outlets):
            return Opening(found.end(), "")
    found = _OUTLET_FIRST.match(head)
    if found and found["place"].isupper() and _is_place(found["place"]):
        name = skeleton(found["agency"])
        known = (outlet for outlet in outlets if len(outlet) >= _SHORTEST_OUTLET)
        if any(outlet in name or (len(name) >= _SHORTEST_PART and name in outlet) for outlet in known):
            return Opening(found.end(), found["agency"].strip())
    return None


def inner_cuts(
    text: str, rules: CleaningRules, *, first: bool, agency: str = "", outlets: Collection[str] = ()
) -> list[Cut]:
    """All that is cut inside a paragraph, in order.

    `first`: whether it opens the text; `agency`: the one that the text's dateline names.
    """
    words = vocabulary(rules)
    cuts: list[Cut] = []
    start = 0
    if first and (dateline := opening(text, rules, outlets)):
        start = dateline.end
        cuts.append((0, start, "dateline"))
    end = len(text)
    tails = []
    for _ in range(_MOST_PEELED):
        tail = _tail(text[start:end], words, rules, agency)
        if tail is None:
            break
        at, rule = start + tail[0], tail[1]
        tails.append((at, end, rule))
        end = at
    cuts += [(start + a, start + b, rule) for a, b, rule in _credits(text[start:end], words)]
    return sorted([*cuts, *tails])


def bare(text: str, rules: CleaningRules) -> str:
    """A paragraph without what hangs on its end: by what is left it is told whether it closes like a sentence."""
    tail = _tail(text, vocabulary(rules), rules, "")
    return text[: tail[0]] if tail else text


def _tail(text: str, words: Vocabulary, rules: CleaningRules, agency: str) -> tuple[int, str] | None:
    """Where the last thing that hangs on a text begins, and the rule that cuts it."""
    window = max(0, len(text) - _LONGEST_CLOSING - 4)
    ends = [found for found in _END.finditer(text, window) if found.end() < len(text)]
    for found in ends:
        hanging = text[found.end() :].strip()
        rule = _rule_of_tail(hanging, words, rules, agency)
        if rule:
            return found.end() - len(found[1]), rule
    return None


def _rule_of_tail(hanging: str, words: Vocabulary, rules: CleaningRules, agency: str) -> str | None:
    if len(hanging) > _LONGEST_CLOSING or not hanging:
        return None
    inner = hanging.strip("()[]\uff08\uff09\u3010\u3011<> ")
    if _INITIALS.fullmatch(hanging):
        return "initials"
    if inner in _patterns(rules).closings:
        return "end-mark"
    if agency and skeleton(inner) == skeleton(agency):
        return "agency"
    if _EMAIL.search(hanging):
        rest = _EMAIL.sub(" ", hanging).strip("()[]\uff08\uff09/|,;:- ")
        return "email" if not _LETTER.search(rest) or byline(rest, rules) else None
    if hanging[:1] in "/([|\uff08" and byline(inner.strip("/| "), rules):
        return "byline"
    if hanging[-1:] in ".!?\u3002\uff01\uff1f":
        return None
    rule = words.rule_of(hanging)
    if rule is None and words.section_of(hanging) == "related":
        return "read-more"
    return rule if rule in _TAIL_RULES else None


def _credits(text: str, words: Vocabulary) -> Iterator[Cut]:
    """Credits of pictures in brackets."""
    for found in _BRACKETS.finditer(text):
        if words.rule_of(found[1]) == "image-credit":
            start = found.start() - (found.start() > 0 and text[found.start() - 1] == " ")
            yield start, found.end(), "image-credit"


def _is_place(text: str) -> bool:
    """A few words, capitals before those that are no particle and no month behind its day."""
    parts = text.split()
    if not 0 < len(parts) <= 6 or weighted_length(text) > 60:
        return False
    small = (at for at, part in enumerate(parts) if part[0].islower() and len(part.strip(".,")) > _PARTICLE)
    return not parts[0][0].islower() and all(at and parts[at - 1][0].isdigit() for at in small)


@value(frozen=True, slots=True)
class _Patterns:
    east_asian: re.Pattern[str]
    chinese: re.Pattern[str]
    closings: frozenset[str]


@lru_cache(maxsize=2)
def _patterns(rules: CleaningRules) -> _Patterns:
    after = _any(word for kind, word in rules.bylines if kind == "after")
    sent = _any(word for kind, word in rules.bylines if kind == "dateline")
    head, reporter = "[^\\s\uff0c\u3002,.\uff1a:]", "[(\uff08]([^()\uff08\uff09]{2,40})[)\uff09]"
    return _Patterns(
        # "(Seoul=Agency) Kim Mi-rae reporter =", "[Tokyo=Kim Mi-rae]"
        east_asian=re.compile(
            rf"[(\uff08\u3010\[](?P<place>[^=\uff1d()\uff08\uff09]{{1,14}})[=\uff1d]"
            rf"(?P<agency>[^()\uff08\uff09\u3010\u3011\]]{{2,20}})[)\uff09\u3011\]]\s*"
            rf"(?:[^=\uff1d.]{{2,30}}?\s*{after}\s*[=\uff1d]\s*)?"
        ),
        # "Agency, Beijing, on the 27th by wire (reporter Lin)": no stop or comma before the word for a message sent.
        chinese=re.compile(
            rf"(?:{head}{{0,24}}?\d{head}{{0,8}}?{sent}\s?(?:{reporter})?|{head}{{2,30}}?{sent}\s?{reporter})"
            rf"[\s\uff1a:]*(?=\S)"
        ),
        closings=frozenset(word for kind, word in rules.bylines if kind == "closing"),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")" if ordered else r"(?!)"
