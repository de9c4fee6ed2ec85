"""For whom those who take part act: a person for a state or an organisation, a body for its state.

The lexicon's offices say so by the day of the event; for others the article itself does: "Keith
Kellogg, the US envoy", "the Ukrainian negotiator Rustem Umerov".
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .drafts import Draft
from .lexicon import Lexicon

PRIVATE = frozenset(("journalist", "opposition leader", "regional leader", "cleric"))
"""Offices that tell where somebody belongs and commit no state."""


def side_of(name: str, lexicon: Lexicon, day: dt.date | None, told: Mapping[str, str]) -> str:
    """The side that a person or a body acts for on that day, "" if nobody knows.

    A body of a body acts for what stands at the end: the Commission's president for the European
    Union. `told` are the sides that an article gives to persons without an office on that day.
    """
    entry = lexicon.entries.get(name)
    if entry is None:
        return told.get(name, "")
    side = entry.side
    if not side:
        served = dict.fromkeys(r.side for r in entry.roles if r.office not in PRIVATE and r.on(day))
        side = next(iter(served), "") or (told.get(name, "") if entry.kind == "person" else "")
    above = lexicon.entries.get(side)
    return above.side if above is not None and above.side else side


def with_sides(
    draft: Draft, lexicon: Lexicon, day: dt.date | None, told: Mapping[str, str]
) -> Draft:
    """The draft with the sides of its persons and bodies after them, each once.

    Offices are those of the event's day; `day` is the article's, for events without one.
    """
    on = draft.date.latest or draft.date.earliest or day
    sides = {name: side_of(name, lexicon, on, told) for name in draft.actors}
    acting = {name: side for name, side in sides.items() if side}
    return replace(draft, actors=_in_order(draft.actors, acting), acting=acting)


def _in_order(names: Sequence[str], acting: Mapping[str, str]) -> tuple[str, ...]:
    """A side that the text names too stays behind those who act for it."""
    sides = tuple(acting.values())
    return tuple(dict.fromkeys((*(name for name in names if name not in sides), *sides)))
