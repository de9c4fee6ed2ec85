"""What an article tells for its own sake, and what it only mentions in passing."""

from spacy.tokens import Token

from timeline.dates import Basis, Precision

from .clauses import Dating
from .statuses import Finding
from .syntax import (
    LENDING,
    LIGHT,
    children,
    follows_invitation,
    governor,
    is_principal,
    is_verb,
)

SUPPOSING = frozenset("could may might would should must ought possible potential".split())
SPOKEN_OF = ("talks", "agreement", "meeting", "visit", "sanctions")
"""Types that articles speak of without telling them: "the talks", "under the agreement"."""
SHARP = (Precision.DAY, Precision.RANGE)
"""How sharp a date must be for "it was the third summit" to tell of that summit."""
AGREED = ("agree", "agreed", "agrees", "order", "orders", "ordered")
"""Words under which a deed is as good as done, though no day is set for it."""
CONTACTS = ("call", "meeting", "visit", "talks")
EVER = frozenset("ever never once often always seldom rarely".split())


def is_news(trigger: Token, kind: str, finding: Finding, dating: Dating) -> bool:
    """False for what is only supposed, or told as a standing fact or in passing, without a day.

    Without date words a deed must be told for its own sake: not with "could", not in the present
    tense, not as "the third meeting" or "the first ever", not in a clause of time or cause.
    """
    if finding.status == "occurred" and _is_purpose(trigger):
        return False
    if finding.status == "occurred" and _is_background(trigger, dating):
        return False
    if dating.is_own and finding.status in ("occurred", "denied") and is_since(dating):
        return False
    if dating.is_own:
        return trigger.dep_ != "attr" or dating.date.precision in SHARP
    if finding.status in ("planned", "proposed") and (dating.told or _is_any(trigger)):
        return finding.word in AGREED and is_verb(trigger)
    if finding.status == "denied" and _is_ever(trigger):
        return False
    if finding.status != "occurred":
        return finding.word.lower() not in SUPPOSING or follows_invitation(trigger) is not None
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None:
        return trigger.dep_ != "attr"
    named = trigger != verb and kind in SPOKEN_OF and dating.basis is Basis.PUBLICATION
    if named and not _is_told(trigger, verb):
        return False
    if trigger.dep_ == "attr" and dating.basis is not Basis.CONTEXT:
        return False
    set_off = kind in CONTACTS and (_is_set_off(verb) or _is_what_came_before(verb, dating))
    return not ((_is_in_passing(verb) and not set_off) or _is_standing(verb))


def _is_background(trigger: Token, dating: Dating) -> bool:
    """What later deeds are measured from: "since Russia attacked in 2022", "three years after it
    attacked", "the war, which began with its attack in 2014". A day told with it is news of it."""
    if dating.date.precision in SHARP:
        return False
    for token in (trigger, *trigger.ancestors):
        if any(mark.lower_ == "since" for mark in children(token, "mark")):
            return True
        if token.dep_ == "relcl":
            wide = dating.date.precision is Precision.YEAR
            return wide and token.lemma_ in ("begin", "start") and token != trigger
    value = dating.date
    return dating.basis is Basis.CONTEXT and value.approximate and value.precision is Precision.YEAR


def is_since(dating: Dating) -> bool:
    """ "The first since October 2005": the day is that of another, long before."""
    open_end = dating.date.earliest is not None and dating.date.latest is None
    return open_end and dating.basis is Basis.EXPLICIT


def _is_in_passing(verb: Token) -> bool:
    """In a clause of time or cause: "before he left", "after talks had failed"."""
    if verb.dep_ == "advcl" and any(True for _ in children(verb, "mark")):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("before", "after", "without", "since"):
        return True
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG")


def _is_set_off(verb: Token) -> bool:
    """ "Abe, received by Modi in Delhi, said": told of a person in commas, beside what he says."""
    first = verb.left_edge
    named = verb.head.pos_ == "PROPN" and verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG")
    return named and first.i > 0 and first.nbor(-1).text == ","


def _is_what_came_before(verb: Token, dating: Dating) -> bool:
    """ "It was signed after the two had met for hours": on the day of the story, or before."""
    after = any(mark.lower_ == "after" for mark in children(verb, "mark"))
    had = any(aux.lower_ == "had" for aux in children(verb, "aux"))
    return after and had and dating.basis is Basis.CONTEXT


def _is_standing(verb: Token) -> bool:
    """No one deed: an infinitive, the simple present, what is going on, "ever" and "never"."""
    if _is_ever(verb):
        return True
    auxiliaries = {aux.lower_ for aux in children(verb, "aux")}
    if verb.tag_ == "VB":
        return not auxiliaries & {"did", "does", "do"}
    if verb.tag_ == "VBG" and verb.dep_ == "ccomp":  # "said that they were talking"
        return bool(auxiliaries & {"is", "are", "was", "were"})
    return verb.tag_ in ("VBZ", "VBP") and not auxiliaries & {"has", "have"}


def _is_ever(verb: Token) -> bool:
    return any(child.lower_ in EVER for child in children(verb, "advmod", "neg"))


def _is_purpose(trigger: Token) -> bool:
    """ "flew to Kyiv to see the president": what for, not what came of it."""
    to = any(aux.lower_ == "to" for aux in children(trigger, "aux"))
    return to and trigger.tag_ == "VB" and trigger.dep_ == "advcl"


def _is_any(trigger: Token) -> bool:
    """ "any meeting": none in particular."""
    return any(child.lower_ == "any" for child in children(trigger, "det"))


def _is_told(noun: Token, verb: Token) -> bool:
    """The event's noun is what the clause is about: its subject, or done by its verb."""
    return noun.dep_ in ("nsubj", "nsubjpass") or verb.lemma_.lower() in LIGHT | LENDING


def is_guest(trigger: Token) -> bool:
    """ "was the guest of": told with its verb, whatever its article says."""
    return trigger.lemma_ == "guest" and trigger.dep_ == "attr"


def narrates(trigger: Token) -> bool:
    """The trigger is told in the simple past of a main clause: as its verb, as its subject, or as
    the object of a verb that says no more than that it was done ("held talks", "was his guest")."""
    verb = trigger if is_verb(trigger) else trigger.head
    if not is_verb(verb):
        return False
    done = verb.lemma_.lower() in LIGHT | LENDING or is_guest(trigger)
    if verb != trigger and not (trigger.dep_ in ("nsubj", "nsubjpass") or done):
        return False
    if not any(aux.lower_ in ("had", "has", "have", "'s", "’s") for aux in children(verb, "aux")):
        passive = [aux for aux in children(verb, "auxpass") if aux.tag_ == "VBD"]
        past = verb.tag_ == "VBD" or bool(passive)
        while verb.dep_ == "conj" and is_verb(verb.head):
            verb = verb.head
        said = verb.head.dep_ in ("ROOT", "parataxis") and verb.head.i > verb.i
        said_after = verb.dep_ == "ccomp" and said
        return past and (is_principal(verb) or said_after)
    return False
