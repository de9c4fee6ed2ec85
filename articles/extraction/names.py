"""The names in a sentence: which words stand for which actor, in one article.

A full name makes its bearer's surname known from there on ("Kerry", "Moon"), and a long name of a
body its short one ("the Council").
"""

import datetime as dt
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from .lexicon import Lexicon, Sense

OPPOSITE = {"North": "South", "South": "North", "East": "West", "West": "East"}
COMPASS = frozenset(OPPOSITE)
BODIES = frozenset(
    "council union agency assembly organization organisation league court commission parliament "
    "alliance congress committee".split()
)
FAMILY_NAME_FIRST = frozenset(("China", "North Korea", "South Korea", "Taiwan", "Vietnam"))
TITLES = frozenset("mr mrs ms miss dr sir lord lady premier chairman senator marshal".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence: tokens `start` to `end` (exclusive) stand for the actor `name`."""

    start: int
    end: int
    name: str
    kind: str
    via: str


@dataclass
class Names:
    """The names of one article. `day` chooses between bearers of one name."""

    lexicon: Lexicon
    day: dt.date | None
    surnames: dict[str, str] = field(default_factory=dict)
    """Last name → the person whose full name the article has given."""
    short: dict[str, str] = field(default_factory=dict)
    """ "North", "Council" → the actor whose longer name the article has given."""
    _doc: Doc | None = None
    _named: list[Named] = field(default_factory=list)
    _named_at: dict[int, Named] = field(default_factory=dict)

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
        self._named_at = {i: n for n in self._named for i in range(n.start, n.end)}

    def _shorten(self, named: Named) -> None:
        """ "the North" after North Korea or its leader, "the Council" after the Security Council."""
        assert self._doc is not None
        if named.kind == "person":
            self._divide(named.name)
        words = self._doc[named.start : named.end].text.split()
        if len(words) > 1 and named.via == "name" and named.kind != "person":
            short = words[0] if words[0] in COMPASS else words[-1]
            if short in COMPASS or short.lower() in BODIES:
                self.short[short] = named.name

    def _divide(self, person: str) -> None:
        """Of a divided country, each half is known by the first word of its name."""
        for side in self.lexicon.sides(person, self.day):
            half, _, whole = side.partition(" ")
            if half in OPPOSITE and f"{OPPOSITE[half]} {whole}" in self.lexicon.entries:
                self.short.setdefault(half, side)

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
        entry = self.lexicon.entries.get(name)
        known = entry is not None and parts[0] in entry.aliases
        if known or "-" in parts[-1] or self._is_eastern(name):
            self.surnames[parts[0]] = name
        else:
            self.surnames[words.rsplit(maxsplit=1)[-1]] = name

    def _is_eastern(self, name: str) -> bool:
        return bool(set(self.lexicon.sides(name, self.day)) & FAMILY_NAME_FIRST)

    def kind(self, name: str) -> str:
        return self.lexicon.kind(name)

    def named_at(self, token: Token) -> Named | None:
        return self._named_at.get(token.i)
