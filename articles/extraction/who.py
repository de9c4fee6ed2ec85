"""Who takes part: names, offices, nationalities, metonyms and pronouns, resolved for one article.

A `Cast` is made for one article and told its sentences in order; it remembers who was spoken of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from .names import Named, Names
from .syntax import children, is_verb, objects_of, subjects

PLACED = ("in", "at", "near", "outside", "into", "over", "off", "from", "across", "around", "on")
"""Prepositions after which a town or a country is a place, unless the event says it is a target."""
MASCULINE = ("he", "him", "his", "himself")
FEMININE = ("she", "her", "hers", "herself")
PLURAL = ("they", "them", "their", "both")
NEUTER = ("it", "its", "itself")
SPEAKER = ("i", "me", "my", "we", "us", "our")
DELEGATES = frozenset(
    "delegation negotiator delegate official team expert council side diplomat minister".split()
)
PAIR_OF_PERSONS = frozenset(
    "president leader minister man gentleman statesman counterpart diplomat".split()
)
PAIR_OF_SIDES = frozenset("side country nation state party government delegation power".split())


@dataclass
class Cast(Names):
    """The actors of one article, and who its pronouns may mean. `day` chooses holders of offices."""

    home: str = ""
    """The state from whose capital the report was filed: its is "the president" with no name."""
    persons: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    pair: tuple[str, ...] = ()
    """The last two persons who had to do with each other."""
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Type of event → who took part in the last one told of."""
    subject: tuple[str, ...] = ()

    def leave(self) -> None:
        """End the sentence: remember whom it named and who was its subject."""
        for named in self._named:
            self._shorten(named)
            if named.kind == "person":
                _renew(self.persons, named.name)
            elif named.via != "demonym":
                _renew(self.sides, named.name)
        for token in self._doc or ():
            if token.dep_ == "ROOT" and (names := self.of(subjects(token))):
                self.subject = names
                for name in names:
                    _renew(self.persons if self.kind(name) == "person" else self.sides, name)

    # ---------- whom a noun phrase means

    def of(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Canonical names of the actors that these noun phrases stand for, in order, once each."""
        return tuple(dict.fromkeys(name for head in heads for name in self._phrase(head)))

    def _phrase(self, head: Token) -> Iterator[str]:
        named = self.named_at(head)
        if named and named.via == "capital" and _is_named_after(head):
            return
        if named:
            yield from self._joined_before(head, named)
            yield named.name
        elif head.pos_ == "PRON" or head.lower_ in (*MASCULINE, *FEMININE, *PLURAL, *NEUTER):
            yield from self._pronoun(head)
        elif head.text in self.short and head.pos_ in ("PROPN", "NOUN"):
            yield self.short[head.text]
        elif pair := self._pair(head):
            yield from pair
        else:
            yield from self._described(head)

    def _joined_before(self, head: Token, named: Named) -> Iterator[str]:
        """Xi in "Xi and U.S. President Donald Trump", which parses as a modifier of the title."""
        if named.kind != "person":
            return
        doc = head.doc
        for other in self._named:
            between = doc[other.end : named.start]
            if other.kind == "person" and other.end <= named.start and len(between) <= 5:
                below = head.is_ancestor(doc[other.end - 1])
                if below and between and between[0].lower_ == "and":
                    yield other.name

    def _described(self, head: Token) -> Iterator[str]:
        """An office ("the NATO chief"), an apposition, or a group by its nationality."""
        if head.lower_ in ("one", "some", "several", "many", "members"):
            yield from self.of(objects_of(head, "of"))
            return
        apposed = [n for a in children(head, "appos") if (n := self.named_at(a))]
        if apposed:
            yield apposed[0].name
            return
        sides = self._sides_of(head)
        words = self._office_words(head)
        if words and (holders := self._holders(words, sides, head)):
            yield from holders
        elif not sides and head.lemma_.lower() in DELEGATES and head.tag_ == "NNS":
            yield from self.last.get("talks", ())
        else:
            yield from sides

    def _holders(self, words: str, sides: tuple[str, ...], head: Token) -> tuple[str, ...]:
        """Who held the office on that day: for each side named, else the last spoken of."""
        if head.tag_ not in ("NN", "NNP"):
            return ()
        if sides:
            return tuple(self.lexicon.holder(words, side, self.day) or side for side in sides)
        name = self._last_in_office(words) or self._at_home(words)
        return (name,) if name else ()

    def _at_home(self, words: str) -> str:
        return (self.home and self.lexicon.holder(words, self.home, self.day)) or ""

    def _office_words(self, head: Token) -> str:
        """The longest run of words up to the head that names an office: "foreign minister"."""
        doc = head.doc
        end = head.i + 1
        following = doc[end : end + 2].text.lower()
        candidates = [f"{head.lower_} {following}"] if following.startswith("of ") else []
        candidates += [doc[i:end].text.lower() for i in range(max(0, head.i - 3), end)]
        candidates.append(head.lemma_.lower())
        return next((c for c in candidates if c in self.lexicon.office_of), "")

    def _sides_of(self, head: Token) -> tuple[str, ...]:
        """The states or organisations that modify the phrase: "Ukrainian officials"."""
        heads = [
            *children(head, "amod", "compound", "poss", "nmod"),
            *objects_of(head, "of", "from"),
        ]
        for token in objects_of(head, "of", "from"):
            if not self.named_at(token):
                heads += children(token, "amod", "compound", "poss")
        named = [n for token in heads if (n := self.named_at(token))]
        names = [n.name for n in named if n.kind != "person"]
        for token in children(head, "poss"):
            if token.lower_ in NEUTER:
                names += self._pronoun(token)
        names += [
            self.short[t.text] for t in heads if t.text in self.short and not self.named_at(t)
        ]
        return tuple(dict.fromkeys(names))

    def _last_in_office(self, words: str) -> str:
        offices = self.lexicon.office_of.get(words, ())
        for name in reversed(self.persons):
            entry = self.lexicon.entries.get(name)
            if entry and any(r.office in offices and r.on(self.day) for r in entry.roles):
                return name
        return ""

    def _pair(self, head: Token) -> tuple[str, ...]:
        """ "the two presidents", "both sides": the last two spoken of."""
        if head.lower_ in ("two", "both") and head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return self.pair
        if head.tag_ not in ("NNS", "NNPS"):
            return ()
        counted = any(child.lower_ in ("two", "both") for child in head.children)
        if self._sides_of(head):
            return ()
        if not counted:
            known = head.lemma_ in PAIR_OF_PERSONS and any(c.lower_ == "the" for c in head.children)
            return self.pair if known else ()
        if head.lemma_ in PAIR_OF_PERSONS:
            return self.pair or tuple(self.persons[-2:])
        if head.lemma_ in PAIR_OF_SIDES:
            return self.pair or tuple(self.sides[-2:])
        return ()

    # ---------- pronouns

    def _pronoun(self, token: Token) -> Iterator[str]:
        word = token.lower_
        if word in MASCULINE or word in FEMININE:
            gender = "m" if word in MASCULINE else "f"
            yield from self._person(token, gender)
        elif word in PLURAL:
            yield from self.pair or (self.subject if len(self.subject) > 1 else ())
        elif word in NEUTER and not _is_empty(token):
            earlier = [n.name for n in self._before(token) if n.kind != "person"]
            yield from (earlier or self.sides)[-1:]
        elif word in SPEAKER:
            yield from self.speaker(token)

    def _person(self, token: Token, gender: str) -> Iterator[str]:
        barred = self._barred(token)
        own = self._subject_before(token)
        earlier = [n.name for n in self._before(token) if n.kind == "person"]
        for name in (*own, *self.subject, *reversed(earlier), *reversed(self.persons)):
            fits = name not in barred and self._gender(name) in ("", gender)
            if fits and self.kind(name) == "person":
                yield name
                return

    def _subject_before(self, token: Token) -> tuple[str, ...]:
        """Subjects of the verbs above the pronoun, the nearest first."""
        names: list[str] = []
        for above in token.ancestors:
            if is_verb(above):
                heads = [s for s in subjects(above) if s.i < token.i and s != token]
                names += [n.name for s in heads if (n := self.named_at(s))]
        return tuple(names)

    def _barred(self, token: Token) -> set[str]:
        """An object pronoun is not its own verb's subject; joined phrases name different people."""
        barred = {n.name for c in token.conjuncts if (n := self.named_at(c))}
        head = token.head.head if token.dep_ == "pobj" else token.head
        if token.dep_ in ("dobj", "pobj", "dative") and is_verb(head):
            barred |= {n.name for s in subjects(head) if (n := self.named_at(s))}
        return barred

    def speaker(self, token: Token) -> tuple[str, ...]:
        """Who says "I": the subject of the verb of saying above, else the last subject."""
        for above in token.ancestors:
            if is_verb(above):
                heads = [s for s in subjects(above) if s.lower_ not in SPEAKER]
                if names := self.of(h for h in heads if h != token):
                    return names
        return self.subject[:1]

    def _before(self, token: Token) -> list[Named]:
        return [n for n in self._named if n.end <= token.i]

    def _gender(self, name: str) -> str:
        entry = self.lexicon.entries.get(name)
        return entry.gender if entry else ""

    # ---------- places

    def places(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Towns, regions and countries in which something happens, as the text names them."""
        found = [name for head in heads for name in self._places_below(head, 2)]
        return tuple(dict.fromkeys(found))

    def _places_below(self, head: Token, depth: int) -> Iterator[str]:
        """Also those of "a fire in a house in Kyiv", `depth` phrases down."""
        for token in objects_of(head, *PLACED):
            if token.ent_type_ in ("GPE", "LOC", "FAC"):
                span = next(e for e in token.doc.ents if e.start <= token.i < e.end)
                yield span.text.removeprefix("the ")
            elif depth and not is_verb(token):
                yield from self._places_below(token, depth - 1)
        if depth == 2:
            for thing in children(head, "dobj"):
                yield from self._places_below(thing, 1)


def _renew(names: list[str], name: str) -> None:
    if name in names:
        names.remove(name)
    names.append(name)


def _is_named_after(head: Token) -> bool:
    """ "the tanker Bucharest", "the hotel Moscow": a thing that bears a capital's name."""
    return any(t.pos_ == "NOUN" and t.is_lower for t in children(head, "compound", "nmod"))


def _is_empty(token: Token) -> bool:
    """ "it" in "it all began", "it seems": it stands for nobody."""
    return token.dep_ == "nsubj" and token.head.lemma_ in ("begin", "start", "seem")
