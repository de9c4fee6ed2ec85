"""What speakers say that their own side will do: promise, refuse, or threaten."""

from spacy.tokens import Token

from .rules import Rule
from .syntax import children, subjects
from .who import Cast

READY = frozenset("ready willing prepared set determined happy eager".split())
INTENDING = frozenset("intend plan agree decide resolve".split())


def intends(rule: Rule, verb: Token, cast: Cast) -> bool:
    """A speaker says what his own side will do: "Norway said it would send a team".

    Also where the words stand first: "France is ready to help, the minister said".
    """
    return any(
        own_intent(said) == rule.intent
        and (not rule.below or _done(said).lemma_.lower() in rule.below)
        and _same_side(verb, said, cast)
        for said in children(verb, "ccomp")
    )


def _done(verb: Token) -> Token:
    """What would be done: "help" of "is ready to help"."""
    ready = [c for a in children(verb, "acomp") for c in children(a, "xcomp")]
    return ready[0] if ready else verb


def own_intent(verb: Token) -> str:
    """What a clause says of its subject's will: "will", "refusal", "unless", "may" or ""."""
    negated = any(True for _ in children(verb, "neg"))
    aux = {a.lower_ for a in children(verb, "aux")}
    ready = any(c.lemma_.lower() in READY for c in children(verb, "acomp", "oprd"))
    intends = verb.lemma_ in INTENDING and verb.tag_ in ("VBZ", "VBP", "VBG")
    if aux & {"may", "might", "could"}:
        return "may"
    if not (aux & {"will", "would", "'ll", "’ll", "wo", "shall"} or ready or intends):
        return ""
    if negated:
        return "refusal"
    return "unless" if any(t.lower_ == "unless" for t in verb.subtree) else "will"


def _same_side(verb: Token, said: Token, cast: Cast) -> bool:
    speakers, actors = subjects(verb), subjects(said)
    if any(a.pos_ == "PRON" for a in actors):
        return True
    if {s.lemma_ for s in speakers} & {a.lemma_ for a in actors}:
        return True
    return bool(_acting_for(speakers, cast) & _acting_for(actors, cast))


def _acting_for(heads: list[Token], cast: Cast) -> set[str]:
    return {
        side for name in cast.of(heads) for side in (cast.lexicon.sides(name, cast.day) or (name,))
    }
