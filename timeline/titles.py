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


def _shape(actors: Sequence[str], places: Sequence[str]) -> str:
    if len(actors) > 1:
        return "two"
    if actors:
        return "one_at" if places else "one"
    return "none_at" if places else "none"


def title(type: str, status: str, actors: Sequence[str], places: Sequence[str] = ()) -> str:
    """The title in headline style; `status` is said in words unless the event occurred."""
    templates = _templates()[type]
    plain = _templates()["status"].get(status)
    shape = _shape(actors, places)
    names = {
        "all": listed(actors),
        "first": actors[0] if actors else "",
        "rest": listed(actors[1:]),
        "place": listed(places),
    }
    if plain is None:
        text = templates.get(shape) or templates[shape.removesuffix("_at")]
    else:
        noun = templates["noun"].format(**names)
        of = f" {templates.get('of', 'of')} {names['all']}" if actors else ""
        text = plain.format(noun=noun, Noun=noun[0].upper() + noun[1:], of=of)
        return _short(text)
    return _short(text.format(**names))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
