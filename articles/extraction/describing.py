"""Participants without a name of their own: which nouns are people, and what to call them.

"Leftist guerrillas", "the suicide bomber", "some two hundred students": a name in the record needs
a few words that are the same wherever the same people are meant.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from .syntax import children

MOST = 5
"""Words of a description."""
ARMED = frozenset(
    """
    rebel guerrilla guerilla insurgent gunman militant militiaman militia fighter bomber attacker
    assailant hijacker kidnapper abductor terrorist extremist jihadist jihadi islamist separatist
    secessionist mercenary paramilitary sniper assassin mutineer warlord commando pirate raider
    mujahideen mujahedin mujahedeen junta putschist bandit captor
    """.split()
)
CIVIL = frozenset(
    """
    protester protestor demonstrator marcher rioter striker student worker miner farmer peasant
    teacher doctor nurse driver trucker dissident activist campaigner opponent oppositionist
    opposition exile refugee migrant settler villager resident inhabitant civilian crowd mob voter
    citizen people monk cleric imam priest bishop clergy journalist reporter lawyer judge prisoner
    detainee hostage inmate survivor relative mourner supporter sympathizer sympathiser follower
    loyalist nationalist reservist veteran passenger tourist tribesman tribe clan
    union unionist party coalition faction movement group organisation organization
    """.split()
)
OFFICIAL = frozenset(
    """
    official officer diplomat minister ministry envoy emissary ambassador delegate delegation
    negotiator mediator observer monitor inspector expert adviser advisor aide spokesman spokeswoman
    spokesperson senator congressman congresswoman lawmaker legislator parliamentarian deputy
    president premier chancellor king queen prince emir sultan chief leader leadership ruler
    government administration regime cabinet authority parliament congress court tribunal
    prosecutor police policeman army military navy troop soldier force guard peacekeeper
    sailor marine pilot general colonel commander admiral marshal team side representative
    politician governor mayor counterpart secretary director commissioner chairman chairwoman
    embassy consulate mission consul consul-general defector spy agent statesman
    """.split()
)
PEOPLE = ARMED | CIVIL | OFFICIAL
"""Nouns for persons and bodies of persons that take part in what the news tell."""
OWN = ARMED | CIVIL
"""Those who do not act for the state whose nationality they have."""
INSTITUTIONS = frozenset(
    """
    ministry department government parliament army military police court authority presidency
    chancellery leadership regime administration cabinet official junta navy
    """.split()
)
"""What "in Tehran" behind it makes a state's: unlike an embassy or an envoy in Tehran."""
FORMER = frozenset("former ex onetime ousted deposed exiled late retired then-president".split())
LEFT_OUT = frozenset("other such many several few more same some own certain dozen".split())


def lemma(head: Token) -> str:
    """ "gunmen" and "Guerrillas" by the word that the lists above have."""
    word = head.lemma_.lower()
    if word not in PEOPLE and word.endswith("s") and word[:-1] in PEOPLE:
        return word[:-1]
    return f"{word[:-3]}man" if word.endswith("men") and f"{word[:-3]}man" in PEOPLE else word


def is_people(head: Token) -> bool:
    return head.pos_ in ("NOUN", "PROPN", "ADJ") and lemma(head) in PEOPLE


def is_former(head: Token) -> bool:
    return any(t.lower_.removesuffix("-") in FORMER for t in head.lefts)


def description(head: Token) -> str:
    """The noun with what stands before it and makes out who they are, at most five words of it."""
    if not is_people(head):
        return ""
    kept = {head.i, *(t.i for t in _before(head))}
    kept |= {i for i in range(min(kept), head.i) if head.doc[i].text == "-"}
    words = ("".join(f"{_cased(t)}{t.whitespace_}" for t in head.doc if t.i in kept)).split()
    return " ".join(words[-MOST:]).strip("-")


def _before(head: Token) -> Iterator[Token]:
    """Adjectives and nouns that belong to the noun, and those that belong to them."""
    for token in children(head, "amod", "compound", "nmod", "advmod", "npadvmod"):
        if token.i < head.i and token.pos_ not in ("DET", "NUM", "PRON"):
            if token.lower_ in LEFT_OUT or not (token.is_alpha or "-" in token.text):
                continue
            yield from _before(token)
            yield token


def _cased(token: Token) -> str:
    """A capital at the beginning of a sentence is none of the word's own."""
    named = token.pos_ == "PROPN" or token.ent_type_ or any(c.isupper() for c in token.text[1:])
    return token.text if named else token.lower_
