"""Who takes part: names, offices, nationalities, metonyms and pronouns, resolved for one article.

A `Cast` is made for one article and told its sentences in order; it remembers who was spoken of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from .describing import (
    INSTITUTIONS,
    OFFICIAL,
    OWN,
    PEOPLE,
    description,
    is_former,
    lemma,
)
from .lexicon import kind_of_unknown
from .names import Named, Names
from .places import places
from .sides import PRIVATE, side_of
from .syntax import children, companions, is_verb, objects_of, subjects, with_conjuncts

MASCULINE = ("he", "him", "his", "himself")
FEMININE = ("she", "her", "hers", "herself")
PLURAL = ("they", "them", "their", "both")
NEUTER = ("it", "its", "itself")
SPEAKER = ("i", "me", "my", "we", "us", "our")
QUOTES = '“”‘"'
SITTINGS = frozenset("meeting session sitting vote debate assembly".split())
"""What a body has by itself, a state with another: "its first meeting"."""
POSSESSIVE = ("his", "her", "its", "their", "our", "my")
CONGRESS = frozenset("senator congressman congresswoman sen rep".split())
"""Titles that English-language news give to Americans without saying so."""
LEADING_OFFICES = frozenset(
    "president, prime minister, chancellor, supreme leader, king, emir, crown prince, leader, "
    "party leader, sultan, queen".split(", ")
)
"""Of two who lead their states, by whatever offices, each is the other's counterpart."""
ENVOYS = frozenset("envoy ambassador representative emissary mediator adviser advisor".split())
TO_WHOM = ("to", "for", "on", "against")
SAME = {
    "aid": frozenset("aid assistance help supply weapon arm delivery shipment".split()),
    "sanctions": frozenset("sanction tariff embargo quarantine blockade".split()),
}
"""Nouns for what one side gives to another or lays upon it."""
PAIRS = {
    "koreas": ("North Korea", "South Korea"),
    "germanys": ("East Germany", "West Germany"),
    "germanies": ("East Germany", "West Germany"),
}
BEFORE = ("amod", "compound", "poss", "nmod")
"""Links of what stands before a noun."""
DELEGATES = frozenset(
    "delegation negotiator delegate official team expert council side diplomat minister "
    "director".split()
)
PAIR_OF_PERSONS = frozenset(
    "president leader minister man gentleman statesman counterpart diplomat".split()
)
PAIR_OF_SIDES = frozenset("side country nation state party government delegation power".split())


@dataclass
class Cast(Names):
    """The actors of one article, and who its pronouns may mean. `day` chooses holders of offices."""

    home: str = ""
    """The state from whose capital the report was filed: its is "the president" with no name. Or the
    organisation from whose seat it was: the bodies of that have short names."""
    persons: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    named_so: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Noun of an event → those who last took part in one by that name: "the summit"."""
    pair: tuple[str, ...] = ()
    """The last two persons who had to do with each other."""
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Type of event → who took part in the last one told of."""
    subject: tuple[str, ...] = ()
    dealings: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    """Type → from whom to whom, as the article has last said: "US arms for Kyiv"."""
    told: dict[str, str] = field(default_factory=dict)
    """Person → the side by which the article first describes him or her."""
    titles: dict[str, str] = field(default_factory=dict)
    """Person → the office by which the article last names him or her: "President Kennedy"."""

    _meant: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (house := self.lexicon.entries.get(self.home)) is not None:
            self.short.update(house.bodies)

    def enter(self, doc: Doc) -> None:
        self._meant.clear()
        super().enter(doc)

    def leave(self) -> None:
        """End the sentence: remember whom it named and who was its subject."""
        for named in self._named:
            self._shorten(named)
            if named.kind == "person":
                _renew(self.persons, named.name)
                self._learn(named)
                self._entitle(named)
            elif named.via not in ("demonym", "town"):
                _renew(self.sides, named.name)
        self._meant.clear()
        for token in self._doc or ():
            lemma_ = token.lemma_
            if token.text in self.short and not self.named_at(token):
                _renew(self.sides, self.short[token.text])
            for kind, nouns in SAME.items():
                if lemma_ in nouns and (to := self.of(objects_of(token, *TO_WHOM))):
                    self.dealings[kind] = (self._sides_of(token), to)
            if token.dep_ == "ROOT" and (names := self.of(subjects(token))):
                self.subject = names
                self._meant.clear()
                for name in names:
                    _renew(self.persons if self.kind(name) == "person" else self.sides, name)

    # ---------- whom a noun phrase means

    def of(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Canonical names of the actors that these noun phrases stand for, in order, once each."""
        return tuple(dict.fromkeys([name for head in heads for name in self._meant_by(head)]))

    def _meant_by(self, head: Token) -> tuple[str, ...]:
        """Found once for each word of the sentence, as long as nothing new is learnt."""
        if head.doc is not self._doc:
            return tuple(self._phrase(head))
        if head.i not in self._meant:
            self._meant[head.i] = tuple(self._phrase(head))
        return self._meant[head.i]

    def whoever(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """As `of`, but people without a name are kept by what the text calls them.

        "Afghan rebels" are themselves, then Afghanistan; "leftist guerrillas" and "a suicide bomber"
        themselves alone; "the Shan State Army" is kept by its name. Things and events are nobody, and
        so are pronouns that `of` cannot tell.
        """
        return tuple(dict.fromkeys(name for head in heads for name in self._whoever(head)))

    def _whoever(self, head: Token) -> Iterator[str]:
        names = self.of([head])
        words = "" if self.named_at(head) else _unknown_body(head) or description(head)
        if words and names and lemma(head) in OWN and self.kind(names[0]) == "country":
            if words not in self.told:
                self.told[words] = names[0]
                self._meant.clear()
            yield words
        yield from names or ([words] if words else [])

    def sides_among(self, names: Iterable[str]) -> set[str]:
        """The sides of these actors; whoever acts for none is a side of its own."""
        return {side_of(n, self.lexicon, self.day, self.told) or n for n in names}

    def _phrase(self, head: Token) -> Iterator[str]:
        named = self.named_at(head)
        if named and named.via == "capital" and _is_named_after(head):
            return
        if named and named.via == "town" and not _is_reached(head):
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
            if other.kind == "person" and 0 < named.start - other.end <= 5:
                below = head.is_ancestor(doc[other.end - 1])
                if below and doc[other.end].lower_ == "and":
                    yield other.name

    def _described(self, head: Token) -> Iterator[str]:
        """An office ("the NATO chief"), an apposition, or a group by its nationality."""
        if head.lower_ in ("one", "some", "several", "many", "members"):
            yield from self.of(t for t in objects_of(head, "of") if t.pos_ != "PRON")
            return  # which of "them" it was is not told
        apposed = [n for a in children(head, "appos") if (n := self.named_at(a))]
        if apposed:
            yield apposed[0].name
            return
        if head.dep_ == "appos" and (named := self.named_at(head.head)):
            yield named.name
            return
        if lemma(head) == "counterpart":
            yield from self._counterparts(head)
            return
        if is_former(head):
            return
        sides = self._sides_of(head)
        words = self.office_words(head)
        if words and not _is_any(head) and (holders := self._holders(words, sides, head)):
            yield from holders
        elif not sides and head.lemma_.lower() in DELEGATES and head.tag_ == "NNS":
            yield from self.last.get("talks") or self.last.get("agreement", ())
        else:
            yield from sides

    def _holders(self, words: str, sides: tuple[str, ...], head: Token) -> tuple[str, ...]:
        """Who held the office on that day: for each side named, else the last spoken of."""
        if head.tag_ not in ("NN", "NNP"):
            return ()
        if sides:
            held = ((self.lexicon.holder(words, side, self.day), side) for side in sides)
            return tuple(name or self._last_entitled(words, side) or side for name, side in held)
        name = self._last_in_office(words) or self._of_the_speaker(words, head)
        name = name or self._at_home(words) or self._of_a_body(words) or self._only_holder(words)
        return (name,) if name else ()

    def _of_the_speaker(self, words: str, head: Token) -> str:
        """ "‘The president will travel,’ said Peskov": the president of Russia."""
        saying = [t for t in head.ancestors if is_verb(t) and any(children(t, "ccomp"))]
        names = [n for verb in saying[:1] for s in subjects(verb) for n in self._names_at(s)]
        holders = (self.lexicon.holder(words, side, self.day) for side in self._sides_by(names))
        return next((holder for holder in holders if holder and holder not in names), "")

    def _of_a_body(self, words: str) -> str:
        """ "The Secretary-General", of the organisation last spoken of that has one, or of a body of
        it: the Security Council's is that of the United Nations."""
        bodies = [name for name in reversed(self.sides) if self.kind(name) == "organisation"]
        sides = [side for name in bodies for side in (name, *self.lexicon.sides(name, self.day))]
        return next(filter(None, (self.lexicon.holder(words, s, self.day) for s in sides)), "")

    def _only_holder(self, words: str) -> str:
        """The pope: an office that no second side knows."""
        offices = self.lexicon.office_of.get(words, ())
        sides = {side for office, side in self.lexicon.holders if office in offices}
        return (len(sides) == 1 and self.lexicon.holder(words, sides.pop(), self.day)) or ""

    def _counterparts(self, head: Token) -> Iterator[str]:
        """ "his Turkish counterpart": who holds for Turkey the office that the other one holds."""
        owners = [p for t in children(head, "poss") for p in self._owners(t)]
        acting = [n for t in head.head.children if t != head and (n := self.named_at(t))]
        persons = [n for n in (*owners, *(n.name for n in acting)) if self.kind(n) == "person"]
        for side in self._sides_of(head):
            held = (self._counterpart(name, side) for name in persons or self.persons[-1:])
            yield next(filter(None, held), "") or side

    def _counterpart(self, name: str, side: str) -> str:
        entry = self.lexicon.entries.get(name)
        offices = [r.office for r in entry.roles if r.on(self.day)] if entry else []
        if offices and offices[0] in LEADING_OFFICES:
            offices = ["president"] * (offices[0] == "president") + ["leader", *offices]
        found = (self.lexicon.holder(office, side, self.day) for office in offices)
        return next((holder for holder in found if holder and holder != name), "")

    def _owners(self, token: Token) -> tuple[str, ...]:
        """Whose it is: "Putin's", "his", "their"."""
        if named := self.named_at(token):
            return (named.name,)
        if token.pos_ == "PRON" or token.lower_ in POSSESSIVE:
            return tuple(self._pronoun(token))
        return ()

    def _at_home(self, words: str) -> str:
        return (self.home and self.lexicon.holder(words, self.home, self.day)) or ""

    def office_words(self, head: Token) -> str:
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
        before = [t for c in children(head, *BEFORE) for t in with_conjuncts(c)]
        before += [t for c in before if not self.named_at(head) for t in children(c, *BEFORE)]
        heads = [*sorted(dict.fromkeys(before)), *objects_of(head, "of", "from")]
        for token in objects_of(head, "of", "from"):
            if not self.named_at(token):
                heads += children(token, "amod", "compound", "poss")
        official = lemma(head) in OFFICIAL
        if official:
            heads += self._below_office(head)
        named = [n for t in heads if (n := self.named_at(t)) and not _is_topic(t, n, head)]
        named = [n for n in named if n.via != "town" or lemma(head) in PEOPLE]
        names = [n.name for n in named if n.kind != "person"]
        names += [n for t in heads for n in PAIRS.get(t.lower_, ())]
        if official:
            names += self._sides_by(n.name for n in named if n.kind == "person")
        for token in children(head, "poss"):
            if token.lower_ in NEUTER:
                names += self._pronoun(token)
            elif official and not self.named_at(token) and lemma(head) != "counterpart":
                names += self._sides_by(self._owners(token))
        names += [
            self.short[t.text] for t in heads if t.text in self.short and not self.named_at(t)
        ]
        return tuple(dict.fromkeys(names))

    def _below_office(self, head: Token) -> list[Token]:
        """The ministry of "a spokesman for the Czech ministry", Tehran of "the ministry in Tehran"."""
        found = []
        for token in objects_of(head, "of", "for", "at", "with"):
            if lemma(head) not in ENVOYS:
                found.append(token)
            if lemma(token) in OFFICIAL:
                found += children(token, "amod", "compound", "poss", "nmod")
                found += objects_of(token, "of", "in")
        if lemma(head) in INSTITUTIONS:
            found += objects_of(head, "in")
        for token in children(head, "compound", "poss", "nmod"):
            if not self.named_at(token):
                found += children(token, "amod", "compound", "poss", "nmod")
        return found

    def _sides_by(self, names: Iterable[str]) -> list[str]:
        """The state behind "Putin's envoy", "the Biden administration", "their foreign ministers"."""
        sides = []
        for name in names:
            own = side_of(name, self.lexicon, self.day, self.told)
            own = own or side_of(name, self.lexicon, None, self.told)
            sides.append(own or ("" if self.kind(name) == "person" else name))
        return [side for side in sides if side]

    def _learn(self, named: Named) -> None:
        """The side by which the text describes a person: "Kellogg, the US envoy"."""
        doc = self._doc
        if doc is None or named.name in self.told:
            return
        head = doc[named.start : named.end].root
        first = doc[named.start - 1] if named.start else None
        if first is not None and first.lower_.rstrip(".") in CONGRESS:
            american = "United States" in (*self.sides, *(n.name for n in self._named))
            self.told[named.name] = "United States" if american else self.home or "United States"
        if side := next((s for h in self._describing(head) for s in self._told_by(h)), ""):
            self.told[named.name] = side

    def _describing(self, head: Token) -> Iterator[Token]:
        """The phrases that say what a person is: before the name, behind it, or after "is"."""
        yield from children(head, "appos")
        if head.dep_ == "appos":
            yield head.head
        yield from (t for t in children(head, "compound", "nmod") if not self.named_at(t))
        if head.dep_ == "nsubj" and head.head.lemma_ == "be":
            yield from children(head.head, "attr")
        yield head

    def _told_by(self, head: Token) -> tuple[str, ...]:
        """The sides of a phrase that names an office or a trade of state."""
        own = self.named_at(head)
        if own is not None:
            if own.kind != "person":
                return ()
            around = [t for t in children(head, "compound", "nmod") if lemma(t) in OFFICIAL]
            heads = [*children(head, "amod", "nmod", "compound", "poss")] if around else []
            named = [n for t in heads if (n := self.named_at(t)) and n.kind != "person"]
            named += [
                n for t in objects_of(head, "of") if (n := self.named_at(t)) and n.kind == "country"
            ]
            return () if is_former(head) else tuple(n.name for n in named)
        if not (lemma(head) in OFFICIAL or self.office_words(head)) or is_former(head):
            return ()
        offices = self.lexicon.office_of.get(self.office_words(head), ())
        if offices and set(offices) <= PRIVATE:
            return ()
        return tuple(self._sides_by(self._sides_of(head)))

    def _last_in_office(self, words: str) -> str:
        offices = self.lexicon.office_of.get(words, ())
        fits = (n for n in reversed(self.persons) if self._holds(n, offices))
        return next(fits, "") or self._last_entitled(words)

    def _last_entitled(self, words: str, side: str = "") -> str:
        """Gromyko for "the minister" or "the Soviet minister", after "Foreign Minister Gromyko"."""
        fits = (n for n in reversed(self.persons) if not side or side in self._sides_by([n]))
        return next((n for n in fits if self._is_called(n, words)), "")

    def _is_called(self, name: str, words: str) -> bool:
        """By the last words of an office that is known of the person, or that the article gives."""
        entry = self.lexicon.entries.get(name)
        offices = [r.office for r in entry.roles if r.on(self.day)] if entry else []
        return any(f" {o}".endswith(f" {words}") for o in (*offices, self.titles.get(name, "")))

    def _entitle(self, named: Named) -> None:
        """The office by which a name is told: before it, or beside it in commas."""
        doc = self._doc
        assert doc is not None
        head = doc[named.start : named.end].root
        told = [t for t in self._describing(head) if t != head and not is_former(t)]
        if named.start and not is_former(head):
            told.append(doc[named.start - 1])
        title = next((words for t in told if (words := self.office_words(t))), "")
        if title:
            self.titles[named.name] = title

    def _pair(self, head: Token) -> tuple[str, ...]:
        """ "the two presidents", "both sides": the last two spoken of."""
        if head.lower_ in PAIRS:
            return PAIRS[head.lower_]
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
        here = tuple(dict.fromkeys(n.name for n in self._before(head) if n.kind == "person"))
        if head.lemma_ in PAIR_OF_PERSONS:
            two = self._two_in_office(head) or self._two_by_sides(head)
            return two or self.pair or tuple(self.persons[-2:])
        if head.lemma_ in PAIR_OF_SIDES:
            return (here if len(here) == 2 else self.pair) or tuple(self.sides[-2:])
        return ()

    def _two_in_office(self, head: Token) -> tuple[str, ...]:
        """The last two spoken of who are presidents, for "both presidents"; not the one who acts."""
        offices = self.lexicon.office_of.get(head.lemma_.lower(), ())
        barred = self._barred(head)
        fits = [
            name
            for name in dict.fromkeys((*self.persons, *(n.name for n in self._before(head))))
            if name not in barred and self._holds(name, offices)
        ]
        return tuple(fits[-2:]) if len(fits) > 1 else ()

    def _two_by_sides(self, head: Token) -> tuple[str, ...]:
        """The presidents of the two sides that are spoken of, where others act for them."""
        met = self.pair or self.last.get("talks") or self.last.get("meeting", ())
        sides = self._sides_by(met)
        found = (self.lexicon.holder(head.lemma_.lower(), side, self.day) for side in sides)
        fits = tuple(dict.fromkeys(name for name in found if name))
        return fits if len(fits) == 2 else ()

    def _holds(self, name: str, offices: Iterable[str]) -> bool:
        entry = self.lexicon.entries.get(name)
        roles = entry.roles if entry else ()
        return any(r.office in offices and r.on(self.day) for r in roles)

    # ---------- pronouns

    def _pronoun(self, token: Token) -> Iterator[str]:
        word = token.lower_
        if word in MASCULINE or word in FEMININE:
            gender = "m" if word in MASCULINE else "f"
            yield from self._person(token, gender)
        elif word in PLURAL:
            told = self._several_before(token) or self._joined_earlier(token)
            yield from told or self.pair or (self.subject if len(self.subject) > 1 else ())
        elif word in NEUTER and not _is_empty(token):
            earlier = [n.name for n in self._before(token) if n.kind != "person"]
            names = earlier or self.sides
            bodies = [n for n in names if self.kind(n) == "organisation"]
            sits = token.dep_ == "poss" and token.head.lemma_ in SITTINGS
            yield from ((sits and bodies) or names)[-1:]
        elif word in SPEAKER:
            yield from self.speaker(token)

    def _several_before(self, token: Token) -> tuple[str, ...]:
        """ "Kim and Moon dined, and they signed it"; "officials said that China had told them"."""
        told_of = token.dep_ in ("dobj", "pobj", "dative")
        acting = next((t for t in token.ancestors if is_verb(t)), None)
        for above in token.ancestors:
            if not is_verb(above) or (told_of and above == acting):
                continue
            heads = [s for s in subjects(above) if s.i < token.i and s.pos_ != "PRON"]
            names = self.of(heads)
            many = told_of and any(s.tag_ in ("NNS", "NNPS") for s in heads)
            if len(names) > 1 or (names and many):
                return names
        return ()

    def _joined_earlier(self, token: Token) -> tuple[str, ...]:
        """ "Trump and Kim did not sit down: their summit ended": the two last joined in the sentence."""
        for named in reversed(self._before(token)):
            head = token.doc[named.start : named.end].root
            if (
                named.kind == "person"
                and head.dep_ == "conj"
                and (first := self.named_at(head.head))
            ):
                return (first.name, named.name)
        return ()

    def _person(self, token: Token, gender: str) -> Iterator[str]:
        barred = {*self._barred(token), *self._beside(token)}
        own = self._subject_before(token)
        earlier = [n for n in self._before(token) if n.kind == "person"]
        acting = [n.name for n in earlier if self._acts(n)]
        named = [n.name for n in earlier]
        likely = (*own, *reversed(acting), *self.subject, *reversed(named), *reversed(self.persons))
        for name in likely:
            fits = name not in barred and self._gender(name) in ("", gender)
            if fits and self.kind(name) == "person":
                yield name
                return

    def _beside(self, token: Token) -> Iterator[str]:
        """Starmer in "with Starmer as his guest, he said": neither "his" nor "he"."""
        for noun in token.doc:
            for companion in companions(noun):
                yield from self._names_at(companion)

    def _acts(self, named: Named) -> bool:
        """The subject of a clause of this sentence, by name or by a title before it."""
        head = self._doc[named.start : named.end].root if self._doc is not None else None
        while head is not None and head.dep_ == "appos":
            head = head.head
        return head is not None and head.dep_ == "nsubj"

    def _subject_before(self, token: Token) -> tuple[str, ...]:
        """Subjects of the verbs above the pronoun, the nearest first."""
        names: list[str] = []
        for above in token.ancestors:
            if is_verb(above):
                done_to = list(children(above, "nsubjpass")) or subjects(above)
                heads = [s for s in done_to if s.i < token.i and s != token]
                names += [n for s in heads for n in self._names_at(s) or self._taken_up(s, token)]
        return tuple(names)

    def _taken_up(self, before: Token, token: Token) -> Iterator[str]:
        """ "He was received by Leo, and he met Kellogg": both are the same; "the premier said that he"."""
        if before.pos_ != "PRON" and before.right_edge.i < token.i:
            yield from (n for n in self.of([before]) if self.kind(n) == "person")
        elif before.lower_ == token.lower_ and before.lower_ in (*MASCULINE, *FEMININE):
            yield from self._pronoun(before)

    def _names_at(self, head: Token) -> list[str]:
        """The name of a phrase, at its head or beside it: "the secretary, Mr Pompeo"."""
        found = (self.named_at(t) for t in (head, *children(head, "appos")))
        return [n.name for n in found if n]

    def _barred(self, token: Token) -> set[str]:
        """A pronoun is not its own verb's subject or object ("he told Kim"); joined phrases name
        different people; and who speaks is not spoken of before: "‘Putin was polite,’ he said"."""
        barred = {name for c in token.conjuncts for name in self._names_at(c)}
        head = token.head.head if token.dep_ == "pobj" else token.head
        if token.dep_ in ("dobj", "pobj", "dative") and is_verb(head):
            barred |= {name for s in subjects(head) for name in self._names_at(s)}
        if token.dep_ == "nsubj":
            said = [c for c in children(head, "ccomp") if c.i < token.i]
            barred |= {n.name for c in said for t in c.subtree if (n := self.named_at(t))}
            barred |= {name for o in children(head, "dobj") for name in self._names_at(o)}
        return barred

    def speaker(self, token: Token) -> tuple[str, ...]:
        """Who says "I": the subject of the verb of saying above, else in a quotation the last
        subject, else the paper's own country."""
        for above in token.ancestors:
            if is_verb(above):
                heads = [s for s in subjects(above) if s.lower_ not in SPEAKER]
                if names := self.of(h for h in heads if h != token and not h.is_ancestor(token)):
                    return names
        if any(mark in token.doc.text for mark in QUOTES):
            return self.subject[:1]
        return (self.home,) if self.home else ()  # in the newspaper's own voice

    def _before(self, token: Token) -> list[Named]:
        return [n for n in self._named if n.end <= token.i]

    def _gender(self, name: str) -> str:
        entry = self.lexicon.entries.get(name)
        return entry.gender if entry else ""

    # ---------- places

    def places(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Towns, regions and countries in which something happens, as the text names them."""
        return places(heads)


def _renew(names: list[str], name: str) -> None:
    if name in names:
        names.remove(name)
    names.append(name)


def _unknown_body(head: Token) -> str:
    """The name of an organisation that no entry has."""
    if head.ent_type_ != "ORG":
        return ""
    name = next(e for e in head.doc.ents if e.start <= head.i < e.end).text
    name = name.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
    return name if " " in name and kind_of_unknown(name) == "organisation" else ""


def _is_reached(head: Token) -> bool:
    """What is done to a town or in it, who comes to it: "struck Kharkiv", not "the Geneva talks"."""
    return head.dep_ in ("dobj", "nsubjpass", "pobj") and head.head.lower_ not in ("from", "of")


def _is_topic(token: Token, named: Named, head: Token) -> bool:
    """Ukraine in "the Ukraine envoy", the Libya of "the UN's Libya envoy": whom the envoy is sent to.

    "The US envoy" is not: US, UK, UN and EU stand before a noun for want of an adjective.
    """
    country = named.kind == "country" and named.via == "name" and not token.text.isupper()
    return country and token.dep_ in ("compound", "nmod") and lemma(head) in ENVOYS


def _is_any(head: Token) -> bool:
    """ "a spokesman", "one minister": not the one who holds the office."""
    return any(t.lower_ in ("a", "an", "one", "another", "any") for t in head.lefts)


def _is_named_after(head: Token) -> bool:
    """ "the tanker Bucharest", "the hotel Moscow": a thing that bears a capital's name."""
    return any(t.pos_ == "NOUN" and t.is_lower for t in children(head, "compound", "nmod"))


def _is_empty(token: Token) -> bool:
    """ "it" in "it all began", "it seems": it stands for nobody."""
    return token.dep_ == "nsubj" and token.head.lemma_ in ("begin", "start", "seem")
