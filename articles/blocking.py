"""Under which keys a mention is looked for by those that may be one event with it. Pure functions.

Only mentions that share a blocking key and whose days meet are ever compared.
"""

from dataclasses import replace

from .weighing import Evidence

LONGEST = 240
"""Letters of a key."""
WHOLE = frozenset({"words", "contact"})
"""Kinds of event in which one must have all sides of the other. For other kinds to share but some
of them is enough, if both are precise to the same day."""


def keys(m: Evidence, *, across: bool = False) -> list[str]:
    """One for each side and each place, by kind of event; plans and outcomes are told apart.

    `across` gives a plan the keys of its outcomes, and the other way round.
    """
    kind = _kind(replace(m, status="occurred" if m.forecast else "planned") if across else m)
    return [f"{kind}:{name}"[:LONGEST] for name in sorted(m.sides)] + [
        f"{kind}@{place}"[:LONGEST] for place in sorted(m.spots)
    ]


def answer_keys(answer: Evidence) -> list[str]:
    """Under which an ultimatum is found by what answers it, or what would answer it finds that."""
    return [f"{answer.kind}!:{name}"[:LONGEST] for name in sorted(answer.sides)]


def company(m: Evidence, sides: frozenset[str] | None = None) -> str:
    """The key of those with the very same sides: its own, or those given."""
    return f"{_kind(m)}={'|'.join(sorted(m.sides if sides is None else sides))}"[:LONGEST]


def comparable(m: Evidence, sides: frozenset[str]) -> bool:
    """Whether it may be one event with a mention of its kind that has these sides."""
    return m.sides <= sides or sides <= m.sides or (m.kind not in WHOLE and bool(m.sides & sides))


def _kind(m: Evidence) -> str:
    return f"{m.kind}?" if m.forecast else m.kind
