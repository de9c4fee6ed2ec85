"""The types of events, read from types.toml: families, labels, PLOVER and CAMEO codes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EventType:
    key: str
    family: str
    label: str
    covers: str
    plover: str
    cameo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    label: str
    types: tuple[EventType, ...]


def _load() -> tuple[Family, ...]:
    data = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf-8"))
    return tuple(
        Family(
            key=family,
            label=rows["label"],
            types=tuple(
                EventType(
                    key=key,
                    family=family,
                    label=row["label"],
                    covers=row["covers"],
                    plover=row.get("plover", ""),
                    cameo=tuple(row["cameo"]),
                )
                for key, row in rows["types"].items()
            ),
        )
        for family, rows in data.items()
    )


FAMILIES: tuple[Family, ...] = _load()
TYPES: dict[str, EventType] = {t.key: t for family in FAMILIES for t in family.types}
CHOICES: list[tuple[str, list[tuple[str, str]]]] = [
    (family.label, [(t.key, t.label) for t in family.types]) for family in FAMILIES
]
STATUSES: dict[str, str] = {
    "occurred": "Occurred",
    "planned": "Planned",
    "proposed": "Proposed",
    "cancelled": "Cancelled",
    "denied": "Denied",
}
