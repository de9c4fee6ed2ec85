"""What a verb of little meaning tells of: the event that another word of its clause names.

"the meeting that Kerry had with Zarif", "the accord reached in Vienna", "it took place on Monday",
"it was on 14 July that he allowed him fifty days".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from .clauses import Dating
from .dating import DateWord
from .frames import BILATERAL, fits
from .news import CONTACTS
from .parties import participants
from .rules import Rule, rules
from .syntax import LIGHT, children, governor, is_definite, is_verb, objects_of, patients, subjects
from .triggers import Trigger
from .who import Cast

HAPPENING = frozenset("be follow come happen occur begin start open end close last".split())
"""Verbs by which "it" or "the second" is told to have happened."""
ENDING = frozenset("cancel postpone scrap abandon hold".split())
"""Verbs whose "it" is the event last told of: "he cancelled it on Thursday"."""
MADE = frozenset(
    "hold have make pay reach sign settle agree send issue give conclude strike".split()
)
"""Verbs whose day is that of the noun they are joined to: "the deal reached in May"."""
TIED = LIGHT | frozenset("reach sign settle agree send issue give spend cancel break".split())
"""Verbs that tell of the event of the noun they are joined to: "talks that ended on Monday"."""
IT = ("it", "this", "that", "these")
ORDINALS = frozenset("first second third fourth fifth last next other".split())
BESIDE = ("npadvmod", "appos", "dobj")
"""Links of "met, the first such meeting": the parser knows several."""
AMONG = frozenset("first last second third only".split())


def cleft(trigger: Token) -> Token | None:
    """The "was" of "It was on 14 July that he allowed it": its date is that of the deed."""
    verb = trigger if is_verb(trigger) else governor(trigger)
    while verb is not None and verb.dep_ in ("conj", "xcomp") and is_verb(verb.head):
        verb = verb.head
    if verb is None or verb.dep_ not in ("ccomp", "relcl", "advcl"):
        return None
    above = verb.head if is_verb(verb.head) else governor(verb.head)
    if above is None or above.lemma_ != "be" or not is_cleft(above):
        return None
    between = above.doc[above.i + 1 : verb.i]
    linked = any(t.lower_ in ("that", "who", "which", "when") for t in between)
    return above if linked else None


def is_cleft(verb: Token) -> bool:
    """ "It was …": what it is about stands below."""
    return verb.lemma_ == "be" and any(s.lower_ == "it" for s in children(verb, "nsubj"))


def picked_out(trigger: Token) -> list[Token]:
    """Macron in "It was Macron who telephoned Putin"."""
    above = cleft(trigger)
    who = any(t.lower_ == "who" for t in children(trigger, "nsubj"))
    return list(children(above, "attr")) if above is not None and who else []


def ranking(trigger: Token) -> Token | None:
    """The "became" of "became the first president to visit Cuba"."""
    noun = trigger.head
    above = noun.head if noun.dep_ == "attr" else noun
    if trigger.dep_ not in ("acl", "xcomp", "relcl") or above.lemma_ not in ("be", "become"):
        return None
    nouns = [noun] if noun.dep_ == "attr" else list(children(above, "attr"))
    return above if any(map(_is_ranked, nouns)) else None


def compared(noun: Token) -> Token | None:
    """The "meeting" of "they met, the first such meeting since the handshake in May": what came
    before it had the same two."""
    since = noun.dep_ == "pobj" and noun.head.lower_ == "since"
    later = noun.head.head
    return later if since and _restates(later) else None


def _restates(noun: Token) -> bool:
    """ "They met, the first such meeting": the verb's own event."""
    beside = noun.dep_ in BESIDE and is_verb(noun.head)
    return beside and noun.pos_ == "NOUN" and _is_ranked(noun)


def _is_ranked(noun: Token) -> bool:
    return any(t.lower_ in AMONG for t in children(noun, "amod"))


def made(noun: Token) -> Iterator[Token]:
    """The verbs that say of a noun how its event came about: "the talks that Kim had with Moon"."""
    for verb in children(noun, "acl", "relcl"):
        told = (
            verb.tag_ in ("VBN", "VBD") or verb.dep_ == "relcl"
        )  # "reached" may be taken for a VBD
        if told and verb.lemma_.lower() in MADE:
            yield verb


def makers(verb: Token) -> list[Token]:
    """Who made it, of `made`: of "talks held on Monday" nobody that the clause above names."""
    return list(objects_of(verb, "by")) if verb.dep_ == "acl" else subjects(verb)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The noun that names an event, the rule that knows it, and who takes part."""

    noun: Token
    rule: Rule
    actors: tuple[str, ...]


def named_by(verb: Token, cast: Cast, acting: list[Token]) -> Meaning | None:
    """The event that the verb says something of; `acting` and those about the noun take part."""
    words = {token.lower_ for token in verb.doc}
    known = rules()
    for noun in _nouns(verb):
        for rule in known.by_lemma.get(noun.lemma_.lower(), ()):
            if rule.pos != "noun" or not fits(rule, noun, words, cast):
                continue
            around = [h for place in known.roles[rule.type] for h in participants(noun, place)]
            actors = cast.of([*acting, *around])
            if len(actors) >= rule.parties and _are_fit(rule, actors, cast):
                return Meaning(noun, rule, actors)
    return None


def taken_up(verb: Token, cast: Cast) -> Trigger | None:
    """ "The visit lasted until Wednesday", "spoke of a visit that ended on Friday": nobody is named,
    and the last of its type told of is meant."""
    for noun in _nouns(verb) if verb.lemma_.lower() in HAPPENING else ():
        if not (is_definite(noun) or _is_account(governor(noun))):
            continue
        for rule in rules().by_lemma.get(noun.lemma_.lower(), ()):
            if rule.pos == "noun" and (actors := cast.last.get(rule.type)):
                return Trigger(verb, rule, actors)
    return None


def _is_account(verb: Token | None) -> bool:
    return verb is not None and verb.lemma_ in ("speak", "tell", "write")


def _are_fit(rule: Rule, actors: tuple[str, ...], cast: Cast) -> bool:
    kinds = {cast.kind(name) for name in actors}
    if rule.body and (not kinds or kinds & set(BILATERAL)):
        return False
    return not rule.summit or kinds == {"person"}


def _nouns(verb: Token) -> Iterator[Token]:
    lemma = verb.lemma_.lower()
    if verb.dep_ in ("relcl", "acl") and lemma in TIED | HAPPENING:
        yield verb.head
        if verb.head.dep_ == "pobj" and verb.head.head.head.pos_ == "NOUN":
            yield verb.head.head.head
    if lemma in HAPPENING:
        yield from children(verb, "nsubj")
    if lemma in LIGHT:
        yield from patients(verb)
        yield from (t for t in objects_of(verb, "to") if lemma in ("put", "come", "bring"))


def anaphor(verb: Token) -> Token | None:
    """The "it" or "the second" that is the event last told of."""
    lemma = verb.lemma_.lower()
    if lemma in ENDING:
        return next((t for t in patients(verb) if t.lower_ == "it"), None)
    took_place = lemma == "take" and any(t.lower_ == "place" for t in patients(verb))
    told = any(True for _ in children(verb, "ccomp", "attr", "acomp"))
    if not took_place and (lemma not in HAPPENING or told):
        return None
    heads = children(verb, "nsubj", "nsubjpass")
    return next((t for t in heads if is_it(t) or is_ordinal(t)), None)


def is_it(token: Token) -> bool:
    """ "It", "this"; not the relative "that", nor the "it" of "it all began with a letter"."""
    follows = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in IT and token.tag_ != "WDT" and follows != "all"


def is_of_it(verb: Token) -> bool:
    """ "refused", "had offered it": of what was told just before."""
    around = [*patients(verb), *children(verb, "xcomp", "ccomp", "prep", "advcl", "prt")]
    return all(t.lower_ in IT for t in around if t.i > verb.i)


def is_ordinal(token: Token) -> bool:
    """ "the second", "the first of them": an event of the series told of."""
    return token.lower_ in ORDINALS and any(t.lower_ == "the" for t in children(token, "det"))


def _is_counted(noun: Token) -> bool:
    """ "the first round": one of a series, which "the second" goes on."""
    return any(t.lower_ in ORDINALS for t in children(noun, "amod"))


def last_told(verb: Token, told: Sequence[Trigger], cast: Cast) -> Trigger | None:
    """The last deed spoken of before "it"; where somebody acts on it, one he had a part in."""
    it = anaphor(verb)
    if it is None:
        return None
    acting = set(cast.of(subjects(verb))) if it.dep_ == "dobj" else set()
    series = [deed for deed in told if is_ordinal(it) and _is_counted(deed.token)]
    for deed in reversed(series or told):
        before = deed.token.doc is not verb.doc or deed.token.i < it.i
        if before and acting <= set(deed.actors):
            return replace(deed, token=verb)
    return None


def carries(verb: Token, about: Token | None, word: DateWord, event: Token, dating: Dating) -> bool:
    """The verb only says of an event already found that it opened, went on or closed.

    In a clause joined to its noun it may tell of another day: "the talks broken off in May will be
    held in June".
    """
    around = {*subjects(verb), *patients(verb), *objects_of(verb, "in", "for", "with"), about}
    if event not in around:
        return False
    days, day = dating.date.window, word.date.window if word.date else None
    held = days is not None and day is not None and days[0] <= day[0] and day[1] <= days[1]
    return held or verb.dep_ not in ("relcl", "acl")


def is_retold(noun: Trigger, found: Sequence[Trigger]) -> bool:
    """The accord of "the accord signed in Rome": the verb tells of it. The blessing of "gave it
    their blessing by vote": the vote does. The meeting of "met, the first such meeting since May"."""
    if noun.rule.type == "support" and (verb := governor(noun.token)) is not None:
        votes = (t.token for t in found if t.rule.type == "vote" and t.rule.pos == "noun")
        if any(governor(vote) == verb for vote in votes):
            return True
    if noun.rule.type in CONTACTS and _restates(noun.token):
        return any(t.token == noun.token.head and t.rule.type in CONTACTS for t in found)
    verbs = [t for t in found if t.token.dep_ in ("acl", "relcl") and t.token.head == noun.token]
    return any(t.rule.type == noun.rule.type for t in verbs)


def is_its_content(deed: Trigger, found: Sequence[Trigger]) -> bool:
    """The end of "adopted the acts that will end its sanctions": what is adopted says so."""
    verb = deed.token
    if verb.dep_ != "relcl" or verb.head.dep_ != "dobj":
        return False
    return any(t.token == verb.head.head and t.rule.type == deed.rule.type for t in found)
