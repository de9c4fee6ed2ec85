"""The actors the reader knows: states, organisations and persons, and how newspapers name them.

Read from data/actors/*.toml. A name may belong to several entries in turn ("Moscow" is the Soviet
Union in 1962 and Russia in 2025): every question therefore carries a day.
"""

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ACTORS = Path(__file__).parent / "data" / "actors"

LEADING = frozenset(("leader", "head of state", "ruler"))
"""Words for whoever leads a state, by whatever office."""

ORGANISED = frozenset(
    """
    Army Front Party Movement Union League Council Group Organisation Organization Brigade Brigades
    Forces Force Alliance Congress Committee Command Coalition Network Guard Guards Militia Company
    Corporation Bank Court Agency Commission Association Federation Foundation Ministry Church
    Institute Fund Tribunal Authority Assembly Parliament
    """.split()
)
"""Words that make a name that of an organisation."""
GROUP = "group"
"""The kind of an actor that is only described: "leftist guerrillas"."""


@dataclass(frozen=True, slots=True)
class Role:
    """An office held for a side, from `since` to `until` inclusive; None is open or unknown.

    `about`: one end is known to the month or year only, and the outer bound is given.
    """

    office: str
    side: str
    since: dt.date | None = None
    until: dt.date | None = None
    about: bool = False

    def on(self, day: dt.date | None) -> bool:
        return day is None or _covers(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor. `side` is the state a body belongs to; `since` and `until` bound a state's life."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    gender: str = ""
    side: str = ""
    bodies: tuple[tuple[str, str], ...] = ()
    """(what reports from its seat call a body of it, its name): "the Council"."""
    led_by: str = ""
    """The office meant by "the Iranian leader"."""
    roles: tuple[Role, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    def surfaces(self) -> Iterable[tuple[str, str]]:
        """(words, via): via is name, demonym, capital, metonym or town."""
        for via, words in (
            ("name", (self.name, *self.aliases)),
            ("demonym", self.demonyms),
            ("capital", self.capital),
            ("metonym", self.metonyms),
            ("town", self.towns),
        ):
            for word in words:
                yield word, via


@dataclass(frozen=True, slots=True)
class Office:
    """How newspapers name an office: `words` are lower case; `of` is state, organisation or any."""

    name: str
    words: tuple[str, ...]
    of: str = "any"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name may stand for."""

    entry: str
    via: str


def kind_of_unknown(name: str) -> str:
    """What bears a name that no entry has: "leftist guerrillas", "Shan State Army", "Jane Alderton"."""
    words = name.split()
    if words[-1].islower():
        return GROUP
    return "organisation" if ORGANISED & set(words) else "person"


def _covers(since: dt.date | None, until: dt.date | None, day: dt.date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True)
class Lexicon:
    entries: Mapping[str, Entry]
    offices: tuple[Office, ...]
    senses: Mapping[str, tuple[Sense, ...]] = field(init=False)
    office_of: Mapping[str, tuple[str, ...]] = field(init=False)
    holders: Mapping[tuple[str, str], tuple[str, ...]] = field(init=False)
    """(office, side) → names of those who held it."""

    def __post_init__(self) -> None:
        senses: dict[str, list[Sense]] = defaultdict(list)
        holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in self.entries.values():
            for word, via in entry.surfaces():
                senses[word].append(Sense(entry.name, via))
            for role in entry.roles:
                holders[role.office, role.side].append(entry.name)
        words: dict[str, list[str]] = defaultdict(list)
        for office in self.offices:
            for word in (office.name, *office.words):
                words[word.lower()].append(office.name)
        object.__setattr__(self, "senses", {k: tuple(v) for k, v in senses.items()})
        object.__setattr__(self, "office_of", {k: tuple(v) for k, v in words.items()})
        object.__setattr__(self, "holders", {k: tuple(v) for k, v in holders.items()})

    def sense(self, words: str, on: dt.date | None) -> Sense | None:
        """What `words` stand for on that day; a person in office goes before one who is not."""
        senses = self.senses.get(words, ())
        if on is not None and len(senses) > 1:
            senses = tuple(s for s in senses if self._alive(s.entry, on)) or senses
            senses = tuple(s for s in senses if self._serves(s.entry, on)) or senses
        return senses[0] if senses else None

    def _alive(self, name: str, day: dt.date) -> bool:
        return _covers(self.entries[name].since, self.entries[name].until, day)

    def _serves(self, name: str, day: dt.date) -> bool:
        entry = self.entries[name]
        return entry.kind != "person" or any(role.on(day) for role in entry.roles)

    def kind(self, name: str) -> str:
        """What bears the name: "person", "country", "organisation" or "group"."""
        entry = self.entries.get(name)
        return entry.kind if entry else kind_of_unknown(name)

    def holder(self, office_words: str, side: str, on: dt.date | None) -> str | None:
        """Who held the office named so on that day; None when nobody or more than one fits.

        "The leader" is whoever leads that state: its entry says by which office.
        """
        words = office_words.lower()
        offices = self.office_of.get(words, ())
        entry = self.entries.get(side)
        if words in LEADING and entry is not None and entry.led_by:
            offices = (entry.led_by,)
        names = {
            name
            for office in offices
            for name in self.holders.get((office, side), ())
            for role in self.entries[name].roles
            if role.office == office and role.side == side and on is not None and role.on(on)
        }
        return names.pop() if len(names) == 1 else None

    def sides(self, name: str, on: dt.date | None) -> tuple[str, ...]:
        """The sides a person acts for, or the state a body belongs to, on that day."""
        entry = self.entries.get(name)
        if entry is None:
            return ()
        if entry.side:
            return (entry.side,)
        return tuple(dict.fromkeys(r.side for r in entry.roles if r.on(on)))

    def with_entries(self, extra: Iterable[Entry]) -> "Lexicon":
        """This lexicon with more entries; one of a known name adds its aliases to it."""
        entries = dict(self.entries)
        for entry in extra:
            known = entries.get(entry.name)
            entries[entry.name] = entry if known is None else _joined(known, entry)
        return Lexicon(entries, self.offices)


def _joined(known: Entry, more: Entry) -> Entry:
    aliases = tuple(dict.fromkeys((*known.aliases, *more.aliases)))
    return Entry(
        **{**{n: getattr(known, n) for n in Entry.__dataclass_fields__}, "aliases": aliases}
    )


def _rows(file: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((ACTORS / file).read_text(encoding="utf-8"))[key]
    return rows


def _words(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: tuple(row.get(key, ())) for key in keys}


@cache
def _towns() -> dict[str, list[str]]:
    data = tomllib.loads((ACTORS / "towns.toml").read_text(encoding="utf-8"))
    towns: dict[str, list[str]] = data["towns"]
    return towns


def _state(row: dict[str, Any]) -> Entry:
    return Entry(
        name=row["name"],
        towns=tuple(_towns().get(row["name"], ())),
        kind="country",
        led_by=row.get("led_by", "president"),
        since=row.get("since"),
        until=row.get("until"),
        **_words(row, "aliases", "demonyms", "capital", "metonyms", "ambiguous"),
    )


def _organisation(row: dict[str, Any]) -> Entry:
    return Entry(
        name=row["name"],
        kind=row["kind"],
        side=row.get("side", ""),
        bodies=tuple(row.get("bodies", {}).items()),
        since=row.get("since"),
        until=row.get("until"),
        **_words(row, "aliases", "ambiguous"),
    )


def _person(row: dict[str, Any]) -> Entry:
    return Entry(
        name=row["name"],
        kind="person",
        gender=row.get("gender", ""),
        roles=tuple(Role(**role) for role in row.get("roles", ())),
        **_words(row, "aliases", "ambiguous"),
    )


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon; deployments add aliases of their own with `with_entries`."""
    entries = [
        *map(_state, _rows("states.toml", "state")),
        *map(_organisation, _rows("organisations.toml", "organisation")),
        *map(_person, _rows("persons.toml", "person")),
    ]
    offices = tuple(
        Office(row["name"], tuple(row["words"]), row.get("of", "any"))
        for row in _rows("offices.toml", "office")
    )
    return Lexicon({entry.name: entry for entry in entries}, offices)
