"""Who takes part: names, offices, nationalities, metonyms and pronouns, resolved for one article.

A `Cast` is made for one article and told its sentences in order; it remembers who was spoken of.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from .lexicon import Lexicon, Sense
from .syntax import children, is_verb, objects_of, subjects, with_conjuncts

PLACED = ("in", "at", "near", "outside", "into", "over", "off", "from", "across", "around", "on")
"""Prepositions after which a town or a country is a place, unless the event says it is a target."""
MASCULINE = ("he", "him", "his", "himself")
FEMININE = ("she", "her", "hers", "herself")
COMPASS = frozenset("North South East West".split())
BODIES = frozenset(
    "council union agency assembly organization organisation league court commission parliament "
    "alliance congress committee".split()
)
DELEGATES = frozenset(
    "delegation negotiator delegate official team expert council side diplomat minister".split()
)
TITLES = frozenset("mr mrs ms miss dr sir lord lady premier chairman senator marshal".split())
PLURAL = ("they", "them", "their", "both")
NEUTER = ("it", "its", "itself")
SPEAKER = ("i", "me", "my", "we", "us", "our")
PAIR_OF_PERSONS = ("president", "leader", "minister", "man", "gentleman", "statesman", "counterpart", "diplomat")
PAIR_OF_SIDES = ("side", "country", "nation", "state", "party", "government", "delegation", "power")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence: tokens `start` to `end` (exclusive) stand for the actor `name`."""

    start: int
    end: int
    name: str
    kind: str
    via: str


@dataclass
class Cast:
    """The actors of one article, and who its pronouns may mean. `day` chooses holders of offices."""

    lexicon: Lexicon
    day: dt.date | None
    persons: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    pair: tuple[str, ...] = ()
    """The last two persons who had to do with each other."""
    short: dict[str, str] = field(default_factory=dict)
    """ "North", "Council" → the actor whose longer name the article has given."""
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Type of event → who took part in the last one told of."""
    subject: tuple[str, ...] = ()
    home: str = ""
    """The state from whose capital the report was filed: its is "the president" with no name."""
    surnames: dict[str, str] = field(default_factory=dict)
    """Last name → the person whose full name the article has given."""
    _doc: Doc | None = None
    _named: list[Named] = field(default_factory=list)

    # ---------- names of a sentence

    def enter(self, doc: Doc) -> None:
        """Begin a sentence: its names can be asked for until the next one is entered."""
        self._doc = doc
        self._named = [n for ent in doc.ents if (n := self._name(doc, ent.start, ent.end))]
        taken = {i for n in self._named for i in range(n.start, n.end)}
        self._named += [
            Named(token.i, token.i + 1, self.surnames[token.text], "person", "name")
            for token in doc
            if token.i not in taken and token.text in self.surnames
        ]
        self._named.sort(key=lambda n: n.start)

    def leave(self) -> None:
        """End the sentence: remember whom it named and who was its subject."""
        for named in self._named:
            self._shorten(named)
            if named.kind == "person":
                _renew(self.persons, named.name)
            elif named.via != "demonym":
                _renew(self.sides, named.name)
        for token in self._doc or ():
            if token.dep_ == "ROOT" and (names := self._names(subjects(token))):
                self.subject = names
                for name in names:
                    _renew(self.persons if self.kind(name) == "person" else self.sides, name)

    def _shorten(self, named: Named) -> None:
        """ "the North" after North Korea, "the Council" after the Security Council."""
        assert self._doc is not None
        words = self._doc[named.start : named.end].text.split()
        if len(words) > 1 and named.via == "name" and named.kind != "person":
            short = words[0] if words[0] in COMPASS else words[-1]
            if short in COMPASS or short.lower() in BODIES:
                self.short[short] = named.name

    def _name(self, doc: Doc, start: int, end: int) -> Named | None:
        label = doc[start].ent_type_
        while end - start > 1 and doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
            end -= 1
        if end - start > 1 and doc[start].lower_ == "the":
            start += 1
        words = doc[start:end].text.replace("’", "'")
        if end - start == 1 and words in self.surnames:
            return Named(start, end, self.surnames[words], "person", "name")
        sense = self._sense(words)
        if sense is not None:
            kind = self.kind(sense.entry)
            if kind == "person" and end - start > 1:
                self._introduce(words, sense.entry)
            return Named(start, end, sense.entry, kind, sense.via)
        if label != "PERSON" or not words[0].isupper() or end - start == 1:
            return None
        self._introduce(words, words)
        return Named(start, end, words, "person", "name")

    def _sense(self, words: str) -> Sense | None:
        """What the name stands for; "Mr Kerry" and "Premier Castro" by the name alone."""
        sense = self.lexicon.sense(words, self.day)
        if sense is None and " " in words:
            title, _, rest = words.partition(" ")
            if title.rstrip(".").lower() in TITLES or title.lower() in self.lexicon.office_of:
                return self.lexicon.sense(rest, self.day)
        return sense

    def _introduce(self, words: str, name: str) -> None:
        """The bare surname means this person from here on: the first of a Korean or Chinese name."""
        parts = name.split()
        if name in self.lexicon.entries and any(
            alias == parts[0] for alias in self.lexicon.entries[name].aliases
        ):
            self.surnames[parts[0]] = name
        else:
            self.surnames[words.split()[-1]] = name

    def kind(self, name: str) -> str:
        entry = self.lexicon.entries.get(name)
        return entry.kind if entry else "person"

    def named_at(self, token: Token) -> Named | None:
        return next((n for n in self._named if n.start <= token.i < n.end), None)

    @property
    def names(self) -> list[Named]:
        return self._named

    # ---------- whom a noun phrase means

    def of(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Canonical names of the actors that these noun phrases stand for, in order, once each."""
        return self._names(heads)

    def _names(self, heads: Iterable[Token]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for head in heads for name in self._phrase(head)))

    def _phrase(self, head: Token) -> Iterator[str]:
        named = self.named_at(head)
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
            yield from self._names(objects_of(head, "of"))
            return
        apposed = [n for a in children(head, "appos") if (n := self.named_at(a))]
        if apposed:
            yield apposed[0].name
            return
        sides = self._sides_of(head)
        words = self._office_words(head)
        if words:
            one = head.tag_ in ("NN", "NNP")
            for side in sides:
                yield (one and self.lexicon.holder(words, side, self.day)) or side
            name = "" if sides or not one else self._last_in_office(words) or self._at_home(words)
            if name:
                yield name
                return
        if not sides and head.lemma_.lower() in DELEGATES and head.tag_ == "NNS":
            sides = self.last.get("talks", ())
        yield from sides

    def _at_home(self, words: str) -> str:
        return (self.home and self.lexicon.holder(words, self.home, self.day)) or ""

    def _office_words(self, head: Token) -> str:
        """The longest run of words up to the head that names an office: "foreign minister"."""
        doc = head.doc
        end = head.i + 1
        following = doc[end : end + 2].text.lower()
        candidates = [f"{head.lower_} {following}"] if following.startswith("of ") else []
        for start in range(max(0, head.i - 3), head.i + 1):
            candidates.append(doc[start:end].text.lower())
        candidates.append(head.lemma_.lower())
        return next((c for c in candidates if c in self.lexicon.office_of), "")

    def _sides_of(self, head: Token) -> tuple[str, ...]:
        """The states or organisations that modify the phrase: "Ukrainian officials"."""
        heads = [
            *children(head, "amod", "compound", "poss", "nmod"),
            *objects_of(head, "of", "from"),
        ]
        for token in objects_of(head, "of"):
            if not self.named_at(token):
                heads += children(token, "amod", "compound", "poss")
        named = [n for token in heads if (n := self.named_at(token))]
        names = [n.name for n in named if n.kind != "person"]
        for token in children(head, "poss"):
            if token.lower_ in NEUTER:
                names += self._pronoun(token)
        names += [self.short[t.text] for t in heads if t.text in self.short and not self.named_at(t)]
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
        elif word in NEUTER:
            earlier = [n.name for n in self._before(token) if n.kind != "person"]
            yield from (earlier or self.sides)[-1:]
        elif word in SPEAKER:
            yield from self.speaker(token)

    def _person(self, token: Token, gender: str) -> Iterator[str]:
        barred = self._barred(token)
        own = self._subject_before(token)
        earlier = [n.name for n in self._before(token) if n.kind == "person"]
        for name in (*own, *self.subject, *reversed(earlier), *reversed(self.persons)):
            if name not in barred and self._gender(name) in ("", gender):
                if self.kind(name) == "person":
                    yield name
                    return

    def _subject_before(self, token: Token) -> tuple[str, ...]:
        """Subjects of the verbs above the pronoun, the nearest first."""
        names: list[str] = []
        for above in token.ancestors:
            if is_verb(above):
                heads = [s for s in subjects(above) if s.i < token.i and s is not token]
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
                if names := self._names(h for h in heads if h is not token):
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
        found = []
        for head in heads:
            for token in objects_of(head, *PLACED):
                for part in with_conjuncts(token):
                    if part.ent_type_ in ("GPE", "LOC", "FAC"):
                        span = next(e for e in part.doc.ents if e.start <= part.i < e.end)
                        found.append(span.text.removeprefix("the "))
        return tuple(dict.fromkeys(found))


def _renew(names: list[str], name: str) -> None:
    if name in names:
        names.remove(name)
    names.append(name)
