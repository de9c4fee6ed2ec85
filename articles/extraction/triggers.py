"""Which words of a sentence tell of an event, by the rules of data/triggers.toml."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from .syntax import (
    LENDING,
    LIGHT,
    children,
    governor,
    is_verb,
    objects_of,
    particle,
    patients,
    subjects,
)
from .who import DELEGATES, PLACED, Cast

RULES = Path(__file__).parent / "data" / "triggers.toml"

NAMELESS = frozenset(("meeting", "talks", "ceasefire", "exchange"))
"""Types whose noun may stand without parties where it has a day: "a second session on 4 April"."""
HERE = frozenset(("here", "home", "back", "there", "in"))
BILATERAL = ("person", "country")
PLACES = ("GPE", "LOC", "FAC")
GROUPS = frozenset(
    "people protester demonstrator crowd thousand hundred student activist supporter".split()
)


@dataclass(frozen=True)
class Rule:
    """One [[trigger]] of the data file, whose head explains the fields."""

    name: str
    type: str
    lemmas: frozenset[str]
    pos: str
    example: str
    tag: frozenset[str] = frozenset()
    comp: frozenset[str] = frozenset()
    comp_not: frozenset[str] = frozenset()
    comp_or_of: frozenset[str] = frozenset()
    obj: frozenset[str] = frozenset()
    obj_not: frozenset[str] = frozenset()
    obj_or_cue: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    with_prep: frozenset[str] = frozenset()
    not_prep: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    cue: frozenset[str] = frozenset()
    cue_prep: frozenset[str] = frozenset()
    not_cue: frozenset[str] = frozenset()
    governed_by: frozenset[str] = frozenset()
    toward: bool = False
    principals: bool = False
    no_person: bool = False
    no_complement: bool = False
    people: bool = False
    people_or_light: bool = False
    destination: bool = False
    subject: bool = False
    located: bool = False
    particular: bool = False
    dated: bool = False
    crowd: bool = False
    gathering: bool = False
    alone: bool = False
    organisation: bool = False
    infinitive: bool = False
    modal_complement: bool = False
    must: bool = False
    pair: bool = False
    summit: bool = False
    placed: bool = False
    parties: int = 1
    weight: str = "deeds"


STATEMENT = Rule(
    name="statement",
    type="statement",
    lemmas=frozenset(),
    pos="verb",
    example="Rutte said in an interview on Saturday that Trump had opened the door.",
    weight="words",
)
"""Statements need more than a verb of saying: reading.py decides which are news."""
OTHER = Rule(
    name="other",
    type="other",
    lemmas=frozenset(),
    pos="verb",
    example="On Saturday night Kim was shown the bay by the foreign minister of Singapore.",
)
"""A dated deed of known actors that no rule of the data file names."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event, and those who take part, who act first."""

    token: Token
    rule: Rule
    actors: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    by_lemma: dict[str, tuple[Rule, ...]]
    roles: dict[str, tuple[str, ...]]


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(**{k: frozenset(v) if isinstance(v, list) else v for k, v in row.items()})


@cache
def rules() -> Rules:
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    by_lemma: dict[str, list[Rule]] = defaultdict(list)
    for row in data["trigger"]:
        rule = _rule(row)
        for lemma in rule.lemmas:
            by_lemma[lemma].append(rule)
    return Rules(
        {lemma: tuple(found) for lemma, found in by_lemma.items()},
        {kind: tuple(places) for kind, places in data["roles"].items()},
    )


def find(doc: Doc, cast: Cast) -> Iterator[Trigger]:
    """The triggers of a sentence in its order; `cast` must have entered it."""
    known = rules()
    words = {token.lower_ for token in doc}
    for token in doc:
        for rule in known.by_lemma.get(token.lemma_.lower(), ()):
            if fits(rule, token, words, cast) and (
                found := _with_parties(rule, token, cast, known.roles[rule.type])
            ):
                yield found
                break


def _with_parties(
    rule: Rule, token: Token, cast: Cast, places: tuple[str, ...]
) -> Trigger | None:
    heads = [h for place in places for h in participants(token, place)]
    actors = cast.of(heads)
    if len(actors) < rule.parties and _is_definite(token):
        actors = tuple(dict.fromkeys((*actors, *cast.last.get(rule.type, ()))))
    nameless = rule.gathering or (rule.pos == "noun" and rule.type in NAMELESS)
    if len(actors) < rule.parties and not nameless:
        return None
    if rule.summit and len([a for a in actors if cast.kind(a) == "person"]) != len(actors):
        return None
    if rule.placed and not (actors or any(t.ent_type_ in PLACES for t in token.subtree)):
        return None
    return Trigger(token, rule, actors)


def _is_definite(noun: Token) -> bool:
    """ "the call", "this meeting", "the third round": one already spoken of, or of its series."""
    return noun.pos_ == "NOUN" and any(
        child.lower_ in ("the", "this", "that", "these", "those") for child in children(noun, "det")
    )


def is_event_noun(token: Token) -> bool:
    """A noun that some rule takes for an event: date words beneath it are its own."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(rule.pos == "noun" for rule in rules().by_lemma.get(token.lemma_.lower(), ()))


def _is_generic(noun: Token) -> bool:
    """ "air strikes", "nuclear tests": some or any, not those."""
    around = {child.dep_ for child in noun.children}
    return noun.tag_ in ("NNS", "NNPS") and not around & {"det", "nummod", "poss"}


# ---------- does a rule fit a word?


def fits(rule: Rule, token: Token, words: set[str], cast: Cast) -> bool:
    if rule.tag and token.tag_ not in rule.tag:
        return False
    if rule.cue and not (rule.cue & words) or rule.not_cue & words:
        return False
    if rule.cue_prep and not _cued(rule, token):
        return False
    if rule.pos == "verb":
        return is_verb(token) and _verb_fits(rule, token, words, cast)
    return token.pos_ in ("NOUN", "PROPN") and _noun_fits(rule, token, cast)


def _cued(rule: Rule, token: Token) -> bool:
    """One of the cue words stands in a phrase led by one of the cue's prepositions."""
    return any(
        other.lower_ in rule.cue and any(a.lower_ in rule.cue_prep for a in other.ancestors)
        for other in token.doc
    )


def _verb_fits(rule: Rule, verb: Token, words: set[str], cast: Cast) -> bool:
    if rule.particle and particle(verb) not in rule.particle:
        return False
    objects = _object_lemmas(verb)
    if rule.obj and not rule.obj & objects or rule.obj_not & _heads(verb):
        return False
    if rule.obj_or_cue and not (rule.obj_or_cue & objects or rule.obj_or_cue & words):
        return False
    preps = {c.lower_ for c in children(verb, "prep", "prt", "dative") if not _of_time(c)}
    if rule.with_prep and not rule.with_prep & preps or rule.not_prep & preps:
        return False
    if rule.infinitive and not any(child.tag_ == "VB" for child in children(verb, "xcomp")):
        return False
    if rule.modal_complement and not _complement_has(verb, "will", "would"):
        return False
    if rule.must and not _complement_has(verb, "must", "should"):
        return False
    if rule.pair and len(cast.of(subjects(verb))) < 2:
        return False
    if rule.no_complement and any(
        child.pos_ != "PROPN" for child in children(verb, "oprd", "ccomp", "xcomp")
    ):
        return False
    return _parties_fit(rule, verb, cast)


def _complement_has(verb: Token, *modals: str) -> bool:
    return any(
        aux.lower_ in modals for c in children(verb, "ccomp") for aux in children(c, "aux")
    )


def _of_time(prep: Token) -> bool:
    """ "on" of "on Tuesday" says nothing of the verb's frame."""
    return any(c.ent_type_ in ("DATE", "TIME") for c in children(prep, "pobj"))


def _parties_fit(rule: Rule, verb: Token, cast: Cast) -> bool:
    toward = [*patients(verb), *objects_of(verb, "with", "to", "opposite")]
    if verb.lemma_ in ("spend", "have"):
        toward += [t for thing in patients(verb) for t in objects_of(thing, "with")]
    if rule.toward and not cast.of(toward):
        return False
    if rule.principals and not (
        _persons(cast.of(toward), cast) and cast.of(subjects(verb))
    ):
        return False
    if rule.alone and len(cast.of([*subjects(verb), *toward])) != 1:
        return False
    if rule.organisation and not any(cast.kind(n) == "organisation" for n in cast.of(toward)):
        return False
    if rule.no_person and _persons(cast.of(toward), cast):
        return False
    if rule.people and not _people([*subjects(verb), *patients(verb)], cast):
        return False
    if rule.gathering and not _gathers(verb, cast):
        return False
    if rule.crowd and not any(s.lemma_.lower() in GROUPS for s in subjects(verb)):
        return False
    return not rule.destination or bool(_destinations(verb, cast))


def _persons(names: tuple[str, ...], cast: Cast) -> bool:
    return any(cast.kind(name) == "person" for name in names)


def _people(heads: list[Token], cast: Cast) -> bool:
    """Persons, or a group that acts for a side: "a delegation"."""
    return _persons(cast.of(heads), cast) or any(
        h.lemma_.lower() in ("delegation", "envoy", "team", "negotiator", "official") for h in heads
    )


def _gathers(verb: Token, cast: Cast) -> bool:
    """A body or delegations are the subject, not principals: they sit in talks."""
    return any(
        s.lemma_.lower() in DELEGATES or ((n := cast.named_at(s)) and (n.kind not in BILATERAL or n.via == "demonym"))
        for s in subjects(verb)
    )


def _destinations(verb: Token, cast: Cast) -> list[Token]:
    found = [*objects_of(verb, "to", "in", "for", "at", "into"), *patients(verb)]
    found += [t for t in children(verb, "advmod", "prt") if t.lower_ in HERE]
    found += [t for adjective in children(verb, "acomp", "advmod") for t in objects_of(adjective, "in", "at")]
    return [
        t
        for t in found
        if (t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME")) or t.lower_ in HERE or t.lemma_ == "capital" or cast.named_at(t)
    ]


def _heads(verb: Token) -> set[str]:
    return {t.lemma_.lower() for t in patients(verb)}


def _object_lemmas(verb: Token) -> set[str]:
    """Lemmas of the objects and of what stands in their phrase before any clause."""
    found: set[str] = set()
    for head in patients(verb):
        found |= {head.lemma_.lower(), head.lower_}
        for below in (*children(head, "compound", "amod", "nmod", "appos"), *objects_of(head, "of", "on", "in")):
            found |= {below.lemma_.lower(), below.lower_}
            found |= {t.lemma_.lower() for t in objects_of(below, "of")}
    return found


def _noun_fits(rule: Rule, noun: Token, cast: Cast) -> bool:
    if noun.dep_ in ("compound", "nmod") and noun.head.pos_ in ("NOUN", "PROPN"):
        return False
    modifiers = {t.lemma_.lower() for t in children(noun, "compound", "amod", "nmod")}
    if rule.comp and not rule.comp & modifiers or rule.comp_not & modifiers:
        return False
    of = {t.lemma_.lower() for t in _phrase_below(noun)}
    if rule.of and not rule.of & of:
        return False
    if rule.comp_or_of and not rule.comp_or_of & (modifiers | of):
        return False
    preps = {c.lower_ for c in children(noun, "prep")}
    if rule.with_prep and not rule.with_prep & preps or rule.not_prep & preps:
        return False
    verb = governor(noun)
    made = {verb.lemma_.lower()} if verb is not None else set()
    made |= {child.lemma_.lower() for child in children(noun, "acl")}
    if rule.governed_by and not rule.governed_by & made:
        return False
    if rule.subject and not any(children(noun, "acl")) and noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
        return False
    if rule.people_or_light and not _undertaken(noun, verb, cast):
        return False
    if rule.particular and _is_generic(noun):
        return False
    return not rule.located or _located(noun, cast)


def _phrase_below(noun: Token) -> Iterator[Token]:
    for token in objects_of(noun, "of", "in", "on", "to", "with"):
        yield token
        yield from children(token, "compound", "amod", "nmod")
        yield from objects_of(token, "of")


def _undertaken(noun: Token, verb: Token | None, cast: Cast) -> bool:
    if verb is not None and verb.lemma_.lower() in LIGHT:
        return True
    return _persons(cast.of([*children(noun, "poss", "compound"), *objects_of(noun, "by", "of")]), cast)


def _located(noun: Token, cast: Cast) -> bool:
    """The attack is somebody's or somewhere: a bare "air strikes" tells of none in particular."""
    around = [*children(noun, "poss", "amod", "compound", "nmod")]
    around += [*objects_of(noun, "on", "against", "by", "in", "at", "near", "from")]
    return bool(cast.of(around)) or any(t.ent_type_ in PLACES for t in around)


# ---------- who takes part


def participants(token: Token, place: str) -> Iterator[Token]:
    """Heads of the phrases at one place (a word of [roles]) around the trigger."""
    verb = token if is_verb(token) else governor(token)
    match place:
        case "subj":
            if verb is not None and (verb is token or _lends(verb, token)):
                yield from subjects(verb)
        case "be" if verb is not None and verb.lemma_ in ("be", "have", "become"):
            yield from subjects(verb)
        case "obj" if verb is token:
            yield from patients(token)
        case "poss" | "comp":
            labels = ("poss",) if place == "poss" else ("compound", "amod", "nmod")
            for child in children(token, *labels):
                yield child
                yield from children(child, "compound", "nmod", "conj")
        case "envoy":
            for head in patients(token):
                yield from children(head, "amod", "compound", "poss", "nmod")
                yield from objects_of(head, "of", "from", "to")
        case "place":
            for holder in (token, verb):
                if holder is not None:
                    yield from objects_of(holder, *PLACED)
        case _:
            yield from objects_of(token, place)
            for adverb in children(token, "advmod"):
                if adverb.lower_ == place:
                    yield from objects_of(adverb, "to")
            if verb is token and token.lemma_ == "spend":
                yield from (t for thing in patients(token) for t in objects_of(thing, place))
            if verb is not None and verb is not token and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
                yield from objects_of(verb, place)


def _lends(verb: Token, noun: Token) -> bool:
    """Whether the verb's subject takes part in the noun's event: "held talks", "cancelled a visit"."""
    if noun.dep_ not in ("dobj", "pobj", "conj", "attr"):
        return False
    if verb.lemma_.lower() in LIGHT:
        return True
    apart = any(child.lower_ in ("between", "by") for child in children(noun, "prep"))
    return verb.lemma_.lower() in LENDING and not apart
