"""Whether a rule fits a word: its objects, prepositions, modifiers and participants."""

from collections.abc import Iterator

from spacy.tokens import Token

from .intents import intends, own_intent
from .narration import is_of_day
from .once import once
from .rules import Rule
from .syntax import (
    LIGHT,
    accompanied,
    children,
    companions,
    follows_invitation,
    governor,
    is_definite,
    is_negated,
    is_verb,
    objects_of,
    particle,
    patients,
    subjects,
)
from .who import DELEGATES, Cast

HERE = frozenset(("here", "home", "back", "there", "in"))
ADDRESSING = ("tell", "address", "inform")
"""Verbs whose object is an audience: "told a meeting of the party" tells of no meeting."""
OWN = ("its", "their", "his", "her")
BILATERAL = ("person", "country")
PLACES = ("GPE", "LOC", "FAC")
GIVING = frozenset("give allow grant leave have get".split())
SPANS = frozenset("hour day week fortnight month".split())


def fits(rule: Rule, token: Token, words: set[str], cast: Cast, *, lead: bool = False) -> bool:
    """Whether the rule fits the word. In the lead, whoever acts need not be known by name."""
    of_kind = is_verb(token) if rule.pos == "verb" else token.pos_ in ("NOUN", "PROPN")
    if not of_kind or (rule.tag and token.tag_ not in rule.tag):
        return False
    if (rule.cue and not (rule.cue & words)) or rule.not_cue & words:
        return False
    if rule.somewhere and not _is_somewhere(token):
        return False
    if rule.cue_prep and not _cued(rule, token):
        return False
    if rule.pos == "verb":
        return _verb_fits(rule, token, words, cast)
    return _noun_fits(rule, token, cast, lead=lead)


def _is_somewhere(verb: Token) -> bool:
    """In a town, a house or a room: the two were not on the telephone."""
    around = objects_of(verb, "in", "at", "inside")
    rooms = (t for t in around if t.pos_ in ("NOUN", "PROPN") and t.ent_type_ != "DATE")
    return any(True for _ in rooms) or any(t.ent_type_ in PLACES for t in verb.doc)


def _cued(rule: Rule, token: Token) -> bool:
    """One of the cue words stands in a phrase led by one of the cue's prepositions."""
    return any(
        other.lower_ in rule.cue and any(a.lower_ in rule.cue_prep for a in other.ancestors)
        for other in token.doc
    )


def _verb_fits(rule: Rule, verb: Token, words: set[str], cast: Cast) -> bool:
    return (
        _object_fits(rule, verb, words)
        and _complement_fits(rule, verb)
        and _subject_fits(rule, verb, cast)
        and (not rule.intent or intends(rule, verb, cast))
        and (not rule.will or own_intent(verb) == rule.will)
        and (not rule.negated or (is_negated(verb) and not own_intent(verb)))
        and _parties_fit(rule, verb, cast)
    )


def _object_fits(rule: Rule, verb: Token, words: set[str]) -> bool:
    """What it is done to, the particle, and the prepositions."""
    called_in = [t for name in rule.particle for t in objects_of(verb, name)] if rule.obj else []
    if rule.particle and particle(verb) not in rule.particle and not called_in:
        return False
    objects = _object_lemmas(verb) | {t.lemma_.lower() for t in called_in}
    if (rule.obj and not rule.obj & objects) or rule.obj_not & _heads(verb):
        return False
    if rule.obj_or_cue and not (rule.obj_or_cue & objects or rule.obj_or_cue & words):
        return False
    if rule.obj_or_behind and not rule.obj_or_behind & (objects | _behind_lemmas(verb)):
        return False
    if rule.no_object and any(children(verb, "dobj", "nsubjpass")):
        return False
    preps = {c.lower_ for c in children(verb, "prep", "prt", "dative") if not _of_time(c)}
    return not ((rule.with_prep and not rule.with_prep & preps) or rule.not_prep & preps)


def _complement_fits(rule: Rule, verb: Token) -> bool:
    """What clause follows."""
    if rule.infinitive and not any(child.tag_ == "VB" for child in children(verb, "xcomp")):
        return False
    if rule.modal_complement and not _complement_has(verb, "will", "would"):
        return False
    if rule.stated and (_complement_has(verb, "will", "would") or not any(children(verb, "ccomp"))):
        return False
    if rule.must and not _complement_has(verb, "must", "should"):
        return False
    if rule.time and not any(map(_gives_time, (verb, *children(verb, "ccomp")))):
        return False
    if rule.bare and any(t.tag_ == "VB" for t in verb.subtree if t != verb):
        return False
    return not rule.no_complement or all(
        child.pos_ == "PROPN" for child in children(verb, "oprd", "ccomp", "xcomp")
    )


def _gives_time(verb: Token) -> bool:
    """Somebody is given, or has, "until Friday" or "ten days" for a deed."""
    if verb.lemma_.lower() not in GIVING:
        return False
    until = [p for p in children(verb, "prep") if p.lower_ in ("until", "till")]
    spans = [
        t
        for t in children(verb, "dobj", "npadvmod")
        if t.lemma_ in SPANS and any(children(t, "nummod", "det"))
    ]
    deeds = [
        t
        for t in verb.subtree
        if t.tag_ == "VB" and any(a.lower_ == "to" for a in children(t, "aux"))
    ]
    return any(deed.i > given.i for given in (*until, *spans) for deed in deeds)


def _subject_fits(rule: Rule, verb: Token, cast: Cast) -> bool:
    if rule.pair and len(cast.of(subjects(verb))) < 2:
        return False
    acting = _subject_lemmas(verb) if rule.subj or rule.subj_not else set()
    return not ((rule.subj and not rule.subj & acting) or rule.subj_not & acting)


def _complement_has(verb: Token, *modals: str) -> bool:
    return any(aux.lower_ in modals for c in children(verb, "ccomp") for aux in children(c, "aux"))


def _of_time(prep: Token) -> bool:
    """ "on" of "on Tuesday" says nothing of the verb's frame."""
    return any(c.ent_type_ in ("DATE", "TIME") for c in children(prep, "pobj"))


def _parties_fit(rule: Rule, verb: Token, cast: Cast) -> bool:
    toward = _counterparts(rule, verb)
    if rule.toward and not cast.of(toward):
        return False
    if rule.principals and not (_principal(toward, cast) and cast.of(subjects(verb))):
        return False
    if rule.alone and len(cast.of([*subjects(verb), *toward])) != 1:
        return False
    if rule.organisation and not any(cast.kind(n) == "organisation" for n in cast.of(toward)):
        return False
    if rule.own and not _is_own(verb):
        return False
    if rule.no_person and _persons(cast.of(toward), cast):
        return False
    if rule.people and not _people([*subjects(verb), *patients(verb)], cast):
        return False
    if rule.sent and not _people(patients(verb), cast):
        return False
    if rule.gathering and not _gathers(verb, cast):
        return False
    if rule.crowd and not any(_is_crowd(rule, s) for s in subjects(verb)):
        return False
    return not rule.destination or bool(_destinations(verb, cast))


def _is_own(verb: Token) -> bool:
    """ "blew up the tunnels of its site": done to what is one's own."""
    things = [t for head in patients(verb) for t in (head, *objects_of(head, "of", "at", "in"))]
    return any(c.lower_ in OWN for t in things for c in children(t, "poss"))


def _counterparts(rule: Rule, verb: Token) -> list[Token]:
    if rule.behind:
        return [t for w in (verb, *patients(verb)) for t in objects_of(w, *rule.behind)]
    beside = {t for noun in verb.subtree for t in companions(noun) if accompanied(noun) == verb}
    found = [*patients(verb), *objects_of(verb, "with", "to", "opposite")]
    found = [t for t in found if t not in beside]
    if verb.lemma_ in ("spend", "have"):
        found += [t for thing in patients(verb) for t in objects_of(thing, "with")]
    return found


def _is_crowd(rule: Rule, subject: Token) -> bool:
    """ "thousands", "farmers", "young Algerians": people whom no name tells apart."""
    people = {subject.lemma_.lower(), *(t.lemma_.lower() for t in objects_of(subject, "of"))}
    nation = subject.tag_ in ("NNS", "NNPS") and subject.ent_type_ == "NORP"
    return bool(rule.crowd & people) or nation


@once
def _subject_lemmas(verb: Token) -> set[str]:
    """Lemmas of who or what acts, and of the words within that phrase."""
    found: set[str] = set()
    for head in subjects(verb):
        found.add(head.lemma_.lower())
        for below in (*children(head, "compound", "amod", "nmod"), *objects_of(head, "of")):
            found.add(below.lemma_.lower())
    return found


def _persons(names: tuple[str, ...], cast: Cast) -> bool:
    return any(cast.kind(name) == "person" for name in names)


def _principal(heads: list[Token], cast: Cast) -> bool:
    """A person, or one by his office alone: "the Finnish prime minister"."""
    return _persons(cast.of(heads), cast) or any(
        head.tag_ in ("NN", "NNP") and cast.office_words(head) and cast.of([head]) for head in heads
    )


def _people(heads: list[Token], cast: Cast) -> bool:
    """Persons, or a group that acts for a side: "a delegation"."""
    return _persons(cast.of(heads), cast) or any(
        h.lemma_.lower() in ("delegation", "envoy", "team", "negotiator", "official") for h in heads
    )


def _gathers(verb: Token, cast: Cast) -> bool:
    """A body or delegations are the subject, not principals: they sit in talks."""
    return any(
        (s.lemma_.lower() in DELEGATES and not _persons(cast.of([s]), cast))
        or ((n := cast.named_at(s)) and (n.kind not in BILATERAL or n.via == "demonym"))
        for s in subjects(verb)
    )


def _destinations(verb: Token, cast: Cast) -> list[Token]:
    found = [*objects_of(verb, "to", "in", "for", "at", "into"), *patients(verb)]
    if (invited := follows_invitation(verb)) is not None:
        found += objects_of(invited, "to")
    found += [t for t in children(verb, "advmod", "prt") if t.lower_ in HERE]
    found += [
        t
        for adjective in children(verb, "acomp", "advmod")
        for t in objects_of(adjective, "in", "at")
    ]
    return [
        t
        for t in found
        if (t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME", "PERSON"))
        or t.lower_ in HERE
        or t.lemma_ == "capital"
        or _is_place(t, cast)
    ]


def _is_place(token: Token, cast: Cast) -> bool:
    named = cast.named_at(token)
    return named is not None and named.kind != "person"


def _behind_lemmas(verb: Token) -> set[str]:
    preps = children(verb, "prep", "dative")
    return {t.lemma_.lower() for prep in preps for t in children(prep, "pobj")}


@once
def _heads(verb: Token) -> set[str]:
    return {t.lemma_.lower() for t in patients(verb)}


@once
def _object_lemmas(verb: Token) -> set[str]:
    """Lemmas of the objects and of what stands in their phrase before any clause."""
    found: set[str] = set()
    for head in patients(verb):
        found |= {head.lemma_.lower(), head.lower_}
        for below in (
            *children(head, "compound", "amod", "nmod", "appos"),
            *objects_of(head, "of", "on", "in"),
        ):
            found |= {below.lemma_.lower(), below.lower_}
            found |= {t.lemma_.lower() for t in objects_of(below, "of")}
    return found


def _noun_fits(rule: Rule, noun: Token, cast: Cast, *, lead: bool) -> bool:
    if noun.dep_ in ("compound", "nmod") and noun.head.pos_ in ("NOUN", "PROPN"):
        return False
    modifiers = {t.lemma_.lower() for t in children(noun, "compound", "amod", "nmod")}
    if (rule.comp and not rule.comp & modifiers) or rule.comp_not & modifiers:
        return False
    of = {t.lemma_.lower() for t in _phrase_below(noun)}
    if (rule.of and not rule.of & of) or rule.of_not & of:
        return False
    if rule.comp_or_of and not rule.comp_or_of & (modifiers | of):
        return False
    preps = {c.lower_ for c in children(noun, "prep")}
    if (rule.with_prep and not rule.with_prep & preps) or rule.not_prep & preps:
        return False
    verb = governor(noun)
    if not _governor_fits(rule, noun, verb) or (rule.of_day and not is_of_day(noun)):
        return False
    if rule.people_or_light and not lead and not _undertaken(noun, verb, cast):
        return False
    if lead:
        return True
    if rule.particular and _is_generic(noun):
        return False
    return not rule.located or _located(noun, cast)


def _governor_fits(rule: Rule, noun: Token, verb: Token | None) -> bool:
    """Which verb the noun stands with, and in which place."""
    audience = rule.type in ("meeting", "talks") and noun.dep_ == "dobj"
    if audience and verb is not None and verb.lemma_.lower() in ADDRESSING:
        return False
    made = {child.lemma_.lower() for child in children(noun, "acl")}
    if verb is not None:
        made.add(verb.lemma_.lower())
    if rule.governed_by and not rule.governed_by & made:
        return False
    if rule.after and not (noun.dep_ == "pobj" and noun.head.lower_ in rule.after):
        return False
    told = noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") or any(children(noun, "acl"))
    return told or not rule.subject


def _is_generic(noun: Token) -> bool:
    """ "air strikes", "nuclear tests": some or any, not those."""
    around = {child.dep_ for child in noun.children}
    return noun.tag_ in ("NNS", "NNPS") and not around & {"det", "nummod", "poss"}


def _phrase_below(noun: Token) -> Iterator[Token]:
    for token in objects_of(noun, "of", "in", "on", "to", "with"):
        yield token
        yield from children(token, "compound", "amod", "nmod")
        yield from objects_of(token, "of")


def _undertaken(noun: Token, verb: Token | None, cast: Cast) -> bool:
    if verb is not None and verb.lemma_.lower() in LIGHT:
        return True
    if _is_put_off(noun, verb) and "visit" in cast.last and is_definite(noun):
        return True  # "the same journey had been called off"
    return _persons(
        cast.of([*children(noun, "poss", "compound"), *objects_of(noun, "by", "of")]), cast
    )


def _is_put_off(noun: Token, verb: Token | None) -> bool:
    if verb is None or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    off = verb.lemma_ in ("call", "put") and particle(verb) == "off"
    return off or verb.lemma_ in ("cancel", "postpone", "delay", "scrap")


def _located(noun: Token, cast: Cast) -> bool:
    """The attack is somebody's or somewhere: a bare "air strikes" tells of none in particular."""
    around = [*children(noun, "poss", "amod", "compound", "nmod")]
    around += [*objects_of(noun, "on", "against", "by", "in", "at", "near", "from")]
    return bool(cast.of(around)) or any(t.ent_type_ in PLACES for t in around)
