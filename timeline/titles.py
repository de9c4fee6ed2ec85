"""An event's title: the templates of titles.toml, filled with its status, actors and places."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

LONGEST = 300
"""Characters; what the record's column holds."""
NAMED = 4
"""So many actors are named; of more, three and a count."""


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C", "A, B, C and 2 others"."""
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def title(type: str, status: str, actors: Sequence[str], places: Sequence[str] = ()) -> str:
    """The title in headline style; `status` is said in words unless the event occurred."""
    templates = _templates()[type]
    plain = _templates()["status"].get(status)
    number = ("none", "one", "two")[min(len(actors), 2)]
    where = [place for place in places if place not in actors] if "at" in templates else []
    if plain is None:
        parts = [templates[number]]
    else:
        of = templates.get(f"of_{number}") or templates.get("of", "involving {all}")
        parts = [plain.format(noun=templates["noun"]), of if actors else ""]
    if where and number != "two":  # who took part says more than where
        whole = templates.get(f"{number}_at") if plain is None else None
        parts = [whole] if whole else [*parts, templates["at"]]
    text = " ".join(filter(None, parts)).format(
        all=listed(actors),
        first=actors[0] if actors else "",
        rest=listed(actors[1:]),
        place=listed(where),
    )
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
