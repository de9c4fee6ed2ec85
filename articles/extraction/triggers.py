"""Which words of a sentence tell of an event, and who takes part in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from .frames import BILATERAL, PLACES, fits
from .lead import is_on
from .parties import participants
from .rules import Rule, is_event_noun, rules
from .saying import utterance
from .syntax import children, governor, is_definite, is_verb, patients, subjects
from .who import Cast

NAMELESS = frozenset(("meeting", "talks", "ceasefire", "exchange"))
"""Types whose noun may stand without parties where it has a day: "a second session on 4 April"."""

BETWEEN_TWO = ("call", "meeting", "visit")
"""Types that need somebody even in the lead: "two thousand visits" of a page are none."""
FATES = frozenset(
    "be have become turn remain face need get mark celebrate play win lose die".split()
)
"""Verbs of what befalls somebody: "will turn 73", "will play France" declare no intent."""
PEOPLED = ("subj", "by", "obj", "with", "between")
"""Places of people; a noun's modifier or a town is no unnamed person."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event, and those who take part, who act first."""

    token: Token
    rule: Rule
    actors: tuple[str, ...]


def find(doc: Doc, cast: Cast, line: frozenset[int] = frozenset()) -> Iterator[Trigger]:
    """The triggers of a sentence in its order; `cast` must have entered it.

    `line`: the main line of an article's lead, whose deeds need nobody known by name.
    """
    known = rules()
    words = {token.lower_ for token in doc}
    for token in doc:
        lead = bool(line) and is_on(line, token)
        candidates = known.by_lemma.get(token.lemma_.lower(), ())
        if lead and _is_deed_of_somebody(token, cast):
            candidates += known.by_lemma["*"]
        for rule in candidates:
            around = ("poss",) if rule.of_day else known.roles[rule.type]
            places = (*around, *rule.behind)
            if fits(rule, token, words, cast, lead=lead) and (
                found := _with_parties(rule, token, cast, places, lead=lead)
            ):
                yield found
                break


def _is_deed_of_somebody(token: Token, cast: Cast) -> bool:
    """Not "talks will be held" nor "the summit will open": the noun tells of the event there."""
    if not is_verb(token) or token.lemma_ in FATES or not cast.whoever(subjects(token)):
        return False
    around = (*subjects(token), *patients(token), *children(token, "nsubjpass"))
    return not any(is_event_noun(noun) for noun in around)


def _with_parties(
    rule: Rule, token: Token, cast: Cast, places: tuple[str, ...], *, lead: bool
) -> Trigger | None:
    actors = _parties(token, cast, places, lead=lead)
    if (text := utterance(token)) is not None:
        actors = tuple(dict.fromkeys((*cast.of(_authors(text)), *actors)))
    if len(actors) < rule.parties and is_definite(token):
        meant = cast.named_so.get(token.lemma_) or cast.last.get(rule.type, ())
        actors = tuple(dict.fromkeys((*actors, *meant)))
    elif rule.pos == "noun" and len(actors) > 1:
        alike = rule.lemmas if rule.type == "call" else (token.lemma_,)
        cast.named_so |= dict.fromkeys(alike, actors)  # a "conversation" is a "call" as well
    nameless = rule.gathering or (rule.pos == "noun" and rule.type in NAMELESS)
    nameless = nameless or (lead and rule.parties < 2 and rule.type not in BETWEEN_TWO)
    if len(actors) < rule.parties and not nameless:
        return None
    if rule.body and not (actors and all(cast.kind(a) not in BILATERAL for a in actors)):
        return None
    if rule.summit and {cast.kind(name) for name in actors} != {"person"}:
        return None
    if rule.placed and not (actors or any(t.ent_type_ in PLACES for t in token.subtree)):
        return None
    return Trigger(token, rule, actors)


def _authors(text: Token) -> list[Token]:
    """Whose letter it is: "in his letter", else who does it by the letter."""
    verb = governor(text)
    return [*children(text, "poss")] or ([] if verb is None else subjects(verb))


def _parties(token: Token, cast: Cast, places: tuple[str, ...], *, lead: bool) -> tuple[str, ...]:
    """Those who take part; in the lead also people without a name, by what the text calls them."""
    found: dict[str, None] = {}
    for place in places:
        heads = participants(token, place)
        of = cast.whoever if lead and place in PEOPLED else cast.of
        found |= dict.fromkeys(of(heads))
    return tuple(found)
