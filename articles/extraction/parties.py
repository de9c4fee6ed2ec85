"""In which places of a sentence the participants of an event stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from spacy.tokens import Token

from .places import PLACED
from .syntax import (
    LENDING,
    LIGHT,
    accompanied,
    children,
    companions,
    follows_invitation,
    governor,
    is_verb,
    objects_of,
    patients,
    subjects,
    with_conjuncts,
)
from .who import SAME, TO_WHOM, Cast

Place = Callable[[Token, Token | None], Iterator[Token]]
"""(trigger, the verb that it is or depends on) → heads of the phrases at one place."""
GIVEN = frozenset().union(*SAME.values())
IT = ("it", "this", "that", "these")
BEING = ("be", "have", "become")
ABOUT = ("dobj", "nsubjpass", "nsubj")
"""Links by which a noun's event takes the phrases of its verb: "had talks … with Castro"."""


def participants(token: Token, place: str) -> Iterator[Token]:
    """Heads of the phrases at `place`, a word of [roles] or a preposition, around the trigger."""
    verb = token if is_verb(token) else governor(token)
    if place in PLACES:
        yield from PLACES[place](token, verb)
    else:
        yield from _by_preposition(token, verb, place)
    if place == "to" and (invited := follows_invitation(token)) is not None:
        yield from objects_of(invited, place)
    if verb != token and (place in ("poss", "comp") or place not in PLACES):
        for thing in objects_of(token, "in", "of", "on"):
            if thing.lemma_ in GIVEN:  # "the pause in American deliveries to Kyiv"
                yield from participants(thing, place)


FORCE = ("strike", "deployment", "withdrawal")
"""What nobody is told, shown or sent: a person in the clause is not its target."""
MUTUAL = frozenset(
    "call meeting visit talks agreement ceasefire cooperation exchange relations".split()
)
AIMED = frozenset(
    "support pledge condemnation demand rejection threat sanctions aid envoy vote legal".split()
)
LOCATED = frozenset("strike deployment withdrawal visit".split())
"""Types whose place is a party: Kyiv in "a strike sparked a fire in a house in Kyiv"."""
WITHIN = frozenset("dobj dative attr oprd prep agent pobj poss compound amod nmod acl".split())
"""Links by which a clause's objects hang together; not those of a clause within it."""
STAYING = frozenset(
    "in at near outside inside since during after before amid despite without because according "
    "like unlike until as".split()
)
"""Prepositions behind which stands when, where or why, not with whom."""
LETTERS = frozenset("message letter telegram cable note call reply answer".split())
""" "In a message to U Thant": whom the words are for, even behind "in"."""
TOPICAL = ("on", "about", "for", "over")
""" "A conference on Syria" is not one with it, but "a bargain on tariffs with Europe" is."""
STAYS = frozenset("hour day night week month stay visit trip".split())
""" "Is back after two days in Havana": where a visit was."""
SPENDING = ("spend", "give", "host", "hold")
"""Verbs whose object says with whom or for whom: "gave a dinner for Modi"."""
POSTS = frozenset("embassy consulate mission".split())
OWNING_UP = frozenset("confirm announce admit acknowledge".split())
OFFICIAL_DEEDS = frozenset(("aid", "sanctions"))
"""What states give to others or lay upon them: whose it is may go without saying."""


def completed(actors: tuple[str, ...], token: Token, kind: str, cast: Cast) -> tuple[str, ...]:
    """`actors` and, where all of them are of one side, the next in the clause of another.

    Russia in "adopted its 18th package of sanctions against Russia": what an event is aimed at need
    not hang on its trigger.
    """
    verb = token if is_verb(token) else governor(token)
    sides = cast.sides_among(actors)
    if kind not in MUTUAL | AIMED | LOCATED or not sides:
        return actors
    if kind == "visit" and cast.home and any(t.lower_ == "here" for t in children(token, "advmod")):
        return tuple(dict.fromkeys((*actors, cast.home)))
    if len(sides) > 1 and not (
        kind in AIMED and verb is not None and sides <= cast.sides_among(cast.of(subjects(verb)))
    ):
        return actors
    if is_verb(token) and not subjects(token):
        actors = tuple(dict.fromkeys((*_acting(token, kind, sides, cast), *actors)))
        sides = cast.sides_among(actors)
    for head in _all_aims(token, verb, kind):
        others = [n for n in cast.of([head]) if not cast.sides_among([n]) <= sides]
        if kind in FORCE:
            others = [n for n in others if cast.kind(n) != "person"]
        if others:
            return tuple(dict.fromkeys((*actors, *others)))
    givers, receivers = cast.dealings.get(kind, ((), ()))
    if not givers or sides <= cast.sides_among(givers):
        return tuple(dict.fromkeys((*actors, *receivers)))
    return actors


def _acting(token: Token, kind: str, sides: set[str], cast: Cast) -> tuple[str, ...]:
    """Those who do it by the clause above: "came under criticism for pausing the aid"; or the state
    that owns up to it: "the White House confirmed that deliveries to Kyiv had been stopped"."""
    above = next((t for t in token.ancestors if is_verb(t)), None)
    if above is None:
        return ()
    if token.dep_ == "pcomp":
        return cast.of(subjects(above))
    if token.dep_ == "ccomp" and above.lemma_ in OWNING_UP and kind in OFFICIAL_DEEDS:
        own = cast.sides_among(cast.of(subjects(above)))
        if len(own) == 1 and not own & sides and {cast.kind(s) for s in own} == {"country"}:
            return tuple(own)
    return ()


def _elsewhere(token: Token, kind: str) -> Iterator[Token]:
    """Who is meant by another word of the sentence for the same: "welcomed aid to Ukraine, noting
    that it had pledged billions"."""
    for noun in token.doc:
        if noun.pos_ == "NOUN" and noun.lemma_ in SAME.get(kind, ()):
            yield from objects_of(noun, *TO_WHOM)
            if noun.dep_ == "dobj":
                yield from objects_of(noun.head, *TO_WHOM[:1])


def _all_aims(token: Token, verb: Token | None, kind: str) -> Iterator[Token]:
    yield from _aims(token, kind)
    yield from _elsewhere(token, kind)
    if verb is not None and verb != token:
        yield from _aims(verb, kind)
        if kind in MUTUAL and token.dep_ == "pobj":
            for subject in subjects(verb):
                yield subject
                yield from _aims(subject, kind)


def _aims(start: Token, kind: str) -> Iterator[Token]:
    """Phrases below a word, those nearest to it first."""
    level = [start]
    for _ in range(6):
        below = [c for t in level for c in t.children if _leads_on(c, start, kind)]
        for child in below:
            if child.dep_ in ("dobj", "dative") or (
                child.dep_ in ("pobj", "poss", "compound", "amod", "nmod")
                and child.pos_ != "PRON"
                and not (kind in MUTUAL and child.head.lower_ in TOPICAL)
            ):
                yield from with_conjuncts(child)
        level = below


def _is_in_company(link: Token) -> bool:
    """The "with" of "with Starmer as his guest he warned Russia", wherever the parser hangs "as"."""
    around = [link, *children(link, "pobj")]
    return any(
        t.lower_ in ("as", "at", "by", "beside") for a in around for t in children(a, "prep")
    )


def _leads_on(child: Token, start: Token, kind: str) -> bool:
    if kind in AIMED and child.lower_ == "with" and _is_in_company(child):
        return False
    if kind == "visit" and child.dep_ == "prep" and child.lower_ == "after":
        return any(t.lemma_ in STAYS for t in children(child, "pobj"))
    if child.dep_ == "prep" and child.lower_ in STAYING:
        if any(t.lemma_ in LETTERS for t in children(child, "pobj")):
            return True
        return child.lower_ in PLACED and (kind in LOCATED or child.head.lemma_ in POSTS)
    if kind in MUTUAL and child.head.dep_ == "pobj" and child.head.head.lower_ in TOPICAL:
        return child.dep_ == "prep" and child.lower_ in ("with", "to", "between")
    xcomp = child.dep_ == "xcomp" and child.head == start
    return xcomp or child.dep_ in WITHIN


def _subject(token: Token, verb: Token | None) -> Iterator[Token]:
    if verb is not None and (verb == token or _lends(verb, token)):
        yield from _somebody(subjects(verb), token)


def _lends(verb: Token, noun: Token) -> bool:
    """Whether the verb's subject takes part in the noun's event: "held talks", "cancelled a visit"."""
    if noun.dep_ not in ("dobj", "pobj", "conj", "attr"):
        return False
    if verb.lemma_.lower() in LIGHT:
        return True
    apart = any(child.lower_ in ("between", "by") for child in children(noun, "prep"))
    return verb.lemma_.lower() in LENDING and not apart


def _of_being(token: Token, verb: Token | None) -> Iterator[Token]:
    """Zelensky in "Zelensky was the guest of Erdogan"."""
    if verb is not None and verb.lemma_ in BEING and token.dep_ in ("attr", "dobj"):
        yield from _somebody(subjects(verb), token)


def _somebody(heads: Iterable[Token], noun: Token) -> Iterator[Token]:
    """Without the "it" of "it was their third meeting", which is the meeting itself."""
    yield from (t for t in heads if noun.dep_ != "attr" or t.lower_ not in IT)


def _object(token: Token, verb: Token | None) -> Iterator[Token]:
    if verb == token:
        yield from patients(token)
        yield from (t for t in children(token, "advmod", "npadvmod") if _is_name_behind(t, token))


def _is_name_behind(token: Token, verb: Token) -> bool:
    """Zelensky in "Macron met Zelensky in Paris", where the parser takes the name for an adverb."""
    return token.i == verb.i + 1 and token.ent_type_ in ("PERSON", "ORG", "NORP")


def _possessor(token: Token, verb: Token | None) -> Iterator[Token]:
    yield from _modifiers(token, "poss")


def _modifier(token: Token, verb: Token | None) -> Iterator[Token]:
    yield from _modifiers(token, "compound", "amod", "nmod")


def _modifiers(token: Token, *labels: str) -> Iterator[Token]:
    for child in children(token, *labels):
        yield child
        yield from children(child, "compound", "nmod", "conj")


def _envoy(token: Token, verb: Token | None) -> Iterator[Token]:
    """The state of an envoy who is summoned or expelled."""
    for head in patients(token):
        yield from children(head, "amod", "compound", "poss", "nmod")
        yield from objects_of(head, "of", "from", "to")


def _place(token: Token, verb: Token | None) -> Iterator[Token]:
    for holder in (token, verb):
        if holder is not None:
            yield from objects_of(holder, *PLACED)


def _by_preposition(token: Token, verb: Token | None, place: str) -> Iterator[Token]:
    yield from objects_of(token, place)
    if place == "from":
        for out in children(token, "prep", "prt", "advmod"):
            if out.lower_ == "out":  # "taken out of Turkey"
                yield from objects_of(out, "of")
    for adverb in children(token, "advmod"):
        if adverb.lower_ == place:
            yield from objects_of(adverb, "to")
    if verb == token and token.lemma_ in SPENDING:
        for thing in patients(token):
            yield from objects_of(thing, place)
    if verb == token:  # "deliveries to Ukraine were stopped"
        for thing in children(token, "nsubjpass"):
            for part in (thing, *objects_of(thing, "of")):
                yield from objects_of(part, place)
    if verb is not None and verb != token and token.dep_ in ABOUT:
        yield from objects_of(verb, place)


def _absolute(token: Token, verb: Token | None) -> Iterator[Token]:
    """Those of "with Rutte at his side", and those in whose company they are."""
    if (above := accompanied(token)) is not None:
        yield from subjects(above)
        yield from companions(token)


PLACES: Mapping[str, Place] = {
    "absolute": _absolute,
    "subj": _subject,
    "be": _of_being,
    "obj": _object,
    "poss": _possessor,
    "comp": _modifier,
    "envoy": _envoy,
    "place": _place,
}
